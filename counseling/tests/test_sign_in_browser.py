import pytest
from playwright.sync_api import expect

from school.models import User

pytestmark = pytest.mark.browser

PASSWORD = "sembilan belas kunci"


def test_a_person_signs_in_reads_english_and_signs_out(page_of) -> None:
    User.objects.create_user("guru1", PASSWORD, name="Sri Wahyuni", honorific="IBU")
    page = page_of(None, locale="en-GB")

    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_label("User name").fill("Guru1")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(page.evaluate("location.origin") + "/")

    page.goto("/akun/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()

"""A case handled on a phone, by clicking."""

import re

import pytest
from playwright.sync_api import expect

from cases.models import Contact, Summons
from cases.tests import factories as make
from cases.tests.acts import fresh
from school.tests.cast import small_school

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_list_narrows_as_one_types_and_the_address_keeps_no_name(page_of):
    cast = small_school()
    for student in cast.students:
        make.direct_case(cast, student, confirmed=False)
    page = page_of(cast.bk)
    page.goto("/kasus/")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(4)
    page.get_by_role("searchbox").press_sequentially("002")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/kasus/$"))
    page.get_by_text("Siswa 002").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Siswa 002")


def test_one_tap_confirms_and_one_takes_it_back(page_of):
    cast = small_school()
    case = make.referred_case(cast)
    page = page_of(cast.bk)
    page.goto(case.get_absolute_url())
    page.get_by_role("button", name="Konfirmasi kasus").click()
    expect(page.get_by_text("Kasus dikonfirmasi.")).to_be_visible()
    assert fresh(case).confirmed_at
    page.get_by_role("button", name="Urungkan", exact=True).click()
    expect(page.get_by_role("button", name="Konfirmasi kasus")).to_be_visible()
    assert fresh(case).confirmed_at is None


def test_a_letter_is_ready_to_print_in_three_taps(page_of):
    cast = small_school()
    case = make.direct_case(cast)
    make.attempt(case, cast.bk)
    page = page_of(cast.bk)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Buat surat panggilan").click()
    page.get_by_role("button", name="Buat surat").click()
    expect(page.locator("article.paper")).to_contain_text("Tanda Terima")
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Cetak").click()
    expect(page).to_have_title("printed")
    assert Summons.objects.get().number.text.startswith("422/001/BK/")


def test_an_attempt_is_logged_and_the_timeline_narrowed(page_of):
    cast = small_school()
    case = make.direct_case(cast)
    page = page_of(cast.bk)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Catat kontak").click()
    page.get_by_role("radio", name="Dibaca, tidak dijawab").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#timeline li")).to_have_count(3)
    assert Contact.objects.get().channel == "WHATSAPP"
    page.locator("#timeline").get_by_role("link", name="Kontak").click()
    expect(page.locator("#timeline li")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"kind=contact"))


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(page_of, width):
    cast = small_school()
    case = make.direct_case(cast)
    make.attempt(case, cast.bk)
    letter = make.summons(case, cast.bk, number="422/031/BK/X/2021")
    page = page_of(cast.bk, width=width)
    paths = ("/kasus/", f"/kasus/{case.pk}/", f"/kasus/{case.pk}/kontak/")
    for path in (*paths, f"/surat-panggilan/{letter.pk}/", f"/surat-panggilan/{letter.pk}/hasil/"):
        page.goto(path)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, path

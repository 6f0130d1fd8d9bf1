"""What is typed in an ordinary form waits in the browser until it is sent or dropped."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from cases.models import Case, Contact
from cases.tests import factories as cases
from counseling.tests.second_factor import code_of_app, with_app
from counseling.tests.test_offline import sign_in_by_hand
from counseling.tests.test_taken_along import FULL
from counseling.tests.test_vault import sit_down
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import eventually, post, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AFTER_TYPING = 2000
"""Milliseconds after which a draft would be kept."""
WHY = "Salah orang: adiknya yang alpa"


def form_of(cast: Cast) -> str:
    case = cases.direct_case(cast, confirmed=False)
    return reverse("cases:dismiss", args=[case.pk])


def reason(page: Page) -> Locator:
    return page.locator("textarea[name=reason]")


def typed(page_of: Any, cast: Cast) -> tuple[Page, str]:
    """Return a page on which a reason was typed and not sent, and the address of the form."""
    url = form_of(cast)
    page = page_of(cast.bk)
    page.goto(url)
    reason(page).fill(WHY)
    kept(page, 1)
    return page, url


def kept(page: Page, n: int) -> None:
    """Wait until so many drafts are kept for the person of the page."""
    eventually(lambda: len(page.evaluate("SambangVault.keys('draft ')")), n)


def test_it_is_put_back_after_a_reload_and_can_be_dropped(page_of: Any) -> None:
    page, _url = typed(page_of, small_school())
    page.reload()
    expect(reason(page)).to_have_value(WHY)
    expect(page.get_by_text("Isian Anda tadi dikembalikan.")).to_be_visible()
    page.get_by_role("button", name="Hapus").click()
    expect(reason(page)).to_have_value("")
    page.reload()
    expect(page.get_by_role("heading")).not_to_have_count(0)
    expect(page.get_by_text("Isian Anda tadi dikembalikan.")).to_have_count(0)


def test_it_is_put_back_when_one_comes_back_to_the_page(page_of: Any) -> None:
    page, _url = typed(page_of, small_school())
    page.goto("/akun/")
    page.go_back()
    expect(reason(page)).to_have_value(WHY)


def test_it_waits_through_a_session_that_ended_and_goes_once_it_is_sent(page_of: Any) -> None:
    cast = small_school()
    with_app(cast.bk)
    page, _url = typed(page_of, cast)
    Session.objects.all().delete()
    page.get_by_role("button", name="Bukan masalah").click()
    page.wait_for_url("**/masuk/**")
    sign_in_by_hand(page, cast.bk)
    page.get_by_label("Kode").fill(code_of_app())
    page.get_by_role("button", name="Masuk").click()
    expect(reason(page)).to_have_value(WHY)
    page.get_by_role("button", name="Bukan masalah").click()
    page.wait_for_url(f"**{Case.objects.get().get_absolute_url()}")
    assert Case.objects.get().status == "DISMISSED"
    kept(page, 0)
    assert "sent_" not in page.evaluate("document.cookie")


def test_what_was_refused_stays_until_it_is_taken(page_of: Any) -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    page = page_of(cast.bk)
    page.goto(reverse("cases:log_contact", args=[case.pk]))
    page.get_by_label("Catatan").fill("Nomor tetangga")
    kept(page, 1)
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("alert")).to_contain_text("Hasil")
    kept(page, 1)
    page.locator("label").filter(has_text="Terhubung").first.click()
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url(f"**{case.get_absolute_url()}")
    assert Contact.objects.get().note == "Nomor tetangga"
    kept(page, 0)


def test_another_person_at_the_same_browser_sees_nothing_of_it(page_of: Any) -> None:
    cast = small_school()
    page, url = typed(page_of, cast)
    sit_down(page, cast.coordinator, page.evaluate("location.origin"))
    page.goto(url)
    expect(reason(page)).to_have_value("")
    kept(page, 0)
    sit_down(page, cast.bk, page.evaluate("location.origin"))
    page.goto(url)
    expect(reason(page)).to_have_value(WHY)


def test_it_waits_through_a_sign_out(page_of: Any) -> None:
    cast = small_school()
    page, url = typed(page_of, cast)
    page.goto("/akun/")
    page.get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk/**")
    sit_down(page, cast.bk, page.evaluate("location.origin"))
    page.goto(url)
    expect(reason(page)).to_have_value(WHY)


def test_only_what_was_done_is_told_to_the_browser() -> None:
    cast = small_school()
    url, client = form_of(cast), signed_in(cast.bk)
    first, second = "1" * 32, "2" * 32
    post(client, url, {"reason": "", "submit_id": first})
    assert not [name for name in client.cookies if name.startswith("sent_")]
    post(client, url, {"reason": WHY, "submit_id": second})
    assert [name for name in client.cookies if name.startswith("sent_")] == [
        "sent_22222222-2222-2222-2222-222222222222"
    ]


def test_the_error_of_a_group_of_chips_is_shown_and_its_link_leads_to_its_legend(
    page_of: Any,
) -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    page = page_of(cast.bk, height=640)
    page.goto(reverse("cases:log_contact", args=[case.pk]))
    page.get_by_role("button", name="Simpan").click()
    group = page.locator("fieldset").filter(has=page.locator("[name=outcome]"))
    expect(group.locator(".invalid-feedback")).to_be_visible()
    page.get_by_role("alert").get_by_role("link", name="Hasil").click()
    expect(group.locator("legend")).to_be_in_viewport(ratio=1)
    header = page.locator("header.top").bounding_box()
    legend = group.locator("legend").bounding_box()
    assert header
    assert legend
    assert legend["y"] >= header["y"] + header["height"]


def test_on_a_full_device_it_is_not_kept_and_the_form_leaves_without_a_question(
    page_of: Any,
) -> None:
    cast = small_school()
    page, asked = page_of(cast.bk), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(form_of(cast))
    page.evaluate(FULL)
    reason(page).fill(WHY)
    page.wait_for_timeout(AFTER_TYPING)
    page.get_by_role("button", name="Bukan masalah").click()
    eventually(lambda: Case.objects.get().status, "DISMISSED")
    assert asked == []

"""What copies of pages show that open without a network: what was saved since they were made."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from counseling.tests.test_kept_pages import is_copy, work
from counseling.tests.test_offline import note, open_sheet, saved, sheet_of
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import eventually

pytestmark = pytest.mark.service_worker
browser = pytest.mark.browser
BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


def goes_on(page: Page, cast: Cast) -> None:
    """Open the copy, find in it what was saved, and save more without a conflict."""
    page.context.set_offline(True)
    page.reload()
    is_copy(page, "Rekap X MIPA 3")
    expect(page.locator(f"#s{cast.students[0].pk}")).to_contain_text("Alpa 1")
    note(page, cast.students[0], "Alpa")
    page.context.set_offline(False)
    eventually(saved, {"Siswa 001": (0, 2)})
    expect(page.locator("[data-queue-problem]")).to_have_count(0)


@browser
@pytest.mark.parametrize("query", ["", "?check="])
def test_a_copy_shows_what_was_saved_since_and_saves_on_it(page_of: Any, query: str) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    open_sheet(page, cast)
    page.goto(f"{sheet_of(cast)}{query}")
    note(page, cast.students[0], "Alpa")
    eventually(saved, {"Siswa 001": (0, 1)})
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    goes_on(page, cast)


@browser
def test_a_copy_shows_what_another_tab_sent(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    open_sheet(page, cast)
    other = page.context.new_page()
    page.route("**/siswa/**", lambda route: route.abort())
    note(page, cast.students[0], "Alpa")
    expect(page.locator("#offline")).to_contain_text("1 isian belum terkirim")
    other.goto("/akun/")
    eventually(saved, {"Siswa 001": (0, 1)})
    eventually(lambda: other.evaluate("SambangVault.values('edit ')"), [])
    other.close()
    page.unroute("**/siswa/**")
    goes_on(page, cast)


@browser
def test_a_copy_that_the_browser_held_for_back_is_asked_for_again(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    page.reload()
    is_copy(page, "Rekap X MIPA 3")
    page.evaluate("SambangVault.forget()")
    page.evaluate(BACK)
    expect(page.get_by_text("Halaman ini perlu jaringan")).to_be_visible()

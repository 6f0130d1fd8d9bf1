"""Files of Classroom, Meet and Form on a phone: chosen at once, asked about, seen, saved."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect

from recaps.models import Entry, Sheet
from recaps.tests.google_pages import three_files
from school.tests.cast import small_school

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def check(page: Page) -> None:
    """Axe finds nothing, and the page does not scroll sideways."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_three_files_at_once_fill_the_sheet(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    page.goto(f"/rekap/{cast.maths.pk}/{cast.period.pk}/")
    page.get_by_role("link", name="Isi dari Google").click()
    check(page)
    chosen: list[FilePayload] = [
        {"name": name, "mimeType": "text/csv", "buffer": content}
        for name, content in three_files(cast).items()
    ]
    page.locator("input[type=file]").set_input_files(chosen)
    page.get_by_role("button", name="Periksa file").click()
    expect(page.get_by_role("heading", name="Isi file")).to_be_visible()
    check(page)
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("heading", name="Yang dihitung")).to_be_visible()
    check(page)
    for choice in page.locator("input[value=missing][name^='e-']").all():
        choice.check(force=True)
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("heading", name="Siapa yang tidak hadir")).to_be_visible()
    check(page)
    page.locator("select").last.select_option("S")
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("heading", name="Perubahan dari file").first).to_be_visible()
    check(page)
    page.get_by_role("button", name="Isi lembar").click()
    expect(page.locator("#sheet")).to_contain_text("dari Classroom")
    check(page)
    assert (Sheet.objects.get().meetings, Entry.objects.count()) == (2, 4)

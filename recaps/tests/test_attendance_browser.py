"""Daily attendance on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from recaps.models import Absence
from school.tests.cast import small_school

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def has_no_finding(page: Page) -> bool:
    """Return whether axe finds nothing, and the page does not scroll sideways."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert found == []
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_one_tap_for_each_who_was_absent_and_one_to_save(page_of) -> None:
    cast = small_school(36)
    page = page_of(cast.wali)
    page.goto("/kelas/")
    page.get_by_role("link", name="Kehadiran harian").click()
    assert has_no_finding(page)
    page.locator("a.go").click()
    assert has_no_finding(page)
    for name, code in (("Siswa 002", "Sakit"), ("Siswa 036", "Alpa")):
        page.get_by_role("radiogroup", name=name).get_by_role("radio", name=code).check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("2 tidak hadir")).to_be_visible()
    found = Absence.objects.values_list("student__name", "code").order_by("student__name")
    assert list(found) == [("Siswa 002", "S"), ("Siswa 036", "A")]

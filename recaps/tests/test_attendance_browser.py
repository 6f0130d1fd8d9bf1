"""Daily attendance on a phone, by day and from a file."""

from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from recaps.models import Absence
from recaps.queries.attendance_rows import written_day
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
    page.wait_for_url("**/isi/**")
    assert has_no_finding(page)
    for name, code in (("Siswa 002", "Sakit"), ("Siswa 036", "Alpa")):
        page.get_by_role("radiogroup", name=name).get_by_role("radio", name=code).check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("2 tidak hadir")).to_be_visible()
    found = Absence.objects.values_list("student__name", "code").order_by("student__name")
    assert list(found) == [("Siswa 002", "S"), ("Siswa 036", "A")]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_file_is_seen_before_it_is_saved_and_can_be_corrected(
    page_of, tmp_path: Path, has_scripts: bool
) -> None:
    cast = small_school(4)
    day = cast.period.ends_on
    page = page_of(cast.wali, java_script_enabled=has_scripts)
    page.goto("/kelas/")
    page.get_by_role("link", name="Kehadiran harian").click()
    page.get_by_role("link", name="Dari file").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Unduh contoh").click()
    example = Path(downloading.value.path()).read_text("utf-8-sig")
    file = tmp_path / "kehadiran.csv"

    def check(text: str) -> None:
        file.write_text(text, "utf-8-sig")
        page.get_by_label("File", exact=True).set_input_files(file)
        page.get_by_role("button", name="Periksa file").click()

    filled = example.replace("Siswa 002;;", f"Siswa 002;{written_day(day)};s")
    check(filled.replace("Siswa 003;;", "Siswa 003;31/2/2021;A"))
    expect(page.get_by_text("Baris 4")).to_be_visible()
    expect(page.get_by_text("bukan tanggal")).to_be_visible()
    assert not has_scripts or has_no_finding(page)
    check(filled)
    expect(page.get_by_text("belum ada yang disimpan")).to_be_visible()
    assert not has_scripts or has_no_finding(page)
    assert not Absence.objects.exists()
    page.get_by_role("button", name="Simpan 1").click()
    expect(page.get_by_text("1 baru, 0 diganti")).to_be_visible()
    assert list(Absence.objects.values_list("student__name", "code")) == [("Siswa 002", "S")]


def test_a_month_that_goes_on_scrolls_within_its_own_region_alone(page_of) -> None:
    cast = small_school(4)
    cast.period.ends_on = cast.semester.ends_on
    cast.period.save(update_fields=["ends_on"])
    page = page_of(cast.wali)
    page.goto(f"/kelas/{cast.own.pk}/{cast.period.pk}/kehadiran/")
    expect(page.get_by_role("row")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_letters_of_a_day_stand_in_one_row_on_a_phone(page_of) -> None:
    cast = small_school(4)
    page = page_of(cast.wali)
    page.goto(f"/kelas/{cast.own.pk}/{cast.period.pk}/kehadiran/isi/")
    letters = page.get_by_role("radiogroup").first.locator("label")
    tops = {box["y"] for box in (letters.nth(at).bounding_box() for at in range(4)) if box}
    assert len(tops) == 1


def test_a_month_of_school_days_is_in_view_on_a_laptop(page_of) -> None:
    cast = small_school(4)
    cast.period.starts_on = cast.period.ends_on - timedelta(days=22)
    cast.period.save(update_fields=["starts_on"])
    page = page_of(cast.wali, width=1280)
    page.goto(f"/kelas/{cast.own.pk}/{cast.period.pk}/kehadiran/")
    grid = page.get_by_role("region", name="Kehadiran harian")
    assert grid.evaluate("grid => grid.scrollWidth <= grid.clientWidth")

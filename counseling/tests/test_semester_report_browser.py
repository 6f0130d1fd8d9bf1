"""The end of a semester on a phone: texts, what holds it up, freezing, the case that continues."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from cases.models import Case, Rung
from cases.tests import factories as cases
from cases.workflow import record_outcome
from school.tests.cast import small_school

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]

TEXTS = {
    "Pendahuluan": "Belajar dari rumah",
    "Simpulan": "Membaik",
    "Rencana": "Hubungi lebih awal",
}


def tap(page: Page, name: str, *, role: str = "link") -> None:
    page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]


def at_home(page: Page) -> Page:
    page.goto("/")
    return page


def test_a_semester_ends_and_its_open_case_continues(page_of: Callable[..., Page]) -> None:
    cast = small_school()
    case = cases.tried_case(cast)
    summons = cases.summons(case, cast.bk)
    cases.next_semester(cast)

    coordinator = at_home(page_of(cast.coordinator))
    tap(coordinator, "Tulis laporan semester")
    for label, text in TEXTS.items():
        coordinator.get_by_label(label).fill(text)
    tap(coordinator, "Simpan", role="button")
    expect(coordinator.locator("main")).to_contain_text("Belajar dari rumah")

    principal = at_home(page_of(cast.principal))
    tap(principal, "Bekukan laporan semester")
    expect(principal.get_by_role("button", name="Bekukan laporan")).to_be_disabled()
    tap(principal, "Panggilan I belum ada hasil.")
    expect(principal.get_by_role("heading", level=1)).to_have_text("Siswa 001")
    record_outcome(summons, by=cast.bk, attended=False)

    tap(at_home(principal), "Bekukan laporan semester")
    tap(principal, "Bekukan laporan")
    expect(principal.locator("main")).to_contain_text("1 kasus berjalan dilanjutkan di Genap")
    tap(principal, "Bekukan", role="button")
    expect(principal.locator("main")).to_contain_text("isinya tidak berubah lagi")
    expect(principal.get_by_role("link", name="JSON")).to_be_visible()

    counselor = page_of(cast.bk)
    counselor.goto(case.get_absolute_url())
    tap(counselor, "Dilanjutkan di Genap 2021/2022")
    new = Case.objects.get(carried_from=case)
    counselor.wait_for_url(f"**{new.get_absolute_url()}")
    expect(counselor.locator("main")).to_contain_text("Lanjutan dari Ganjil 2021/2022")
    assert (new.rung, new.counselor) == (Rung.REVIEW, cast.bk)

    affairs = at_home(page_of(cast.student_affairs))
    tap(affairs, "Laporan")
    tap(affairs, "Laporan semester")
    tap(affairs, "Ganjil 2021/2022")
    expect(affairs.locator("main")).to_contain_text("Membaik")
    expect(affairs.locator("main")).not_to_contain_text("Siswa 001")

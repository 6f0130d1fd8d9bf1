"""How many taps from home a task takes, on a phone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from cases.models import Case, Contact
from cases.tests import factories as cases
from cases.workflow import confirm, open_directly
from homevisits.models import Visit
from homevisits.tests import factories as visits
from recaps.workflow import class_list_of, decide, hand_over_list
from school.tests.cast import Cast, small_school
from support.models import Assistance, FollowUp
from support.tests import factories as support

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass
class Taps:
    """A person's page, which counts what they tap. Scrolling counts nothing."""

    page: Page
    count: int = 0

    def on(self, it: Locator) -> None:
        it.click()
        self.count += 1

    def link(self, name: str) -> None:
        self.on(self.page.get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.on(self.page.get_by_role("button", name=name).first)

    def choice(self, name: str) -> None:
        self.on(self.page.locator("label").filter(has_text=name).first)

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()


def log_a_contact(cast: Cast, page_of: Callable[..., Page]) -> Taps:
    case = cases.tried_case(cast)
    taps = Taps(page_of(cast.bk))
    taps.page.goto("/")
    taps.link("Hubungi lagi")
    taps.choice("Tidak diangkat/dijawab")
    taps.button("Simpan")
    taps.sees("2 kali dihubungi")
    guardian = Contact.objects.latest("pk").guardian
    assert guardian == case.student.guardians.get()
    return taps


def log_one_attempt_for_three_cases(cast: Cast, page_of: Callable[..., Page]) -> Taps:
    for student in cast.students[:3]:
        cases.direct_case(cast, student)
    taps = Taps(page_of(cast.bk))
    taps.page.goto("/")
    taps.link("Kasus")
    taps.link("Catat satu kontak untuk beberapa kasus")
    for student in cast.students[:3]:
        taps.choice(student.name)
    taps.button("Catat kontak")
    taps.choice("Di luar jangkauan")
    taps.button("Simpan")
    taps.sees("Kontak dicatat untuk 3 kasus.")
    assert Contact.objects.filter(outcome="NO_NETWORK").count() == 3
    return taps


def confirm_four_new_cases(cast: Cast, page_of: Callable[..., Page]) -> Taps:
    absent = dict.fromkeys(cast.students, cases.ABSENT)
    cases.handed_over_recap(cast.maths, cast.period, absent)
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, cast.students, "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    taps = Taps(page_of(cast.bk))
    taps.page.goto("/")
    taps.link("Tinjau 4 kasus baru")
    taps.sees("Tidak pernah ikut: 1 mapel")
    taps.choice("Semua 4 yang tampil")
    taps.button("Konfirmasi kasus")
    taps.button("Konfirmasi 4 kasus")
    taps.sees("4 kasus dikonfirmasi.")
    return taps


def give_a_case(cast: Cast, page_of: Callable[..., Page]) -> Taps:
    cast.own.counselor = None
    cast.own.save(update_fields=["counselor"])
    case = open_directly(cast.students[0], cast.semester, by=cast.wali, reasons=["FAMILY"])
    taps = Taps(page_of(cast.coordinator))
    taps.page.goto("/")
    taps.link("1 kasus tanpa guru BK")
    taps.on(taps.page.locator("summary").filter(has_text=case.student.name))
    taps.button("Bu Retno")
    taps.sees("Kasus sekarang dipegang Bu Retno.")
    assert Case.objects.get().counselor == cast.bk
    return taps


def approve_five_visits(cast: Cast, page_of: Callable[..., Page]) -> Taps:
    for student in (*cast.students, cast.foreign_students[0]):
        by, reasons = cast.coordinator, ["FAMILY"]
        case = open_directly(student, cast.semester, by=by, reasons=reasons)
        confirm(case, by=by)
        visits.proposed_visit(case, by)
    taps = Taps(page_of(cast.principal))
    taps.page.goto("/")
    taps.link("Putuskan 5 kunjungan")
    taps.sees("Ayah merantau, tidak ada HP")
    taps.choice("Semua 5 yang tampil")
    taps.button("Setujui")
    taps.sees("5 kunjungan disetujui.")
    assert Visit.objects.filter(status="APPROVED").count() == 5
    return taps


def ask_for_a_phone(cast: Cast, page_of: Callable[..., Page]) -> Taps:
    case = cases.tried_case(cast)
    taps = Taps(page_of(cast.bk))
    taps.page.goto(case.get_absolute_url())
    taps.link("Ajukan bantuan")
    taps.choice("HP")
    taps.page.fill("textarea[name=reason]", "Ayah merantau membawa HP")
    taps.button("Ajukan")
    taps.sees("Bantuan diajukan dan menunggu kepala sekolah.")
    assert Assistance.objects.get().is_lent
    return taps


def finish_a_follow_up(cast: Cast, page_of: Callable[..., Page]) -> Taps:
    one = support.follow_up(cases.direct_case(cast), cast.bk, doer=cast.guru)
    taps = Taps(page_of(cast.guru))
    taps.page.goto("/")
    taps.link("Tindak lanjut")
    taps.button("Tandai selesai")
    taps.sees("Tindak lanjut selesai.")
    assert FollowUp.objects.get(pk=one.pk).status == "DONE"
    return taps


TASKS: list[tuple[Callable[..., Taps], int]] = [
    (log_a_contact, 3),
    (log_one_attempt_for_three_cases, 8),
    (confirm_four_new_cases, 4),
    (give_a_case, 3),
    (approve_five_visits, 3),
    (finish_a_follow_up, 2),
    (ask_for_a_phone, 3),
]
"""A task, and the taps that it takes from home; the last one from the page of the case."""


@pytest.mark.parametrize(("task", "taps"), TASKS, ids=lambda it: getattr(it, "__name__", ""))
def test_a_task_takes_so_many_taps(task: Callable[..., Taps], taps: int, page_of: Any) -> None:
    assert task(small_school(), page_of).count == taps

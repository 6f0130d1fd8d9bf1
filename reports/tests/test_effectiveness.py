"""Results, days, relapses and assistance of a few cases, computed by hand.

| student | rung    | days of its steps         | ended      | further                             |
|---------|---------|---------------------------|------------|-------------------------------------|
| 0       | contact | contact 2                 | 10 solved  | resolved before; reopening undone   |
| 1       | contact | contact 4, 6              | 6 improved | a false alarm before                |
| 2       | summons | contact 1, letter 8       | 20 solved  | reopened twice, resolved; phone     |
| 3       | visit   | contact 3, letter 5, visit 15 | 30 not | phone and data                      |
| 4       | visit   | contact 7, visit 10       | open       | resolved before; reopened; declined |
| 5       | contact | contact 1                 | open       | carried over                        |
| 6       | contact | contact 2                 | false alarm, once reopened                       |
| foreign | contact | contact 9                 | 12 solved  | resolved long before; carried over  |
"""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.models import Case, Contact, Rung, Summons
from homevisits.models import Visit
from reports.comparison import Resolved, opened_in, resolved
from reports.tables import CLASS
from reports.tests.factories import case_of, go_on, link
from reports.tests.test_kinds import grids
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from support.models import Assistance
from workflow import clock
from workflow.models import ActionEntry

pytestmark = pytest.mark.django_db

C, S, V = Rung.CONTACT, Rung.SUMMONS, Rung.HOME_VISIT
ROWS: tuple[tuple[Rung, list[int], list[int], list[int], int, str, str], ...] = (
    (C, [2], [], [], 10, "RESOLVED", "SOLVED"),
    (C, [4, 6], [], [], 6, "RESOLVED", "IMPROVED"),
    (S, [1], [8], [], 20, "RESOLVED", "SOLVED"),
    (V, [3], [5], [15], 30, "RESOLVED", "NOT_SOLVED"),
    (V, [7], [], [10], 0, "OPEN", ""),
    (C, [1], [], [], 0, "OPEN", ""),
    (C, [2], [], [], 5, "DISMISSED", ""),
    (C, [9], [], [], 12, "RESOLVED", "SOLVED"),
)
"""Rung, days of contacts, letters and proposals, the day of the end, status, outcome."""


@pytest.fixture
def cast() -> Cast:
    cast = small_school(7)
    students = [*cast.students, cast.foreign_students[0]]
    cases = [_case(cast, student, *row) for student, row in zip(students, ROWS, strict=True)]
    _before(cast, cases)
    _acted(cases[0], ("reopen", "RESOLVED", "OPEN"), ("undo_reopen", "OPEN", "RESOLVED"))
    _acted(cases[2], *[("reopen", "RESOLVED", "OPEN")] * 2)
    _acted(cases[4], ("reopen", "RESOLVED", "OPEN"))
    _acted(cases[6], ("reopen", "DISMISSED", "OPEN"))
    _given(cast, cases[2], "PHONE")
    _given(cast, cases[3], "PHONE", "DATA")
    _given(cast, cases[4], "DATA", status="DECLINED", handed_on=None)
    return cast


def _case(
    cast: Cast,
    student: Any,
    rung: Rung,
    contacts: Iterable[int],
    letters: Iterable[int],
    visits: Iterable[int],
    ended: int,
    status: str,
    outcome: str,
) -> Case:
    case = case_of(student, cast.semester, rung=rung, status=status, days=ended, outcome=outcome)
    case.save()
    for day in contacts:
        at = case.opened_at + timedelta(days=day)
        Contact.objects.create(
            case=case,
            channel="PHONE",
            party="PARENT",
            outcome="REACHED",
            happened_at=at,
            by=cast.bk,
        )
    for number, day in enumerate(letters, start=1):
        at = case.opened_at + timedelta(days=day)
        Summons.objects.create(
            case=case,
            sequence=number,
            status="ATTENDED",
            issued_on=clock.day_of(at),
            meets_at=at,
            outcome_at=at,
            by=cast.bk,
        )
    for day in visits:
        on = clock.day_of(case.opened_at + timedelta(days=day))
        Visit.objects.create(case=case, basis="SUMMONS", proposed_on=on, proposed_by=cast.bk)
    return case


AFTER = {"CARRIED": go_on, "LINKED": link}


def _before(cast: Cast, cases: list[Case]) -> None:
    """Make what the students had in the two semesters before."""
    long_ago, last = (
        make.SemesterFactory(
            year__label=label, starts_on=make.days_ago(first), ends_on=make.days_ago(first - 100)
        )
        for label, first in (("2017/2018", 900), ("2018/2019", 500))
    )
    for at, semester, status in (
        (0, last, "RESOLVED"),
        (1, last, "DISMISSED"),
        (4, long_ago, "RESOLVED"),
        (5, last, "CARRIED"),
        (7, long_ago, "RESOLVED"),
        (7, last, "CARRIED"),
        (0, long_ago, "LINKED"),
    ):
        earlier = case_of(cases[at].student, semester, status=status.replace("LINKED", "CARRIED"))
        earlier.save()
        if status in AFTER:
            AFTER[status](cases[at], earlier)


def _acted(case: Case, *acts: tuple[str, str, str]) -> None:
    now = clock.now()
    of_case = {"kind": "cases.case", "root_kind": "cases.case"}
    ids = {"object_id": case.pk, "root_id": case.pk}
    ActionEntry.objects.bulk_create(
        ActionEntry(
            **of_case, **ids, action=name, source=old, target=new, happened_at=now, logged_at=now
        )
        for name, old, new in acts
    )


def _given(cast: Cast, case: Case, *kinds: str, **fields: Any) -> None:
    today = clock.today()
    usual = {"status": "HANDED_OVER", "asked_on": today, "asked_by": cast.bk, "handed_on": today}
    for kind in kinds:
        Assistance.objects.create(case=case, kind=kind, reason="Tidak punya", **(usual | fields))


def test_what_became_of_the_cases_how_long_it_took_and_which_came_back(cast: Cast) -> None:
    found = grids(cast.coordinator, cast, "effectiveness", CLASS)
    # Cases, resolved, % resolved, solved, improved, not solved
    share = Decimal("71.43")
    assert found["resolved_by_rung"] == {
        "WA/telepon": [4, 3, 75, 2, 1, 0],
        "Panggilan": [1, 1, 100, 1, 0, 0],
        "Kunjungan": [2, 1, 50, 0, 0, 1],
        "Semua kasus": [7, 5, share, 3, 1, 1],
    }
    # The same, and the median of 6, 10, 20, 30; the foreign one was carried over
    assert found["resolved_by_row"] == {
        "X MIPA 3": [6, 4, Decimal("66.67"), 2, 1, 1, 15],
        "X MIPA 4": [1, 1, 100, 1, 0, 0, None],
        "Jumlah": [7, 5, share, 3, 1, 1, 15],
    }
    assert found["days_by_step"] == {
        "Rekap → Kontak": [5, 1.5, 3, 5.5],  # 1 2 3 4 7
        "Langkah sebelumnya → Panggilan": [2, 2, 4.5, 7],  # 5−3, 8−1
        "Langkah sebelumnya → Kunjungan rumah": [2, 3, 6.5, 10],  # 10−7, 15−5
        "Langkah terakhir → Tuntas": [5, 2.5, 8, 13.5],  # 6−4, 12−9, 10−2, 20−8, 30−15
        "Rekap → Tuntas": [4, 8, 15, 25],  # 6 10 20 30
    }
    assert found["days_by_rung"] == {
        "WA/telepon": [2, 6, 8, 10],
        "Panggilan": [1, None, 20, None],
        "Kunjungan": [1, None, 30, None],
        "Semua kasus": [4, 8, 15, 25],
    }
    # Once resolved, reopened, %, resolved again; cases, resolved in an earlier semester, %
    assert found["relapses_by_row"] == {
        "X MIPA 3": [5, 2, 40, 1, 6, 2, Decimal("33.33")],
        "X MIPA 4": [1, 0, 0, 0, 1, 0, 0],
        "Jumlah": [6, 2, Decimal("33.33"), 1, 7, 2, Decimal("28.57")],
    }
    # Cases, resolved, % resolved
    assert found["assistance_by_rung"] == {
        "Panggilan: HP": [1, 1, 100],
        "Panggilan: tanpa bantuan": [0, 0, None],
        "Kunjungan: HP": [1, 1, 100],
        "Kunjungan: Paket data": [1, 1, 100],
        "Kunjungan: tanpa bantuan": [1, 0, 0],
    }


def test_the_page_of_the_semester_says_the_same_number_and_median(cast: Cast) -> None:
    found = resolved(cast.semester, opened_in([cast.semester]))
    assert found == Resolved(5, Decimal(15))

"""BK's load by counselor and week, counted by hand over the last four weeks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from cases.models import Case, CaseStatus, Rung
from cases.tests.factories import attempt, direct_case, summons
from cases.workflow import dismiss, resolve, void_contact
from homevisits.tests.factories import scheduled_visit
from homevisits.workflow import record, save_report
from reports.kinds import load
from reports.kinds.base import Asked
from reports.tests.factories import case_of, go_on
from reports.tests.pages import figures_of
from school.models import OfficeHolding, User
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from support.tests.factories import handed_over, held_conference
from workflow import clock
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db

WEDNESDAY = 2
NOTHING = [0] * 4


@contextmanager
def wednesday(weeks_ago: int) -> Iterator[None]:
    days = clock.today().weekday() - WEDNESDAY + 7 * weeks_ago
    with clock.shifted_to(clock.now() - timedelta(days=days)):
        yield


@pytest.fixture
def cast() -> Cast:
    """Return a school in which BK worked for three weeks, and whose counselor left yesterday.

    Three weeks ago the counselor opens four cases and calls for the first; the homeroom teacher
    calls for the third, which is in review; the fourth is a false alarm. Two weeks ago the
    coordinator calls for the second in the counselor's place, who resolves it and issues a summons
    in the first. Last week the homeroom teacher records the visit of the first, the coordinator
    holds its conference, and the counselor hands over a phone. One carried case has no counselor.
    """
    cast = small_school()
    with wednesday(3):
        first, second, third, fourth = (
            direct_case(cast, student, confirmed=at != 2)
            for at, student in enumerate(cast.students)
        )
        attempt(first, cast.bk)
        attempt(third, cast.wali)
        attempt(fourth, cast.bk)
        _carried(cast)
    with wednesday(2):
        attempt(second, cast.coordinator, "REACHED")
        resolve(second, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
        summons(first, cast.bk)
        dismiss(fourth, by=cast.bk, reason="Salah orang")
        void_contact(attempt(first, cast.bk), by=cast.bk)
    with wednesday(1):
        _visited(first, cast)
        held_conference(first, cast.coordinator, invited=[cast.wali])
        handed_over(first, cast.bk, cast.principal)
    OfficeHolding.objects.filter(user=cast.bk).update(ends_on=make.days_ago(1))
    return cast


def _carried(cast: Cast) -> None:
    earlier = make.SemesterFactory(
        year__label="2020/2021", starts_on=make.days_ago(400), ends_on=make.days_ago(300)
    )
    student = cast.foreign_students[0]
    before = case_of(student, earlier, status=CaseStatus.CARRIED)
    before.save()
    carried = case_of(student, cast.semester, rung=Rung.REVIEW, status=CaseStatus.OPEN)
    carried.opened_at = clock.now()
    carried.save()
    go_on(carried, before)


def _visited(case: Case, cast: Cast) -> None:
    """Let the homeroom teacher, who is the visitor, record the visit."""
    visit = scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.wali])
    save_report(visit, by=cast.wali, values={"outcome": "MET", "met": ["MOTHER"]}, read_at=0)
    record(visit, by=cast.wali)


def read(cast: Cast) -> dict[str, dict[str, list[Any]]]:
    return figures_of(load.KIND, Asked(cast.coordinator, [cast.semester], ""))


def test_a_case_is_its_counselors_and_an_act_is_of_who_did_it(cast: Cast) -> None:
    # Cases, new, ended, open; contacts, summonses, visits, conferences, assistance
    assert read(cast)["load_by_counselor"] == {
        "Bu Bambang": [0, 0, 0, 0, 0, 0, 0, 0, 0],
        "Bu Endang": [0, 0, 0, 0, 1, 0, 0, 1, 0],
        "Bu Retno": [3, 3, 1, 2, 1, 1, 0, 0, 1],
        "Belum ada guru BK": [1, 0, 0, 1, 0, 0, 0, 0, 0],
        "Orang lain": [0, 0, 0, 0, 1, 0, 1, 0, 0],
        "Jumlah": [4, 3, 1, 3, 3, 1, 1, 1, 1],
    }


def test_weeks_begin_on_monday_and_add_up_to_the_semester(cast: Cast) -> None:
    found = read(cast)
    *weeks, total = found["load_by_week_0"].values()
    # Open, new, ended; acts: contacts, summonses, visits, conferences, assistance
    assert weeks[-4:] == [
        [4, 3, 0, 2, 2, 0, 0, 0, 0],
        [3, 0, 1, 2, 1, 1, 0, 0, 0],
        [3, 0, 0, 3, 0, 0, 1, 1, 1],
        [3, 0, 0, 0, 0, 0, 0, 0, 0],
    ]
    assert {tuple(week) for week in weeks[:-4]} == {(0,) * 9}
    first = cast.semester.starts_on
    days = (clock.today() - first).days + first.weekday()
    assert len(weeks) == days // 7 + 1
    assert total == [None, 3, 1, 7, 3, 1, 1, 1, 1]


def test_each_counselor_has_columns_by_week(cast: Cast) -> None:
    *weeks, total = read(cast)["counselors_by_week_0"].values()
    # Of the coordinator, the counselor, nobody and others: open, contacts, summonses, visits
    assert weeks[-4:] == [
        [*NOTHING, 3, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0],
        [0, 1, 0, 0, 2, 0, 1, 0, 1, 0, 0, 0, *NOTHING],
        [*NOTHING, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1],
        [*NOTHING, 2, 0, 0, 0, 1, 0, 0, 0, *NOTHING],
    ]
    assert total == [None, 1, 0, 0, None, 1, 1, 0, None, 0, 0, 0, None, 1, 0, 1]


def test_cases_open_as_a_list_for_who_sees_all_of_them(cast: Cast) -> None:
    def urls(user: User) -> list[tuple[str, int | None]]:
        [grid, *_others] = load.KIND.content(Asked(user, [cast.semester], "")).grids
        return [(cell.url, cell.value) for line in grid.lines for cell in line.cells if cell.url]

    client = signed_in(cast.coordinator)
    opened = urls(cast.coordinator)
    assert [number for _url, number in opened] == [3, 2, 1, 1]
    assert [len(client.get(url).context["rows"]) for url, _number in opened] == [3, 2, 1, 1]
    assert urls(cast.bk2) == []


def test_the_page_does_not_ask_for_grades_or_classes(cast: Cast) -> None:
    client = signed_in(cast.principal)
    assert "by=class" not in client.get("/laporan/beban/").content.decode()
    kept = client.get("/laporan/beban/", {"by": "class"}).context["kinds"]
    assert kept[0].url == "/laporan/?by=class"

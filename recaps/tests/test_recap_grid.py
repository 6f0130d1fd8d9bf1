"""My recaps: the state of each cell, who owes it and by when."""

from datetime import timedelta

import pytest

from recaps.queries.recap_grid import GridCell, grid
from recaps.tests import factories as make
from recaps.workflow import (
    begin_correction,
    class_list_of,
    hand_over_list,
    return_recap,
    save_entry,
    withdraw,
)
from school.models import RecapPeriod, TeachingAssignment
from school.tests import factories as make_school
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def cell_of(cast: Cast, period: RecapPeriod | None = None, user=None) -> GridCell:
    """Return the cell of maths."""
    lines = grid(user or cast.guru, cast.semester)
    line = next(one for one in lines if one.assignment.subject == cast.maths.subject)
    return next(one for one in line.cells if one.period == (period or cast.period))


def draft(cast: Cast) -> None:
    save_entry(
        cast.maths, cast.period, cast.students[0].pk, by=cast.guru, values={"sick": 1}, read_at=0
    )


def handed_over(cast: Cast) -> None:
    make.handed_over_recap(cast.maths, cast.period, {cast.students[0]: {"sick": 1}})


def nihil(cast: Cast) -> None:
    make.handed_over_recap(cast.maths, cast.period)


def returned(cast: Cast) -> None:
    recap = make.handed_over_recap(cast.maths, cast.period)
    return_recap(recap, by=cast.wali, reason="Alpa Bagas belum dihitung")


def withdrawn(cast: Cast) -> None:
    withdraw(make.handed_over_recap(cast.maths, cast.period), by=cast.guru)


def correcting(cast: Cast) -> None:
    recap = make.handed_over_recap(cast.maths, cast.period)
    hand_over_list(class_list_of(cast.own, cast.period, by=cast.wali), by=cast.wali)
    begin_correction(recap, by=cast.guru, reason="Salah hitung")


@pytest.mark.parametrize(
    ("act", "state", "word"),
    [
        (lambda cast: None, "MISSING", "Belum ada"),
        (draft, "DRAFT", "1 dicatat"),
        (handed_over, "HANDED_OVER", "Diserahkan"),
        (nihil, "HANDED_OVER", "Nihil"),
        (returned, "RETURNED", "Alpa Bagas belum dihitung"),
        (withdrawn, "DRAFT", "Draf"),
        (correcting, "CORRECTING", "Sedang dikoreksi"),
    ],
)
def test_each_state_stands_in_the_grid(act, state: str, word: str) -> None:
    cast = small_school()
    act(cast)
    cell = cell_of(cast)
    is_done = state in {"HANDED_OVER", "CORRECTING"}
    assert (cell.state, cell.due_on is None) == (state, is_done)
    page = signed_in(cast.guru).get("/rekap/").content.decode()
    assert word in page
    assert cell.url in page


def test_a_late_recap_says_so_in_days() -> None:
    cast = small_school()
    page = signed_in(cast.guru).get("/rekap/").content.decode()
    assert cell_of(cast, cast.earlier_period).due_on == cast.earlier_period.recap_due_on
    assert "lewat 29 hari" in page


def test_a_period_to_come_has_no_sheet_yet() -> None:
    cast = small_school()
    later = make_school.RecapPeriodFactory(
        semester=cast.semester,
        starts_on=clock.today() + timedelta(days=1),
        ends_on=clock.today() + timedelta(days=30),
    )
    assert (cell_of(cast, later).state, cell_of(cast, later).is_link) == ("FUTURE", False)


def handed_on(cast: Cast, *, days_ago: int) -> TeachingAssignment:
    """Let guru2 take over maths from guru so many days ago."""
    day = clock.today() - timedelta(days=days_ago)
    cast.maths.ends_on = day - timedelta(days=1)
    cast.maths.save()
    cast.guru.forget_ties()
    return make_school.TeachingAssignmentFactory(
        teacher=cast.guru2, school_class=cast.own, subject=cast.maths.subject, starts_on=day
    )


def test_the_holder_on_the_due_date_owes_it() -> None:
    cast = small_school()
    handed_on(cast, days_ago=10)
    before, after = cast.earlier_period, cast.period
    assert cell_of(cast, before).due_on == before.recap_due_on
    assert cell_of(cast, before, cast.guru2).due_on is None
    assert (cell_of(cast, after).state, cell_of(cast, after).due_on) == ("", None)
    assert cell_of(cast, after, cast.guru2).due_on == after.recap_due_on


def test_a_draft_passes_to_the_successor_and_leads_to_the_successors_sheet() -> None:
    cast = small_school()
    draft(cast)
    theirs = handed_on(cast, days_ago=0)
    cell = cell_of(cast, user=cast.guru2)
    assert (cell.state, cell.url) == ("DRAFT", f"/rekap/{theirs.pk}/{cast.period.pk}/")
    assert cell_of(cast).recap is None


def test_what_i_handed_over_stays_mine_to_read() -> None:
    cast = small_school()
    handed_over(cast)
    handed_on(cast, days_ago=0)
    cell = cell_of(cast)
    assert (cell.state, cell.url) == ("HANDED_OVER", f"/rekap/{cell.recap.pk}/")


def test_the_address_names_the_semester() -> None:
    cast = small_school()
    older = make_school.SemesterFactory(
        term=2,
        starts_on=clock.today() - timedelta(days=300),
        ends_on=clock.today() - timedelta(days=100),
    )
    client = signed_in(cast.guru)
    assert client.get("/rekap/").context["semester"] == cast.semester
    assert client.get(f"/rekap/?semester={older.code}").context["semester"] == older
    refused = client.get("/rekap/?semester=nonsense")
    assert (refused.context["semester"], refused.context["lines"]) == (None, [])


def test_who_teaches_nothing_is_told_so_kindly() -> None:
    cast = small_school()
    assert (
        "Tidak ada kelas pada semester ini" in signed_in(cast.wali2).get("/rekap/").content.decode()
    )


@pytest.mark.sqlite
def test_a_grid_asks_as_many_queries_for_1_as_for_30_classes() -> None:
    cast = small_school()
    cast.physics.delete()
    handed_over(cast)
    few = queries_of(signed_in(cast.guru), "/rekap/")
    more = [
        make_school.TeachingAssignmentFactory(
            teacher=cast.guru, school_class=make_school.SchoolClassFactory()
        )
        for _ in range(29)
    ]
    for assignment in TeachingAssignment.objects.filter(pk__in=[one.pk for one in more]):
        make.handed_over_recap(assignment, cast.period)
    assert queries_of(signed_in(cast.guru), "/rekap/") == few
    assert few <= 15

"""Making a semester, with its periods and policy, and changing its days."""

from datetime import date

import pytest

from school import school_years
from school.days import Holiday
from school.models import AcademicYear, ChangedRow, Policy, RecapPeriod, Semester
from school.models.change import ChangeKind
from school.models.semesters import Term
from school.roles import OPERATOR
from school.school_years import Days, Proposal
from school.tests import factories as make
from school.workflow.changes import recording, undo
from school.workflow.semesters import change_days, make_semester
from workflow.errors import EditConflict, NotAllowed, NotNow

pytestmark = pytest.mark.django_db
ODD_2021 = Days(date(2021, 7, 12), date(2021, 12, 17))
EVEN_2022 = Days(date(2022, 1, 3), date(2022, 6, 17))


@pytest.fixture
def operator():
    return make.person(OPERATOR)


@pytest.fixture
def ganjil(operator):
    return make_semester("2021/2022", Term.ODD, *ODD_2021, by=operator)


@pytest.mark.parametrize(
    ("year", "odd", "even"),
    [
        (
            2020,
            Days(date(2020, 7, 13), date(2020, 12, 18)),
            Days(date(2021, 1, 4), date(2021, 6, 18)),
        ),
        (2021, ODD_2021, EVEN_2022),
        (
            2024,
            Days(date(2024, 7, 15), date(2024, 12, 20)),
            Days(date(2025, 1, 6), date(2025, 6, 20)),
        ),
    ],
)
def test_the_usual_days_are_those_of_the_school_calendar(year, odd, even):
    assert (
        school_years.usual_days(year, Term.ODD),
        school_years.usual_days(year, Term.EVEN),
    ) == (odd, even)


def test_the_next_semester_follows_the_last_one(ganjil):
    assert school_years.next_semester() == Proposal("2021/2022", Term.EVEN, EVEN_2022)


def test_after_genap_comes_ganjil_of_the_next_year(ganjil, operator):
    make_semester("2021/2022", Term.EVEN, *EVEN_2022, by=operator)
    assert school_years.next_semester() == Proposal(
        "2022/2023", Term.ODD, Days(date(2022, 7, 18), date(2022, 12, 16))
    )


def test_the_next_semester_is_not_proposed_on_days_of_the_last_one(operator):
    make_semester("2021/2022", Term.ODD, date(2021, 7, 12), date(2022, 1, 7), by=operator)
    assert school_years.next_semester().days.first == date(2022, 1, 8)


@pytest.mark.parametrize(
    ("days", "periods"),
    [
        (
            ODD_2021,
            [
                "07-12 07-31",
                "08-01 08-31",
                "09-01 09-30",
                "10-01 10-31",
                "11-01 11-30",
                "12-01 12-17",
            ],
        ),
        (Days(date(2021, 7, 28), date(2021, 9, 5)), ["07-28 09-05"]),
        (Days(date(2021, 7, 12), date(2021, 7, 15)), ["07-12 07-15"]),
    ],
)
def test_recap_periods_are_months_and_a_short_end_belongs_to_its_neighbor(days, periods):
    assert [f"{a:%m-%d} {b:%m-%d}" for a, b in school_years.months_of(days)] == periods


def test_a_semester_is_made_with_its_year_periods_and_policy(ganjil, operator):
    assert str(ganjil.year) == "2021/2022"
    assert ganjil.periods.count() == 6
    assert ganjil.policy.recap_days == 5
    assert ganjil.history.get().history_user == operator


def test_the_second_semester_is_of_the_same_year_and_has_the_policy_of_the_first(ganjil, operator):
    to_come = Holiday(date(2022, 5, 2), date(2022, 5, 3), "Idulfitri")
    past = Holiday(date(2021, 8, 17), date(2021, 8, 17), "Hari Kemerdekaan")
    Policy.objects.update(recap_days=7, free_weekdays=["6", "7"], holidays=(past, to_come))
    genap = make_semester("2021/2022", Term.EVEN, *EVEN_2022, by=operator)
    assert AcademicYear.objects.count() == 1
    policy = Policy.objects.get(semester=genap)
    assert (policy.recap_days, policy.free_weekdays) == (7, ["6", "7"])
    assert policy.holidays == (to_come,)


def refused(act, *given, **named):
    """Return why the act is refused; it must have changed nothing."""
    before = Semester.objects.count(), RecapPeriod.objects.count()
    with pytest.raises(NotNow) as why:
        act(*given, **named)
    assert (Semester.objects.count(), RecapPeriod.objects.count()) == before
    return str(why.value)


@pytest.mark.parametrize(
    ("label", "days"),
    [
        ("2021", ODD_2021),
        ("2021/2023", ODD_2021),
        ("0000/0001", ODD_2021),
        ("2099/2100", ODD_2021),
        ("2022/2023", ODD_2021),
        ("2021/2022", Days(ODD_2021.last, ODD_2021.first)),
        ("2021/2022", Days(date(2021, 7, 12), date(2022, 6, 17))),
    ],
)
def test_days_that_are_no_semester_are_refused(operator, label, days):
    assert refused(make_semester, label, Term.ODD, *days, by=operator)


def test_two_semesters_share_no_day(ganjil, operator):
    days = Days(ODD_2021.last, EVEN_2022.last)
    why = refused(make_semester, "2021/2022", Term.EVEN, *days, by=operator)
    assert why.startswith("Ganjil 2021/2022")


def test_a_term_is_there_once_a_year(ganjil, operator):
    assert refused(make_semester, "2021/2022", Term.ODD, *EVEN_2022, by=operator)


def test_only_an_operator_makes_a_semester():
    with pytest.raises(NotAllowed):
        make_semester("2021/2022", Term.ODD, *ODD_2021, by=make.person())


def test_made_within_a_change_it_is_undone_with_it(operator):
    with recording(next(iter(ChangeKind)), by=operator) as change:
        make_semester("2021/2022", Term.ODD, *ODD_2021, by=operator, change=change)
    assert ChangedRow.objects.count() == 9
    undo(change.made, by=operator)
    assert not Semester.objects.exists()
    assert not AcademicYear.objects.exists()


def test_its_days_can_be_changed(ganjil, operator):
    days = ODD_2021._replace(last=date(2021, 12, 18))
    change_days(ganjil, days, by=operator, read_at=1)
    ganjil.refresh_from_db()
    assert (ganjil.ends_on, ganjil.version) == (date(2021, 12, 18), 2)


def test_who_changes_them_second_is_told(ganjil, operator):
    change_days(ganjil, ODD_2021._replace(last=date(2021, 12, 18)), by=operator, read_at=1)
    with pytest.raises(EditConflict):
        change_days(ganjil, ODD_2021._replace(last=date(2021, 12, 20)), by=operator, read_at=1)


def test_a_period_outside_the_new_days_is_named(ganjil, operator):
    days = ODD_2021._replace(last=date(2021, 12, 10))
    why = refused(change_days, ganjil, days, by=operator, read_at=1)
    assert "1–17 Desember 2021" in why


def test_a_frozen_semester_keeps_its_days(ganjil, operator):
    Semester.objects.update(frozen_at=make.clock.now())
    refused(change_days, ganjil, ODD_2021._replace(last=date(2021, 12, 18)), by=operator, read_at=1)

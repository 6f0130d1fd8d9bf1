"""All semesters beside one another: figures computed by hand, links, and how it grows."""

from datetime import timedelta
from decimal import Decimal

import pytest

from cases.models import Case, Rung
from homevisits.models import Visit
from reports.tests.factories import case_of, go_on
from reports.tests.pages import links_in
from school.models import Semester
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

URL = "/laporan/tahun/"
C, S, V = Rung.CONTACT, Rung.SUMMONS, Rung.HOME_VISIT


@pytest.fixture
def cast() -> Cast:
    """Return a school of six students with three semesters; the one between has no case.

    In the first, grade XI: contact, resolved after 10 days; visit, made twice, resolved after 21.
    In the running one, grade X: contact, resolved after 4 days; summons, open; and a case that
    was carried over, resolved by contact.
    """
    cast = small_school(4)
    first, _between = _year("2017/2018", 900, 2)
    old = make.SchoolClassFactory(year=first.year, name="XI IPS 1", grade="XI")
    for student in (*cast.students, *cast.foreign_students)[:5]:
        make.EnrolmentFactory(
            student=student, school_class=old, starts_on=first.starts_on, ends_on=make.days_ago(500)
        )
    _case(cast, 0, first, C, days=10)
    visited = _case(cast, 1, first, V, days=21)
    for _n in range(2):
        _visit(cast, visited)
    _case(cast, 0, cast.semester, C, days=4)
    _case(cast, 1, cast.semester, S, status="OPEN")
    go_on(_case(cast, 2, cast.semester, C, days=40), visited)
    return cast


def _year(label: str, days_ago: int, semesters: int) -> list[Semester]:
    """Return the semesters of a new year, of 100 days each."""
    year = make.AcademicYearFactory(label=label)
    return [
        make.SemesterFactory(
            year=year,
            term=term,
            starts_on=make.days_ago(days_ago - 150 * (term - 1)),
            ends_on=make.days_ago(days_ago - 150 * (term - 1) - 100),
        )
        for term in range(1, semesters + 1)
    ]


def _case(cast: Cast, at: int, semester: Semester, rung: Rung, **fields: object) -> Case:
    case = case_of(cast.students[at], semester, rung=rung, **fields)
    case.save()
    return case


def _visit(cast: Cast, case: Case) -> None:
    at = case.opened_at + timedelta(days=1)
    Visit.objects.create(
        case=case,
        basis="SUMMONS",
        status="RECORDED",
        proposed_on=clock.day_of(at),
        proposed_by=cast.bk,
        scheduled_for=at,
        happened_at=at,
        outcome="NOBODY",
    )


def test_each_semester_has_a_line_with_its_figures(cast: Cast) -> None:
    answer = signed_in(cast.coordinator).get(URL)
    tables = {
        grid.key: {line.label: [cell.value for cell in line.cells] for line in grid.lines}
        for grid in answer.context["content"].grids
    }
    first, between, now = tables["years_by_semester"]
    # Students, cases, %, contact, summons, visit, resolved, %, median days, visits made
    assert list(tables["years_by_semester"].values()) == [
        [5, 2, 40, 1, 0, 1, 2, 100, 15.5, 2],  # 10 and 21 days
        [5, 0, 0, 0, 0, 0, 0, None, None, 0],
        [6, 3, 50, 2, 1, 0, 2, Decimal("66.67"), 4, 0],  # 4 days; the other was carried over
    ]
    year = cast.semester.year.label
    # Cases, %, % resolved and median days, of the first and the second semester each
    assert tables["years_by_year"] == {
        "2017/2018": [2, 0, 40, 0, 100, None, 15.5, None],
        year: [3, None, 50, None, Decimal("66.67"), None, 4, None],
    }
    assert (first, between) == ("Ganjil 17/18", "Genap 17/18")
    # Grade X, grade XI, the whole school
    assert tables["years_by_grade"] == {
        first: [None, 40, 40],
        between: [None, 0, 0],
        now: [50, None, 50],
    }


def test_a_number_opens_its_rows_and_there_is_nothing_to_choose(cast: Cast) -> None:
    client = signed_in(cast.principal)
    html = client.get(URL).content.decode()
    assert "<title>Antar-tahun, 2017/2018 – " in html
    assert 'name="year"' not in html
    links = links_in(html)
    assert "state=recorded&semester=2017/2018-1" in [
        query.replace("%2F", "/") for query in links["/kunjungan/"]
    ]
    assert len(links["/kasus/"]) == 10
    for path, queries in links.items():
        for query in queries:
            assert client.get(f"{path}?{query}").status_code == 200


def test_a_school_of_twenty_years_asks_as_many_queries_as_a_new_one(cast: Cast) -> None:
    client = signed_in(cast.coordinator)
    few = queries_of(client, URL)
    for number in range(18):
        semesters = _year(f"{1980 + number}/{1981 + number}", 9000 - 400 * number, 2)
        for semester in semesters:
            _case(cast, 3, semester, C)
    assert queries_of(client, URL) == few
    assert len(client.get(URL).context["content"].grids[0].lines) == 39

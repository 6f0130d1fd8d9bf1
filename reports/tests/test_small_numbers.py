"""Totals give nobody away: what who reads no names can tell of counts that are hidden."""

import random
from typing import Any

import pytest

from cases.models import Cause, Reason, Rung
from reports.facts import MINOR
from reports.kinds import KINDS
from reports.kinds.base import Asked
from reports.small_numbers import KNOWN
from reports.tables import CLASS, GRADE
from reports.tests.another_school import (
    SEMESTER,
    SHOWN,
    Row,
    counts_of,
    some_school,
    told_apart,
)
from reports.tests.factories import case_of
from reports.tests.files import lines_of, sheets_of
from reports.tests.pages import page, text_of
from school.tests.cast import small_school
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SCHOOLS, TRIES = 3, 60_000
MANY = 60


def rows(*groups: tuple[int, str, Rung, str]) -> list[Row]:
    return [
        Row(school_class, rung, frozenset([reason] if reason else []), frozenset())
        for number, school_class, rung, reason in groups
        for _one in range(number)
    ]


@pytest.mark.parametrize(
    ("cases", "shows"),
    [
        # By class: 6 and 7 at one rung are shown; 6 and 4 hide one another.
        (rows((6, "1", Rung.CONTACT, ""), (7, "2", Rung.CONTACT, "")), {"class 1", "class 2"}),
        (rows((6, "1", Rung.CONTACT, ""), (4, "2", Rung.CONTACT, "")), set()),
        # All in one class, at two rungs: its rungs would be those of the published grade.
        (rows((6, "1", Rung.CONTACT, ""), (2, "1", Rung.SUMMONS, "")), set()),
        # The only class of XII has the published counts of its grade.
        (rows((3, "5", Rung.CONTACT, "")), {"class 5"}),
        # Five of ten have the reason; if nine of ten have it, so would nearly everybody.
        (
            rows((5, "5", Rung.CONTACT, Reason.FAMILY), (5, "5", Rung.CONTACT, "")),
            {"class 5", "reason FAMILY", "reason none"},
        ),
        (
            rows((9, "5", Rung.CONTACT, Reason.FAMILY), (1, "5", Rung.CONTACT, "")),
            {"class 5"},
        ),
    ],
)
def test_a_small_count_is_hidden_and_with_it_what_would_tell_it(cases, shows):
    counts = counts_of(cases)
    hidden = counts.hidden()
    asked = {
        f"{name} {code}": frozenset([("semester", SEMESTER.code), (name, code)])
        for name, code in (
            *(("class", one) for one in ("1", "2", "5")),
            *(("reason", one) for one in (Reason.FAMILY, "none")),
        )
    }
    numbers = {key: n for key, n in counts.numbers.items() if n}
    known = {f"{one[0]} {one[1]}" for what, place, _part in numbers for one in (what, place) if one}
    assert {name for name, key in asked.items() if key not in hidden and name in known} == shows


@pytest.mark.parametrize(
    "seed", [*range(SCHOOLS), *(pytest.param(n, marks=pytest.mark.trust) for n in range(3, MANY))]
)
def test_for_each_hidden_count_another_school_prints_the_same_pages(seed):
    chance = random.Random(seed)
    school = some_school(chance)
    assert told_apart(chance, school, TRIES) == set()


AXES = {
    **dict.fromkeys(("grade", "class"), "place"),
    **dict.fromkeys(("rung", "severity"), "part"),
    **dict.fromkeys(("reason", "cause"), "what"),
}
"""What a name in a key belongs to."""


@pytest.fixture
def cast() -> Any:
    """Return a school of two classes with 12 cases: 5 and 4 of one reason, some causes."""
    cast = small_school(10)
    people = [*cast.students, *cast.foreign_students]
    for at, student in enumerate(people):
        rung = Rung.HOME_VISIT if at == 3 else Rung.CONTACT
        case = case_of(student, cast.semester, rung=rung, causes=[Cause.FORGOT][: at < 6])
        case.save()
    return cast


def keys_on_pages(cast: Any) -> set:
    found = set()
    for kind in KINDS:
        for by in (GRADE, CLASS) if kind.is_for_all else ():
            for grid in kind.content(Asked(None, [cast.semester], by)).grids:
                lines = (*grid.lines, *grid.totals)
                found |= {cell.key for line in lines for cell in line.cells}
    return found


def test_the_attacker_knows_every_kind_of_count_that_a_page_shows(cast):
    """A new table asks for its counts in the attacker, or stays hidden (`KNOWN`)."""
    families = {"grade": "place", "class": "place", "rung": "part", "severity": "part"}
    shapes = {
        frozenset(
            {"what" if name in {"reason", "cause"} else families[name] for name, _code in key}
        )
        for key in keys_on_pages(cast)
        if key
        for key in [[pair for pair in key if pair[0] != "semester"]]
    }
    tried = {
        frozenset(name for name, one in zip(("what", "place", "part"), shown, strict=True) if one)
        for shown in SHOWN
    }
    assert shapes <= tried
    assert set(MINOR) == {Rung.CONTACT, Rung.SUMMONS}
    assert {"semester", "grade", "class", "rung", "severity", "reason", "cause"} == KNOWN


def test_student_affairs_read_no_small_number_by_class_nor_a_link(cast):
    own, foreign = cast.own.name, cast.foreign.name
    html = page(cast.student_affairs, by=CLASS)
    text = text_of(html)
    assert f"{own} 10 * * {foreign} 2 * * Jumlah 12 12 100,00" in text
    assert f"{own} * * * * {foreign} * * * * Jumlah 12 11 0 1" in text
    assert '<td class="num"><a' not in html
    assert '<svg class="chart"' not in html
    principal = text_of(page(cast.principal, by=CLASS))
    assert f"{own} 10 9 0 1 {foreign} 2 2 0 0" in principal


def test_student_affairs_read_reasons_and_causes_without_small_numbers(cast):
    client = signed_in(cast.student_affairs)
    text = text_of(client.get("/laporan/penyebab/").content.decode())
    # Six of twelve forgot something: 5 of 11 at contact and 1 visited are hidden.
    assert "Lupa 6 * * * * * Belum ada penyebab dicatat 6 * * * * *" in text
    assert "Semua kasus 12 11 0 1 11 1" in text


@pytest.mark.parametrize("url", ["/laporan/berkas/", "/laporan/penyebab/berkas/"])
def test_a_file_hides_what_the_page_hides(cast, url):
    client = signed_in(cast.student_affairs)
    classes = {cast.own.name, cast.foreign.name}
    *tables, _about = sheets_of(client.get(url, {"by": CLASS, "format": "xlsx"})).values()
    by_class = [row[2:] for rows in tables for row in rows if row[0] in classes]
    assert by_class
    assert {cell for row in by_class for cell in row} == {"*"}
    csv = lines_of(client.get(url, {"by": CLASS, "format": "csv"}))
    assert [row[2:] for row in csv if row[0] in classes] == by_class

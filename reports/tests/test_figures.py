"""The figures of the dashboard in words: their change, and the share of resolved cases."""

from collections import Counter

import pytest
from django.utils import translation

from cases.models import Rung
from reports.comparison import Resolved
from reports.figures import figures
from reports.tables import Report, Row, Tally
from school.models import AcademicYear, Semester


def report(tally: Tally) -> Report:
    semester = Semester(year=AcademicYear(label="2020/2021"), term=2)
    return Report(semester, "grade", [], Row(semester, "Jumlah", tally, is_total=True))


def test_the_change_of_cases_and_of_visits_has_its_per_cent() -> None:
    before = Tally(810, Counter({Rung.CONTACT: 75, Rung.HOME_VISIT: 24}))
    last = report(Tally(810, Counter({Rung.CONTACT: 31, Rung.HOME_VISIT: 5})))
    with translation.override("id"):
        cases, _rate, visits = figures(last, before, None)
    assert cases.change == "63 dari 99 (−63,64%)"
    assert visits.change == "19 dari 24 (−79,17%)"


@pytest.mark.parametrize(
    ("resolved", "cases", "said"),
    [(339, 406, "83"), (1, 8, "13"), (1, 3, "33"), (167, 200, "84")],
)
def test_the_share_of_resolved_cases_is_rounded_once(resolved: int, cases: int, said: str) -> None:
    """339 of 406 are 83.4975%: rounded to two decimals first, it would become 84."""
    last = report(Tally(810, Counter({Rung.CONTACT: cases})))
    with translation.override("id"):
        assert figures(last, None, Resolved(resolved))[-1].note == f"{said}%"

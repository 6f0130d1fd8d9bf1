"""The case page of a case with a visit."""

import pytest

from cases.models import Case
from cases.tests import factories as cases
from cases.workflow import confirm
from homevisits.tests import factories as make
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db


def full_case(cast: Cast, attempts: int) -> Case:
    case = cases.referred_case(cast)
    confirm(case, by=cast.bk)
    for _number in range(attempts):
        cases.attempt(case, cast.bk, note="Tidak diangkat")
    cases.unattended_summons(case, cast.bk)
    make.recorded_visit(case, cast.bk, cast.principal, outcome="NOBODY")
    return case


@pytest.mark.sqlite
def test_the_page_asks_as_often_for_thirty_rows_as_for_one():
    cast = small_school()
    case = full_case(cast, 1)
    people = ("bk", "coordinator", "principal", "wali", "guru")

    def asked():
        url = f"/kasus/{case.pk}/"
        return {person: queries_of(signed_in(getattr(cast, person)), url) for person in people}

    few = asked()
    for _number in range(30):
        cases.attempt(case, cast.bk)
    assert asked() == few
    assert max(few.values()) <= 25

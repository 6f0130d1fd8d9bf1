"""What most tests of this room begin with: a school, and a visit of two that has come."""

import pytest

from cases.tests import factories as cases
from homevisits.models import Visit
from homevisits.tests import factories as make
from school.tests.cast import Cast, small_school


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def visit(cast: Cast) -> Visit:
    case = cases.direct_case(cast)
    return make.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.bk, cast.guru2])

"""The search finds visits by the village of the family for whoever may know where it lives."""

from typing import Any

import pytest

from cases.tests import factories as cases
from homevisits.tests import factories as make
from homevisits.workflow import cancel
from school import finding
from school.tests.cast import small_school

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def found(user: Any, words: str) -> list[str]:
    """Return what is said of each visit."""
    groups = finding.find(user, words, only="visits")
    return [row.detail for group in groups for row in group.rows]


def test_a_visitor_finds_no_village_after_the_visit_was_cancelled() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    student = case.student
    student.village = "Banjarsari"
    student.save(update_fields=["village"])
    visit = make.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.guru2])
    for person in (cast.bk, cast.principal, cast.guru2):
        (said,) = found(person, "banjarsari")
        assert "Banjarsari" in said
    cancel(visit, by=cast.bk, reason="Hujan")
    assert found(cast.guru2, "banjarsari") == []
    (said,) = found(cast.guru2, student.nis)
    assert "Banjarsari" not in said
    assert found(cast.bk, "banjarsari") == found(cast.bk, student.nis)

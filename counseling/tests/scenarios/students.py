from dataclasses import dataclass
from typing import Any

from cases.models import Case
from cases.tests import factories as cases
from school.models import Student
from school.tests.cast import Cast


@dataclass
class Students:
    """Hands out students one by one, so that no two objects of a test share a student."""

    cast: Cast
    left: list[Student]

    def take(self) -> Student:
        return self.left.pop(0)

    def case(self, **fields: Any) -> Case:
        return cases.direct_case(self.cast, self.take(), **fields)

    def tried(self, outcome: str = "NO_ANSWER") -> Case:
        return cases.tried_case(self.cast, self.take(), outcome)

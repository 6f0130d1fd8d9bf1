"""The first day on which something happened in a semester: before it the semester cannot begin.

Rooms to the right register what they know of: recaps, attendance, cases. Nobody is told which of
them it is, nor on which day, for the operator learns of no case.
"""

from collections.abc import Callable
from datetime import date

from school.models.semesters import Semester

FirstDay = Callable[[Semester], date | None]
"""Return the first day of what a room has in a semester; None if it has nothing."""

QUESTIONS: list[FirstDay] = []


def register(question: FirstDay) -> None:
    if question not in QUESTIONS:
        QUESTIONS.append(question)


def first_day_of(semester: Semester) -> date | None:
    answers = (question(semester) for question in QUESTIONS)
    return min((day for day in answers if day), default=None)

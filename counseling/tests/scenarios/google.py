"""Files of Google that wait: one to be saved, one with questions."""

from collections.abc import Iterable

from recaps.google.fill import Fill, GivenFile
from recaps.google.said import Assignment, Classroom, Meet, Person, Said
from recaps.workflow.google import change_fill, remember_names
from school.models import RecapPeriod, Student, TeachingAssignment
from school.tests.cast import Cast


def keep(assignment: TeachingAssignment, period: RecapPeriod, said: Said, **answers: str) -> None:
    """Let a file wait for the sheet of an assignment."""

    def add(fill: Fill) -> None:
        fill.add(GivenFile("file.csv", said))
        fill.answers |= answers

    change_fill(assignment, period, add, by=assignment.teacher, is_new=True)


def people_of(students: Iterable[Student]) -> list[Person]:
    return [Person(n, student.name, "") for n, student in enumerate(students, start=2)]


def meeting(
    assignment: TeachingAssignment, period: RecapPeriod, students: Iterable[Student]
) -> None:
    """Let a meeting wait in which all were there, with nothing to answer."""
    people = people_of(students)
    said = Meet(period.ends_on.isoformat(), "", people, [40] * len(people))
    keep(assignment, period, said, counts="1")


def waiting(cast: Cast) -> None:
    """Let a meeting wait in which all were there, and grades with marks that are empty or 0."""
    meeting(cast.maths, cast.period, cast.students)
    people = people_of(cast.students)
    signs = ["-", "0", "x"] * len(people)
    asked = [Assignment("Tugas 1", cast.period.ends_on.isoformat())]
    keep(cast.english, cast.period, Classroom(asked, people, signs[: len(people)]))
    remember_names(cast.maths, {"x": None}, by=cast.guru)

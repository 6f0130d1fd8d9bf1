"""A full day of a visitor: two more visits of Bu Retno's on 4 October beside her first.

It comes last and draws from a random of its own, so that nothing else in the demo moves.
"""

import random
from dataclasses import dataclass

from cases.models import Case
from counseling.demo.classes import Class, Year
from counseling.demo.moments import Diary
from counseling.demo.scripts import on
from counseling.demo.story import Story
from school.models import Guardian, Student, User

SEED = 2104
STOPS = (("XII IPS 2", (11, 30), "Krawitan"), ("XI IPS 1", (15, 30), "Bantir"))
"""Class, hour and the village that is taken if a student of the class lives there."""


@dataclass(frozen=True)
class VisitDay:
    year: Year
    principal: User
    guardians: dict[int, list[Guardian]]


def make(day: VisitDay) -> None:
    diary, rng = Diary(), random.Random(SEED)  # noqa: S311  (nothing secret is drawn)
    for minutes, (class_name, hour, village) in enumerate(STOPS):
        c = day.year.classes[class_name]
        assert c.counselor
        student = _student(c, village)
        story = Story(
            diary=diary,
            rng=rng,
            student=student,
            c=c,
            semester=day.year.semesters[0],
            by=c.counselor,
            principal=day.principal,
            guardians=day.guardians[student.pk],
            away={},
        )
        story.opened(on(9, 30, 9, 40 + minutes), ["ECONOMY"], "", c.counselor)
        story.confirmed(on(9, 30, 10, minutes))
        story.contact(on(9, 30, 11, minutes), "NO_ANSWER")
        story.proposed(on(9, 30, 12, minutes), "CONTACT")
        story.approved(on(10, 1, 11, minutes))
        story.scheduled(on(10, 4, 7, 40 + minutes), on(10, 4, *hour))
    diary.live()


def _student(c: Class, village: str) -> Student:
    """Return a student without a case, of the village if there is one."""
    busy = set(Case.objects.values_list("student", flat=True))
    free = [pupil for pupil in c.pupils if pupil.pk not in busy and pupil.point]
    return min(free, key=lambda pupil: (pupil.village != village, pupil.nis))

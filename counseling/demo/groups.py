"""Groups that are no whole class: religion in three classes of XI, and an elective of all three.

They draw from numbers of their own, so that all else in the school stays as it is without them.
"""

import random
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from counseling.demo import roster
from counseling.demo.classes import Class, Year
from counseling.demo.people import Staff
from counseling.demo.recaps import Filled, blank
from school.models import (
    GroupMember,
    RecapPeriod,
    Student,
    Subject,
    TeachingAssignment,
    TeachingGroup,
)

CLASSES = ("XI MIPA 2", "XI MIPA 3", "XI MIPA 4")
CHRISTIANS = 3
"""Of each of the classes; the others have a religion group of their class."""
CHOSE_THE_ELECTIVE = 9
RELIGION, ELECTIVE = "Pendidikan Agama dan Budi Pekerti", "Ekonomi"
FIXED = {name[:-2] for names in roster.FIXED_STUDENTS.values() for name in names.split("|")}
CHRISTIAN = (
    "Agustinus Andreas Antonius Daniel Debora Fransiska Ignatius Kristian Kristiana Kristina Lukas "
    "Maria Martha Matius Natalia Paulus Petrus Samuel Stefanus Theresia Veronika Yohanes Yosef"
)
MUSLIM = re.compile(
    r"\b(A[hi]|Az[iz]|Fa[dhirtu]|Haf|Ibnu|Ihs|Kh|Lut|Mu[bhnst]|Nur|Rohm|Sai|Siti|Zah|Zai)|ah\b|'"
)
"""Parts of names that no family of another religion gives."""


@dataclass
class Groups:
    """The groups of a year: those across classes, and who belongs to each of all of them."""

    across: list[TeachingAssignment]
    members: dict[int, list[Student]]
    """Group id → its members."""

    def recaps(self, rng: random.Random, period: RecapPeriod, within: int) -> list[Filled]:
        """Return the recaps of the groups across classes, with one student sick or late in each."""
        filled = [blank(rng, lesson, period, within) for lesson in self.across]
        for f in filled:
            student = rng.choice(self.members[f.lesson.group_id])
            f.entries.append((student, {rng.choice(("sick", "permitted", "late")): 1}))
        return filled

    def only_members(self, filled: Iterable[Filled]) -> None:
        """Drop what recaps say of students who are not in their group."""
        for f in filled:
            if f.lesson.group_id in self.members:
                there = self.members[f.lesson.group_id]
                f.entries = [entry for entry in f.entries if entry[0] in there]


def divide(
    year: Year, staff: Staff, taught: dict[str, Subject], first_day: date, ends_on: date | None
) -> Groups:
    """Divide the classes for religion, and let some of their students choose an elective."""
    rng = random.Random(year.row.label)  # noqa: S311  (nothing secret is drawn)
    classes = [year.classes[name] for name in CLASSES]
    members: dict[TeachingGroup, list[Student]] = {}
    christians = []
    for c in classes:
        few = _christians(rng, c)
        christians += few
        members[_of_the_others(c)] = [pupil for pupil in c.pupils if pupil not in few]
    chosen = [pupil for c in classes for pupil in rng.sample(c.pupils, CHOSE_THE_ELECTIVE)]
    economist = next(t.user for t in staff.teachers if ELECTIVE in t.subjects)
    across = []
    for subject, name, teacher, pupils in (
        (RELIGION, "Kristen XI", staff[roster.PASTOR.username], christians),
        (ELECTIVE, "Lintas Minat XI MIPA", economist, chosen),
    ):
        group = TeachingGroup.objects.create(year=year.row, subject=taught[subject], name=name)
        members[group] = pupils
        days = {"starts_on": first_day, "ends_on": ends_on}
        across.append(TeachingAssignment.objects.create(teacher=teacher, group=group, **days))
    GroupMember.objects.bulk_create(
        GroupMember(group=group, student=pupil, starts_on=first_day, ends_on=ends_on)
        for group, pupils in members.items()
        for pupil in pupils
    )
    return Groups(across, {group.pk: pupils for group, pupils in members.items()})


def _of_the_others(c: Class) -> TeachingGroup:
    """Turn the religion group of the class into one with members."""
    group = c.lesson(RELIGION).group
    group.school_class, group.name = None, f"Islam {c.name}"
    group.save(update_fields=["school_class", "name"])
    return group


def _christians(rng: random.Random, c: Class) -> list[Student]:
    """Return a few students, those first whose names say so, and none whose names say otherwise."""
    free = [p for p in c.pupils if p.name not in FIXED and not MUSLIM.search(p.name)]
    shuffled = rng.sample(free, len(free))
    names = set(CHRISTIAN.split())
    return sorted(shuffled, key=lambda p: names.isdisjoint(p.name.split()))[:CHRISTIANS]

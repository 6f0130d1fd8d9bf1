"""The plan of a new year: its classes, and what becomes of the students of each class."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from school.grades import place_of
from school.school_years import Days

LAST_GRADES = ("IX", "XII", "XIII")
"""The grades after which students graduate, unless their class goes on."""


class Fate(models.TextChoices):
    PROMOTED = "PROMOTED", _("Goes up")
    REPEATS = "REPEATS", _("Repeats the year")
    ELSEWHERE = "ELSEWHERE", _("Goes to another class")
    GRADUATES = "GRADUATES", _("Graduates")
    LEAVES = "LEAVES", _("Leaves the school")
    NOWHERE = "NOWHERE", _("Has no class yet")


STAYS = (Fate.PROMOTED, Fate.REPEATS, Fate.ELSEWHERE)
"""The fates that lead to a class of the new year."""


@dataclass
class NextClass:
    """A class of the new year."""

    name: str
    grade: str
    staff_of: int | None = None
    """The class of the old year whose teachers go on in it."""
    counselor: int | None = None
    homerooms: list[int] = field(default_factory=list)
    is_entry: bool = False
    """Whether its students come from outside, so that it stays without any of the old year."""


@dataclass
class Going:
    """What becomes of one student who does not go the way of the class."""

    fate: str
    to: str = ""
    """The name of the class in the new year, of those who stay."""


@dataclass
class Plan:
    label: str
    odd: Days
    even: Days
    after: dict[int, str] = field(default_factory=dict)
    """Class of the old year → name of the class in which its students go on; "" if in none."""
    classes: dict[str, NextClass] = field(default_factory=dict)
    goings: dict[int, Going] = field(default_factory=dict)
    """Student → what becomes of them, of those who do not go the way of their class."""
    with_lessons: bool = True
    with_groups: bool = True

    @property
    def first_day(self) -> date:
        return self.odd.first

    @property
    def as_json(self) -> dict[str, Any]:
        written = asdict(self)
        for name in ("odd", "even"):
            written[name] = [day.isoformat() for day in getattr(self, name)]
        written["classes"] = list(written["classes"].values())
        return written

    @classmethod
    def read(cls, written: dict[str, Any]) -> Self:
        days = {name: Days(*map(date.fromisoformat, written[name])) for name in ("odd", "even")}
        return cls(
            label=written["label"],
            **days,
            after={int(pk): name for pk, name in written["after"].items()},
            classes={one["name"]: NextClass(**one) for one in written["classes"]},
            goings={int(pk): Going(**going) for pk, going in written["goings"].items()},
            with_lessons=written["with_lessons"],
            with_groups=written["with_groups"],
        )

    def let_follow(self, of: int, name: str, grade: str) -> None:
        """Let the students of a class go on in the class of a name, made if there is none."""
        before = self.after.get(of, "")
        self.after[of] = name
        old = self.classes.get(before)
        if name and name not in self.classes:
            if old and before not in self.after.values():
                self.classes[name] = NextClass(**{**asdict(old), "name": name, "grade": grade})
            else:
                self.classes[name] = NextClass(name, grade, staff_of=of)
        self.drop_unused()

    def drop_unused(self) -> None:
        """Drop the classes into which nobody goes, but for those that wait for new students.

        The others are in the order of their grades.
        """
        used = {*self.after.values(), *(going.to for going in self.goings.values())}
        kept = [one for one in self.classes.values() if one.is_entry or one.name in used]
        self.classes = {one.name: one for one in sorted(kept, key=lambda one: place_of(one.grade))}

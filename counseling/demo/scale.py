"""Multiplies the demo school: copies of it stand side by side, with one principal.

Classes, students, teachers and counselors are copied with everything that happened to them.
Principal, coordinator, student affairs, operator, years, periods and subjects are not.
"""

import random
from collections.abc import Callable
from functools import partial

from django.db import transaction

from counseling.demo.copies import Copies, Kind, Row, last_letter, numbered_on
from counseling.demo.names import Names
from counseling.demo.school import SEED
from school.models import LetterNumber, OfficeHolding, SchoolClass, Student, TeachingGroup, User
from school.roles import COORDINATOR, OPERATOR, PRINCIPAL, STUDENT_AFFAIRS

ALONE = [one.code for one in (PRINCIPAL, COORDINATOR, STUDENT_AFFAIRS, OPERATOR)]
OF_A_STREAM = 4
"""Classes of a grade and stream: X MIPA 1 to 4; the first copy has X MIPA 5 to 8."""


def multiply(times: int, seed: int = SEED) -> None:
    """Make the school `times` as large; the same seed gives the same names."""
    alone = OfficeHolding.objects.filter(office__in=ALONE).values("user")
    with transaction.atomic():
        copies = Copies(
            {
                SchoolClass: SchoolClass.objects.all(),
                Student: Student.objects.all(),
                TeachingGroup: TeachingGroup.objects.all(),
                User: User.objects.exclude(pk__in=alone),
            }
        )
        renaming = _Renaming(seed)
        for number in range(1, times):
            copies.write(number, partial(renaming.changed, number), {})
        copies.count_on()


class _Renaming:
    """Gives each copy names and numbers that no other copy has."""

    def __init__(self, seed: int) -> None:
        self.names = Names(random.Random(seed))  # noqa: S311  (nothing secret is drawn)
        self.drawn: dict[int, str] = {}
        letters = last_letter()
        self.by_model: dict[Kind, Callable[[int, Row], Row]] = {
            User: lambda number, row: {"username": f"{row['username']}.{number + 1}"},
            SchoolClass: _class,
            TeachingGroup: _group,
            Student: self._student,
            Student.history.model: self._student,
            LetterNumber: lambda number, row: numbered_on(row, number * letters),
        }

    def changed(self, number: int, model: Kind, row: Row) -> Row:
        change = self.by_model.get(model)
        return change(number, row) if change else {}

    def _student(self, number: int, row: Row) -> Row:
        """Return a student's new name, NIS and NISN, the same for the row and its history.

        The NISN ends in the key, so it is unique.
        """
        key = row["id"]
        name = self.drawn.get(key) or self.drawn.setdefault(key, self.names.student(row["gender"]))
        nisn = row["nisn"] and f"{row['nisn'][:3]}{key:07d}"
        return {"name": name, "nis": f"{row['nis']}{number:03d}", "nisn": nisn}


def _class(number: int, row: Row) -> Row:
    """Return name and order of a copied class, e.g. X MIPA 7 for the first copy of X MIPA 3."""
    stream, _blank, place = row["name"].rpartition(" ")
    later = number * OF_A_STREAM
    return {"name": f"{stream} {int(place) + later}", "order": row["order"] + later}


def _group(number: int, row: Row) -> Row:
    """Return the name of a copied group that is no class."""
    return {"name": f"{row['name']} ({number + 1})"} if row["name"] else {}

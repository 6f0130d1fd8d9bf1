"""The class lists of a new year from a file: which class each student is to be in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from school.imports.class_names import key_of
from school.imports.known_students import KnownStudents, who
from school.imports.plan import Refusal, Refused
from school.imports.student_rows import CLASS
from school.sheets.table import Row


@dataclass
class Lists:
    """What a file says of the new year."""

    seats: dict[int, str] = field(default_factory=dict)
    """Student → name of the class."""
    refusals: list[Refusal] = field(default_factory=list)


def lists_of(rows: Iterable[Row], names: Iterable[str]) -> Lists:
    """Return the class of each student; `names` are those of the classes that are planned.

    A class is meant whichever way its name is spelled. Three queries at most.
    """
    found, known = Lists(), KnownStudents()
    planned = {key_of(name): name for name in names}
    first: dict[int, Row] = {}
    for row in rows:
        try:
            student, name = known.meant(row, with_class=False), " ".join(row[CLASS].split())
            if not name:
                raise Refused(_("The class is not filled in."))
            earlier = first.setdefault(student.pk, row)
            if key_of(earlier[CLASS]) != key_of(name):
                raise Refused(
                    _("Row %(row)s is about the same student. Keep one of the two.")
                    % {"row": earlier.number}
                )
            found.seats[student.pk] = planned.setdefault(key_of(name), name)
        except Refused as why:
            found.refusals.append(Refusal(row.number, who(row), str(why)))
    return found

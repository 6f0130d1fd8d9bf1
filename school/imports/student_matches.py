"""Which student of the school a row means: by NISN, then NIS, then name and birth date."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from school.imports.plan import Plan, Question, Refused, Waiting
from school.imports.student_rows import BIRTH, NAME, NIS, NISN, Said
from school.models import Student
from school.sheets.cells import folded
from school.wording import full_day
from workflow.errors import Text

YES, NO, NEW, SAME, EACH = "yes", "no", "new", "same", "each"
MANY = 10
"""Rows with a namesake, beyond which they are asked about at once."""


class Known:
    """The students of the school, found by what a row says."""

    def __init__(self, students: Iterable[Student]) -> None:
        self.by_pk = {each.pk: each for each in students}
        self.by_nisn = {each.nisn: each for each in self.by_pk.values() if each.nisn}
        self.by_nis = {each.nis: each for each in self.by_pk.values()}
        self.by_name: dict[str, list[Student]] = defaultdict(list)
        for each in self.by_pk.values():
            self.by_name[folded(each.name)].append(each)

    def by_number(self, said: Said, plan: Plan) -> Student | None:
        """Return who has the NISN or the NIS of a row. Raises Refused or Waiting."""
        first = self.by_nisn.get(str(said.values.get(NISN, "")))
        second = self.by_nis.get(str(said.values.get(NIS, "")))
        if first and second and first != second:
            words = {"first": first.name, "second": second.name}
            raise Refused(
                _("NISN belongs to %(first)s, NIS to %(second)s. Correct one of the two.") % words
            )
        if first or second is None or _is_surely(second, said):
            return first or second
        text = _("NIS %(nis)s belongs to %(who)s. Is “%(name)s” the same student?") % {
            "nis": second.nis,
            "who": _described(second),
            "name": said.name,
        }
        choices: tuple[tuple[str, Text], ...] = ((YES, _("Yes")), (NO, _("No")))
        answer = plan.ask(Question(f"same-{said.row.number}", text, choices, row=said.row.number))
        if answer == NO:
            raise Refused(
                _("NIS %(nis)s belongs to %(who)s. Give this student another NIS.")
                % {"nis": second.nis, "who": second.name}
            )
        if not answer:
            raise Waiting
        return second

    def alike(self, said: Said, taken: set[int]) -> list[Student]:
        """Return the students who may be meant by the name of a row."""
        named = self.by_name.get(folded(said.name), ())
        return [each for each in named if each.pk not in taken and _may_be(each, said)]

    def by_birth(
        self, said: Said, plan: Plan, *, alike: Sequence[Student], at_once: bool
    ) -> Student | None:
        """Return who has the name of a row, if the operator says so. Raises Waiting.

        With `at_once` rows with one namesake are answered by one question for all of them.
        """
        if not alike:
            return None
        if at_once and len(alike) == 1 and (answer := _for_all(plan)) != EACH:
            if not answer:
                raise Waiting
            return alike[0]
        text = _("Is “%(name)s” (%(numbers)s) already in the school?") % {
            "name": said.name,
            "numbers": _numbers(said),
        }
        choices = (
            *((str(each.pk), _("Yes: %(who)s") % {"who": _described(each)}) for each in alike),
            (NEW, _("No, a new student")),
        )
        answer = plan.ask(Question(f"who-{said.row.number}", text, choices, row=said.row.number))
        if not answer:
            raise Waiting
        return None if answer == NEW else self.by_pk[int(answer)]


def _for_all(plan: Plan) -> str:
    """Ask whether rows with the name of one student are about that student; "" while it is open."""
    text = _("Many rows have the name of a student of the school, and no number of theirs.")
    choices = ((SAME, _("They are these students")), (EACH, _("Ask about each")))
    return plan.ask(Question("who-all", text, choices))


def _is_surely(student: Student, said: Said) -> bool:
    """The student with the NIS of a row is the one meant, by name or birth date too."""
    nisn = said.values.get(NISN)
    if nisn and student.nisn and nisn != student.nisn:
        return False
    same_day = student.birth_date is not None and student.birth_date == said.values.get(BIRTH)
    return same_day or folded(student.name) == folded(said.name)


def _may_be(student: Student, said: Said) -> bool:
    """A namesake may be the student of a row: no birth date or NISN speaks against it."""
    born, nisn = said.values.get(BIRTH), said.values.get(NISN)
    is_known = born is not None and student.birth_date is not None
    if is_known:
        return born == student.birth_date
    return not (nisn and student.nisn and nisn != student.nisn)


def _described(student: Student) -> str:
    born = full_day(student.birth_date) if student.birth_date else ""
    numbers = [f"NIS {student.nis}", student.nisn and f"NISN {student.nisn}", born]
    return f"{student.name} ({', '.join(filter(None, numbers))})"


def _numbers(said: Said) -> str:
    named = [(column.upper(), said.values.get(column)) for column in (NIS, NISN)]
    texts = [f"{name} {value}" for name, value in named if value]
    return ", ".join(texts) or _("without NIS")


class Taken:
    """What the rows so far have named, so that none is named twice with different words."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, object], Said] = {}

    def is_repeated(self, said: Said, student: Student | None) -> bool:
        """Return whether an earlier row says the same. Raises Refused if it says something else."""
        keys = [(column, said.values[column]) for column in (NIS, NISN) if column in said.values]
        if student:
            keys.append((NAME, student.pk))
        earlier = next((self.rows[key] for key in keys if key in self.rows), None)
        if earlier and earlier.row.cells != said.row.cells:
            raise Refused(
                _("Row %(row)s is about the same student. Keep one of the two.")
                % {"row": earlier.row.number}
            )
        for key in keys:
            self.rows.setdefault(key, said)
        return earlier is not None

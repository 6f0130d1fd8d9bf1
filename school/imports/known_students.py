"""The students of the school, found by NISN, NIS, or name and class, as several files name them."""

from collections import defaultdict

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from school.imports import fields
from school.imports.class_names import key_of
from school.imports.plan import Refused
from school.imports.student_rows import CLASS, NAME, NIS, NISN
from school.models import Student
from school.sheets.cells import folded
from school.sheets.table import Row


class KnownStudents:
    """Students with their class of today, else the last one."""

    def __init__(self, students: QuerySet[Student] | None = None) -> None:
        rows = Student.objects.with_class() if students is None else students
        self.by_pk = {each.pk: each for each in rows}
        self.by_nisn = {each.nisn: each for each in self.by_pk.values() if each.nisn}
        self.by_nis = {each.nis: each for each in self.by_pk.values()}
        self.by_bare_nis: dict[str, list[Student]] = defaultdict(list)
        self.by_name: dict[str, list[Student]] = defaultdict(list)
        for each in self.by_pk.values():
            self.by_name[folded(each.name)].append(each)
            self.by_bare_nis[_bare(each.nis)].append(each)

    def meant(self, row: Row, *, with_class: bool = True) -> Student:
        """Return the student of a row. Raises Refused.

        One number is enough; the name alone if nobody else has it, else the class tells them apart.
        """
        nisn, _was_short = fields.nisn(fields.said(row, NISN)) if row[NISN] else ("", False)
        nis, name = fields.said(row, NIS), fields.said(row, NAME)
        by_numbers = [self.by_nisn.get(nisn), self._by_nis(nis)]
        found = {each.pk: each for each in by_numbers if each}
        if len(found) > 1:
            raise Refused(_("NISN and NIS belong to different students. Correct one of the two."))
        if found:
            (student,) = found.values()
            self._check_name(student, name)
            return student
        if nis or (nisn and not name):
            words = {"label": "NIS" if nis else "NISN", "number": nis or nisn}
            raise Refused(_("No student has %(label)s %(number)s. Correct it.") % words)
        return self._by_name(name, row[CLASS] if with_class else "")

    def _by_nis(self, nis: str) -> Student | None:
        """Return who has this NIS, else who alone has it with other zeros or signs in it.

        Raises Refused for one that several have.
        """
        if not nis or nis in self.by_nis:
            return self.by_nis.get(nis)
        alike = self.by_bare_nis.get(_bare(nis), [])
        if len(alike) > 1:
            words = {"typed": nis, "known": ", ".join(sorted(each.nis for each in alike))}
            raise Refused(
                _("NIS %(typed)s may be %(known)s. Write it with its first zeros.") % words
            )
        return alike[0] if alike else None

    def _check_name(self, student: Student, name: str) -> None:
        if name and not _are_like(student.name, name):
            words = {"nis": student.nis, "who": student.name, "name": name}
            raise Refused(
                _("NIS %(nis)s belongs to %(who)s, not to “%(name)s”. Correct one of the two.")
                % words
            )

    def _by_name(self, name: str, of_class: str) -> Student:
        if not name:
            raise Refused(_("Neither NISN, NIS nor name is filled in. Fill in one of them."))
        alike = self.by_name.get(folded(name), [])
        if len(alike) > 1 and of_class:
            key = key_of(of_class)
            alike = [each for each in alike if key_of(each.class_name or "") == key]
        if len(alike) == 1:
            return alike[0]
        if alike or self.by_name.get(folded(name)):
            said = _("Several students are called “%(name)s”. Fill in NISN or NIS.")
        else:
            said = _("No student is called “%(name)s”. Write the name as in the list of students.")
        raise Refused(said % {"name": name})


def who(row: Row) -> str:
    return " · ".join(filter(None, (row[NAME], row[NIS], row[NISN], row[CLASS])))


def _bare(nis: str) -> str:
    return folded(nis).lstrip("0")


def _are_like(known: str, typed: str) -> bool:
    """Return whether two names are equal, or the longer one has all words of the shorter.

    Words of fewer than three letters do not count.
    """
    shorter, longer = sorted((_words(known), _words(typed)), key=len)
    return folded(known) == folded(typed) or (bool(shorter) and shorter <= longer)


def _words(name: str) -> set[str]:
    return {word for word in map(folded, name.split()) if len(word) > 2}  # noqa: PLR2004


def here() -> list[Student]:
    """Return the students of today, class by class."""
    known = [each for each in Student.objects.with_class() if each.class_name]
    there = [each for each in known if each.left_on is None]
    return sorted(there, key=lambda each: (each.class_name or "", each.name, each.nis))

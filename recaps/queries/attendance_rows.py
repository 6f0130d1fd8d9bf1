"""A row of a file with absences: the student, the day and the code that it means."""

import re
from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recaps.models.attendance import AbsenceCode
from recaps.queries.attendance import ClassMonth
from recaps.workflow.attendance import Cell, check_day
from school import wording
from school.models import Enrolment, Student
from school.sheets.cells import folded
from school.sheets.heads import Layout
from school.sheets.table import Row
from workflow.errors import Text, WorkflowError

NISN, NIS, NAME, DAY, CODE = "nisn", "nis", "name", "day", "code"
LAYOUT = Layout(
    names={
        NISN: ("nisn",),
        NIS: ("nis", "nipd"),
        NAME: ("nama", "namasiswa", "namalengkap", "namapesertadidik", "name", "student", "siswa"),
        DAY: ("tanggal", "tgl", "date"),
        CODE: ("kode", "code", "status", "kehadiran", "absen", "keterangan", "ket"),
    },
    needed=((NISN, NIS, NAME), (DAY,), (CODE,)),
    otherwise=gettext_lazy(
        "No row of the file names its columns. It needs a date, a code, and NISN or name, as in "
        "the example."
    ),
)
THERE = ""
MEANT: dict[str, str] = {
    **dict.fromkeys(("s", "sakit", "sick"), AbsenceCode.SICK.value),
    **dict.fromkeys(("i", "izin", "ijin", "excused"), AbsenceCode.PERMITTED.value),
    **dict.fromkeys(
        ("a", "alpa", "alpha", "alfa", "absent", "tanpaketerangan", "tanpaket", "tk"),
        AbsenceCode.ABSENT.value,
    ),
    **dict.fromkeys(("h", "hadir", "present"), THERE),
}
"""A code or a word of a file, as `folded` → the code that is stored."""
A_NOTE = re.compile(r"(?<=\w)\s*[(,].*|(?<=\w{4})\s.*")
"""What is said of a code: "Sakit (surat dokter)", "Izin acara keluarga"."""
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
AN_HOUR = re.compile(r"[ T]\d{1,2}[:.]\d{2}([:.]\d{2})?$")
CENTURY = 2000
NISN_DIGITS = 10


class Refused(WorkflowError):
    """A row cannot be taken, and the message says what to do with it."""


class Members:
    """The students of a class in a period, found by what a row says of them."""

    def __init__(self, enrolments: list[Enrolment]) -> None:
        self.students = {each.student_id: each.student for each in enrolments}
        self.enrolments = enrolments
        self.by_nisn: dict[str, set[int]] = defaultdict(set)
        self.by_nis: dict[str, set[int]] = defaultdict(set)
        self.by_name: dict[str, set[int]] = defaultdict(set)
        for pk, student in self.students.items():
            self.by_nisn[student.nisn or ""].add(pk)
            self.by_nis[_without_zeros(student.nis)].add(pk)
            self.by_name[folded(student.name)].add(pk)

    def meant_by(self, row: Row) -> Student:
        """Return the student of a row, in which one of the three is enough. Raises Refused."""
        nisn, nis, name = _nisn(row[NISN]), _without_zeros(row[NIS]), folded(row[NAME])
        if not (nisn or nis or name):
            raise Refused(_("Neither NISN nor name is filled in. Fill in one of them."))
        found = []
        if nisn and nisn not in self.by_nisn and (nis or name in self.by_name):
            # Of a student whose NISN the school has not entered yet.
            found.append(self.by_nisn.get("", set()))
        elif nisn:
            found.append(self.by_nisn.get(nisn, set()))
        if nis:
            found.append(self.by_nis.get(nis, set()))
        if name in self.by_name or not found:
            found.append(self.by_name.get(name, set()))
        meant = set.intersection(*found)
        if len(meant) == 1:
            return self.students[meant.pop()]
        raise Refused(self._why(row, nisn, nis, is_many=bool(meant)))

    def _why(self, row: Row, nisn: str, nis: str, *, is_many: bool) -> Text:
        if is_many:
            said = _("Several students of this class are called “%(name)s”. Fill in NISN or NIS.")
        elif nisn and nisn not in self.by_nisn:
            said = _("No student of this class has NISN %(nisn)s. Correct it or leave it empty.")
        elif nis and nis not in self.by_nis:
            said = _("No student of this class has NIS %(nis)s. Correct it or leave it empty.")
        elif nisn or nis:
            said = _("NISN, NIS and name belong to different students. Correct them.")
        else:
            said = _(
                "No student of this class is called “%(name)s”. Write the name as in the list."
            )
        return said % {"name": row[NAME], "nisn": row[NISN], "nis": row[NIS]}

    def has(self, pk: int, day: date) -> bool:
        """Return whether a student was in the class on a day."""
        held = (each for each in self.enrolments if each.student_id == pk)
        return any(each.holds_on(day) for each in held)

    def check(self, student: Student, day: date) -> None:
        """Raise Refused if the student was not in the class on the day."""
        if not self.has(student.pk, day):
            words = {"name": student.name, "day": wording.full_day(day)}
            raise Refused(
                _("%(name)s was not in this class on %(day)s. Delete the row or correct the date.")
                % words
            )


def read(row: Row, month: ClassMonth, members: Members) -> tuple[Cell, str]:
    """Return student, day and code of a row. Raises Refused or NotNow."""
    if row.has_more:
        raise Refused(
            _("There is more in this row than the head has columns. Delete what is extra.")
        )
    student = members.meant_by(row)
    day = _day(row[DAY], month)
    if free := month.period.semester.policy.calendar.why_free(day):
        words = {"day": wording.full_day(day), "why": free}
        raise Refused(
            _("No school on %(day)s: %(why)s. Correct the date or delete the row.") % words
        )
    check_day(month.period, day)
    members.check(student, day)
    return (student.pk, day), code_of(row[CODE])


def _day(typed: str, month: ClassMonth) -> date:
    words = {"typed": typed, "like": written_day(month.last_day)}
    if not typed:
        raise Refused(_("The date is missing. Write it like %(like)s.") % words)
    bare = AN_HOUR.sub("", typed)
    if found := DAY_FIRST.fullmatch(bare) or YEAR_FIRST.fullmatch(bare):
        parts = {name: int(number) for name, number in found.groupdict().items()}
        parts["year"] += CENTURY if parts["year"] < 100 else 0  # noqa: PLR2004
        try:
            return date(**parts)
        except ValueError:
            pass
    raise Refused(_("“%(typed)s” is no date. Write it like %(like)s.") % words)


def code_of(typed: str) -> str:
    if not typed:
        raise Refused(_("The code is missing. Write S, I or A."))
    words = A_NOTE.sub("", typed)
    if (code := MEANT.get(folded(typed), MEANT.get(folded(words)))) is None:
        raise Refused(_("“%(typed)s” is no code. Write S, I or A.") % {"typed": typed})
    return code


def _nisn(typed: str) -> str:
    """Return the ten digits of a NISN, also where a spreadsheet has dropped zeros before it."""
    digits = "".join(filter(str.isdecimal, typed))
    return digits.zfill(NISN_DIGITS) if digits else folded(typed)


def _without_zeros(typed: str) -> str:
    return folded(typed).lstrip("0")


def said(row: Row) -> str:
    return " · ".join(filter(None, (row[NAME] or row[NISN] or row[NIS], row[DAY], row[CODE])))


def written_day(day: date) -> str:
    """Return "6/9/2021", as files have it."""
    return f"{day.day}/{day.month}/{day.year}"

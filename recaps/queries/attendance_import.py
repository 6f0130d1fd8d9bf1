"""Daily attendance of the whole school from a file of the operator.

The operator enters it, but does not read it: what stands is replaced without being shown, and what
the file says is listed alike whether anything stands or not.
"""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recaps.models import Absence
from recaps.queries.attendance_rows import CODE, DAY, THERE, code_of
from recaps.queries.attendance_rows import LAYOUT as OF_A_CLASS
from recaps.workflow.attendance import check_day
from school import wording
from school.imports import fields
from school.imports.kinds import FileKind
from school.imports.known_students import KnownStudents, here, who
from school.imports.plan import Asked, Field, Line, Plan, Refused
from school.imports.rows import days_of, note_hidden
from school.imports.student_rows import CLASS, CLASSES, NAME, NIS, NISN, NUMBERS, WHO
from school.models import Enrolment, RecapPeriod, Student, User
from school.models.change import ChangeKind
from school.sheets.heads import Layout
from school.sheets.table import Row
from school.sheets.template import Column, Template
from workflow.errors import NotNow, Text, WorkflowError

SENT = ("timestamp", "capwaktu", "stempelwaktu")
"""When a form was sent, if it asks for no day."""
LAYOUT = Layout(
    names={
        **WHO,
        CLASS: CLASSES,
        DAY: (*OF_A_CLASS.names[DAY], "haritanggal", "tanggalabsen", *SENT),
        CODE: (
            *OF_A_CLASS.names[CODE],
            "ketidakhadiran",
            "presensi",
            "sia",
            "attendance",
            "statuskehadiran",
            "kehadiranhariini",
        ),
    },
    needed=((NISN, NIS, NUMBERS, NAME), (DAY,), (CODE,)),
    otherwise=gettext_lazy("No row of the file names its columns."),
)
LABELS: Mapping[str, Text] = {
    NISN: "NISN",
    NIS: "NIS",
    NAME: gettext_lazy("Name"),
    CLASS: gettext_lazy("Class"),
    DAY: gettext_lazy("Date"),
    CODE: gettext_lazy("Attendance"),
}
Cell = tuple[int, date]
TAKES_AWAY = gettext_lazy(
    "H takes away an S, I or A of that day, also one that the homeroom teacher entered."
)
"""Said of every H: whether one stands is not for the operator to know."""


def plan_of(asked: Asked) -> Plan:
    plan = Plan(asked.answers)
    days = days_of(plan, [row[DAY] for row in asked.rows])
    known, taken = KnownStudents(), dict[Cell, tuple[Row, str]]()
    for row in asked.rows:
        note_hidden(row, LABELS, plan)
        if not (fields.said(row, DAY) or fields.said(row, CODE)):
            plan.unchanged += 1
            continue
        try:
            if not row[DAY]:
                raise Refused(_("The date is missing."))
            cell = known.meant(row).pk, days.read(row[DAY])
            plan.unchanged += _is_repeated(taken, cell, row)
        except WorkflowError as why:
            plan.refuse(row, _said(row), str(why))
    _Attendance(plan, asked.by, known, taken).compare()
    return plan


def _is_repeated(taken: dict[Cell, tuple[Row, str]], cell: Cell, row: Row) -> bool:
    """Return whether an earlier row says the same. Raises Refused if it says something else."""
    code = code_of(fields.said(row, CODE))
    earlier, first = taken.setdefault(cell, (row, code))
    if first != code:
        raise Refused(
            _("Row %(row)s says something else about this student and day. Keep one of the two.")
            % {"row": earlier.number}
        )
    return earlier is not row


class _Attendance:
    def __init__(
        self, plan: Plan, by: User, known: KnownStudents, taken: Mapping[Cell, tuple[Row, str]]
    ) -> None:
        self.plan = plan
        self.by = by
        self.known = known
        self.taken = taken
        students = {pk for pk, _day in taken}
        days = {day for _pk, day in taken}
        self.periods = list(RecapPeriod.objects.select_related("semester__policy"))
        standing = Absence.objects.filter(student__in=students, day__in=days)
        self.standing = {(each.student_id, each.day): each for each in standing}
        self.stays: dict[int, list[Enrolment]] = {}
        for stay in Enrolment.objects.filter(student__in=students).select_related("school_class"):
            self.stays.setdefault(stay.student_id, []).append(stay)

    def compare(self) -> None:
        for (pk, day), (row, code) in self.taken.items():
            try:
                of_class = self._class_on(self.known.by_pk[pk], day)
            except WorkflowError as why:
                self.plan.refuse(row, _said(row), str(why))
            else:
                self._compare(self.known.by_pk[pk], day, code, row, of_class)

    def _class_on(self, student: Student, day: date) -> str:
        """Return the student's class on a day on which attendance can be entered."""
        words = {"name": student.name, "day": wording.full_day(day)}
        period = next((p for p in self.periods if p.starts_on <= day <= p.ends_on), None)
        if period is None:
            raise NotNow(_("No recap period has %(day)s. Check the date.") % words)
        check_day(period, day)
        for stay in self.stays.get(student.pk, ()):
            if stay.holds_on(day):
                return stay.school_class.name
        raise NotNow(_("%(name)s was in no class on %(day)s. Delete the row.") % words)

    def _compare(self, student: Student, day: date, code: str, row: Row, of_class: str) -> None:
        was = self.standing.get((student.pk, day))
        # What stands is sealed but not shown.
        key = sha256(f"{student.pk} {day} {was and was.code}".encode()).hexdigest()
        if code != (was.code if was else THERE):
            self._write(was, student, day, code)
        if code == THERE:
            self.plan.remark(TAKES_AWAY, row.number)
        said = _("present") if code == THERE else code
        note = f"{of_class} · {wording.long_date(day)}"
        field = Field(CODE, LABELS[CODE], "", said)
        self.plan.recorded.append(Line(row.number, student.name, note, (field,), key))

    def _write(self, was: Absence | None, student: Student, day: date, code: str) -> None:
        if was is None:
            self.plan.create(Absence(student=student, day=day, code=code, by=self.by))
        elif code == THERE:
            self.plan.delete(was)
        else:
            was.code, was.by = code, self.by
            self.plan.update(was, "code", "by")


def _said(row: Row) -> str:
    return " · ".join(filter(None, (who(row), row[DAY], row[CODE])))


def template() -> Template:
    """Return a row without date and code for each student; only rows with both count."""
    notes = {DAY: _("Like 5/7/2005."), CODE: _("S, I or A; H takes an entry away.")}
    choices = {CODE: ("S", "I", "A", "H")}
    columns = [
        Column(str(label), choices.get(name, ()), notes.get(name, ""))
        for name, label in LABELS.items()
    ]
    rows = [
        [each.nisn or "", each.nis, each.name, each.class_name or "", "", ""] for each in here()
    ]
    return Template(_("Daily attendance"), columns, rows)


KIND = FileKind(
    change=ChangeKind.ATTENDANCE,
    title=gettext_lazy("Daily attendance"),
    about=gettext_lazy("Of the whole school: NIS or name, date, S, I or A"),
    heads=LAYOUT,
    labels=LABELS,
    plan_of=plan_of,
    template=template,
    asks_semester=False,
    asks_day=False,
)

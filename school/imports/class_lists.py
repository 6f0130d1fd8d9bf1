"""The classes of students in a semester from a file, e.g. those of a new year."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.imports.answers import usual_semester
from school.imports.class_names import Classes
from school.imports.kinds import FileKind
from school.imports.known_students import KnownStudents, here, who
from school.imports.plan import Asked, Line, Plan, Refused
from school.imports.rows import note_hidden
from school.imports.seats import Seats, seats_on
from school.imports.student_rows import CLASS, CLASSES, NAME, NIS, NISN, NUMBERS, WHO
from school.models import SchoolClass, Student
from school.models.change import ChangeKind
from school.sheets.heads import Layout
from school.sheets.table import Row
from school.sheets.template import Column, Template
from workflow.errors import Text

NEW_CLASSES = ("kelasbaru", "rombelbaru", "kelastujuan", "naikkekelas", "newclass")
LAYOUT = Layout(
    names={**WHO, CLASS: (*NEW_CLASSES, *CLASSES)},
    needed=((NISN, NIS, NUMBERS, NAME), (CLASS,)),
    otherwise=gettext_lazy("No row of the file names its columns."),
    may_be_of_one_class=True,
)
LABELS: Mapping[str, Text] = {
    NISN: "NISN",
    NIS: "NIS",
    NAME: gettext_lazy("Name"),
    CLASS: gettext_lazy("Class"),
}


def plan_of(asked: Asked) -> Plan:
    plan = Plan(asked.answers)
    semester, on = asked.answers.semester, asked.answers.on
    if semester is None or on is None:
        return plan
    work = _ClassLists(plan, Classes(semester.year, plan))
    for row in asked.rows:
        note_hidden(row, LABELS, plan)
        work.attempt(row, work.find)
    work.seats = Seats(work.meant, on, plan)
    for row in asked.rows:
        work.attempt(row, work.seat)
    plan.create(*work.classes.new.values())
    for seat in seats_on(on, work.named.values()):
        if seat.student_id not in work.meant:
            plan.gone.append(Line(0, seat.name, f"NIS {seat.nis} · {seat.class_name}"))
    return plan


class _ClassLists:
    seats: Seats

    def __init__(self, plan: Plan, classes: Classes) -> None:
        self.plan = plan
        self.classes = classes
        self.known = KnownStudents()
        self.meant: dict[int, Row] = {}
        """Student → the first row about them."""
        self.students: dict[int, Student] = {}
        """Number of such a row → its student."""
        self.named: dict[str, SchoolClass] = {}

    def attempt(self, row: Row, act: Callable[[Row], None]) -> None:
        try:
            act(row)
        except Refused as why:
            self.plan.refuse(row, who(row), why)

    def find(self, row: Row) -> None:
        """Find the student of a row. Raises Refused if an earlier row has another class."""
        student = self.known.meant(row, with_class=False)
        earlier = self.meant.setdefault(student.pk, row)
        if earlier is row:
            self.students[row.number] = student
        elif earlier[CLASS] == row[CLASS]:
            self.plan.unchanged += 1
        else:
            raise Refused(
                _("Row %(row)s is about the same student. Keep one of the two.")
                % {"row": earlier.number}
            )

    def seat(self, row: Row) -> None:
        """Put the student of a row into its class. Raises Refused."""
        student = self.students.get(row.number)
        of_class = self.classes.meant(row[CLASS]) if student else None
        if not student or not of_class:
            return
        self.named[of_class.name] = of_class
        field = self.seats.move(student, of_class)
        note = f"NIS {student.nis} · {of_class.name}"
        fields = (field,) if field else ()
        on = self.seats.day_of(student, of_class) if field else None
        line = Line(row.number, student.name, note, fields, f"student {student.pk}", on)
        self.plan.note(line, is_new=bool(field and not field.was))


def template() -> Template:
    """Return the students of today with their classes, into which the new ones are filled."""
    semester = usual_semester()
    classes = SchoolClass.objects.filter(year=semester.year) if semester else ()
    choices = {CLASS: [each.name for each in classes]}
    columns = [Column(str(label), choices.get(name, ())) for name, label in LABELS.items()]
    rows = [[each.nisn or "", each.nis, each.name, each.class_name or ""] for each in here()]
    return Template(_("Classes"), columns, rows)


KIND = FileKind(
    change=ChangeKind.CLASS_LISTS,
    title=gettext_lazy("Classes of students"),
    about=gettext_lazy("Who is in which class from a day on, e.g. in a new year: NIS, class"),
    heads=LAYOUT,
    labels=LABELS,
    plan_of=plan_of,
    template=template,
)

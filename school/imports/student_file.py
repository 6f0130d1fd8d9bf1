"""The file of students: its columns, and a workbook to fill in."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school import phones
from school.imports import students
from school.imports.answers import usual_semester
from school.imports.kinds import FileKind
from school.imports.student_rows import BIRTH, CLASS, GENDER, LABELS, LAYOUT, NIS, NISN, PARENTS
from school.models import Guardian, SchoolClass, Student
from school.models.change import ChangeKind
from school.models.students import letter_of
from school.sheets.template import Column, Template
from workflow.errors import Text


def template() -> Template:
    """Return the students of today, to be corrected and added to."""
    notes: dict[str, Text] = {
        NISN: _("10 digits, with the zeros before them; may be empty."),
        NIS: _("The number that the school gave, in Dapodik NIPD. No two students have the same."),
        GENDER: _("L or P."),
        BIRTH: _("Like 5/7/2005."),
        CLASS: _("As the school writes it. A class that is not there yet can be added."),
    }
    choices = {GENDER: [letter_of("L"), letter_of("P")], CLASS: class_names()}
    columns = [
        Column(str(label), choices.get(name, ()), str(notes.get(name, "")))
        for name, label in LABELS.items()
    ]
    return Template(_("Students"), columns, _rows())


def class_names() -> list[str]:
    """Return the classes of the year, in the order of the school."""
    semester = usual_semester()
    classes = SchoolClass.objects.filter(year=semester.year) if semester else ()
    return [each.name for each in classes]


def _rows() -> list[list[str]]:
    there = Q(left_on=None) & ~Q(class_id=None)
    students_now = list(Student.objects.with_class().filter(there).order_by("name", "nis"))
    parents: dict[tuple[int, str], Guardian] = {}
    for each in Guardian.objects.filter(student__in=students_now).order_by("-pk"):
        parents[each.student_id, each.relation] = each
    return [_row(student, parents) for student in students_now]


def _row(student: Student, parents: dict[tuple[int, str], Guardian]) -> list[str]:
    """Return a student in the order of LABELS."""
    said: dict[str, object] = {
        name: getattr(student, name, "") or "" for name in LABELS if name != "phone"
    }
    said[GENDER], said[CLASS] = student.gender_letter, student.class_name or ""
    said[BIRTH] = f"{student.birth_date:%d/%m/%Y}" if student.birth_date else ""
    said["phone"] = phones.written(student.phone)
    for relation in PARENTS:
        if parent := parents.get((student.pk, relation)):
            said[f"{relation}-name"] = parent.name
            said[f"{relation}-phone"] = phones.written(parent.phone)
    return [str(said.get(name, "")) for name in LABELS]


KIND = FileKind(
    change=ChangeKind.STUDENTS,
    title=gettext_lazy("Students"),
    about=gettext_lazy("From Dapodik, or the school's own list: name, NISN, NIS, L/P, class"),
    heads=LAYOUT,
    labels=LABELS,
    plan_of=students.plan_of,
    template=template,
)

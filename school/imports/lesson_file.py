"""The file of teaching assignments: a workbook to fill in, with those of today."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.imports.answers import usual_semester
from school.imports.kinds import FileKind
from school.imports.lesson_heads import CLASS, LABELS, LAYOUT, NIP, SUBJECT, TEACHER
from school.imports.lesson_shapes import rows_in
from school.imports.lessons import plan_of
from school.imports.student_file import class_names
from school.models import HomeroomAssignment, Semester, Subject, TeachingAssignment
from school.models.change import ChangeKind
from school.permissions import possible_teachers
from school.sheets.template import Column, Template
from school.years import day_in


def template() -> Template:
    homeroom = _("Homeroom teacher")
    choices = {
        TEACHER: [each.full_name for each in possible_teachers().order_by("name", "pk")],
        SUBJECT: [homeroom, *Subject.objects.filter(is_active=True).values_list("name", flat=True)],
        CLASS: class_names(),
    }
    notes = {
        NIP: _("May be empty; it tells namesakes apart."),
        SUBJECT: _("“%(homeroom)s” for the homeroom teacher of a class.") % {"homeroom": homeroom},
        CLASS: _("One class, or several: X MIPA 1, X MIPA 2."),
    }
    columns = [
        Column(str(label), choices.get(name, ()), notes.get(name, ""))
        for name, label in LABELS.items()
    ]
    semester = usual_semester()
    return Template(_("Teaching assignments"), columns, _rows(semester, homeroom))


def _rows(semester: Semester | None, homeroom: str) -> list[list[str]]:
    if semester is None:
        return []
    on = day_in(semester.year)
    lessons = TeachingAssignment.objects.on(on).filter(group__year=semester.year)
    rows = [
        [each.teacher.full_name, each.teacher.nip, each.group.subject.name, str(each.group)]
        for each in lessons.select_related("teacher", "group__subject", "group__school_class")
    ]
    homerooms = HomeroomAssignment.objects.on(on).filter(school_class__year=semester.year)
    rows += [
        [each.teacher.full_name, each.teacher.nip, homeroom, each.school_class.name]
        for each in homerooms.select_related("teacher", "school_class")
    ]
    return sorted(rows)


KIND = FileKind(
    change=ChangeKind.ASSIGNMENTS,
    title=gettext_lazy("Teaching assignments"),
    about=gettext_lazy("Teacher, subject, class; homeroom teachers too"),
    heads=LAYOUT,
    labels=LABELS,
    plan_of=plan_of,
    template=template,
    firsts=gettext_lazy("Lessons and homerooms that nobody has had this semester"),
    without_head=rows_in,
)

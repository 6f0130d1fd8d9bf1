"""The buttons of what the operator does in the course of a year."""

from collections.abc import Callable
from typing import Any

from counseling.tests.buttons.button import Button, acts, rows, shown, url
from counseling.tests.scenarios.students import Students
from school.forms.counselors import PassClassesForm
from school.forms.enrolment import ArriveForm, LeaveForm, MoveForm
from school.forms.merge import MergeForm
from school.forms.new_year import DAYS
from school.forms.replacement import ReplaceForm
from school.models import Change, Enrolment, NewYear, SchoolClass, Student, TeachingAssignment
from school.models.change import ChangeKind
from school.roles import COUNSELOR
from school.tests.factories import (
    EnrolmentFactory,
    SchoolClassFactory,
    StudentFactory,
    TeachingAssignmentFactory,
    days_ago,
    person,
    planned_year,
)
from school.workflow.enrolment import leave
from school.workflow.new_year import Plan


class ClassLists:
    """A file with all students of the moment, read by every thread from its beginning."""

    name = "kelas-baru.csv"
    content_type = "text/csv"

    def read(self) -> bytes:
        students = Student.objects.values_list("nis", flat=True)
        return "\n".join(("NIS;Kelas baru", *(f"{nis};XI MIPA 9" for nis in students))).encode()


def of_new_year(students: Students) -> dict[str, Button]:
    """Return the buttons of the steps to a new year, each of which changes the plan once."""
    cast = students.cast
    kept = planned_year(cast.own.year, cast.semester.ends_on)
    plan, student, by = Plan.read(kept.plan), students.take(), cast.operator
    days = dict(zip(DAYS, (*plan.odd, *plan.even), strict=True))
    names = {f"after{pk}": name for pk, name in plan.after.items()}
    first = next(iter(names))
    steps: dict[str, tuple[tuple[int, ...], dict[str, Any]]] = {
        "new_year": ((), {**days, "with_lessons": "on"}),
        "new_year_classes": ((), {**names, first: "XI MIPA 9", "entries": "X MIPA 3\nX MIPA 4"}),
        "new_year_class": ((1,), {"homeroom": "", "second": "", "counselor": ""}),
        "new_year_file": ((), {"file": ClassLists()}),
        "new_year_student": ((student.pk,), {"fate": "LEAVES", "to": ""}),
    }

    def version_of(number: int) -> Callable[[], int]:
        return lambda: int(NewYear.objects.get(pk=kept.pk).version >= number)

    found = {
        f"school:{name}": Button(
            by, url(f"school:{name}", *args), {**data, "read_at": at}, version_of(at + 1)
        )
        for at, (name, (args, data)) in enumerate(steps.items(), 1)
    }
    found["school:new_year_check"] = Button(
        by,
        url("school:new_year_check"),
        {"read_at": len(steps) + 1},
        rows(Change, kind=ChangeKind.NEW_YEAR),
    )
    return found


def of_enrolments(students: Students) -> dict[str, Button]:
    cast = students.cast
    mover, leaver, undone = (students.take() for _n in range(3))
    comer = StudentFactory(name="Siswa Baru", nis="29999")
    to, today = {"to": cast.foreign.pk}, str(days_ago(0))
    replaced, successor = TeachingAssignmentFactory(), person()
    given = {"successor": successor.pk, "on": today, "what": f"lesson{replaced.pk}"}
    counselor = person(COUNSELOR)
    counseled = SchoolClassFactory(year=cast.own.year, counselor=counselor)
    passed = {"classes": counseled.pk, "to": cast.bk2.pk}
    merged = SchoolClassFactory(year=cast.own.year)
    EnrolmentFactory(school_class=merged)
    change = leave(undone, on=days_ago(0), by=cast.operator)
    return {
        "school:move_class": Button(
            cast.operator,
            url("school:move_class", mover.pk),
            shown(MoveForm, {**to, "on": today}, now_in=cast.own),
            rows(Enrolment, student=mover, school_class=cast.foreign),
        ),
        "school:arrive": Button(
            cast.operator,
            url("school:arrive", comer.pk),
            shown(ArriveForm, {**to, "on": today}),
            rows(Enrolment, student=comer),
        ),
        "school:leave": Button(
            cast.operator,
            url("school:leave", leaver.pk),
            shown(LeaveForm, {"on": today}),
            rows(Enrolment, student=leaver, end_reason="LEFT"),
        ),
        "school:replace_teacher": Button(
            cast.operator,
            url("school:replace_teacher", replaced.teacher_id),
            shown(ReplaceForm, given, teacher=replaced.teacher),
            rows(TeachingAssignment, teacher=successor),
        ),
        "school:pass_classes": Button(
            cast.operator,
            url("school:pass_classes", counselor.pk),
            shown(PassClassesForm, passed, counselor=counselor),
            rows(SchoolClass, pk=counseled.pk, counselor=cast.bk2),
        ),
        "school:merge_class": Button(
            cast.operator,
            url("school:merge_class", merged.pk),
            shown(MergeForm, {"into": cast.foreign.pk, "on": today}, school_class=merged),
            rows(Change, kind=ChangeKind.MERGE),
        ),
        "school:undo_change": Button(
            cast.operator, url("school:undo_change", change.pk), {}, acts(change, "undo")
        ),
    }

"""The buttons of what the operator does in the course of a year."""

from typing import Any

from django.utils.datastructures import MultiValueDict

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from school.forms.enrolment import ArriveForm, LeaveForm, MoveForm
from school.forms.foreseen import SEEN, ForeseenForm
from school.models import Enrolment
from school.tests.factories import StudentFactory, days_ago
from school.workflow.enrolment import leave


def shown(form: type[ForeseenForm], data: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Return the data of a form with the mark that its effects were shown."""
    given = MultiValueDict({name: [str(value)] for name, value in data.items()})
    return {**data, SEEN: form(given, **options).sent}


def of_enrolments(students: Students) -> dict[str, Button]:
    cast = students.cast
    mover, leaver, undone = (students.take() for _n in range(3))
    comer = StudentFactory(name="Siswa Baru", nis="29999")
    to, today = {"to": cast.foreign.pk}, str(days_ago(0))
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
        "school:undo_change": Button(
            cast.operator, url("school:undo_change", change.pk), {}, acts(change, "undo")
        ),
    }

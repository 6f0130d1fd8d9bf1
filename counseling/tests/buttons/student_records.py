"""The buttons with which the operator keeps students and guardians."""

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from school.models import Student
from school.tests import factories as make


def of_student_records(students: Students) -> dict[str, Button]:
    operator = students.cast.operator
    edited, relieved = (make.StudentFactory(name=name) for name in ("Siti Aminah", "Dewi Lestari"))
    guardian = make.GuardianFactory(student=relieved)
    identity = {"name": "Siti Aminah Putri", "nis": "28001", "nisn": "", "gender": "P"}
    return {
        "school:add_student": Button(
            operator,
            url("school:add_student"),
            {"name": "Rudi", "nis": "28000", "nisn": "", "gender": "L", "read_at": 0},
            rows(Student, nis="28000"),
        ),
        "school:edit_student": Button(
            operator,
            url("school:edit_student", edited.pk),
            {**identity, "read_at": 1},
            lambda: edited.history.filter(name="Siti Aminah Putri").count(),
        ),
        "school:delete_guardian": Button(
            operator,
            url("school:delete_guardian", guardian.pk),
            {},
            acts(relieved, "remove_guardian"),
        ),
    }

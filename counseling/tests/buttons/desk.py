"""The buttons of the operator's desk."""

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from school.models import Subject


def of_records(students: Students) -> dict[str, Button]:
    """Return the buttons of the lists and forms: add, edit, and act on chosen rows."""
    operator = students.cast.operator
    named, retired = (Subject.objects.create(name=name) for name in ("Batik", "Karawitan"))
    return {
        "school:add_subject": Button(
            operator,
            url("school:add_subject"),
            {"name": "Tari", "read_at": 0},
            rows(Subject, name="Tari"),
        ),
        "school:subject": Button(
            operator,
            url("school:subject", named.pk),
            {"name": "Seni Batik", "read_at": 1},
            lambda: named.history.filter(name="Seni Batik").count(),
        ),
        "school:subjects": Button(
            operator,
            url("school:subjects"),
            {"row": [retired.pk], "act": "retire", "sure": "1"},
            acts(retired, "retire"),
            each=True,
        ),
    }

"""The buttons of the operator's desk."""

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from school.models import Subject, User
from school.tests import factories as make


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
        **_of_people(operator),
    }


def _of_people(operator: User) -> dict[str, Button]:
    renamed, disabled = make.UserFactory(name="Siti Aminah"), make.UserFactory()
    named = {"honorific": "IBU", "read_at": 0}
    return {
        "school:add_person": Button(
            operator,
            url("school:add_person"),
            {**named, "name": "Dewi Lestari"},
            rows(User, username="dewi.lestari"),
        ),
        "school:person": Button(
            operator,
            url("school:person", renamed.pk),
            {**named, "name": "Siti Aminah Putri", "username": renamed.username, "read_at": 1},
            lambda: renamed.history.filter(name="Siti Aminah Putri").count(),
        ),
        "school:people": Button(
            operator,
            url("school:people"),
            {"row": [disabled.pk], "act": "disable", "sure": "1"},
            acts(disabled, "disable"),
        ),
    }

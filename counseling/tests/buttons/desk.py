"""The buttons of the operator's desk."""

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from school.models import OfficeHolding, OfficeRequest, Subject, Told, User
from school.roles import COUNSELOR, STUDENT_AFFAIRS
from school.tests import factories as make
from school.tests.cast import Cast
from school.workflow.office_request import Wish, ask
from workflow import clock


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
        "school:add_subjects": Button(
            operator,
            url("school:add_subjects"),
            {"lines": "Antropologi\nBahasa Jepang"},
            rows(Subject, name="Bahasa Jepang"),
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
        **_of_offices(students.cast),
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


def _of_offices(cast: Cast) -> dict[str, Button]:
    """Return the buttons for offices, and for the requests of the operator."""
    given, renewed, agreed, withdrawn = make.UserFactory.create_batch(4)
    today = clock.today().isoformat()
    make.holding(renewed, COUNSELOR).save()
    ending = OfficeHolding.objects.create(
        user=given, office=STUDENT_AFFAIRS.code, starts_on=make.days_ago(9)
    )
    wish = Wish("OFFICE", COUNSELOR.code, starts_on=clock.today())
    to_answer, to_withdraw = (
        ask(person, wish, by=cast.operator, reason="Cuti") for person in (agreed, withdrawn)
    )
    Told.objects.create(
        to=cast.operator, what="DISABLED", about=given, by=cast.operator, at=clock.now()
    )
    return {
        "school:give_office": Button(
            cast.operator,
            url("school:give_office", given.pk),
            {"office": "OPERATOR", "starts_on": today},
            rows(OfficeHolding, user=given, office="OPERATOR"),
        ),
        "school:end_office": Button(
            cast.operator,
            url("school:end_office", ending.pk),
            {"last_day": make.days_ago(1).isoformat()},
            acts(ending, "end_office"),
        ),
        "school:ask_for": Button(
            cast.operator,
            url("school:ask_for", renewed.pk),
            {"what": "PASSWORD", "reason": "Lupa"},
            rows(OfficeRequest, person=renewed),
        ),
        "school:answer_office_request": Button(
            cast.principal,
            url("school:answer_office_request", to_answer.pk),
            {"act": "agree"},
            rows(OfficeHolding, user=agreed),
        ),
        "school:withdraw_office_request": Button(
            cast.operator,
            url("school:withdraw_office_request", to_withdraw.pk),
            {},
            acts(to_withdraw, "withdraw"),
        ),
        "school:office_requests": Button(
            cast.operator,
            url("school:office_requests"),
            {},
            lambda: Told.objects.filter(about=given).exclude(read_at=None).count(),
        ),
    }

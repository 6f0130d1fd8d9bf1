"""An operator who wants to read a case tries every way: none leads there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from cases.models import Case
from cases.tests import factories as make_case
from cases.workflow import write_summary
from homevisits.tests import factories as make_visit
from homevisits.workflow import save_report
from school.models import HomeroomAssignment, OfficeHolding, OfficeRequest, User
from school.roles import COORDINATOR, COUNSELOR, GUARDED, OPERATOR, PRINCIPAL
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from school.workflow.office_request import Wish, agree, ask
from workflow import clock
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SECRET = "Ayahnya bekerja di kapal"


@dataclass
class Attack:
    """A school with a case, its counselor's second factor, and an operator's browser."""

    cast: Cast
    case: Case
    browser: Any

    def sent(self, name: str, /, *args: int, **data: object) -> Any:
        return post(self.browser, reverse(name, args=args), data)

    def acted(self, act: str, *people: User) -> Any:
        return self.sent("school:people", row=[one.pk for one in people], act=act, sure="1")

    def office(self, person: User, office: str, **more: object) -> Any:
        today = clock.today().isoformat()
        given = {"office": office, "starts_on": today, "reason": "Perlu", **more}
        return self.sent("school:give_office", person.pk, **given)

    def answered(self) -> Any:
        return self.sent(
            "school:answer_office_request", OfficeRequest.objects.latest("pk").pk, act="agree"
        )

    def edited(self, person: User, **changed: object) -> Any:
        fields = ("name", "title_before", "title_after", "honorific", "goes_by", "username")
        more = ("nip", "grade_rank", "position", "phone")
        data = {name: getattr(person, name) for name in (*fields, *more)}
        return self.sent("school:person", person.pk, **data | {"read_at": person.version} | changed)


@pytest.fixture
def attack() -> Attack:
    cast = small_school(2)
    case = make_case.direct_case(cast)
    make_case.attempt(case, cast.bk)
    write_summary(case, by=cast.bk, text=SECRET, read_at=1)
    Authenticator.objects.create(user=cast.bk, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return Attack(cast, case, signed_in(cast.operator))


def guarded_accounts() -> list[Any]:
    """Return what lets people into the accounts that see cases, and who holds these offices."""
    codes = [office.code for office in GUARDED]
    fields = ("user", "office", "acting", "starts_on")
    ways = ("pk", "username", "password", "must_change_password", "session_epoch")
    people = User.objects.holding_guarded().order_by("pk")
    held = OfficeHolding.objects.filter(office__in=codes).order_by("pk")
    return [
        *held.values_list(*fields),
        *people.values_list(*ways),
        *Authenticator.objects.values_list("user", "type"),
    ]


def invented(attack: Attack) -> User:
    """Add a colleague whom there is not, with a password that the operator knows."""
    attack.sent("school:add_person", name="Bu Palsu", honorific="IBU", read_at=0)
    person = User.objects.get(name="Bu Palsu")
    attack.acted("give_first_password", person)
    return person


WAYS: dict[str, Callable[[Attack], object]] = {
    # a counselor's account
    "first password": lambda it: it.acted("give_first_password", it.cast.bk),
    "first password of the principal": lambda it: it.acted(
        "give_first_password", it.cast.principal
    ),
    "first password among others": lambda it: it.acted(
        "give_first_password", it.cast.guru, it.cast.coordinator
    ),
    "second factor": lambda it: it.acted("reset_second_factor", it.cast.bk),
    "user name": lambda it: it.edited(it.cast.bk, username="bk.lama"),
    "user name and phone": lambda it: it.edited(it.cast.bk, username="bk9", phone="08123456789"),
    "password in the form": lambda it: it.edited(it.cast.bk, password="x", is_active="1"),
    "what is asked, without an answer": lambda it: it.sent(
        "school:ask_for", it.cast.bk.pk, what="PASSWORD", reason="Lupa"
    ),
    "one's own answer": lambda it: (
        it.sent("school:ask_for", it.cast.bk.pk, what="PASSWORD", reason="Lupa"),
        it.answered(),
    ),
    # an office of one's own, or of somebody whose password one knows
    "an office for oneself": lambda it: it.office(it.cast.operator, "COUNSELOR"),
    "acting for the principal oneself": lambda it: it.office(
        it.cast.operator, "PRINCIPAL", acting="Plh.", ends_on=clock.today().isoformat()
    ),
    "an office for a teacher": lambda it: it.office(it.cast.guru, "COUNSELOR"),
    "coordinator": lambda it: it.office(it.cast.guru, "COORDINATOR"),
    "principal": lambda it: it.office(it.cast.guru, "PRINCIPAL"),
    "acting principal": lambda it: it.office(
        it.cast.guru, "PRINCIPAL", acting="Plh.", ends_on=clock.today().isoformat()
    ),
    "an office that is no guarded one, in the address of one": lambda it: it.office(
        it.cast.guru, "counselor"
    ),
    "an office, answered oneself": lambda it: (
        it.office(it.cast.guru, "COUNSELOR"),
        it.answered(),
    ),
    "an office for an invented colleague": lambda it: it.office(invented(it), "COORDINATOR"),
    "an office, while the password is made": lambda it: (
        it.office(it.cast.guru, "COUNSELOR"),
        it.acted("give_first_password", it.cast.guru),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_into_an_account_that_sees_cases(attack: Attack, way: str) -> None:
    before = guarded_accounts()
    WAYS[way](attack)
    assert guarded_accounts() == before
    assert sees_nothing(attack)


def sees_nothing(attack: Attack) -> bool:
    """Return whether no page of the operator's tells of the case."""
    browser, case, student = attack.browser, attack.case, attack.case.student
    places = [
        reverse("home"),
        reverse("cases:cases"),
        reverse("cases:case", args=[case.pk]),
        reverse("cases:summary", args=[case.pk]),
        reverse("student", args=[student.pk]),
        reverse("recaps:class_lists"),
        reverse("homevisits:visits"),
        reverse("reports:semester"),
        reverse("school:person", args=[attack.cast.bk.pk]),
        reverse("school:office_requests"),
    ]
    pages = [browser.get(place).content.decode() for place in places]
    return not any(SECRET in page or f"/kasus/{case.pk}/" in page for page in pages)


def test_the_counselor_does_see_it(attack: Attack) -> None:
    attack.browser = signed_in(attack.cast.bk)
    assert not sees_nothing(attack)


class TestOnesOwnClass:
    """Operators assign classes and lessons; theirs give them nothing without a yes."""

    @pytest.fixture
    def own(self, attack: Attack) -> Attack:
        operator, cast = attack.cast.operator, attack.cast
        make.HomeroomAssignmentFactory(teacher=operator, school_class=cast.own)
        make.TeachingAssignmentFactory(teacher=operator, group=cast.maths.group)
        cast.own.counselor = operator
        cast.own.save()
        attack.browser = signed_in(operator)
        return attack

    def test_it_opens_no_case_and_no_list(self, own: Attack) -> None:
        assert sees_nothing(own)
        assert own.browser.get(reverse("cases:case", args=[own.case.pk])).status_code == 404
        ids = [own.cast.own.pk, own.cast.period.pk]
        assert own.browser.get(reverse("recaps:class_list", args=ids)).status_code == 404
        opens = reverse("cases:open", args=[own.cast.students[1].pk])
        assert own.browser.get(opens).status_code == 403

    def test_neither_does_that_of_another_operator(self, own: Attack) -> None:
        make.holding(own.cast.wali2, OPERATOR).save()
        own.browser = signed_in(own.cast.wali2)
        HomeroomAssignment.objects.create(
            teacher=own.cast.wali2, school_class=own.cast.own, starts_on=make.days_ago(9)
        )
        assert sees_nothing(own)

    def test_with_the_yes_the_operator_is_a_homeroom_teacher_too(self, own: Attack) -> None:
        colleague = make.person(OPERATOR)
        request = ask(own.cast.operator, Wish("TEACH"), by=colleague, reason="Guru TIK")
        agree(request, by=own.cast.principal)
        own.browser = signed_in(User.objects.get(pk=own.cast.operator.pk))
        assert own.browser.get(reverse("cases:case", args=[own.case.pk])).status_code == 200

    def test_the_yes_is_not_kept_for_the_next_time(self, own: Attack) -> None:
        colleague = make.person(OPERATOR)
        agree(
            ask(own.cast.operator, Wish("TEACH"), by=colleague, reason="Guru TIK"),
            by=own.cast.principal,
        )
        OfficeHolding.objects.filter(user=own.cast.operator).update(ends_on=make.days_ago(1))
        OfficeHolding.objects.create(
            user=own.cast.operator, office=OPERATOR.code, starts_on=clock.today()
        )
        own.browser = signed_in(User.objects.get(pk=own.cast.operator.pk))
        assert sees_nothing(own)


@pytest.mark.parametrize("office", [COUNSELOR, COORDINATOR, PRINCIPAL])
def test_a_planted_password_ends_with_the_yes(attack: Attack, office: Any) -> None:
    """Who is to become BK signs in with what the one who agreed handed over, and nothing else."""
    puppet = invented(attack)
    puppet.set_password("kata sandi operator")
    puppet.must_change_password = False
    puppet.save()
    theirs = signed_in(puppet)
    wish = Wish("OFFICE", office.code, starts_on=clock.today())
    agree(ask(puppet, wish, by=attack.cast.operator, reason="Guru baru"), by=attack.cast.principal)
    puppet.refresh_from_db()
    assert not puppet.check_password("kata sandi operator")
    attack.browser = theirs
    assert sees_nothing(attack)


def test_a_disabled_counselor_is_not_let_in_again(attack: Attack) -> None:
    attack.acted("disable", attack.cast.bk)
    before = guarded_accounts()
    attack.acted("enable", attack.cast.bk)
    attack.acted("give_first_password", attack.cast.bk)
    attack.office(attack.cast.bk, "OPERATOR")
    assert guarded_accounts() == before
    assert not User.objects.get(pk=attack.cast.bk.pk).is_active


def test_the_account_of_a_former_counselor_waits_for_the_yes_too(attack: Attack) -> None:
    """Whoever made a home visit goes on reading its report, whatever their work is now."""
    bk, visit = (
        attack.cast.bk,
        make_visit.scheduled_visit(attack.case, attack.cast.bk, attack.cast.principal),
    )
    save_report(visit, by=bk, values={"problem": SECRET}, read_at=0)
    attack.sent(
        "school:end_office", bk.office_holdings.get().pk, last_day=make.days_ago(1).isoformat()
    )
    attack.office(bk, "STUDENT_AFFAIRS")
    report = reverse("homevisits:report", args=[visit.pk])
    assert SECRET in signed_in(User.objects.get(pk=bk.pk)).get(report).content.decode()
    ways = User.objects.filter(pk=bk.pk).values_list("username", "password", "session_epoch")
    before = ways.get()
    attack.acted("give_first_password", bk)
    attack.acted("reset_second_factor", bk)
    attack.edited(bk, username="bk.lama")
    assert ways.get() == before
    assert Authenticator.objects.filter(user=bk).exists()
    attack.sent("school:ask_for", bk.pk, what="PASSWORD", reason="Lupa")
    assert agree(OfficeRequest.objects.get(), by=attack.cast.coordinator)
    assert ways.get() != before


def test_an_office_that_was_ended_comes_back_with_a_password_that_nobody_knew(
    attack: Attack,
) -> None:
    bk = attack.cast.bk
    attack.sent(
        "school:end_office", bk.office_holdings.get().pk, last_day=make.days_ago(1).isoformat()
    )
    bk.set_password("kata sandi operator")
    bk.save()
    attack.office(bk, "COUNSELOR")
    agree(OfficeRequest.objects.get(), by=attack.cast.coordinator)
    assert not User.objects.get(pk=bk.pk).check_password("kata sandi operator")

"""First passwords, disabling, enabling, and the reset of a second factor."""

import math
import re
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import RequestFactory

from school.models import User
from school.roles import OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from school.views.first_passwords import slips
from school.wording import full_day
from school.workflow.accounts import (
    GROUPS,
    IN_GROUP,
    LETTERS,
    FirstPassword,
    disable,
    enable,
    give_first_password,
    give_first_passwords,
    new_password,
    reset_second_factor,
)
from workflow import clock
from workflow.errors import NotNow, WrongState
from workflow.models import ActionEntry, IdempotentSubmit
from workflow.submits import FIELD, once
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.django_db

ACTS = [give_first_password, disable, reset_second_factor]


@pytest.fixture
def operator() -> User:
    return make.person(name="Tri Hartono")


@pytest.fixture
def teacher() -> User:
    person = make.person(username="guru1")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    return person


def state(user: User) -> dict[str, Any]:
    return User.objects.filter(pk=user.pk).values().get()


def changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in before if before[name] != after[name]}


def logged() -> list[tuple[str, int, int | None]]:
    return list(ActionEntry.objects.values_list("action", "object_id", "actor_id"))


def test_a_first_password_is_worth_60_bits_and_holds_no_letter_read_as_another() -> None:
    assert math.log2(len(LETTERS)) * GROUPS * IN_GROUP > 60
    assert len(set(LETTERS)) == len(LETTERS)
    assert not set(LETTERS) & set("aeiouloqv01")
    assert all(re.fullmatch(r"[a-z]{5}-[a-z]{5}-[a-z]{5}", new_password()) for _ in range(20))
    assert len({new_password() for _ in range(100)}) == 100


def test_a_first_password_opens_the_account_and_must_be_changed(teacher, operator) -> None:
    browser = signed_in(teacher)
    before = state(teacher)
    password = give_first_password(teacher, by=operator)
    assert changed(before, state(teacher)) == {"password", "must_change_password", "session_epoch"}
    assert teacher.must_change_password
    assert teacher.check_password(password)
    assert browser.get("/akun/").status_code == 302
    assert logged() == [("give_first_password", teacher.pk, operator.pk)]
    assert Authenticator.objects.filter(user=teacher).exists()


def test_no_table_holds_a_first_password(teacher, operator) -> None:
    password = give_first_password(teacher, by=operator)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            assert password not in str(cursor.fetchall()), table


def test_all_get_a_first_password_or_none_does(operator) -> None:
    people = [make.person(), make.person()]
    with pytest.raises(NotNow):
        give_first_passwords([*people, operator], by=operator)
    assert not User.objects.filter(must_change_password=True).exists()
    given = give_first_passwords(people, by=operator)
    assert [one.user for one in given] == people
    assert all(one.user.check_password(one.password) for one in given)
    assert len(logged()) == 2


def test_a_disabled_person_is_out_at_once_and_an_enabled_one_signs_in_anew(
    teacher, operator
) -> None:
    browser = signed_in(teacher)
    before = state(teacher)
    disable(teacher, by=operator)
    assert changed(before, state(teacher)) == {"is_active", "session_epoch", "version"}
    assert browser.get("/akun/").status_code == 302
    enable(teacher, by=operator)
    assert browser.get("/akun/").status_code == 302
    assert signed_in(teacher).get("/akun/").status_code == 200
    assert logged() == [
        ("disable", teacher.pk, operator.pk),
        ("enable", teacher.pk, operator.pk),
    ]


def test_who_disabled_and_enabled_a_person_stands_in_their_history() -> None:
    person = make.person(username="guru1")
    client = signed_in(make.person(OPERATOR, name="Tri Hartono"))
    for act in ("disable", "enable"):
        post(client, "/sekolah/orang/", {"row": [person.pk], "act": act, "sure": "1"})
    edits = person.history.order_by("-pk").values_list("is_active", "history_user__name")
    assert list(edits)[:2] == [(True, "Tri Hartono"), (False, "Tri Hartono")]
    person.refresh_from_db()
    assert person.version == 3


def test_a_reset_removes_all_factors_of_the_person_alone(teacher, operator) -> None:
    Authenticator.objects.create(user=operator, type=Authenticator.Type.TOTP, data={"secret": "x"})
    browser = signed_in(teacher)
    before = state(teacher)
    reset_second_factor(teacher, by=operator)
    assert changed(before, state(teacher)) == {"session_epoch"}
    assert browser.get("/akun/").status_code == 302
    assert list(Authenticator.objects.values_list("user", flat=True)) == [operator.pk]
    assert logged() == [("reset_second_factor", teacher.pk, operator.pk)]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_does_it_to_themselves(act, teacher) -> None:
    before = state(teacher)
    with pytest.raises(NotNow):
        act(teacher, by=teacher)
    assert (state(teacher), logged()) == (before, [])


@pytest.mark.parametrize(
    ("act", "first"),
    [(disable, disable), (enable, None), (reset_second_factor, reset_second_factor)],
)
def test_what_is_done_already_is_not_done_twice(act, first, teacher, operator) -> None:
    if first:
        first(teacher, by=operator)
    before, entries = state(teacher), logged()
    with pytest.raises(WrongState):
        act(teacher, by=operator)
    assert (state(teacher), logged()) == (before, entries)


class TestSlips:
    def submitted(self, user: User) -> Any:
        request = RequestFactory().post("/sekolah/orang/", {FIELD: str(uuid4())})
        request.user, request.session = user, SessionStore()
        return request

    def test_a_slip_says_where_and_how_to_sign_in(self) -> None:
        cast = small_school()
        request = self.submitted(cast.operator)
        people = (cast.guru, cast.wali, cast.bk)
        given = [FirstPassword(one, f"kata-{one.username}") for one in people]
        page = once(request, lambda: slips(request, given, "/sekolah/orang/")).content.decode()
        assert page.count('class="slip"') == 3
        assert page.count("siapkan verifikasi dua langkah") == 1
        for said in (
            *("SMA Negeri 1 Candiroto", "http://testserver/", "Hadi Susanto"),
            *("<code>guru</code>", "<code>kata-guru</code>", "<code>kata-wali</code>"),
            f"Dibuat oleh {cast.operator.full_name}, {full_day(clock.today())}.",
        ):
            assert said in page

    def test_slips_are_shown_once_and_kept_nowhere(self) -> None:
        cast = small_school()
        request = self.submitted(cast.operator)

        def act() -> Any:
            given = give_first_passwords([cast.guru], by=cast.operator)
            return slips(request, given, "/sekolah/orang/")

        first, again = once(request, act), once(request, act)
        assert (first.status_code, again.status_code, again["Location"]) == (
            200,
            302,
            "/sekolah/orang/",
        )
        assert len(logged()) == 1
        assert "sent_" in first.cookies.output()
        password = re.findall(r"<code>([a-z-]{17})</code>", first.content.decode())[0]
        assert cast.guru.check_password(password)
        assert password not in str(IdempotentSubmit.objects.values())
        assert not request.session.keys()

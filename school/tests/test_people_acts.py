"""What the operator does to accounts: to one or many, with what is left out and what remains."""

from typing import ClassVar

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection

from school.models import User
from school.remains import remains_of
from school.tests.cast import small_school
from workflow.models import ActionEntry
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.django_db
PEOPLE = "/sekolah/orang/"
GUARDED = ("bk", "coordinator", "principal")


@pytest.fixture
def cast():
    return small_school(2)


def act(cast, name, *people):
    sent = {"row": [person.pk for person in people], "act": name, "sure": "1"}
    return post(signed_in(cast.operator), PEOPLE, sent)


def accounts():
    fields = ("pk", "username", "password", "is_active", "session_epoch", "must_change_password")
    return list(User.objects.order_by("pk").values_list(*fields))


def test_first_passwords_are_given_to_many_and_printed(cast):
    page = act(cast, "give_first_password", cast.guru, cast.wali)
    assert page.content.decode().count('class="slip"') == 2
    assert ActionEntry.objects.filter(action="give_first_password").count() == 2


class WatchedHasher(MD5PasswordHasher):
    """Notes how many transactions are open while it hashes."""

    open: ClassVar[list[int]] = []

    def encode(self, password: str, salt: str) -> str:
        self.open.append(len(connection.savepoint_ids))
        return str(super().encode(password, salt))


def test_first_passwords_are_hashed_before_a_row_is_locked(cast, settings):
    settings.PASSWORD_HASHERS = ["school.tests.test_people_acts.WatchedHasher"]
    WatchedHasher.open.clear()
    act(cast, "give_first_password", cast.guru, cast.wali)
    assert WatchedHasher.open == [len(connection.savepoint_ids)] * 2


def test_no_password_is_hashed_before_the_person_is_sure(cast, settings):
    settings.PASSWORD_HASHERS = ["school.tests.test_people_acts.WatchedHasher"]
    WatchedHasher.open.clear()
    sent = {"row": [cast.guru.pk], "act": "give_first_password"}
    post(signed_in(cast.operator), PEOPLE, sent)
    assert WatchedHasher.open == []


def test_who_is_disabled_is_out_at_once_and_can_be_enabled(cast):
    theirs = signed_in(cast.guru)
    act(cast, "disable", cast.guru)
    assert theirs.get("/").status_code == 302
    act(cast, "enable", cast.guru)
    cast.guru.refresh_from_db()
    assert cast.guru.is_active


def test_a_second_factor_is_removed(cast):
    Authenticator.objects.create(user=cast.guru, type=Authenticator.Type.TOTP, data={})
    act(cast, "reset_second_factor", cast.guru)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("name", ["give_first_password", "disable", "reset_second_factor"])
def test_nobody_does_it_to_themselves(cast, name):
    before = accounts()
    page = act(cast, name, cast.operator)
    assert [line.label for line in page.context["left"].values()] == ["Tri Hartono"]
    assert accounts() == before
    assert not ActionEntry.objects.exists()


@pytest.mark.parametrize("name", ["give_first_password", "disable"])
def test_one_who_cannot_be_among_those_chosen_is_left_out(cast, name):
    act(cast, name, cast.guru2, cast.operator)
    assert list(ActionEntry.objects.values_list("object_id", "action")) == [(cast.guru2.pk, name)]


def test_slips_are_printed_for_the_others_and_say_who_needs_a_request(cast):
    page = act(cast, "give_first_password", cast.guru, cast.bk, cast.wali)
    assert [one.user for one in page.context["given"]] == [cast.guru, cast.wali]
    assert [(line.label, line.url) for line in page.context["left"]] == [
        ("Retno Wulandari", f"{PEOPLE}{cast.bk.pk}/minta/")
    ]
    assert f'href="{PEOPLE}{cast.bk.pk}/minta/"' in page.content.decode()


def test_before_one_is_sure_the_page_says_who_is_left_out(cast):
    sent = {"row": [cast.guru.pk, cast.bk.pk], "act": "give_first_password"}
    page = post(signed_in(cast.operator), PEOPLE, sent)
    assert [pk for pk, _name in page.context["chosen"]] == [cast.guru.pk]
    assert list(page.context["left"]) == [cast.bk.pk]
    assert page.context["asks"].startswith("Beri 1 orang kata sandi awal yang baru")


def test_before_an_account_is_disabled_the_page_says_what_stays(cast):
    sent = {"row": [cast.guru.pk, cast.wali.pk, cast.bk.pk, cast.student_affairs.pk]}
    page = post(signed_in(cast.operator), PEOPLE, {**sent, "act": "disable"})
    cases = "kasus, jika ada, sampai koordinator BK menyerahkannya kepada guru BK lain"
    assert {(str(line.label), line.url, line.more) for line in page.context["remains"]} == {
        ("Hadi Susanto", f"{PEOPLE}{cast.guru.pk}/digantikan/", "2 tugas mengajar"),
        ("Agus Santoso", f"{PEOPLE}{cast.wali.pk}/digantikan/", "wali kelas untuk 1 kelas"),
        ("Retno Wulandari", f"{PEOPLE}{cast.bk.pk}/kelas-binaan/", f"1 kelas binaan, {cases}"),
    }
    client = signed_in(cast.operator)
    for line in page.context["remains"]:
        assert client.get(line.url).status_code == 200
    page = post(client, PEOPLE, {**sent, "act": "give_first_password"})
    assert page.context["remains"] == []


@pytest.mark.sqlite
def test_what_stays_asks_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    cast = small_school(2)
    for people in ([cast.guru.pk], [one.pk for one in cast.everybody]):
        with django_assert_num_queries(5):
            remains_of(people)


@pytest.mark.parametrize("name", ["give_first_password", "enable", "reset_second_factor"])
@pytest.mark.parametrize("who", GUARDED)
def test_the_account_of_who_sees_cases_is_left_alone(cast, who, name):
    person = getattr(cast, who)
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    if name == "enable":
        User.objects.filter(pk__in=[person.pk, cast.guru.pk]).update(is_active=False)
    before = accounts()
    act(cast, name, person)
    assert accounts() == before
    act(cast, name, cast.guru, person)
    assert [row for row in accounts() if row[0] != cast.guru.pk] == [
        row for row in before if row[0] != cast.guru.pk
    ]
    assert Authenticator.objects.count() == 1

"""A person changes the own password on the account page."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from counseling.demo.roster import PASSWORD as DEMO_PASSWORD
from school.models import User

OLD, NEW = "sembilan belas kunci", "dua puluh tiga gembok"
URL = "/akun/kata-sandi/"
START = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def teacher() -> User:
    return User.objects.create_user("guru1", OLD, name="Sri Wahyuni", honorific="IBU")


def signed_in_by_password(password: str = OLD) -> Client:
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": "guru1", "password": password})
    assert answer.status_code == 302
    return browser


def is_signed_in(browser: Client) -> bool:
    return browser.get(reverse("school:account")).status_code == 200


def change(browser: Client, old: str = OLD, new: str = NEW, again: str = ""):
    data = {"oldpassword": old, "password1": new, "password2": again or new}
    return browser.post(URL, data)


def test_the_account_page_leads_to_it(teacher):
    page = signed_in_by_password().get(reverse("school:account")).content.decode()
    assert f'href="{URL}"' in page


def test_a_changed_password_signs_out_other_devices_and_keeps_this_one(teacher):
    here, elsewhere = signed_in_by_password(), signed_in_by_password()
    answer = change(here)
    assert (answer.status_code, answer.url) == (302, reverse("school:account"))
    assert "Kata sandi sudah diubah" in here.get(answer.url).content.decode()
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    teacher.refresh_from_db()
    assert teacher.check_password(NEW)
    assert is_signed_in(signed_in_by_password(NEW))


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"old": "tebakan"}, "oldpassword", "Ini bukan kata sandi Anda sekarang."),
        ({"new": "123456789012"}, "password1", "angka"),
        ({"new": "pendek"}, "password1", "12 karakter"),
        ({"new": "password1234"}, "password1", "mudah ditebak"),
        ({"again": "lain sekali ini"}, "password2", "sama"),
        ({"new": DEMO_PASSWORD}, "password1", "sekolah contoh"),
        ({"new": "SriWahyuni.12"}, "password1", "mudah ditebak"),
        ({"new": "guru1guru1guru1"}, "password1", "mudah ditebak"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_changes_nothing(teacher, typed, field, said):
    answer = change(signed_in_by_password(), **typed)
    assert answer.status_code == 200
    assert said in " ".join(answer.context["form"].errors[field])
    teacher.refresh_from_db()
    assert teacher.check_password(OLD)


def test_a_new_password_may_hold_the_name_beside_what_nobody_knows(teacher):
    assert change(signed_in_by_password(), new="sri suka gembok").status_code == 302


def test_guesses_at_the_present_password_are_limited_as_at_the_door(teacher):
    def is_looked_at(minute: int) -> bool:
        clock.move_to(START + timedelta(minutes=minute))
        return change(browser, old="tebakan").status_code == 200

    with time_machine.travel(START, tick=False) as clock:
        browser = signed_in_by_password()
        in_five_minutes = [is_looked_at(minute) for minute in (0, 0, 1, 1, 2, 2, 3, 4)]
        assert in_five_minutes.count(True) == 5
        assert sum(is_looked_at(minute) for minute in range(5, 60)) == 15


def test_the_words_are_english_for_whoever_reads_english(teacher):
    User.objects.update(language="en")
    answer = change(signed_in_by_password(), old="guess")
    assert answer.context["form"].errors["oldpassword"] == ["This is not your current password."]
    assert "New password again" in answer.content.decode()

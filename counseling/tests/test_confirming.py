"""With what a person confirms that it is still they who sit there, and how often they may guess."""

from typing import Any

import pytest
from django.test import Client, RequestFactory

from counseling.tests.second_factor import (
    PASSWORD,
    code_of_app,
    first_step,
    second_step,
    secret_on,
    with_password,
)
from counseling.tests.test_second_factor_policy import (
    ACCOUNT,
    APP,
    CODES,
    CONFIRM,
    holder,
    nobody_has_tried_yet,
    now,
    school,
)
from school.confirmation import has_confirmed
from school.models import User
from school.tests import factories as make

__all__ = ["nobody_has_tried_yet", "now", "school"]

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_who_set_up_a_way_on_an_open_screen_confirms_with_the_password_alone(school, now) -> None:
    user = holder()
    client = first_step(user)
    secret = secret_on(client.get(APP))
    client.post(APP, {"code": code_of_app(secret=secret)})
    (code, *_others) = client.get(CODES).context["unused_codes"]
    now.shift(60)
    assert 'href="/akun/konfirmasi/kode/' not in client.get(CONFIRM).content.decode()
    client.post(f"{CONFIRM}kode/", {"code": code})
    assert not has_confirmed(asked_by(user, client))
    client.post(CONFIRM, {"password": PASSWORD})
    assert has_confirmed(asked_by(user, client))

    now.shift(3600)
    later = first_step(user)
    second_step(later, code_of_app(secret=secret))
    now.shift(120)
    later.post(f"{CONFIRM}kode/", {"code": code_of_app(secret=secret)})
    assert has_confirmed(asked_by(user, later))


def asked_by(user: User, client: Client) -> Any:
    request = RequestFactory().get("/")
    request.user, request.session = user, client.session
    return request


def test_guesses_of_the_password_to_change_it_count_as_at_the_door(school, now) -> None:
    user = with_password(make.person(username="guru"))
    client = first_step(user)
    new = {"password1": "kunci yang sama sekali lain", "password2": "kunci yang sama sekali lain"}
    for guess in range(5):
        answer = client.post(f"{ACCOUNT}kata-sandi/", new | {"oldpassword": f"{guess}"})
        assert answer.status_code == 200
    assert client.post(CONFIRM, {"password": PASSWORD}).status_code == 429
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)

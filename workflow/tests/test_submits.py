"""The same submit has one effect; repeated, it gets the same answer again."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import timezone

from workflow.errors import SentAlready
from workflow.models import IdempotentSubmit
from workflow.submits import FIELD, done, forget_old, once, refused, saved, shown_once
from workflow.tests.sample_lifecycle import Lamp, person

pytestmark = pytest.mark.usefixtures("sample_lifecycle")


def submitted(user, submit_id, path="/", **body):
    request = RequestFactory().post(path, {FIELD: submit_id, **body})
    request.user = user
    return request


def hang():
    Lamp.objects.create()
    return done("/lamps/")


def test_the_same_submit_has_one_effect_and_the_same_answer():
    request = submitted(person(), uuid4())
    first, second = once(request, hang), once(request, hang)
    assert Lamp.objects.count() == 1
    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])


def test_what_is_shown_once_is_not_shown_again():
    def show():
        Lamp.objects.create()
        return shown_once(HttpResponse("a secret"), "/lamps/")

    request = submitted(person(), uuid4())
    first, second = once(request, show), once(request, show)
    assert Lamp.objects.count() == 1
    assert (first.status_code, first.content) == (200, b"a secret")
    assert (second.status_code, second["Location"]) == (302, "/lamps/")


def test_another_submit_has_an_effect_of_its_own():
    keeper = person()
    once(submitted(keeper, uuid4()), hang)
    once(submitted(keeper, uuid4()), hang)
    assert Lamp.objects.count() == 2


@pytest.mark.parametrize(
    ("path", "body"),
    [("/other/", {}), ("/?next=/other/", {}), ("/", {"text": "other"}), ("/", {"more": "1"})],
)
def test_the_same_number_with_another_address_or_body_is_a_conflict(path, body):
    keeper, submit_id = person(), uuid4()
    once(submitted(keeper, submit_id, text="first"), hang)
    with pytest.raises(SentAlready):
        once(submitted(keeper, submit_id, path, **{"text": "first", **body}), hang)
    assert Lamp.objects.count() == 1


def test_what_was_refused_may_be_sent_again_with_another_body():
    keeper, submit_id = person(), uuid4()
    once(submitted(keeper, submit_id, text=""), lambda: refused(HttpResponse("the form again")))
    once(submitted(keeper, submit_id, text="first"), hang)
    assert Lamp.objects.count() == 1


def test_a_token_against_forgery_may_differ():
    keeper, submit_id = person(), uuid4()
    once(submitted(keeper, submit_id, csrfmiddlewaretoken="a"), hang)
    assert once(submitted(keeper, submit_id, csrfmiddlewaretoken="b"), hang).status_code == 302
    assert Lamp.objects.count() == 1


def test_nobody_reads_back_what_was_sent():
    once(submitted(person(), uuid4(), text="first"), hang)
    assert re.fullmatch("[0-9a-f]{64}", IdempotentSubmit.objects.get().digest)


def test_the_same_number_of_another_person_is_another_submit():
    submit_id = uuid4()
    once(submitted(person(), submit_id), hang)
    once(submitted(person("keeper2"), submit_id), hang)
    assert Lamp.objects.count() == 2


@pytest.mark.parametrize("status", [200, 409, 422, 500])
def test_a_page_or_an_error_keeps_no_answer_and_leaves_no_effect(status):
    request = submitted(person(), uuid4())

    def act():
        Lamp.objects.create()
        return refused(HttpResponse("the form again", status=status))

    assert once(request, act).status_code == status
    assert (Lamp.objects.count(), IdempotentSubmit.objects.count()) == (0, 0)
    once(request, hang)
    assert Lamp.objects.count() == 1


@pytest.mark.parametrize(
    ("accept", "status", "location"),
    [("text/html", 303, "/lamps/7/"), ("application/json", 200, "/#3")],
)
def test_what_is_saved_is_kept_with_its_version_and_answered_the_same(accept, status, location):
    request = submitted(person(), uuid4())
    request.META["HTTP_ACCEPT"] = accept

    def act():
        Lamp.objects.create()
        return saved(request, 3, lambda: "/lamps/7/")

    first, second = once(request, act), once(request, act)
    assert (first.status_code, first.headers.get("Location"), first.content) == (
        second.status_code,
        second.headers.get("Location"),
        second.content,
    )
    kept = IdempotentSubmit.objects.get()
    assert (first.status_code, kept.status, kept.location) == (status, status, location)
    if status == 200:
        said = json.loads(second.content)
        assert said["version"] == 3
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", said["saved"])
    assert Lamp.objects.count() == 1


@pytest.mark.parametrize("answer", [HttpResponse(), HttpResponseRedirect("/lamps/"), None])
def test_an_answer_that_says_neither_done_nor_refused_raises_and_leaves_no_effect(answer):
    request = submitted(person(), uuid4())

    def act():
        Lamp.objects.create()
        return answer

    with pytest.raises(TypeError):
        once(request, act)
    assert (Lamp.objects.count(), IdempotentSubmit.objects.count()) == (0, 0)


def test_an_error_rolls_everything_back():
    request = submitted(person(), uuid4())

    def act():
        Lamp.objects.create()
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        once(request, act)
    assert (Lamp.objects.count(), IdempotentSubmit.objects.count()) == (0, 0)


@pytest.mark.parametrize("submit_id", ["", "nonsense", "12345678"])
def test_a_form_without_its_number_is_refused(submit_id):
    with pytest.raises(BadRequest):
        once(submitted(person(), submit_id), hang)
    assert not Lamp.objects.exists()


def test_answers_are_forgotten_after_a_day():
    keeper = person()
    once(submitted(keeper, uuid4()), hang)
    old = IdempotentSubmit.objects.create(user=keeper, submit_id=uuid4(), status=302)
    day = timedelta(hours=25)
    IdempotentSubmit.objects.filter(pk=old.pk).update(created_at=timezone.now() - day)
    forget_old()
    assert not IdempotentSubmit.objects.filter(pk=old.pk).exists()
    assert IdempotentSubmit.objects.count() == 1


def test_what_is_kept_is_the_status_and_the_place_alone():
    once(submitted(person(), uuid4()), hang)
    kept = IdempotentSubmit.objects.get()
    assert (kept.status, kept.location) == (302, "/lamps/")

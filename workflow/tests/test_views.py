"""What the views of every room share: 404, 403, one effect, and the reason of a refusal."""

import json
from uuid import uuid4

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from workflow.errors import NotAllowed, NotNow
from workflow.run import run
from workflow.submits import FIELD, done
from workflow.tests.sample_lifecycle import Lamp, is_keeper, lamp, person
from workflow.views import acts_on, back, tried

pytestmark = pytest.mark.usefixtures("sample_lifecycle")


@acts_on(Lamp, may=is_keeper)
def light(request, it):
    if request.method == "POST":
        run(it, "light", by=request.user)
        return done("/lit/")
    return HttpResponse("a lamp")


@acts_on(Lamp, methods=("POST",))
def smash(request, it):
    run(it, "smash", by=request.user, note="fell")
    return done("/smashed/")


def asked(user, method="GET", **headers):
    factory = RequestFactory()
    data = {FIELD: str(uuid4())} if method == "POST" else {}
    request = factory.generic(method, "/") if method not in {"GET", "POST"} else None
    request = request or getattr(factory, method.lower())("/", data, headers=headers)
    request.user = user
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def test_the_view_gets_the_object_in_place_of_its_key():
    keeper = person()
    assert light(asked(keeper), pk=lamp(keeper).pk).content == b"a lamp"


def test_what_is_not_there_or_not_theirs_to_see_is_404():
    keeper = person()
    hidden = lamp(keeper, place="attic")
    for pk in (hidden.pk, 999):
        with pytest.raises(Http404):
            light(asked(keeper), pk=pk)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_seen_and_not_theirs_to_do_is_403(method):
    it = lamp(person())
    with pytest.raises(PermissionDenied):
        light(asked(person("guest"), method), pk=it.pk)
    with pytest.raises(PermissionDenied):
        smash(asked(person("guest2"), "POST"), pk=it.pk)
    assert Lamp.objects.get().status == "OFF"


@pytest.mark.parametrize(("view", "method"), [(smash, "GET"), (light, "DELETE"), (light, "PUT")])
def test_another_method_is_refused(view, method):
    keeper = person()
    assert view(asked(keeper, method), pk=lamp(keeper).pk).status_code == 405


def test_a_post_acts_once():
    keeper = person()
    it = lamp(keeper)
    request = asked(keeper, "POST")
    assert light(request, pk=it.pk)["Location"] == "/lit/"
    assert light(request, pk=it.pk)["Location"] == "/lit/"
    assert Lamp.objects.get().status == "ON"


@pytest.mark.parametrize(
    ("language", "begin"),
    [("id", "Formulir ini sudah pernah terkirim"), ("en", "This form was already sent once")],
)
def test_a_number_sent_again_with_another_body_is_answered_409_in_words(language, begin):
    keeper = person()
    it = lamp(keeper)
    first = asked(keeper, "POST")
    light(first, pk=it.pk)
    for accept in ("text/html", "application/json"):
        again = asked(keeper, "POST", Accept=accept)
        again.POST = first.POST.copy()
        again.POST["note"] = "more"
        with translation.override(language):
            answer = light(again, pk=it.pk)
        assert answer.status_code == 409
        said = answer.content.decode()
        assert begin in (json.loads(said)["error"] if "json" in accept else said)
    assert Lamp.objects.get().status == "ON"


def test_an_answer_is_given_again_only_to_whom_still_may():
    keeper = person()
    it = lamp(keeper)
    request = asked(keeper, "POST")
    light(request, pk=it.pk)
    keeper.username = "guest"
    with pytest.raises(PermissionDenied):
        light(request, pk=it.pk)
    keeper.username = "keeper"
    Lamp.objects.update(place="attic")
    with pytest.raises(Http404):
        light(request, pk=it.pk)


def test_a_refused_act_says_why_on_the_page_that_it_came_from():
    keeper = person()
    it = lamp(keeper)
    Lamp.objects.update(watts=0)
    request = asked(keeper, "POST", Referer="http://testserver/from/")
    answer = light(request, pk=it.pk)
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/from/")
    assert [str(message) for message in get_messages(request)] == ["There is no bulb."]


def test_a_script_gets_the_reason_as_json():
    keeper = person()
    it = lamp(keeper)
    Lamp.objects.update(watts=0)
    answer = light(asked(keeper, "POST", Accept="application/json"), pk=it.pk)
    assert answer.status_code == 409
    assert b"There is no bulb." in answer.content


@pytest.mark.parametrize("elsewhere", ["http://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_sent_to_another_site(elsewhere):
    request = asked(person(), "POST", Referer=elsewhere)
    assert back(request) == "/"


@pytest.mark.parametrize("letter", ["a", "é"])
def test_an_address_too_long_to_be_kept_with_an_answer_leads_home(letter):
    request = asked(person(), "POST", Referer="/" + 500 * letter)
    assert back(request) == "/"


def test_a_form_keeps_what_was_typed_and_says_why():
    form = forms.Form({})
    form.is_valid()

    def refuse():
        raise NotNow("Not on a Sunday.")

    assert not tried(form, refuse)
    assert form.non_field_errors() == ["Not on a Sunday."]
    assert tried(form, lambda: None)


def test_a_form_of_whom_may_not_is_403():
    def refuse():
        raise NotAllowed

    with pytest.raises(PermissionDenied):
        tried(forms.Form({}), refuse)

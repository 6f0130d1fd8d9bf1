"""The access log has one entry for each page that is opened, and for refused requests too."""

from uuid import uuid4

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch

from workflow.errors import NotNow
from workflow.models import AccessEntry, IdempotentSubmit
from workflow.submits import FIELD, Answer, done, refused
from workflow.tests.sample_lifecycle import Lamp, is_keeper, lamp, person
from workflow.views import acts_on, acts_on_found, logs_access

pytestmark = [pytest.mark.usefixtures("sample_lifecycle"), pytest.mark.sqlite]

STATUSES = [200, 302, 403, 404, 409, 422, 500]


def visited(view, user, method="GET", body=None, headers=None, **kwargs):
    """Call `view` with a request that names it, as the URL resolver would."""
    factory = RequestFactory(headers=headers)
    sent = {FIELD: str(uuid4()), **(body or {})}
    request = factory.post("/", sent) if method == "POST" else factory.generic(method, "/")
    request.user = user
    request.resolver_match = ResolverMatch(view, (), kwargs, "lamp", namespaces=["lamps"])
    return view(request, **kwargs)


def entries(*names):
    return list(AccessEntry.objects.order_by("pk").values_list(*names))


def page_with(status):
    @acts_on(Lamp)
    def view(request, it):
        return HttpResponse(status=status)

    return view


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_each_page_gives_one_entry_whatever_the_answer(status, method):
    keeper = person()
    it = lamp(keeper)
    visited(page_with(status), keeper, method, pk=it.pk)
    assert entries("person", "kind", "object_id", "view", "method", "status") == [
        (keeper.pk, "lamps.lamp", it.pk, "lamps:lamp", method, status)
    ]


@pytest.mark.parametrize(
    ("error", "status"),
    [(Http404, 404), (PermissionDenied, 403), (BadRequest, 400), (ValueError, 500)],
)
def test_what_is_raised_is_on_record_with_the_status_of_its_answer(error, status):
    @acts_on(Lamp)
    def view(request, it):
        raise error

    it = lamp(keeper := person())
    for method in ("GET", "POST"):
        with pytest.raises(error):
            visited(view, keeper, method, pk=it.pk)
    assert entries("object_id", "status") == [(it.pk, status)] * 2


@acts_on(Lamp, may=is_keeper, methods=("GET",))
def shown(request, it):
    return HttpResponse("a lamp")


def test_what_is_refused_is_on_record_with_its_id():
    keeper = person()
    it, hidden = lamp(keeper), lamp(keeper, place="attic")
    with pytest.raises(PermissionDenied):
        visited(shown, person("guest"), pk=it.pk)
    for pk in (hidden.pk, 999):
        with pytest.raises(Http404):
            visited(shown, keeper, pk=pk)
    assert visited(shown, keeper, "DELETE", pk=it.pk).status_code == 405
    assert entries("object_id", "status") == [
        (it.pk, 403),
        (hidden.pk, 404),
        (999, 404),
        (it.pk, 405),
    ]


def test_a_method_that_is_none_is_not_kept_as_it_was_typed():
    it = lamp(keeper := person())
    visited(shown, keeper, "WHATEVER'--", pk=it.pk)
    assert entries("method", "status") == [("", 405)]


def smashes(answer):
    @acts_on(Lamp)
    def view(request, it):
        Lamp.objects.filter(pk=it.pk).update(status="BROKEN")
        return answer

    return view


def test_an_act_that_is_done_has_its_entry_in_the_same_transaction():
    it = lamp(keeper := person())
    with CaptureQueriesContext(connection) as asked:
        visited(smashes(done("/lamps/")), keeper, "POST", pk=it.pk)
    said = [query["sql"].split() for query in asked]
    assert [words[0] for words in said[1:]] == [
        *("SAVEPOINT", "INSERT", "UPDATE", "UPDATE", "INSERT", "RELEASE"),
    ]
    assert said[-2][2] == '"workflow_accessentry"'
    assert entries("object_id", "status") == [(it.pk, 302)]


def test_an_act_that_is_refused_has_one_entry_and_no_effect():
    it = lamp(keeper := person())
    visited(smashes(refused(HttpResponse("again"))), keeper, "POST", pk=it.pk)
    assert entries("object_id", "method", "status") == [(it.pk, "POST", 200)]
    assert Lamp.objects.get().status == "OFF"


def test_an_act_that_the_workflow_refuses_is_on_record_as_a_conflict():
    @acts_on(Lamp)
    def view(request, it):
        raise NotNow("It is dark.")

    it = lamp(keeper := person())
    visited(view, keeper, "POST", headers={"Accept": "application/json"}, pk=it.pk)
    assert entries("object_id", "method", "status") == [(it.pk, "POST", 409)]


def test_an_act_that_fails_after_all_leaves_one_entry():
    class Broken(HttpResponse):
        status_code = property(lambda self: 1 / 0)

    it = lamp(keeper := person())
    with pytest.raises(ZeroDivisionError):
        visited(smashes(Answer(Broken(), is_done=True)), keeper, "POST", pk=it.pk)
    assert entries("object_id", "status") == [(it.pk, 500)]
    assert not IdempotentSubmit.objects.exists()


def test_a_save_of_ones_own_leaves_none_also_when_it_is_sent_again():
    it = lamp(keeper := person())
    saves = smashes(Answer(HttpResponse(status=204), is_done=True, is_logged=False))
    visited(saves, keeper, "POST", pk=it.pk)
    assert entries("object_id") == []


def test_a_list_gives_one_entry_without_an_id():
    @logs_access("lamps.lamp")
    def many(request, pk):
        return HttpResponse("lamps")

    visited(many, person(), pk=7)
    assert entries("kind", "object_id", "student_id") == [("lamps.lamp", None, None)]


def by_place(user, place):
    return Lamp.objects.visible_to(user).get(place=place)


def test_the_id_may_be_found_by_more_than_a_key_and_the_student_by_the_address():
    @acts_on_found("lamps.lamp", ("place",), by_place, lambda place: None, methods=("GET",))
    def view(request, it, student_id):
        return HttpResponse(f"{it.place} {student_id}")

    it = lamp(keeper := person(), place="hall")
    assert visited(view, keeper, place="hall", student_id=70).content == b"hall 70"
    visited(view, keeper, "DELETE", place="hall", student_id=70)
    assert entries("object_id", "student_id", "status") == [(it.pk, 70, 200), (None, 70, 405)]

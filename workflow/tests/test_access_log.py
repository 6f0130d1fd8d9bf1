"""Who looked is on record, refused requests too."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from workflow.access_log import logs_access
from workflow.middleware import AccessLogMiddleware
from workflow.models import AccessEntry
from workflow.tests.sample_lifecycle import person

pytestmark = pytest.mark.django_db


@logs_access("lamps.lamp")
def one(request):
    """A view of one lamp."""


@logs_access("lamps.lamp", many=True)
def many(request):
    """A list of lamps."""


@logs_access("lamps.lamp", arg="lamp")
def by_name(request):
    """A view of one lamp under another name of its argument."""


def plain(request):
    """A view that shows nothing of anybody."""


def visited(view, user, *, status=200, method="GET", **kwargs):
    request = RequestFactory().generic(method, "/")
    request.user = user
    request.resolver_match = ResolverMatch(view, (), kwargs, "lamp", namespaces=["lamps"])
    AccessLogMiddleware(lambda request: HttpResponse(status=status))(request)


@pytest.mark.parametrize("status", [200, 302, 403, 404, 409, 500])
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_each_request_gives_one_entry_whatever_the_answer(status, method):
    keeper = person()
    visited(one, keeper, status=status, method=method, pk=7)
    entry = AccessEntry.objects.get()
    assert (entry.person, entry.kind, entry.object_id) == (keeper, "lamps.lamp", 7)
    assert (entry.view, entry.method, entry.status) == ("lamps:lamp", method, status)


def test_a_list_gives_one_entry_without_an_id():
    visited(many, person(), pk=7)
    assert AccessEntry.objects.get().object_id is None


def test_the_id_may_stand_under_another_name():
    visited(by_name, person(), lamp=8)
    assert AccessEntry.objects.get().object_id == 8


def test_a_view_that_shows_nobody_is_not_logged():
    visited(plain, person(), pk=7)
    assert not AccessEntry.objects.exists()


def test_who_is_not_signed_in_has_seen_nothing():
    visited(one, AnonymousUser(), status=302, pk=7)
    assert not AccessEntry.objects.exists()


@logs_access("lamps.lamp", arg=lambda *, place, **rest: len(place))
def found(request):
    """A view whose address does not hold the lamp's own id."""


def test_the_id_may_be_found_by_the_arguments_of_the_address():
    visited(found, person(), status=405, place="hall", other=1)
    assert AccessEntry.objects.get().object_id == 4


def test_an_id_that_no_row_can_have_is_not_kept():
    visited(one, person(), status=404, pk=10**30)
    assert AccessEntry.objects.get().object_id is None

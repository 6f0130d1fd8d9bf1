"""The link for calendar apps: made and revoked on the account, read without a session."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from homevisits.feed import calendar_of
from homevisits.models import CalendarFeed
from homevisits.workflow.feed import make_feed, revoke_feed
from school import permissions as may
from workflow.submits import Answer, done, shown_once
from workflow.views import say_done, submit

KEY = "kunci"
PAGE = "homevisits:feed"
NOT_FOUND = 404


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Show whether the person has a link, and the ways to make and to revoke it."""
    if not may.may_be_visitor(request.user):
        raise PermissionDenied
    return _page(request)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make the link, in place of an earlier one, and show it this once."""
    return submit(request, lambda: _made(request))


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    return submit(request, lambda: _revoked(request))


@login_not_required  # a calendar app has no session: the key in the address stands in its place
@require_safe
@never_cache
def feed_file(request: HttpRequest) -> HttpResponse:
    """Answer a calendar app; 404 for a key that nobody has, or whose holder is no longer here.

    The key is a part of the query, since Django writes the path of what is not found to its log.
    """
    found = CalendarFeed.objects.of_key(request.GET.get(KEY, ""))
    if found is None or not found.person.is_active or not may.may_be_visitor(found.person):
        return HttpResponse(status=NOT_FOUND, content_type="text/plain")
    text = calendar_of(found.person, request.build_absolute_uri, request.get_host())
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="kunjungan.ics"'},
    )


def _made(request: HttpRequest) -> Answer:
    key = make_feed(by=request.user)
    address = f"{request.build_absolute_uri(reverse('homevisits:feed_file'))}?{KEY}={key}"
    return shown_once(_page(request, address), reverse(PAGE))


def _revoked(request: HttpRequest) -> Answer:
    revoke_feed(by=request.user)
    say_done(request, _("The link is revoked. Calendars that have it get nothing any more."))
    return done(PAGE)


def _page(request: HttpRequest, address: str = "") -> HttpResponse:
    found = CalendarFeed.objects.standing().filter(person=request.user).first()
    app = f"webcal://{address.partition('://')[2]}" if address else ""
    context = {"feed": found, "address": address, "app": app}
    return render(request, "homevisits/feed.html", context)

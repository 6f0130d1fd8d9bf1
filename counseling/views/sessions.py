"""Where the person is signed in, and the ways to end it there."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.models import Session
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from counseling.sessions import kept_as
from counseling.signed_in import record_device, signed_in_devices
from school.workflow.accounts import end_sessions
from workflow.submits import Answer, done
from workflow.views import say_done, submit


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Show each device on which the person is signed in, since when, and when it was last used."""
    this = kept_as(request.session.session_key)
    if not UserSession.objects.filter(session_key=this).exists():
        record_device(request)
    found = signed_in_devices(request.user, this)
    return render(request, "account/sessions.html", {"sessions": found})


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign the person out on one of their devices."""

    def act() -> Answer:
        session = UserSession.objects.filter(user_id=request.user.pk, pk=pk).first()
        if session is None:
            raise Http404
        Session.objects.filter(session_key=session.session_key).delete()
        session.delete()
        say_done(request, _("Signed out there."))
        return done("sessions")

    return submit(request, act)


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign the person out everywhere but here, at once, on devices that no list names too."""

    def act() -> Answer:
        user = request.user
        end_sessions(user, by=user)
        known = UserSession.objects.filter(user_id=user.pk)
        Session.objects.filter(session_key__in=known.values("session_key")).exclude(
            session_key=kept_as(request.session.session_key)
        ).delete()
        known.delete()
        update_session_auth_hash(request, user)
        record_device(request)
        say_done(request, _("Signed out on all other devices."))
        return done("sessions")

    return submit(request, act)

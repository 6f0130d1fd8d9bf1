"""Where a person is signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from counseling.devices import device
from counseling.middleware import is_over
from counseling.sessions import SessionStore, kept_as
from school.models import User


@dataclass(frozen=True)
class SignedIn:
    """One device on which the person is signed in, with real times."""

    pk: int
    device: str
    since: datetime
    seen_at: datetime
    is_this: bool


def signed_in_devices(user: User, this: str | None) -> list[SignedIn]:
    """Return where `user` is signed in, the session kept as `this` first; two queries.

    Sessions that would end with their next request are left out.
    """
    known = {row.session_key: row for row in UserSession.objects.filter(user_id=user.pk)}
    stored = Session.objects.filter(session_key__in=known, expire_date__gt=timezone.now())
    found = []
    for session in stored:
        data = SessionStore().decode(session.session_data)
        if _lasts(user, data):
            key = session.session_key
            found.append(_shown(known[key], data, is_this=key == this))
    return sorted(found, key=lambda one: (not one.is_this, -one.seen_at.timestamp()))


def record_session(request: HttpRequest) -> None:
    """Keep on which device the person has signed in, and drop the sessions that have expired."""
    SessionStore.clear_expired()
    theirs = UserSession.objects.filter(user_id=request.user.pk)
    theirs.exclude(session_key__in=Session.objects.values("session_key")).delete()
    record_device(request)


def record_device(request: HttpRequest) -> None:
    """Keep which device has this session, under the hash of its key (`counseling.sessions`)."""
    longest = UserSession._meta.get_field("user_agent").max_length
    UserSession.objects.update_or_create(
        session_key=kept_as(request.session.session_key),
        defaults={
            "user_id": request.user.pk,
            "ip": get_adapter().get_client_ip(request),
            "user_agent": request.headers.get("User-Agent", "")[:longest],
        },
    )


def _lasts(user: User, data: Mapping[str, Any]) -> bool:
    is_theirs = data.get(SESSION_KEY) == str(user.pk)
    hashed = data.get(HASH_SESSION_KEY, "")
    return (
        is_theirs
        and constant_time_compare(hashed, user.get_session_auth_hash())
        and not is_over(user, data)
    )


def _shown(row: UserSession, data: Mapping[str, Any], *, is_this: bool) -> SignedIn:
    began = row.created_at.timestamp()
    since, seen_at = data.get("signed_in_at", began), data.get("seen_at", began)
    return SignedIn(
        row.pk,
        device(row.user_agent),
        datetime.fromtimestamp(since, UTC),
        datetime.fromtimestamp(seen_at, UTC),
        is_this,
    )

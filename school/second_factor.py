"""The second step of signing in: who must have one, and what a person has set up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from school.models import OfficeHolding, SchoolProfile, User
from school.roles import WITH_SECOND_FACTOR

APP, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN


@dataclass(frozen=True)
class SecondFactor:
    """What a person has set up, and whether their office asks for it."""

    has_app: bool
    passkeys: int
    is_asked: bool
    is_waived: bool
    """Whether it is not asked because this is the demo school, whose passwords are public."""

    @property
    def is_set_up(self) -> bool:
        return self.has_app or self.passkeys > 0

    @property
    def said(self) -> str:
        """Return how it stands, for the account page."""
        if self.is_set_up:
            return _("On.")
        if self.is_waived:
            return _("Off. Your role needs it, but not in this demo school.")
        return _("Off. It keeps out whoever learns your password.")

    @property
    def is_required(self) -> bool:
        return self.is_asked and not self.is_waived

    @property
    def is_missing(self) -> bool:
        return self.is_required and not self.is_set_up


def is_asked_of(user: User) -> bool:
    """The person holds an office today that signs in with two steps; no query beside the ties."""
    return any(role.held_by(user) for role in WITH_SECOND_FACTOR)


def is_waived_for(user: User) -> bool:
    """Return whether it is not asked of this office because this is the demo school."""
    return is_asked_of(user) and SchoolProfile.current().is_demo


def asked_among(people: Iterable[int]) -> set[int]:
    """Return those of these persons, by their ids, of whom a second factor is asked."""
    if SchoolProfile.current().is_demo:
        return set()
    asked = [role.code for role in WITH_SECOND_FACTOR]
    held = OfficeHolding.objects.today().filter(user__in=list(people), office__in=asked)
    return set(held.values_list("user_id", flat=True))


def second_factor_of(user: User) -> SecondFactor:
    kinds = list(
        Authenticator.objects.filter(user_id=user.pk, type__in=(APP, PASSKEY)).values_list(
            "type", flat=True
        )
    )
    return SecondFactor(
        has_app=APP in kinds,
        passkeys=kinds.count(PASSKEY),
        is_asked=is_asked_of(user),
        is_waived=is_waived_for(user),
    )


def sets_up_the_first(user: User, *, since: float) -> bool:
    """Return whether all that `user` has was set up since a moment.

    Never in the demo for an office that signs in with two steps elsewhere: there it has nothing.
    """
    if is_waived_for(user):
        return False
    before = Authenticator.objects.filter(created_at__lt=datetime.fromtimestamp(since, UTC))
    return not before.filter(user_id=user.pk).exists()

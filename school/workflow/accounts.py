"""What opens and closes an account: first passwords, disabling, and a new second factor.

Whether `by` may do it to this person is asked by the view, before it calls. Nobody does it to
themselves: an unlocked screen must not be enough to change who gets in.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from school.models import User
from workflow.errors import NotNow, WrongState
from workflow.run import log_act
from workflow.versions import held, save_versioned

LETTERS = "bcdfghjkmnprstwxyz"
GROUPS, IN_GROUP = 3, 5
"""62 bits: 15 of 18 letters, more than anybody guesses even with a copied database.

Small letters alone, which a phone types without changing its keyboard; none that is read as
another one (l, i, o, q, v); no vowel, so that no word comes out by chance.
"""


@dataclass(frozen=True)
class FirstPassword:
    """What a slip says. It lives as long as the request in which it was made."""

    user: User
    password: str


@dataclass(frozen=True)
class NewPassword:
    """A password that nobody has yet, and its hash."""

    password: str
    hashed: str


def new_password() -> str:
    """Return a random password that is easily typed from paper: "bkdfm-rtwzz-hgncp"."""
    groups = ("".join(secrets.choice(LETTERS) for _n in range(IN_GROUP)) for _g in range(GROUPS))
    return "-".join(groups)


def new_passwords(number: int) -> list[NewPassword]:
    """Return so many passwords with their hashes, 50 ms each: have them before rows are locked."""
    words = [new_password() for _n in range(number)]
    return [NewPassword(word, make_password(word)) for word in words]


def enough_passwords(made: Sequence[NewPassword], number: int) -> list[NewPassword]:
    """Return those that are made already, and new ones if they are fewer than `number`."""
    return [*made, *new_passwords(number - len(made))]


def give_first_password(user: User, *, by: User) -> str:
    """Return a new password for `user`, who must change it when they sign in.

    It is nowhere but in what is returned. All sessions of the person end; nothing else changes.
    Raises NotNow for one's own account.
    """
    return give_first_passwords([user], by=by)[0].password


def give_first_passwords(
    users: Sequence[User], *, by: User, made: Sequence[NewPassword] = ()
) -> list[FirstPassword]:
    """Give each of `users` a first password, one that is `made` already if there is; or no one."""
    for user in users:
        _is_somebody_else(user, by)
    pairs = list(zip(users, enough_passwords(made, len(users)), strict=False))
    with transaction.atomic():
        for user, new in pairs:
            _set(user, {}, password=new.hashed, must_change_password=True)
            log_act(user, "give_first_password", by=by)
    return [FirstPassword(user, new.password) for user, new in pairs]


@transaction.atomic
def make_new(user: User, *, by: User) -> FirstPassword:
    """Let nothing open the account that did before: no second factor, no session, no password."""
    Authenticator.objects.filter(user=user).delete()
    return FirstPassword(user, give_first_password(user, by=by))


@transaction.atomic
def disable(user: User, *, by: User) -> None:
    """Keep the person from signing in, and end their sessions at once and for good.

    Raises NotNow for one's own account, WrongState if it is disabled already.
    """
    _is_somebody_else(user, by)
    _let_in(user, False)
    log_act(user, "disable", by=by)


@transaction.atomic
def enable(user: User, *, by: User) -> None:
    """Let a disabled person sign in again. Raises WrongState if they can."""
    _let_in(user, True)
    log_act(user, "enable", by=by)


@transaction.atomic
def reset_second_factor(user: User, *, by: User) -> None:
    """Remove the person's second factors and recovery codes, and end their sessions.

    Whoever must have one sets up a new one when they sign in next. Raises NotNow for one's own
    account, WrongState if there is none.
    """
    _is_somebody_else(user, by)
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise WrongState
    _set(user, {})
    log_act(user, "reset_second_factor", by=by)


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user).exists()


@transaction.atomic
def end_sessions(user: User, *, by: User) -> None:
    """End all sessions of the person at once, e.g. because they got another office.

    Raises WrongState if they were ended since `user` was read.
    """
    _set(user, {"session_epoch": user.session_epoch})
    log_act(user, "end_sessions", by=by)


def _let_in(user: User, can_sign_in: bool) -> None:
    """Save whether the person can sign in, with its history, and end all their sessions.

    Raises WrongState if it is so already.
    """
    current = held(user)
    if current.is_active == can_sign_in:
        raise WrongState
    save_versioned(current, {"is_active": can_sign_in}, read_at=current.version)
    user.is_active, user.version = current.is_active, current.version
    _set(user, {})


def _set(user: User, where: Mapping[str, object], **values: object) -> None:
    """Set fields of the person, and end all their sessions: none is of another epoch.

    Raises WrongState if `where` does not hold.
    """
    values["session_epoch"] = F("session_epoch") + 1
    if not User.objects.filter(pk=user.pk, **where).update(**values):
        raise WrongState
    user.refresh_from_db(fields=list(values))
    user.forget_ties()


def _is_somebody_else(user: User, by: User) -> None:
    if user.pk == by.pk:
        raise NotNow(_("You cannot do this to your own account. Ask another operator."))

"""What the operator does to people and their accounts.

Whoever holds or held a guarded office (`school.roles.GUARDED`) is left alone: what lets somebody
into their account waits for a yes (`school.workflow.office_request`). The rows are locked before
that is asked, so nobody gets such an office between the question and the act.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from school.models import Told, User
from school.workflow import accounts
from school.workflow.accounts import FirstPassword, NewPassword, enough_passwords
from school.workflow.told import tell, tell_of_passwords
from workflow.errors import NotNow
from workflow.run import log_act
from workflow.versions import held, save_versioned

T = TypeVar("T")


@transaction.atomic
def add_person(values: Mapping[str, object], *, by: User) -> User:
    """Return a new person, who can sign in once they have a first password."""
    person = User(**values, must_change_password=True)
    person.set_unusable_password()
    person.save()
    log_act(person, "add", by=by)
    return person


@transaction.atomic
def edit_person(person: User, values: Mapping[str, object], *, read_at: int) -> User:
    """Save a person's data. Raises NotNow for another user name of somebody who is guarded."""
    current = held(person)
    if values["username"] != current.username:
        refuse_guarded([current])
    return save_versioned(current, values, read_at=read_at)


def give_first_passwords(
    people: Sequence[User], *, by: User, made: Sequence[NewPassword] = ()
) -> list[FirstPassword]:
    """Give each of them a first password. Raises NotNow if one is guarded, or `by`.

    Those that are `made` already are given; more are hashed before a row is locked.
    """
    ready = enough_passwords(made, len(people))

    def give(held: list[User]) -> list[FirstPassword]:
        tell_of_passwords(held, by=by)
        return accounts.give_first_passwords(held, by=by, made=ready)

    return _of_unguarded(people, give)


def enable(people: Sequence[User], *, by: User) -> None:
    """Let them sign in again. Raises NotNow if one is guarded, WrongState if one can."""
    _of_unguarded(people, lambda held: [accounts.enable(one, by=by) for one in held])


@transaction.atomic
def disable(people: Sequence[User], *, by: User) -> None:
    """Keep them from signing in, at once; those who answer for guarded ones are told.

    Raises NotNow for `by`, WrongState if one cannot.
    """
    for person in people:
        accounts.disable(person, by=by)
    for person in User.objects.guarded().filter(pk__in=[one.pk for one in people]):
        tell(Told.What.DISABLED, person, by=by)


def reset_second_factor(people: Sequence[User], *, by: User) -> None:
    """Remove their second factors. Raises NotNow if one is guarded or `by`."""
    _of_unguarded(people, lambda held: [accounts.reset_second_factor(one, by=by) for one in held])


def refuse_guarded(people: Sequence[User]) -> None:
    """Raise NotNow if a person is guarded, with their names."""
    guarded = User.objects.guarded().filter(pk__in=[person.pk for person in people])
    if names := ", ".join(person.called for person in guarded):
        words = _(
            "%(names)s: this needs the yes of the coordinator or the principal. Ask for it "
            "on the person's page."
        )
        raise NotNow(words % {"names": names})


@transaction.atomic
def _of_unguarded(people: Sequence[User], act: Callable[[list[User]], T]) -> T:
    pks = [person.pk for person in people]
    locked = list(User.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    refuse_guarded(locked)
    by_name = sorted(locked, key=lambda person: pks.index(person.pk))
    return act(by_name)

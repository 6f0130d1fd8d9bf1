"""Telling coordinator and principal what happened to offices and accounts that see cases."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db.models import Q

from school.models import HomeroomAssignment, OfficeHolding, OfficeRequest, Told, User
from school.roles import COORDINATOR, PRINCIPAL
from workflow import clock
from workflow.models import ActionEntry

NEW = timedelta(days=30)
OPENED_BY = ("give_first_password", "enable", "reset_second_factor")
"""What an operator does to an account that may let in somebody else than its person."""


def answerers() -> set[int]:
    """Return the ids of those who answer operators' requests: coordinators and principals."""
    offices = [COORDINATOR.code, PRINCIPAL.code]
    held = OfficeHolding.objects.today().filter(office__in=offices, user__is_active=True)
    return set(held.values_list("user", flat=True))


def tell(
    what: str,
    about: User,
    *,
    by: User,
    request: OfficeRequest | None = None,
    office: str = "",
    also: Iterable[int] = (),
) -> None:
    """Tell every coordinator and principal, and those in `also`, but not who did it."""
    Told.objects.bulk_create(
        Told(
            to_id=pk, what=what, about=about, by=by, at=clock.now(), request=request, office=office
        )
        for pk in sorted(answerers().union(also) - {by.pk})
    )


def tell_of_passwords(people: Iterable[User], *, by: User) -> None:
    """Tell of homeroom teachers who had a password of their own and got a first one again.

    The operator could sign in with it and see what a homeroom teacher sees.
    """
    teachers = HomeroomAssignment.objects.today().values("teacher")
    known = User.objects.filter(pk__in=[person.pk for person in people]).exclude(last_login=None)
    for person in known.filter(pk__in=teachers):
        tell(Told.What.PASSWORD, person, by=by)


def tell_of_homerooms(pks: Collection[int], *, by: User) -> None:
    """Tell of accounts opened lately that get a class which had a homeroom teacher.

    Somebody else than the colleague may sign in with them. `pks` are ids of new assignments. A
    class that gets its first one is no news, or each school year would begin with a page of it.
    """
    if not pks:
        return
    had_one = HomeroomAssignment.objects.exclude(pk__in=pks).values("school_class")
    rows = HomeroomAssignment.objects.filter(pk__in=pks, school_class__in=had_one)
    teachers = set(rows.values_list("teacher", flat=True))
    since = clock.now() - NEW
    old = User.history.filter(id__in=teachers, history_date__lt=since).values("id")
    acts = ActionEntry.objects.filter(kind=User._meta.label_lower, action__in=OPENED_BY)
    opened = acts.filter(object_id__in=teachers, logged_at__gte=since).values("object_id")
    people = User.objects.filter(pk__in=teachers)
    for person in people.filter(~Q(pk__in=old) | Q(pk__in=opened)):
        tell(Told.What.HOMEROOM, person, by=by)


def read_all(user: User) -> int:
    """Say that `user` has read what they were told; returns how many lines that were."""
    return Told.objects.filter(to=user, read_at=None).update(read_at=clock.now())

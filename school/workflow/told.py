"""Telling coordinator and principal what happened to offices and accounts that see cases."""

from collections.abc import Callable, Collection, Iterable

from school.models import HomeroomAssignment, OfficeHolding, OfficeRequest, Told, User
from school.roles import COORDINATOR, PRINCIPAL
from workflow import clock

Readers = Callable[[Collection[int]], set[int]]
"""Return which of these people have an account that shows notes on students, by their ids."""
READERS: list[Readers] = []
"""Rooms to the right add whom they know of."""


def register(who_reads: Readers) -> None:
    if who_reads not in READERS:
        READERS.append(who_reads)


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
    """Tell of people who had a password of their own, and whose account shows notes on students.

    The operator could sign in with the first one that they got: as a homeroom teacher, also a
    former one, whose class lists stay theirs, or as whom other rooms name (`READERS`).
    """
    had_one = User.objects.filter(pk__in=[one.pk for one in people]).exclude(last_login=None)
    known = {person.pk: person for person in had_one}
    homerooms = HomeroomAssignment.objects.filter(teacher__in=known)
    reading = set(homerooms.values_list("teacher", flat=True))
    for who_reads in READERS:
        reading |= who_reads(known)
    for pk in sorted(reading):
        tell(Told.What.PASSWORD, known[pk], by=by)


def read_all(user: User) -> int:
    """Say that `user` has read what they were told; returns how many lines that were."""
    return Told.objects.filter(to=user, read_at=None).update(read_at=clock.now())

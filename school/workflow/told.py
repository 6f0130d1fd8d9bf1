"""Telling coordinator and principal what happened to offices and accounts that see cases."""

from collections.abc import Iterable

from school.models import OfficeHolding, OfficeRequest, Told, User
from school.roles import COORDINATOR, PRINCIPAL
from workflow import clock


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


def read_all(user: User) -> int:
    """Say that `user` has read what they were told; returns how many lines that were."""
    return Told.objects.filter(to=user, read_at=None).update(read_at=clock.now())

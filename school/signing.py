"""Who signs a paper for the head of the school, and as what."""

from dataclasses import dataclass
from datetime import date

from school.models import OfficeHolding, SchoolProfile, User
from school.roles import PRINCIPAL
from workflow import clock


@dataclass(frozen=True)
class HeadSigns:
    """The head, or who acts for them with `acting` before the title: "Plt. Kepala Sekolah"."""

    title: str
    person: User | None
    acting: str = ""

    @property
    def role(self) -> str:
        return f"{self.acting} {self.title}".strip()


def head_signs(
    school: SchoolProfile, *, decided_by: User | None = None, on: date | None = None
) -> HeadSigns:
    """Return the person who signs for the head on a day, today by default.

    That is `decided_by` if given, else who took the office up last of those who hold it. So a
    person who acts for the principal signs in their place.
    """
    if decided_by:
        rows = OfficeHolding.objects.on(on or clock.today()).filter(user=decided_by)
        held = rows.filter(office=PRINCIPAL.code).select_related("user")
        holding = held.order_by("starts_on", "pk").last()
    else:
        holding = OfficeHolding.objects.who_signs(PRINCIPAL, on=on)
    if holding is None:
        return HeadSigns(school.head_title, decided_by)
    return HeadSigns(school.head_title, holding.user, holding.acting)

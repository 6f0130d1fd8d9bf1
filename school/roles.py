"""The roles of people at the school, by an office or by an assignment that holds today.

Rights name these roles; no other code asks for an office by its code. A new office needs a constant
here, and rows in the tables of who sees what (`school/sight.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from school.head import office_label
from school.ties import Ties, ties_of
from workflow.errors import Text


@dataclass(frozen=True)
class Role:
    """A role: `code` is for the database and the log, `label` for people."""

    code: str
    label: Text
    follows_from: Callable[[Ties], bool]

    def held_by(self, user: object) -> bool:
        """Return whether `user` has this role today."""
        return self.follows_from(ties_of(user))

    def holders(self, ties: Ties) -> list[int]:
        """Return the ids of the persons who hold this office."""
        return sorted(user for code, user in ties.holders if code == self.code)


OFFICES: dict[str, Role] = {}
"""Code → office; a person's first office in this order is shown as theirs."""


def office(code: str, label: Text, *, also_of: str = "") -> Role:
    """Declare an office. Holders of the office `also_of` have this role too."""
    counts = {code, also_of}
    OFFICES[code] = Role(code, label, lambda ties: not ties.offices.isdisjoint(counts))
    return OFFICES[code]


def office_choices() -> list[tuple[str, Text]]:
    return [(code, role.label) for code, role in OFFICES.items()]


COUNSELOR = office("COUNSELOR", _("Counselor"), also_of="COORDINATOR")
COORDINATOR = office("COORDINATOR", _("Counseling coordinator"))
PRINCIPAL = office("PRINCIPAL", office_label)
STUDENT_AFFAIRS = office("STUDENT_AFFAIRS", _("Student affairs"))
OPERATOR = office("OPERATOR", _("Operator"))
GUARDED = (COUNSELOR, COORDINATOR, PRINCIPAL)
"""Offices whose holders see cases: nobody gets one, or into a holder's account, without the yes
of the coordinator or the principal."""

TEACHER = Role("TEACHER", "Subject teacher", lambda t: bool(t.teaching))
HOMEROOM = Role("HOMEROOM", "Homeroom teacher", lambda t: bool(t.homerooms))
AT_WORK = Role(
    "AT_WORK",
    "Office or assignment",
    lambda ties: bool(ties.offices or ties.teaching or ties.homerooms),
)
VISITOR = Role(
    "VISITOR",
    "Visitor",
    lambda ties: AT_WORK.follows_from(ties) and not OPERATOR.follows_from(ties),
)
"""Everybody who can be named for a home visit; the row's part says that they are named."""
ANYONE = Role("ANYONE", "Author", lambda ties: ties.person is not None)
"""Everybody with an active account, also after their assignment has ended."""

WITH_SECOND_FACTOR = (COUNSELOR, COORDINATOR, PRINCIPAL, OPERATOR)
"""Who signs in with two steps: those who see or change what concerns many students."""

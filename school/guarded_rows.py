"""What no change of many rows does: give an office that sees cases, or touch its holder's account.

Imports, replacements and the new year all go through `school.workflow.changes`, which asks here; so
none of them is a way around the yes (`school.workflow.office_request`).
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from school.models import Change, ChangedRow, OfficeHolding, User
from school.roles import GUARDED
from workflow.errors import NotNow, Text

ACCOUNT = ("username", "password", "is_active", "must_change_password")
HOLDING, PERSON = (model._meta.label_lower for model in (OfficeHolding, User))
WHY = _("Roles and accounts that see cases change on the person's page alone, with a yes for it.")


def refuse(rows: Iterable[ChangedRow]) -> None:
    """Raise NotNow if one of the rows is of a guarded office, or of an account that holds one."""
    if _is_guarded(rows):
        raise NotNow(WHY)


def is_kept_from_undo(change: Change) -> Text:
    """Return why a change stays: its undo would touch an account that has come to see cases."""
    return WHY if _is_guarded(change.rows.filter(table__in=[HOLDING, PERSON])) else ""


def _is_guarded(rows: Iterable[ChangedRow]) -> bool:
    codes = [office.code for office in GUARDED]
    holdings: list[int] = []
    people: list[int] = []
    for row in rows:
        if row.table == HOLDING:
            holdings.append(row.row_id)
            if {(side or {}).get("office") for side in (row.before, row.after)} & {*codes}:
                return True
        elif row.table == PERSON and row.before is not None and _opens_otherwise(row):
            people.append(row.row_id)
    held = OfficeHolding.objects.filter(pk__in=holdings, office__in=codes)
    guarded = User.objects.guarded().filter(pk__in=people)
    return bool(holdings and held.exists()) or bool(people and guarded.exists())


def _opens_otherwise(row: ChangedRow) -> bool:
    """Return whether what lets the person in is changed by the row, or goes with it."""
    before, after = row.before or {}, row.after
    return after is None or any(before.get(name) != after.get(name) for name in ACCOUNT)

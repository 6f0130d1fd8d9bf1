"""What was noted of a student in a few words: the chips of a recap."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recaps.models import Activity, Entry, Sheet
from recaps.models.recap import COUNTS
from school.models import Policy
from school.wording import percent

# In the order shown: word and kind of chip. {n} and {of} are filled here and by sheet.js.
CHIPS = {
    "sick": (pgettext_lazy("chip", "Sick {n}"), ""),
    "permitted": (pgettext_lazy("chip", "Permitted {n}"), ""),
    "never": (pgettext_lazy("chip", "Absent {n} of {of}"), "bad"),
    "absent": (pgettext_lazy("chip", "Absent {n}"), "bad"),
    "dispensed": (pgettext_lazy("chip", "Dispensed {n}"), ""),
    "late": (pgettext_lazy("chip", "Late {n}"), ""),
    "missing_work": (pgettext_lazy("chip", "Work {n} of {of}"), "bad"),
    "late_work": (pgettext_lazy("chip", "Late work {n}"), ""),
    "below": (pgettext_lazy("chip", "Activity below {n}"), "bad"),
    "not_below": (pgettext_lazy("chip", "Activity {n} or more"), "good"),
    "own_meetings": (pgettext_lazy("chip", "{n} meetings"), ""),
    "own_assignments": (pgettext_lazy("chip", "{n} assignments"), ""),
    "note": (pgettext_lazy("chip", "Note"), ""),
    "too_much": (_("More than {n} meetings"), "warn"),
    "too_much_work": (_("More than {n} assignments"), "warn"),
}

Chip = tuple[str, str]


def chips(entry: Entry, sheet: Sheet, policy: Policy) -> list[Chip]:
    """(kind, text) for each thing noted; sheet.js draws the same from the same words."""
    meetings, assignments = numbers(entry, sheet)
    due = meetings - entry.sick - entry.permitted - entry.dispensed
    never = due >= 1 and entry.absent == due
    limit = percent(policy.activity_below, 0)
    away = meetings - due + entry.absent + entry.late
    found: dict[str, tuple[Any, Any]] = {
        "sick": (entry.sick, 0),
        "permitted": (entry.permitted, 0),
        "never": (entry.absent * never, due),
        "absent": (entry.absent * (not never), 0),
        "dispensed": (entry.dispensed, 0),
        "late": (entry.late, 0),
        "missing_work": (
            entry.missing_work and str(max(assignments - entry.missing_work, 0)),
            assignments,
        ),
        "late_work": (entry.late_work, 0),
        "below": (entry.activity == Activity.BELOW and limit, 0),
        "not_below": (entry.activity == Activity.NOT_BELOW and limit, 0),
        "own_meetings": (entry.own_meetings is not None and str(meetings), 0),
        "own_assignments": (entry.own_assignments is not None and str(assignments), 0),
        "note": (bool(entry.note), 0),
        "too_much": (away > meetings and str(meetings), 0),
        "too_much_work": (
            entry.missing_work + entry.late_work > assignments and str(assignments),
            0,
        ),
    }
    return [
        (CHIPS[name][1], str(CHIPS[name][0]).format(n=n, of=of))
        for name, (n, of) in found.items()
        if n
    ]


def numbers(entry: Entry, sheet: Sheet) -> tuple[int, int]:
    """Meetings and assignments that hold for a student: the own ones, else the header's."""
    meetings = sheet.meetings if entry.own_meetings is None else entry.own_meetings
    assignments = sheet.assignments if entry.own_assignments is None else entry.own_assignments
    return meetings, assignments


def words_for_script(policy: Policy) -> dict[str, Any]:
    """The same words for sheet.js."""
    return {
        "limit": percent(policy.activity_below, 0),
        "active": str(pgettext_lazy("row", "active")),
        "chips": {name: [str(text), kind] for name, (text, kind) in CHIPS.items()},
    }


def compact(entry: Entry) -> dict[str, Any]:
    """What is not as in an empty row, for the script: short, for 36 rows stand on a page."""
    shown: dict[str, Any] = {name: n for name in COUNTS if (n := getattr(entry, name))}
    for name in ("own_meetings", "own_assignments"):
        if getattr(entry, name) is not None:
            shown[name] = getattr(entry, name)
    if entry.activity != Activity.FROM_ATTENDANCE:
        shown["activity"] = entry.activity
    if entry.note:
        shown["note"] = entry.note
    return shown

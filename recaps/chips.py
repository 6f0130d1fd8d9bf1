"""The chips of a recap: short texts of what was noted about a student."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from recaps.models import Activity, Entry, Sheet
from recaps.models.arithmetic import CONDITIONS, COUNTS, OWN, as_data, holds, numbers_of
from school.models import Policy
from school.wording import percent
from workflow.errors import Text


class ChipRule(NamedTuple):
    """A chip, shown if one fact holds and another does not; {n} and {of} are numbers."""

    word: Text
    kind: str
    when: str
    n: str = ""
    of: str = ""
    unless: str = ""


CHIPS = (
    ChipRule(pgettext_lazy("chip", "Sick {n}"), "", "sick", "sick"),
    ChipRule(pgettext_lazy("chip", "Excused {n}"), "", "permitted", "permitted"),
    ChipRule(pgettext_lazy("chip", "Absent {n} of {of}"), "bad", "never", "absent", "due"),
    ChipRule(pgettext_lazy("chip", "Absent {n}"), "bad", "absent", "absent", unless="never"),
    ChipRule(pgettext_lazy("chip", "Exempted {n}"), "", "dispensed", "dispensed"),
    ChipRule(pgettext_lazy("chip", "Late {n}"), "", "late", "late"),
    ChipRule(
        pgettext_lazy("chip", "Missing work {n} of {of}"),
        "bad",
        "missing_work",
        "missing_work",
        "assignments",
    ),
    ChipRule(pgettext_lazy("chip", "Late work {n}"), "", "late_work", "late_work"),
    ChipRule(pgettext_lazy("chip", "Participation below {n}"), "bad", "BELOW", "limit"),
    ChipRule(pgettext_lazy("chip", "Participation {n} or more"), "good", "NOT_BELOW", "limit"),
    ChipRule(pgettext_lazy("chip", "{n} meetings"), "", "own_meetings", "meetings"),
    ChipRule(pgettext_lazy("chip", "{n} assignments"), "", "own_assignments", "assignments"),
    ChipRule(pgettext_lazy("chip", "Note"), "", "note"),
    ChipRule(gettext_lazy("More than {n} meetings"), "warn", "too_much", "meetings"),
    ChipRule(gettext_lazy("More than {n} assignments"), "warn", "too_much_work", "assignments"),
)
"""In the order shown."""

Chip = tuple[str, str]


def chips(entry: Entry, sheet: Sheet, policy: Policy) -> list[Chip]:
    """Return (kind, text) for each thing noted; sheet.js draws the same from the same table."""
    numbers = numbers_of(entry, sheet)
    said = {name: str(number) for name, number in numbers.items()} | {"limit": _limit(policy)}
    facts = _facts(entry, numbers)
    return [
        (rule.kind, str(rule.word).format(n=said.get(rule.n), of=said.get(rule.of)))
        for rule in CHIPS
        if rule.when in facts and rule.unless not in facts
    ]


def _facts(entry: Entry, numbers: dict[str, int]) -> set[str]:
    """Return the facts: counts above 0, conditions, own numbers, the activity, a note."""
    found = {name for name in COUNTS if numbers[name]}
    found |= {name for name in CONDITIONS if holds(name, numbers)}
    found |= {own for own in OWN.values() if getattr(entry, own) is not None}
    found |= {entry.activity}
    return found | {"note"} if entry.note else found


def indicator_words(policy: Policy) -> dict[str, str]:
    """Return the name of each indicator, with the semester's limit."""
    limit = percent(policy.activity_below, 0)
    return {
        "never": _("Never took part"),
        "low": _("Participation < %(limit)s") % {"limit": limit},
        "missing": _("Missing work"),
    }


def indicator_chips(entry: Entry, policy: Policy) -> list[Chip]:
    """Return a chip for each indicator that holds for an entry with indicators."""
    words = indicator_words(policy)
    if entry.activity == Activity.BELOW:
        words["low"] = f"{words['low']} · {_('rated by the teacher')}"
    return [("bad", word) for name, word in words.items() if getattr(entry, f"is_{name}")]


def words_for_script(policy: Policy) -> dict[str, object]:
    """Return the same tables and words for sheet.js."""
    return {
        "limit": _limit(policy),
        "active": str(pgettext_lazy("row", "active")),
        "rules": as_data(),
        "chips": [[str(rule.word), *rule[1:]] for rule in CHIPS],
    }


def _limit(policy: Policy) -> str:
    return percent(policy.activity_below, 0)


def compact(entry: Entry) -> dict[str, object]:
    """Return the values that differ from an empty row, for the script: a page has 36 rows."""
    shown: dict[str, object] = {name: n for name in COUNTS if (n := getattr(entry, name))}
    for name in OWN.values():
        if getattr(entry, name) is not None:
            shown[name] = getattr(entry, name)
    if entry.activity != Activity.FROM_ATTENDANCE:
        shown["activity"] = entry.activity
    if entry.note:
        shown["note"] = entry.note
    return shown

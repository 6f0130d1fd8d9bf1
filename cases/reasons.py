"""The reasons of a case, in short for lists."""

from typing import Protocol

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case, Evidence, Reason
from cases.models.case import CAN_REOPEN
from recaps.chips import Chip, indicator_chips, indicator_words
from recaps.models import Entry
from recaps.queries.class_list_rows import entries_of
from school import wording
from school.fields import labels
from workflow import clock

A_LINE = 40
COUNTED = {
    Reason.NEVER_TOOK_PART: "never",
    Reason.LOW_ACTIVITY: "low",
    Reason.WORK_MISSING: "missing",
}
"""The reasons that come with a number of subjects, and the figure of the evidence that has it."""


class Seen(Protocol):
    """What is read of an evidence to say it in a line."""

    @property
    def never(self) -> int | None: ...
    @property
    def low(self) -> int | None: ...
    @property
    def missing(self) -> int | None: ...
    @property
    def reasons(self) -> list[str]: ...
    @property
    def note(self) -> str | None: ...


def seen(evidence: Seen, words: dict[str, str]) -> list[tuple[str, int]]:
    """Return the indicators that held as they were seen, each with its number of subjects.

    `words` are the `indicator_words` of the semester's policy.
    """
    figures = [(words[name], getattr(evidence, name)) for name in COUNTED.values()]
    return [(word, figure) for word, figure in figures if figure]


def known(evidence: Seen) -> list[str]:
    """Return the reasons that no figure shows: economy, family, and what a direct opening says."""
    shown = {reason for reason, name in COUNTED.items() if getattr(evidence, name)}
    return labels([code for code in evidence.reasons if code not in shown], Reason)


def in_a_line(newest: Seen, words: dict[str, str]) -> str:
    """Return the worst that it shows: "Tak pernah ikut: 5 mapel"; else how the note begins."""
    figures = seen(newest, words)
    if not figures:
        return ", ".join(known(newest)) or Truncator(newest.note or "").chars(A_LINE)
    word, figure = max(figures, key=lambda row: row[1])
    return _("%(reason)s: %(subjects)s") % {"reason": word, "subjects": in_subjects(figure)}


def to_reopen(case: Case) -> str:
    """Return what evidence that its counselor has not read says, to propose it as a reason.

    "Dirujuk lagi 1 Okt: Tak pernah ikut: 5 mapel, Keluarga. Ibunya sakit"; "" without any.
    """
    if case.status not in CAN_REOPEN:
        return ""
    words = indicator_words(case.semester.policy)
    unread = Evidence.objects.filter(case=case, noticed_at=None)
    return "\n".join(_brought(evidence, words) for evidence in unread)


def _brought(evidence: Evidence, words: dict[str, str]) -> str:
    figures = [
        _("%(reason)s: %(subjects)s") % {"reason": word, "subjects": in_subjects(figure)}
        for word, figure in seen(evidence, words)
    ]
    said = ", ".join([*figures, *known(evidence)])
    again = _("Referred again %(day)s: %(reasons)s.") % {
        "day": wording.day(clock.day_of(evidence.happened_at)),
        "reasons": said,
    }
    return f"{again} {evidence.note}".strip()


def in_subjects(figure: int) -> str:
    return ngettext("%(count)s subject", "%(count)s subjects", figure) % {"count": figure}


def entries_behind(evidence: Evidence) -> list[tuple[Entry, list[Chip]]]:
    """Return what the subjects say today of the student and period, with what each shows."""
    if evidence.decision is None:
        return []
    class_list, student = evidence.decision.class_list, evidence.decision.student
    policy = class_list.period.semester.policy
    entries = entries_of(class_list, student)
    return [(entry, indicator_chips(entry, policy)) for entry in entries]

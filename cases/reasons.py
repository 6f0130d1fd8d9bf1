"""What a case rests on, in the few words of a list."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Evidence, Reason
from recaps.models import Entry
from recaps.models.indicators import standing_entries
from school.fields import labels

A_LINE = 40
NEVER, LOW, MISSING = Reason.NEVER_TOOK_PART, Reason.LOW_ACTIVITY, Reason.WORK_MISSING
COUNTED = {NEVER: "never", LOW: "low", MISSING: "missing"}
"""The reasons that come with a number of subjects, and the figure of the evidence that has it."""


def seen(evidence: Evidence, policy: Any) -> list[tuple[str, int]]:
    """The indicators as they were seen, each with its number of subjects; those that held."""
    words = {
        NEVER: _("Never took part"),
        LOW: _("Activity < %(limit)s%%") % {"limit": f"{policy.activity_below}\N{NO-BREAK SPACE}"},
        MISSING: _("Work missing"),
    }
    figures = [(words[reason], getattr(evidence, name)) for reason, name in COUNTED.items()]
    return [(word, figure) for word, figure in figures if figure]


def known(evidence: Evidence) -> list[str]:
    """The reasons that no figure shows: economy, family, and what a direct opening says."""
    shown = {reason for reason, name in COUNTED.items() if getattr(evidence, name)}
    return labels([code for code in evidence.reasons if code not in shown], Reason)


def in_a_line(newest: Evidence, policy: Any) -> str:
    """The worst that it shows: "Tak pernah ikut: 5 mapel", "Ekonomi"; else the note's beginning."""
    figures = seen(newest, policy)
    if not figures:
        return ", ".join(known(newest)) or Truncator(newest.note).chars(A_LINE)
    word, figure = max(figures, key=lambda row: row[1])
    return _("%(reason)s: %(subjects)s") % {"reason": word, "subjects": in_subjects(figure)}


def in_subjects(figure: int) -> str:
    return ngettext("%(count)s subject", "%(count)s subjects", figure) % {"count": figure}


def entries_behind(evidence: Evidence) -> list[Entry]:
    """What the subjects say today of the student and period, with indicators; by subject."""
    if evidence.decision is None:
        return []
    class_list = evidence.decision.class_list
    entries = standing_entries(class_list.school_class, class_list.period)
    ours = entries.filter(student=evidence.decision.student_id)
    return list(ours.select_related("sheet__recap__subject").order_by("sheet__recap__subject"))

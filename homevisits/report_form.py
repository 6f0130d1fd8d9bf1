"""The parts of a visit report: three stages, and the 14 rows of the Indonesian form.

The form, the page, the print and the number of empty rows follow from these tables. A field of the
report needs a row here and a field with its label in the model.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from homevisits.models import Visit, VisitFunction, VisitPurpose, VisitReport
from school import wording
from school.fields import CodesField, labels
from workflow.errors import Text

Told = Callable[[Visit, VisitReport], str]


@dataclass(frozen=True)
class Part:
    """A stage or a row: its title and its text, which may be empty."""

    label: Text
    text: Told
    field: str = ""
    """The field of the report for it; empty if its text comes from elsewhere."""


@dataclass(frozen=True)
class Said:
    """A part of one report with its text."""

    label: Text
    text: str


def typed(name: str) -> Part:
    """Return the part for a field of the report."""
    field = VisitReport._meta.get_field(name)
    assert isinstance(field, Field)
    codes = field.codes if isinstance(field, CodesField) else None

    def text(_visit: Visit, report: VisitReport) -> str:
        value = getattr(report, name)
        return ", ".join(labels(value, codes)) if codes else value

    return Part(field.verbose_name, text, name)


def _class_and_semester(visit: Visit, _report: VisitReport) -> str:
    return f"{visit.case.class_name or ''} / {visit.case.semester}"


def _when(visit: Visit, report: VisitReport) -> str:
    at = visit.happened_at or visit.scheduled_for
    if at is None:
        return ""
    begins = timezone.localtime(at)
    day, minutes = wording.long_date(begins), report.minutes_spent
    if not minutes:
        return now_("%(day)s, at %(time)s") % {"day": day, "time": wording.clock_time(begins)}
    ends = begins + timedelta(minutes=minutes)
    words = {"day": day, "first": wording.clock_time(begins), "last": wording.clock_time(ends)}
    return now_("%(day)s, %(first)s–%(last)s (%(minutes)s minutes)") % {
        **words,
        "minutes": minutes,
    }


STAGES = tuple(map(typed, ("direct_intervention", "informal_interaction", "family_support")))
ROWS = (
    Part(_("Name"), lambda visit, _report: visit.case.student.name),
    Part(_("Class and semester"), _class_and_semester),
    typed("service_area"),
    typed("topic"),
    Part(
        _("Service functions"),
        lambda visit, _report: ", ".join(labels(visit.functions, VisitFunction)),
    ),
    typed("parties"),
    Part(
        _("Purposes"),
        lambda visit, _report: "; ".join(labels(visit.purposes, VisitPurpose)),
    ),
    typed("problem"),
    typed("address"),
    Part(_("Day, date and length of the visit"), _when, "minutes_spent"),
    typed("family_members"),
    typed("evaluation_plan"),
    typed("follow_up"),
    typed("special_note"),
)
FIELDS = (
    *("outcome", "met", "causes"),
    *(part.field for part in (*STAGES, *ROWS) if part.field),
)


def said(parts: Iterable[Part], visit: Visit, report: VisitReport) -> list[Said]:
    """Return the parts with their texts, in order; a missing text is empty."""
    return [Said(part.label, part.text(visit, report)) for part in parts]


def empty_rows(visit: Visit, report: VisitReport) -> int:
    """Return how many of the 14 rows are empty or miss a field that they need."""
    typed_rows = (getattr(report, row.field) for row in ROWS if row.field)
    return empty_known_rows(visit, report) + sum(not value for value in typed_rows)


def empty_known_rows(visit: Visit, report: VisitReport) -> int:
    """Return how many of the rows that come from elsewhere are empty."""
    return sum(not row.text(visit, report) for row in ROWS if not row.field)

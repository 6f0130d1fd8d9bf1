"""The report as it reads: on the screen after the visit was recorded, and on paper."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Cause
from homevisits.models import Commitment, Met, ServiceArea, Visit, VisitFunction, VisitPurpose
from homevisits.permissions import may_print_report
from homevisits.workflow import report_of
from school import wording
from school.fields import labels


@dataclass(frozen=True)
class Row:
    """One of the 14 rows of the Indonesian form."""

    label: str
    text: str


def read_page(request: HttpRequest, visit: Any) -> HttpResponse:
    report = report_of(visit)
    context = {
        "visit": visit,
        "case": visit.case,
        "report": report,
        "rows": form_rows(visit, report),
        "met": labels(report.met, Met),
        "causes": labels(report.causes, Cause),
        "commitments": Commitment.objects.filter(report__visit=visit),
        "may_print_report": may_print_report(request.user, visit),
    }
    return render(request, "homevisits/report_read.html", context)


def form_rows(visit: Any, report: Any) -> list[Row]:
    """The 14 rows in the order of the form; what nobody wrote is empty."""
    case = visit.case
    return [
        Row(_("Name"), case.student.name),
        Row(_("Class and semester"), f"{case.class_name or ''} / {case.semester}"),
        Row(_("Service area"), ", ".join(labels(report.service_area, ServiceArea))),
        Row(_("Topic or problem"), report.topic),
        Row(_("Service functions"), ", ".join(labels(visit.functions, VisitFunction))),
        Row(_("Parties involved"), report.parties),
        Row(_("Purposes"), "; ".join(labels(visit.purposes, VisitPurpose))),
        Row(_("The problem in short"), report.problem),
        Row(_("Address"), report.address),
        Row(_("Day, date and length of the visit"), _when(visit, report.minutes_spent)),
        Row(_("Family members visited"), report.family_members),
        Row(_("Plan of evaluation"), report.evaluation_plan),
        Row(_("Follow-up"), report.follow_up),
        Row(_("Special note"), report.special_note),
    ]


def _when(visit: Visit, minutes: int | None) -> str:
    at = visit.happened_at or visit.scheduled_for
    if at is None:
        return ""
    begins = timezone.localtime(at)
    day = wording.long_date(begins)
    if not minutes:
        return _("%(day)s, at %(time)s") % {"day": day, "time": wording.clock_time(begins)}
    ends = begins + timedelta(minutes=minutes)
    words = {"day": day, "first": wording.clock_time(begins), "last": wording.clock_time(ends)}
    return _("%(day)s, %(first)s–%(last)s (%(minutes)s minutes)") % {**words, "minutes": minutes}

"""The papers of a visit, always in Indonesian: the assignment letter and the report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from homevisits.models import (
    Commitment,
    Met,
    Photo,
    Visit,
    VisitOutcome,
    VisitReport,
)
from homevisits.models.choices import WITH_REPORT
from homevisits.permissions import may_print, may_print_report
from homevisits.report_form import ROWS, STAGES, said
from homevisits.views.fetch import known, on_visit
from homevisits.views.signed import consent_to, signature_on_report
from homevisits.workflow import report_of
from school.fields import labels
from school.models import Guardian, SchoolProfile, User
from school.signing import head_signs
from workflow import clock


@on_visit(may=may_print, methods=("GET",))
def assignment_letter(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the surat tugas for print, with the parents' consent as a slip to return."""
    if visit.status not in WITH_REPORT:
        messages.error(request, _("There is no letter yet: schedule the visit first."))
        return redirect(visit)
    context = _context(visit)
    context["consent"] = consent_to(visit)
    context["letter_on"] = visit.letter_on or clock.today()
    return render(request, "homevisits/assignment_letter.html", context)


@on_visit(may=may_print_report, methods=("GET",))
def report_print(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the laporan kunjungan rumah for print: its rows, and room to sign."""
    if visit.status not in WITH_REPORT:
        messages.error(request, _("There is no report yet: schedule the visit first."))
        return redirect(visit)
    context, report = _context(visit), report_of(visit)
    with translation.override("id"):
        context |= {
            "stages": said(STAGES, visit, report),
            "rows": said(ROWS, visit, report),
            "met": labels(report.met, Met),
            "outcome": visit.get_outcome_display(),
        }
    context["parent"] = _whom_they_met(request.user, visit, report)
    context |= signature_on_report(visit, report)
    context["photos"] = Photo.objects.of(visit).ticked()
    context["visit_day"] = visit.happened_at or visit.scheduled_for
    context["commitments"] = Commitment.objects.filter(report__visit=visit)
    return render(request, "homevisits/report_print.html", context)


def _whom_they_met(reader: User, visit: Visit, report: VisitReport) -> Guardian | None:
    """Return who signs for the family: the first person present whose name `reader` may know."""
    if visit.outcome != VisitOutcome.MET:
        return None
    known = Guardian.objects.visible_to(reader)
    return known.filter(student=visit.case.student_id, relation__in=report.met).first()


def _context(visit: Visit) -> dict[str, object]:
    shown = known(visit)
    school = SchoolProfile.current()
    decided_on = clock.day_of(visit.approved_at) if visit.approved_at else None
    return {
        "visit": shown,
        "case": shown.case,
        "student": shown.case.student,
        "officers": shown.visitors.order_by("name"),
        "principal": head_signs(school, decided_by=visit.decided_by, on=decided_on),
        "school": school,
    }

"""The report on the screen after the visit was recorded."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.models import Cause
from homevisits.models import Commitment, Met, Visit
from homevisits.permissions import may_print_report
from homevisits.report_form import ROWS, STAGES, said
from homevisits.views.signed import below_report
from homevisits.workflow import report_of
from school.fields import labels


def read_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    report = report_of(visit)
    context = {
        "visit": visit,
        "case": visit.case,
        "stages": said(STAGES, visit, report),
        "rows": said(ROWS, visit, report),
        "met": labels(report.met, Met),
        "causes": labels(report.causes, Cause),
        "commitments": Commitment.objects.filter(report__visit=visit),
        **below_report(visit, report, request.user),
        "may_print_report": may_print_report(request.user, visit),
    }
    return render(request, "homevisits/report_read.html", context)

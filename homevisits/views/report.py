"""The visit report: saved as one goes, finished by recording the visit, then only read."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from homevisits import workflow
from homevisits.forms.report import CommitmentForm, RecordForm, ReportForm
from homevisits.models import Commitment, Visit, VisitOutcome, VisitReport, VisitStatus
from homevisits.permissions import may_read_report
from homevisits.report_form import FIELDS, ROWS, empty_rows
from homevisits.views.fetch import known, on_visit, ruled_out
from homevisits.views.report_read import read_page
from school.wording import clock_time
from workflow import clock, saving
from workflow.errors import EditConflict, NotAllowed, WorkflowError
from workflow.lifecycle import offer
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, refusal, tried


@on_visit(may=may_read_report, methods=("GET",))
def report(request: HttpRequest, visit: Visit) -> HttpResponse:
    if visit.status == VisitStatus.RECORDED:
        return read_page(request, known(visit))
    if visit.status != VisitStatus.SCHEDULED:
        messages.error(request, _("There is no report yet: schedule the visit first."))
        return redirect(visit)
    return _page(request, visit)


@on_visit(may=may_read_report)
def report_draft(request: HttpRequest, visit: Visit) -> HttpResponse | Answer:
    """The record behind the page: read by the script, or saved."""
    from_script = saving.is_from_script(request)
    page = reverse("homevisits:report", args=[visit.pk])
    if request.method != "POST":
        return _state(visit) if from_script else redirect(page)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return refused(saving.invalid(form) if from_script else _page(request, visit, form))
    try:
        workflow.save_report(
            visit, by=request.user, values=form.values, read_at=form.cleaned_data["read_at"]
        )
    except EditConflict as conflict:
        if from_script:
            return refused(saving.conflict(conflict, FIELDS))
        return refused(_page(request, visit, form, why=conflict))
    except NotAllowed as not_allowed:
        raise PermissionDenied(str(not_allowed)) from not_allowed
    except WorkflowError as why:
        return refused(
            refusal(request, why) if from_script else _page(request, visit, form, why=why)
        )
    if request.POST.get("then") == "finish":
        page = reverse("homevisits:record", args=[visit.pk])
    return saving.saved(request.path if from_script else page)


def _state(visit: Visit) -> HttpResponse:
    report = workflow.report_of(known(visit))
    now = clock_time(clock.now())
    return saving.state_of(report, FIELDS, saved=now, empty=_empty(visit, report))


def _empty(visit: Visit, report: VisitReport) -> str:
    if rows := empty_rows(visit, report):
        return _("%(empty)s of %(all)s parts empty") % {"empty": rows, "all": len(ROWS)}
    return _("all %(all)s parts filled") % {"all": len(ROWS)}


@on_visit(may=may_read_report)
def record(request: HttpRequest, visit: Visit) -> Answer:
    """The last question before the report is closed: when it was, and what is still empty."""
    visit = known(visit)
    if request.method == "GET" and (answer := ruled_out(request, visit, "record")):
        return answer
    form = RecordForm(request.POST or None, visit=visit)
    if form.is_valid() and tried(
        form, lambda: workflow.record(visit, by=request.user, happened_at=form.moment)
    ):
        messages.success(request, _("Visit recorded. The report can be printed and signed."))
        return done(visit)
    draft = workflow.report_of(known(visit))
    context = {
        "visit": visit,
        "case": visit.case,
        "form": form,
        "report": draft,
        "outcome": dict(VisitOutcome.choices).get(draft.outcome, ""),
        "empty": _empty(visit, draft),
    }
    return refused(render(request, "homevisits/record.html", context))


@on_visit(may=may_read_report)
def commitment(request: HttpRequest, visit: Visit, key: Any) -> HttpResponse | Answer:
    """What the parents promised. `key` is the browser's own name for it while it waits there."""
    page = reverse("homevisits:report", args=[visit.pk]) + "#commitments"
    from_script = saving.is_from_script(request)
    if request.method != "POST":
        return saving.state_of(workflow.report_of(visit), ()) if from_script else redirect(page)
    form = CommitmentForm(request.POST)
    if not form.is_valid():
        return refused(
            saving.invalid(form) if from_script else _page(request, visit, commitment=form)
        )
    if from_script:
        workflow.add_commitment(visit, by=request.user, **form.cleaned_data)
    elif not tried(
        form, lambda: workflow.add_commitment(visit, by=request.user, **form.cleaned_data)
    ):
        return refused(_page(request, visit, commitment=form))
    return saving.saved(request.path if from_script else page)


@acts_on(Commitment, related=("report__visit__case",), methods=("POST",))
def remove_commitment(request: HttpRequest, commitment: Commitment) -> Answer:
    visit = commitment.report.visit
    workflow.remove_commitment(commitment, by=request.user)
    messages.success(request, _("Commitment removed."))
    return done(reverse("homevisits:report", args=[visit.pk]) + "#commitments")


def _page(
    request: HttpRequest,
    visit: Visit,
    form: ReportForm | None = None,
    *,
    why: WorkflowError | None = None,
    commitment: CommitmentForm | None = None,
) -> HttpResponse:
    shown = known(visit)
    report = workflow.report_of(shown)
    form = form or ReportForm(instance=report)
    if why is not None:
        form.add_error(None, str(why))
    context = {
        "visit": shown,
        "case": shown.case,
        "report": report,
        "form": form,
        "stands": form.show_conflict(why.current) if isinstance(why, EditConflict) else (),
        "empty": _empty(shown, report),
        "commitments": list(Commitment.objects.filter(report__visit=visit)),
        "commitment": commitment or CommitmentForm(),
        "commitment_url": reverse("homevisits:commitment", args=[visit.pk, uuid4()]),
        "finish": offer(workflow.VISIT["record"], request.user, shown),
    }
    return render(request, "homevisits/report.html", context)

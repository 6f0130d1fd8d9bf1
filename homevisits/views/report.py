"""The visit report: saved while a person types, finished by recording the visit."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from homevisits import workflow
from homevisits.forms.report import CommitmentForm, RecordForm, ReportForm
from homevisits.models import Commitment, Visit, VisitOutcome, VisitReport, VisitStatus
from homevisits.permissions import may_read_report
from homevisits.report_form import ROWS, empty_known_rows, empty_rows
from homevisits.views.fetch import known, on_visit, ruled_out
from homevisits.views.report_read import read_page
from homevisits.views.signed import below_report
from school.versioned import save
from workflow.lifecycle import offer
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, tried


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
    """Save what was typed so far."""
    page = reverse("homevisits:report", args=[visit.pk])
    if request.method != "POST":
        return redirect(page)
    form = ReportForm(request.POST)
    is_finished = request.POST.get("then") == "finish"
    return save(
        request,
        form,
        lambda: workflow.save_report(
            visit, by=request.user, values=form.values, read_at=form.read_at
        ),
        page=lambda: _page(request, visit, form),
        then=lambda: reverse("homevisits:record", args=[visit.pk]) if is_finished else page,
        is_logged=False,
    )


def _empty(rows: int | str) -> str:
    if rows:
        return _("%(empty)s of %(all)s parts empty") % {"empty": rows, "all": len(ROWS)}
    return _("all %(all)s parts filled") % {"all": len(ROWS)}


def _counted(visit: Visit, report: VisitReport) -> dict[str, object]:
    """Return the numbers that the script updates while a person types, with their words."""
    return {
        "fields": [row.field for row in ROWS if row.field],
        "known": empty_known_rows(visit, report),
        "some": _empty("{n}"),
        "none": _empty(0),
    }


@on_visit(may=may_read_report)
def record(request: HttpRequest, visit: Visit) -> Answer:
    """Ask when the visit was, and say what is still empty, before the report is closed."""
    visit = known(visit)
    if request.method == "GET" and (answer := ruled_out(request, visit, "record")):
        return answer
    form = RecordForm(request.POST or None, visit=visit)
    if form.is_valid() and tried(
        form, lambda: workflow.record(visit, by=request.user, happened_at=form.moment)
    ):
        messages.success(request, _("Visit recorded. The report can be printed and signed."))
        return done(visit)
    visit = known(visit)  # an act that was tried has fetched its case again
    draft = workflow.report_of(visit)
    context = {
        "visit": visit,
        "case": visit.case,
        "form": form,
        "report": draft,
        "outcome": dict(VisitOutcome.choices).get(draft.outcome, ""),
        "empty": _empty(empty_rows(visit, draft)),
    }
    return refused(render(request, "homevisits/record.html", context))


@on_visit(may=may_read_report)
def commitment(request: HttpRequest, visit: Visit, key: UUID) -> HttpResponse | Answer:
    """Add a commitment of the parents; `key` identifies it in the browser while it waits."""
    page = reverse("homevisits:report", args=[visit.pk]) + "#commitments"
    if request.method != "POST":
        return redirect(page)
    form = CommitmentForm(request.POST)
    return save(
        request,
        form,
        lambda: workflow.add_commitment(visit, by=request.user, **form.cleaned_data).report,
        page=lambda: _page(request, visit, commitment=form),
        then=lambda: page,
    )


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
    commitment: CommitmentForm | None = None,
) -> HttpResponse:
    shown = known(visit)
    report = workflow.report_of(shown)
    form = form or ReportForm(instance=report)
    context = {
        "visit": shown,
        "case": shown.case,
        "report": report,
        "form": form,
        "empty": _empty(empty_rows(shown, report)),
        "counted": _counted(shown, report),
        "commitments": list(Commitment.objects.filter(report__visit=visit)),
        "commitment": commitment or CommitmentForm(),
        "commitment_url": reverse("homevisits:commitment", args=[visit.pk, uuid4()]),
        "finish": offer(workflow.VISIT["record"], request.user, shown),
        **below_report(shown, report, request.user),
    }
    return render(request, "homevisits/report.html", context)

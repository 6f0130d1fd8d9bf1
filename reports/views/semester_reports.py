"""Semester reports: the list, a report drafted or frozen, its earlier versions, and its acts."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.workflow.carrying import there_already
from reports import workflow
from reports.acts import REPORT_ACTS
from reports.blockers import Blockers, in_a_line
from reports.forms.semester_report import FreezeForm, TextsForm, UnfreezeForm
from reports.frozen import published
from reports.kinds import KINDS
from reports.models import TEXTS, SemesterReport
from reports.permissions import (
    freezes_report,
    may_see_every_class,
    reads_drafts,
    reads_reports,
    writes_report,
)
from reports.semester_page import TITLES, ByFilter, drafted, kept
from reports.tables import CLASS
from reports.workflow.semester_report import nothing_holds_it_up, why_unfrozen
from school.models import Semester, User
from school.versioned import save
from workflow import clock
from workflow.addresses import address
from workflow.errors import Text
from workflow.lifecycle import Offer, Reasons
from workflow.rows import one_of
from workflow.submits import Answer, done, refused
from workflow.views import May, View, acts_on_found, logs_access, say_done, tried

KIND = workflow.SEMESTER_REPORT.kind


def url_of(semester: Semester) -> str:
    return address("reports:semester_report", semester.code)


def on_report(
    *, may: May | None = None, methods: tuple[str, ...] = ("GET", "POST")
) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make a view as `acts_on` does, on the semester that an address names by its `code`."""

    def find(user: User, code: str) -> Semester | None:
        semester = _by_code(code)
        if semester is None or semester.starts_on > clock.today():
            return None
        if reads_drafts(user):
            return semester
        seen = SemesterReport.objects.visible_to(user).filter(semester=semester)
        return semester if seen.exists() else None

    return acts_on_found(KIND, ("code",), find, _by_code, may=may, methods=methods)


def _by_code(code: str) -> Semester | None:
    try:
        return Semester.objects.select_related("year").by_code(code)
    except Semester.DoesNotExist:
        return None


@logs_access(KIND)
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """List the semesters that have begun, with the state of their reports."""
    if not reads_reports(request.user):
        raise PermissionDenied(_("BK, the principal and student affairs read semester reports."))
    rows = SemesterReport.objects.visible_to(request.user).current().without_content()
    of_semester = {report.semester_id: report for report in rows.select_related("frozen_by")}
    begun = Semester.objects.select_related("year").filter(starts_on__lte=clock.today())
    shown = [
        (semester, of_semester.get(semester.pk), semester.ends_on < clock.today())
        for semester in begun.order_by("-starts_on")
        if semester.pk in of_semester or reads_drafts(request.user)
    ]
    return render(request, "reports/semester_reports.html", {"semesters": shown})


@on_report(methods=("GET",))
def report(request: HttpRequest, semester: Semester) -> HttpResponse:
    """Show the report: as it is drafted now, or as it was frozen."""
    user, found, asked = request.user, workflow.report_of(semester), ByFilter(request)
    by = _by(asked)
    context = {"semester": semester, "report": found, "asked": asked, "today": clock.today()}
    if found.is_frozen:
        context |= {"shown": kept(found, by, user), "buttons": REPORT_ACTS.buttons(user, found)}
    else:
        context |= _draft(user, found, by)
    if found.number > 1 and reads_drafts(user):
        context["earlier"] = _earlier(semester)
    return render(request, "reports/semester_report.html", context)


def _by(asked: ByFilter) -> str:
    """Return by what the rows are. Raises Http404 for what no table has, PermissionDenied."""
    if not asked.is_valid():
        raise Http404
    by: str = asked.value("by")
    if by == CLASS and not may_see_every_class(asked.request.user):
        raise PermissionDenied(_("Student affairs can read the tables by grade only."))
    return by


def _draft(user: User, found: SemesterReport, by: str) -> dict[str, object]:
    """Return the live figures, what keeps it from being frozen, and the acts."""
    blockers = Blockers(found.semester)
    known: Reasons = {nothing_holds_it_up: in_a_line(blockers) or None}
    return {
        "shown": drafted(found, blockers.before, by, user),
        "blockers": blockers.seen_by(user),
        "buttons": REPORT_ACTS.buttons(user, found, known=known),
        "also_kept": [(kind.title, _of_kind(kind.name, found.semester)) for kind in KINDS],
    }


def _of_kind(name: str, semester: Semester) -> str:
    query = f"year={semester.year.label}&term={semester.term}"
    return f"{address(f'reports:{name}')}?{query}"


def _earlier(semester: Semester) -> list[tuple[SemesterReport, str]]:
    """Return the versions that were unfrozen, each with the reason, the newest first."""
    rows = SemesterReport.objects.filter(semester=semester, status="EARLIER").without_content()
    reasons = why_unfrozen(semester)
    return [(one, reasons.get(one.pk, "")) for one in rows.order_by("-number")]


@on_report(may=reads_drafts, methods=("GET",))
def version(request: HttpRequest, semester: Semester, number: int) -> HttpResponse:
    """Show a version as it was frozen, that was unfrozen since."""
    found = one_of(SemesterReport.objects.filter(semester=semester, number=number))
    if found is None or found.content is None:
        raise Http404
    found.semester = semester
    asked = ByFilter(request)
    by = _by(asked)
    context = {
        "semester": semester,
        "report": found,
        "asked": asked,
        "today": clock.today(),
        "shown": kept(found, by, request.user),
        "reason": why_unfrozen(semester).get(found.pk, ""),
    }
    return render(request, "reports/semester_report.html", context)


@on_report(may=reads_drafts, methods=("GET",))
def as_json(request: HttpRequest, semester: Semester) -> HttpResponse:
    """Send the frozen report as data, by grade and without names of classes, for an office."""
    found = workflow.report_of(semester)
    if not found.is_frozen:
        raise Http404
    answer = JsonResponse(published(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"laporan-semester-{semester.code.replace('/', '-')}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@on_report(may=writes_report)
def texts(request: HttpRequest, semester: Semester) -> Answer:
    """Save the texts if they are as they were read; else show both."""
    found = workflow.report_of(semester)

    def page(form: TextsForm) -> Answer:
        return _act(request, found, form, "write", _("Save"))

    if request.method != "POST":
        return page(TextsForm.of(found))
    form = TextsForm(request.POST)
    answer = save(
        request,
        form,
        lambda: workflow.write_texts(
            semester, by=request.user, values=form.values, read_at=form.read_at
        ),
        page=lambda: page(form).response,
        then=lambda: url_of(semester),
    )
    if answer.is_done:
        say_done(request, _("Texts saved."))
    return answer


@on_report(may=freezes_report)
def freeze(request: HttpRequest, semester: Semester) -> Answer:
    """Ask once, saying what follows; then freeze what was read."""
    found = workflow.report_of(semester)
    form = FreezeForm(request.POST or None, version=found.version)
    if form.is_valid() and tried(
        form,
        lambda: workflow.freeze(semester, by=request.user, read_at=form.cleaned_data["read_at"]),
    ):
        say_done(request, _("%(semester)s is frozen.") % {"semester": semester})
        return done(url_of(semester))
    return _act(request, found, form, "freeze", _("Freeze"), _what_follows(found, request.user))


def _what_follows(found: SemesterReport, user: User) -> dict[str, object]:
    """Return what freezing keeps, as `read_at` says that it was read, and what becomes of cases."""
    blockers = Blockers(found.semester)
    stay = [case for case in blockers.open if case.is_here]
    there = there_already(stay, blockers.next) if stay and blockers.next else []
    return {
        "texts": [(TITLES[name], getattr(found, name)) for name in TEXTS],
        "goes_on": len(stay) - len(there),
        "there": len(there),
        "ended": [case for case in there if not case.is_open],
        "leave": len(blockers.open) - len(stay),
        "next": blockers.next,
        "blockers": blockers.seen_by(user),
        "lacks_texts": not found.has_texts,
    }


@on_report(may=freezes_report)
def unfreeze(request: HttpRequest, semester: Semester) -> Answer:
    """Ask for the reason, saying what follows."""
    form = UnfreezeForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.unfreeze(semester, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("%(semester)s takes acts again.") % {"semester": semester})
        return done(url_of(semester))
    return _act(request, workflow.report_of(semester), form, "unfreeze", _("Unfreeze"))


def _act(
    request: HttpRequest,
    found: SemesterReport,
    form: BaseForm,
    name: str,
    submit: Text,
    more: dict[str, object] | None = None,
) -> Answer:
    """Draw the page of the act `name`, with the reason where it is off."""
    row = workflow.SEMESTER_REPORT[name]
    gone = Offer(name, "", False, _("This has changed in the meantime. Read the report again."))
    offer = workflow.SEMESTER_REPORT.offer_of(name, request.user, found) or gone
    context = {
        "form": form,
        "name": name,
        "title": row.label,
        "semester": found.semester,
        "submit": submit,
        "off": offer.reason if not offer.on and not form.is_bound else "",
        "cancel_url": url_of(found.semester),
        **(more or {}),
    }
    return refused(render(request, "reports/semester_report_act.html", context))

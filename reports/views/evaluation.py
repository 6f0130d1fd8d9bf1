"""Evaluations of a semester: the list of a semester, one of them, and the acts on it."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports import workflow
from reports.evaluation_acts import EVALUATION_ACTS
from reports.evaluations import evaluations_of, handed_over_in, owed_in
from reports.forms.evaluation import EvaluationForm, ReturnForm
from reports.models import Evaluation, EvaluationStatus
from reports.models.evaluation import EvaluationQuerySet
from reports.outcome_figures import outcome_grid, outcomes
from reports.permissions import (
    may_read_evaluations,
    returns_evaluation,
    writes_evaluation,
    writes_report,
)
from reports.process_figures import paces, process_grid
from reports.workflow.evaluation import EVALUATION, begins_own
from school.filters import OneSemester
from school.models import Semester, User
from school.versioned import save
from workflow import clock
from workflow.acts import suggested
from workflow.lifecycle import offer
from workflow.models import ActionNote
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, logs_access, say_done, tried


@logs_access("reports.evaluation")
@require_safe
def evaluations(request: HttpRequest) -> HttpResponse:
    """Show who owes an evaluation of a semester, which are in, and the joint one."""
    if not may_read_evaluations(request.user):
        raise PermissionDenied(_("Counselors and the principal can read the evaluation."))
    asked = OneSemester(request)
    semester = asked.chosen
    if semester is None:
        if request.GET.get("semester"):
            raise Http404
        return render(request, "reports/semester_none.html")
    found = evaluations_of(semester)
    rows = owed_in(semester, found, request.user)
    context = {
        "asked": asked,
        "semester": semester,
        "rows": rows,
        "are_in": sum(row.is_in for row in rows),
        "joint": _shown_joint(request.user, found.get(None)),
        "begins": _begins(request.user, semester, found),
    }
    return render(request, "reports/evaluations.html", context)


def _shown_joint(user: User, joint: Evaluation | None) -> Evaluation | None:
    """Return the school's evaluation if the person may read it."""
    sees = joint and EvaluationQuerySet.sight.includes(joint, user)
    return joint if sees else None


def _begins(
    user: User, semester: Semester, found: dict[int | None, Evaluation]
) -> list[tuple[str, object]]:
    """Return the addresses at which the person begins an evaluation, each with its offer."""
    wanted = [
        ("reports:begin_evaluation", "begin", user.pk not in found and begins_own(user, semester)),
        ("reports:begin_joint", "begin_joint", None not in found and writes_report(user)),
    ]
    return [(page, offer(EVALUATION[act], user, semester)) for page, act, may in wanted if may]


def _any_semester(_user: User) -> QuerySet[Semester]:
    """Return all semesters: that there are such is no secret."""
    return Semester.objects.select_related("year", "policy")


@acts_on(Semester, may=begins_own, methods=("POST",), seen=_any_semester)
def begin(request: HttpRequest, semester: Semester) -> Answer:
    made = workflow.begin_evaluation(semester, by=request.user)
    return done("reports:write_evaluation", made.pk)


@acts_on(Semester, may=writes_report, methods=("POST",), seen=_any_semester)
def begin_joint(request: HttpRequest, semester: Semester) -> Answer:
    made = workflow.begin_evaluation(semester, by=request.user, is_joint=True)
    return done("reports:write_evaluation", made.pk)


def _seen(user: User) -> EvaluationQuerySet:
    of_page = ("author", "semester__year", "semester__policy")
    return Evaluation.objects.visible_to(user).select_related(*of_page)


@acts_on(Evaluation, methods=("GET",), seen=_seen)
def evaluation(request: HttpRequest, evaluation: Evaluation) -> HttpResponse:
    """Show the figures and what was made of them; on the joint one each counselor's summary."""
    buttons = EVALUATION_ACTS.buttons(request.user, evaluation)
    main = suggested(buttons, 1)
    semester, author = evaluation.semester, evaluation.author
    context = {
        "evaluation": evaluation,
        "main": main,
        "others": [button for button in buttons if button not in main],
        "grids": [
            process_grid(paces(semester, author)),
            outcome_grid(outcomes(semester, author)),
        ],
        "returned": _returned(evaluation),
        "colleagues": handed_over_in(semester) if evaluation.is_joint else [],
        "today": clock.today(),
    }
    return render(request, "reports/evaluation.html", context)


def _returned(evaluation: Evaluation) -> str:
    """Return why it was returned, while it is."""
    if evaluation.status != EvaluationStatus.RETURNED:
        return ""
    of = {"kind": EVALUATION.kind, "object_id": evaluation.pk, "action": "return"}
    notes = ActionNote.objects.filter(**{f"entry__{name}": value for name, value in of.items()})
    return notes.order_by("-entry").values_list("text", flat=True).first() or ""


@acts_on(Evaluation, may=writes_evaluation, seen=_seen)
def write(request: HttpRequest, evaluation: Evaluation) -> Answer:
    """Write it if it is as it was read; else show both texts."""
    semester, author = evaluation.semester, evaluation.author
    form = EvaluationForm(
        request.POST or None,
        evaluation=evaluation,
        paces=paces(semester, author),
        outcomes=outcomes(semester, author),
    )
    if request.method != "POST":
        return _page(request, evaluation, form, "write")
    answer = save(
        request,
        form,
        lambda: workflow.write_evaluation(
            evaluation, by=request.user, values=form.values, read_at=form.read_at
        ),
        page=lambda: _page(request, evaluation, form, "write").response,
        then=evaluation.get_absolute_url,
    )
    if answer.is_done:
        say_done(request, _("Evaluation saved."))
    return answer


@acts_on(Evaluation, may=writes_evaluation, methods=("POST",), seen=_seen)
def hand_over(request: HttpRequest, evaluation: Evaluation) -> Answer:
    workflow.hand_over_evaluation(evaluation, by=request.user)
    say_done(request, _("Evaluation handed over."), undo_of=evaluation, action="hand_over")
    return done(evaluation)


@acts_on(Evaluation, may=returns_evaluation, seen=_seen)
def return_(request: HttpRequest, evaluation: Evaluation) -> Answer:
    form = ReturnForm(request.POST or None)
    if form.is_valid() and tried(
        form,
        lambda: workflow.return_evaluation(evaluation, by=request.user, **form.cleaned_data),
    ):
        say_done(request, _("Evaluation returned."))
        return done("reports:evaluations")
    return _page(request, evaluation, form, "return")


def _page(
    request: HttpRequest, evaluation: Evaluation, form: EvaluationForm | ReturnForm, act: str
) -> Answer:
    """Draw the page of the act, with the reason where it is off."""
    found = EVALUATION.offer_of(act, request.user, evaluation)
    off = found.reason if found and not found.on else ""
    if found is None:
        off = _("Not possible in this state.")
    context = {
        "evaluation": evaluation,
        "form": form,
        "title": EVALUATION[act].label,
        "off": "" if form.is_bound else off,
        "cancel_url": evaluation.get_absolute_url(),
    }
    return refused(render(request, "reports/evaluation_act.html", context))

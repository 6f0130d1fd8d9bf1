"""Review: open a case directly, read and discuss its evidence, confirm it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases import workflow
from cases.forms.case import ConfirmForm, OpenForm, ReviewNoteForm
from cases.models import Case, Evidence
from cases.permissions import is_counselor_of, may_open_directly, may_take_part_in_review
from cases.reasons import entries_behind, known, seen
from cases.views.act_page import SHOWN, act_page
from cases.workflow import CASE
from cases.workflow.notes import review_is_over
from recaps.chips import indicator_words
from school.models import Semester, Student
from workflow.lifecycle import Offer, offer
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, say_done, tried


@acts_on(Student, may=may_open_directly)
def open_directly(request: HttpRequest, student: Student) -> Answer:
    """Open a case between lists, or for a reason that no recap shows."""
    semester = Semester.objects.current()
    if semester is None:
        raise PermissionDenied(_("No semester has been set up yet."))
    form = OpenForm(request.POST or None, semester=semester)
    if form.is_valid() and tried(form, lambda: _opened(request, student, semester, form)):
        return done(Case.objects.get(student=student, semester=semester))
    context = {
        "form": form,
        "student": student,
        "semester": semester,
        "standing": Case.objects.filter(student=student, semester=semester).first(),
    }
    return refused(render(request, "cases/open.html", context))


def _opened(request: HttpRequest, student: Student, semester: Semester, form: OpenForm) -> None:
    workflow.open_directly(student, semester, by=request.user, **form.cleaned_data)
    say_done(request, _("The case is now with the counselor."))


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def confirm(request: HttpRequest, case: Case) -> Answer:
    """Confirm now, by one tap on the case page, or at a typed minute."""
    form = ConfirmForm(request.POST or None, semester=case.semester)
    if form.is_valid() and tried(
        form, lambda: workflow.confirm(case, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Confirmed as a case."), undo_of=case, action="confirm")
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("Confirm as a case"),
        submit=_("Confirm"),
        follows=_(
            "From then on the homeroom teacher reads the shared summary instead of the recap data."
        ),
        offer=offer(CASE["confirm"], request.user, case),
    )


@acts_on(Case, may=is_counselor_of, methods=("POST",))
def notice_evidence(request: HttpRequest, case: Case) -> Answer:
    workflow.notice_evidence(case, by=request.user)
    say_done(request, _("Marked as read."))
    return done(case)


@acts_on(Case, may=may_take_part_in_review)
def review_note(request: HttpRequest, case: Case) -> Answer:
    """Let homeroom teacher and counselor exchange notes until the case is confirmed."""
    form = ReviewNoteForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.write_review_note(case, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Note saved with the review."))
        return done(case)
    over = review_is_over(case)
    return act_page(
        request,
        case,
        form,
        title=_("Review note"),
        submit=_("Save"),
        offer=Offer("note", "", not over, over or ""),
    )


@acts_on(
    Evidence,
    methods=("GET",),
    related=(
        "case__student",
        "case__semester__policy",
        "by",
        "decision__class_list__school_class",
        "decision__class_list__period__semester__policy",
    ),
)
def evidence(request: HttpRequest, evidence: Evidence) -> HttpResponse:
    """Show the figures as they were seen, and today's recaps behind them."""
    case = evidence.case
    context = {
        "case": case,
        "evidence": evidence,
        "seen": seen(evidence, indicator_words(case.semester.policy)),
        "known": known(evidence),
        "entries": entries_behind(evidence),
    }
    return render(request, "cases/evidence.html", context)

"""What a homeroom teacher does on the class list: decide, write what is known, hand over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recaps.forms.class_list import DecisionForm, HandOverForm, KnowledgeForm
from recaps.models import Choice, ClassList, Decision, Knowledge
from recaps.models.subjects import subjects_of
from recaps.permissions import is_homeroom_of
from recaps.queries.class_list_rows import rows_of
from recaps.views.class_list import list_context, row_of
from recaps.views.class_list_fetch import on_class_list, student_on
from recaps.workflow import class_list_of, decide, hand_over_list, write_knowledge
from school.models import Student, User
from school.versioned import save
from workflow.errors import NotNow
from workflow.submits import Answer, done, refused
from workflow.views import back, say_done


@on_class_list(may=is_homeroom_of, methods=("POST",))
def decision(request: HttpRequest, class_list: ClassList) -> Answer:
    """Decide for one student or many."""
    form = DecisionForm(request.POST, students=class_list.students())
    if not form.is_valid():
        for error in form.problems():
            messages.error(request, error)
        return refused(redirect(back(request, "recaps:class_lists")))
    students = list(form.cleaned_data["student"])
    choice = Choice(form.cleaned_data["choice"])
    kept = _begun(class_list, request.user)
    decisions = decide(kept, students, choice, by=request.user)
    _say_decided(request, decisions, choice)
    return done(back(request, "recaps:class_lists"))


@on_class_list(may=is_homeroom_of)
def knowledge(request: HttpRequest, class_list: ClassList, student_id: int) -> Answer:
    """Save what the homeroom teacher knows of a student, at the version that was read."""
    student = student_on(class_list, student_id)
    known = Knowledge.objects.filter(class_list=class_list.pk, student=student).first()
    form = KnowledgeForm(request.POST or None, instance=known)

    def page() -> HttpResponse:
        return _knowledge_page(request, class_list, student, form)

    if request.method != "POST":
        return refused(page())
    is_in_row = "HX-Request" in request.headers
    row = reverse("recaps:class_list_row", args=[*_keys(class_list), student.pk])
    answer = save(
        request,
        form,
        lambda: write_knowledge(
            _begun(class_list, request.user),
            student,
            by=request.user,
            values=form.values,
            read_at=form.read_at,
        ),
        page=page,
        then=lambda: row if is_in_row else back(request, "recaps:class_lists"),
    )
    if answer.is_done and not is_in_row:
        messages.success(
            request, _("What you know about %(name)s is saved.") % {"name": student.name}
        )
    return answer


def _knowledge_page(
    request: HttpRequest, class_list: ClassList, student: Student, form: KnowledgeForm
) -> HttpResponse:
    """Draw the row opened, for a script; else a page of its own."""
    if "HX-Request" in request.headers:
        template = "recaps/class_list_knowledge_form.html"
        return row_of(request, class_list, student.pk, opened=template, form=form)
    came_from = back(request, "recaps:class_lists")
    context = {"class_list": class_list, "student": student, "form": form, "came_from": came_from}
    return render(request, "recaps/class_list_knowledge.html", context)


@on_class_list(may=is_homeroom_of)
def hand_over(request: HttpRequest, class_list: ClassList) -> Answer:
    """Hand over to BK, after one question that says what follows: it cannot be undone.

    A date that was typed stays in the form if it is refused.
    """
    form = HandOverForm(request.POST or None, semester=class_list.period.semester)
    if form.is_valid():
        begun, moment = _begun(class_list, request.user), form.cleaned_data["happened_at"]
        try:
            referred = hand_over_list(begun, by=request.user, happened_at=moment)
        except NotNow as why:
            if moment is None:
                raise
            form.add_error("happened_at", str(why))
            begun.refresh_from_db()  # it was handed over for a moment
        else:
            messages.success(request, _said_handed_over(referred))
            return done("recaps:class_list", *_keys(class_list))
    rows = rows_of(class_list, request.user)
    fresh = [row for row in rows if row.decision and row.decision.handed_over_at is None]
    context = list_context(request, class_list, rows) | {
        "referred": [row for row in fresh if row.decision and row.decision.choice == Choice.REFER],
        "missing": subjects_of(class_list).missing,
        "form": form,
    }
    return refused(render(request, "recaps/class_list_hand_over.html", context))


def _begun(class_list: ClassList, by: User) -> ClassList:
    """Return the list with its row, which the first act on it makes."""
    if class_list.pk:
        return class_list
    return class_list_of(class_list.school_class, class_list.period, by=by)


def _keys(class_list: ClassList) -> tuple[int, int]:
    return class_list.school_class_id, class_list.period_id


def _say_decided(request: HttpRequest, decisions: list[Decision], choice: Choice) -> None:
    count = len(decisions)
    text = ngettext("%(count)s student: %(choice)s", "%(count)s students: %(choice)s", count)
    whom = {"count": count, "choice": choice.label}
    said = text % whom if count > 1 else f"{decisions[0].student.name}: {choice.label}"
    say_done(request, said, undo_of=decisions, action="decide")


def _said_handed_over(referred: int) -> str:
    if not referred:
        return _("Handed over to BK. Nobody was referred.")
    text = ngettext(
        "Handed over to BK: %(count)s student referred.",
        "Handed over to BK: %(count)s students referred.",
        referred,
    )
    return text % {"count": referred}

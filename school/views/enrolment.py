"""A student changes class, comes and leaves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from school import wording
from school.effects import Scope
from school.forms.enrolment import ArriveForm, LeaveForm, MoveForm
from school.forms.foreseen import ForeseenForm
from school.models import Change, Enrolment, Student
from school.models.change import ChangeKind
from school.moves import leaving_of
from school.permissions import runs_the_school
from school.tasks import joined
from school.views.foreseen import Page, foreseen
from school.workflow import enrolment
from workflow.addresses import address
from workflow.errors import Text
from workflow.submits import Answer
from workflow.views import acts_on


@acts_on(Student, may=runs_the_school)
def move_class(request: HttpRequest, student: Student) -> Answer:
    """Let a student be in another class from a day."""
    stay = _present_stay(student)
    off = "" if stay else _("The student is in no class.")
    page = Page(
        _("Change of class"),
        _("Change the class"),
        *_about(student, stay),
        off,
    )
    form = MoveForm(request.POST or None, now_in=stay.school_class if stay else None)
    said = _("%(name)s is in %(class)s from %(day)s.")
    return _answer(request, page, student, form, ChangeKind.MOVE, enrolment.move, said)


@acts_on(Student, may=runs_the_school)
def arrive(request: HttpRequest, student: Student) -> Answer:
    """Enrol a student who comes late or comes back."""
    stay = _present_stay(student)
    off = _("The student is in a class. Change the class instead.") if stay else ""
    page = _unless_leaving(
        student, Page(_("Student comes"), _("Record the arrival"), *_about(student, stay), off)
    )
    form = ArriveForm(request.POST or None)
    said = _("%(name)s is in %(class)s from %(day)s.")
    return _answer(request, page, student, form, ChangeKind.ARRIVAL, enrolment.arrive, said)


@acts_on(Student, may=runs_the_school)
def leave(request: HttpRequest, student: Student) -> Answer:
    """Let a student leave the school on a day."""
    stay = _present_stay(student) or _last_stay(student)
    off = "" if stay else _("The student is in no class.")
    page = _unless_leaving(
        student, Page(_("Student leaves"), _("Record the leaving"), *_about(student, stay), off)
    )
    form = LeaveForm(request.POST or None)
    said = _("%(name)s leaves the school on %(day)s.")
    return _answer(request, page, student, form, ChangeKind.LEAVING, enrolment.leave, said)


def _unless_leaving(student: Student, page: Page) -> Page:
    """Return the page; it leads to the undo if the student's leaving is recorded already."""
    leaving = leaving_of(student)
    if leaving is None:
        return page
    undo = address("school:change", leaving.change_id) if leaving.change_id else ""
    return replace(page, off=leaving.said, undo=undo)


def _answer(
    request: HttpRequest,
    page: Page,
    student: Student,
    form: ForeseenForm,
    kind: ChangeKind,
    act: Callable[..., Change],
    said: str,
) -> Answer:
    def do() -> Change:
        return act(student, *_to(form), on=form.cleaned_data["on"], by=request.user)

    def scope() -> Scope:
        last_day = timedelta(days=kind == ChangeKind.LEAVING)
        on = form.cleaned_data["on"] + last_day
        return Scope(kind, on, students=frozenset([student.pk]))

    def words() -> Text:
        to = "".join(str(one) for one in _to(form))
        on = wording.full_day(form.cleaned_data["on"])
        return said % {"name": student, "class": to, "day": on}

    return foreseen(request, page, form, do, scope=scope, said=words)


def _to(form: ForeseenForm) -> list[object]:
    """Return the class that the form asks for, if it does."""
    return [form.cleaned_data["to"]] if "to" in form.cleaned_data else []


def _last_stay(student: Student) -> Enrolment | None:
    stays = Enrolment.objects.filter(student=student).select_related("school_class")
    return max(stays, key=lambda stay: stay.starts_on, default=None)


def _present_stay(student: Student) -> Enrolment | None:
    """Return the stay of today, else the next one; None for a student who is in no class."""
    stays = Enrolment.objects.from_today().filter(student=student)
    return stays.select_related("school_class").order_by("starts_on").first()


def _about(student: Student, stay: Enrolment | None) -> tuple[str, str]:
    """Return whom the page is about, and the student's page."""
    of_class = stay.school_class.name if stay else ""
    return joined(student.name, f"NIS {student.nis}", of_class), student.get_absolute_url()

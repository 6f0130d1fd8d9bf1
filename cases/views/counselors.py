"""Cases and classes get their counselor: the coordinator gives them, by load."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cases import workflow
from cases.forms.counselor import ClassForm, HandOverForm, NotesForm
from cases.models import Case
from cases.models.case import BY_CLASS
from cases.models.confidential_note import ConfidentialNoteQuerySet
from cases.permissions import assigns_cases, is_counselor_of
from cases.tasks.load import loads
from cases.tasks.my_classes import ClassFigures, classes_of
from cases.views.act_page import SHOWN, act_page
from cases.workflow import CASE
from cases.workflow.counselors import (
    cases_with,
    elsewhere,
    in_hand,
    notes_of,
    of_class,
    waits_for_counselor,
)
from school.models import SchoolClass, Semester, User
from school.permissions import possible_counselors
from workflow.errors import NotNow
from workflow.ids import read_id
from workflow.lifecycle import offer
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, back, logs_access, say_done, tried


@dataclass(frozen=True)
class Elsewhere:
    """A class, and how many of its open cases are with another counselor."""

    school_class: ClassFigures
    counselor: User
    cases: int


@logs_access("cases.case")
@require_safe
def assign(request: HttpRequest) -> HttpResponse:
    """Show the load of each counselor, and the cases and classes that wait for one."""
    if not assigns_cases(request.user):
        raise PermissionDenied
    semester = Semester.objects.select_related("year").current()
    classes = classes_of(request.user, semester, every=True) if semester else []
    waiting = in_hand().filter(waits_for_counselor()).select_related("student", "counselor")
    shown = waiting.with_class("class_place", "class_name").order_by(*BY_CLASS)
    load = loads(request.user, classes)
    people = {one.counselor.pk: one.counselor for one in load}
    context = {
        "loads": load,
        "cases": shown,
        "classes": [row for row in classes if row.counselor_id not in people],
        "elsewhere": _elsewhere(request.user, classes, people),
        "left": _left(shown),
    }
    return render(request, "cases/assign.html", context)


def _left(waiting: Iterable[Case]) -> list[tuple[User, int]]:
    """Return who left the office with open cases, and how many of those they have."""
    left = Counter(case.counselor for case in waiting if case.counselor)
    return sorted(left.items(), key=lambda row: row[0].name)


def _elsewhere(
    user: User, classes: Iterable[ClassFigures], people: Mapping[int, User]
) -> list[Elsewhere]:
    """Return the classes of which `user` can hand cases over to the counselor; one query."""
    counts = Counter(elsewhere(user).values_list(F("class_id_today"), flat=True))
    return [
        Elsewhere(row, people[row.counselor_id or 0], counts[row.class_id])
        for row in classes
        if counts[row.class_id]
    ]


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def hand_over(request: HttpRequest, case: Case) -> Answer:
    """Give the case to another counselor; with a reason if it has one."""
    found = offer(CASE["hand_over"], request.user, case)
    form = HandOverForm(
        request.POST or None,
        people=_others(case.counselor_id),
        needs_reason=found.needs_reason,
        notes=notes_of(request.user).filter(case=case),
    )
    if form.is_valid() and tried(
        form, lambda: workflow.hand_over(case, by=request.user, **form.given)
    ):
        to = form.cleaned_data["counselor"].called
        say_done(request, _("The case is now with %(name)s.") % {"name": to})
        if "next" in request.POST:
            return done(back(request))
        return done(case if is_counselor_of(request.user, case) else "cases:cases")
    return act_page(
        request,
        case,
        form,
        title=_("Hand over to a counselor"),
        submit=_("Hand over"),
        follows=_("The counselor then sees the whole case and takes it over."),
        offer=found,
        template="cases/hand_over.html",
    )


def _others(counselor: int | None) -> QuerySet[User]:
    """Return who else can have the cases of a counselor."""
    return possible_counselors().exclude(pk=counselor or 0).order_by("name")


def _with_cases(user: User) -> QuerySet[User]:
    """Return the persons whose open cases `user` can hand over, in office or not."""
    return User.objects.filter(pk__in=in_hand().handled_by(user).values("counselor"))


@acts_on(User, seen=_with_cases)
def hand_over_all(request: HttpRequest, person: User) -> Answer:
    """Hand all open cases of a counselor over at once, who leaves or takes others."""
    rows = cases_with(person, request.user).select_related("student", "counselor")
    cases = list(rows.with_class("class_place", "class_name").order_by(*BY_CLASS))
    form = HandOverForm(
        request.POST or None,
        people=_others(person.pk),
        needs_reason=True,
        notes=_notes_on(cases, request.user),
        of_one_case=False,
    )
    came_from = "cases:assign" if assigns_cases(request.user) else "cases:cases"
    done_to: list[int] = []
    if form.is_valid() and tried(
        form,
        lambda: done_to.append(workflow.hand_over_all(person, by=request.user, **form.given)),
    ):
        return _handed_over(request, done_to[0], came_from)
    lead = ngettext("%(n)s open case of %(name)s", "%(n)s open cases of %(name)s", len(cases))
    lead %= {"n": len(cases), "name": person.called}
    return _many(request, cases, form, lead=lead, back_to=came_from)


def _notes_on(cases: Iterable[Case], user: User) -> ConfidentialNoteQuerySet:
    return notes_of(user).filter(case__in=[case.pk for case in cases])


def _many(
    request: HttpRequest, cases: list[Case], form: NotesForm, *, lead: str, back_to: str
) -> Answer:
    """Draw the page on which several cases are handed over at once."""
    context = {"cases": cases, "form": form, "lead": lead, "cancel_url": reverse(back_to)}
    return refused(render(request, "cases/hand_over_many.html", context))


def _handed_over(request: HttpRequest, count: int, to: str) -> Answer:
    said = ngettext("%(n)d case handed over.", "%(n)d cases handed over.", count) % {"n": count}
    say_done(request, said)
    return done(to)


def _all_classes(_user: User) -> QuerySet[SchoolClass]:
    return SchoolClass.objects.all()


@acts_on(SchoolClass, may=assigns_cases, seen=_all_classes, methods=("POST",))
def give_class(request: HttpRequest, school_class: SchoolClass) -> Answer:
    """Give a class to a counselor; its waiting cases go with it."""
    chosen = read_id(request.POST.get("counselor", ""))
    person = possible_counselors().filter(pk=chosen or 0).first()
    if person is None:
        raise NotNow(_("Choose a counselor."))
    count = workflow.give_class(school_class, person, by=request.user)
    words = {"class": school_class.name, "name": person.called, "n": count}
    said = ngettext(
        "%(class)s is now with %(name)s, along with %(n)d case.",
        "%(class)s is now with %(name)s, along with %(n)d cases.",
        count,
    )
    messages.success(request, (said if count else _("%(class)s is now with %(name)s.")) % words)
    return done("cases:assign")


@acts_on(SchoolClass, may=assigns_cases, seen=_all_classes, related=("counselor",))
def hand_over_class(request: HttpRequest, school_class: SchoolClass) -> Answer:
    """Hand the open cases of a class over to its counselor, with the notes that were chosen."""
    to = school_class.counselor
    rows = of_class(elsewhere(request.user), school_class).select_related("student", "counselor")
    cases = list(rows.order_by("student__name", "student__nis")) if to else []
    form = ClassForm(
        request.POST if request.method == "POST" else None,
        notes=_notes_on(cases, request.user),
        to=school_class.counselor_id,
    )
    if form.is_valid():
        meant = form.cleaned_data["to"]
        count = workflow.hand_over_class(school_class, by=request.user, notes=form.chosen, to=meant)
        return _handed_over(request, count, "cases:assign")
    words = {"class": school_class.name, "name": to.called if to else ""}
    lead = _("%(class)s, now with %(name)s") % words if to else school_class.name
    return _many(request, cases, form, lead=lead, back_to="cases:assign")

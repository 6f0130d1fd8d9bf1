"""Cases and classes get their counselor: the coordinator gives them, by load."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cases import workflow
from cases.forms.counselor import HandOverForm
from cases.models import Case
from cases.models.case import BY_CLASS
from cases.permissions import assigns_cases, is_counselor_of
from cases.tasks.load import loads
from cases.tasks.my_classes import ClassFigures, classes_of
from cases.views.act_page import SHOWN, act_page
from cases.workflow import CASE
from cases.workflow.counselors import CLASS_NOW, counselors, in_hand, waits_for_counselor
from school.models import SchoolClass, Semester, User, last_class
from workflow.ids import read_id
from workflow.lifecycle import offer
from workflow.submits import Answer, done
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
    shown = in_hand().filter(waits_for_counselor()).select_related("student")
    load = loads(classes)
    context = {
        "loads": load,
        "cases": shown.with_class("class_place", "class_name").order_by(*BY_CLASS),
        "classes": [row for row in classes if row.counselor_id is None],
        "elsewhere": _elsewhere(classes, [one.counselor for one in load]),
    }
    return render(request, "cases/assign.html", context)


def _elsewhere(classes: Iterable[ClassFigures], people: Iterable[User]) -> list[Elsewhere]:
    """Return the classes of which a case is with another counselor; one query."""
    by_id = {person.pk: person for person in people}
    known = {row.class_id: row for row in classes if row.counselor_id in by_id}
    counts = dict.fromkeys(known, 0)
    rows = in_hand().filter(counselor__in=list(by_id))
    class_now = last_class.of_today(*CLASS_NOW)
    for class_id, counselor_id in rows.values_list(class_now, "counselor"):
        if class_id in known and known[class_id].counselor_id != counselor_id:
            counts[class_id] += 1
    return [
        Elsewhere(known[pk], by_id[known[pk].counselor_id or 0], n) for pk, n in counts.items() if n
    ]


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def hand_over(request: HttpRequest, case: Case) -> Answer:
    """Give the case to another counselor; with a reason if it has one."""
    found = offer(CASE["hand_over"], request.user, case)
    people = counselors().exclude(pk=case.counselor_id or 0).order_by("name")
    form = HandOverForm(request.POST or None, people=people, needs_reason=found.needs_reason)
    if form.is_valid() and tried(
        form, lambda: workflow.hand_over(case, by=request.user, **form.cleaned_data)
    ):
        to = form.cleaned_data["counselor"].called
        say_done(request, _("The case is now with %(name)s.") % {"name": to})
        return done(back(request) if assigns_cases(request.user) else "cases:cases")
    return act_page(
        request,
        case,
        form,
        title=_("Hand over to a counselor"),
        submit=_("Hand over"),
        follows=_("The counselor then sees the whole case and takes it over."),
        offer=found,
    )


def _all_classes(_user: User) -> QuerySet[SchoolClass]:
    return SchoolClass.objects.all()


@acts_on(SchoolClass, may=assigns_cases, seen=_all_classes, methods=("POST",))
def give_class(request: HttpRequest, school_class: SchoolClass) -> Answer:
    """Give a class to a counselor; its waiting cases go with it."""
    chosen = read_id(request.POST.get("counselor", "")) or 0
    person = counselors().filter(pk=chosen).first()
    if person is None:
        messages.error(request, _("Choose a counselor."))
        return done("cases:assign")
    count = workflow.give_class(school_class, person, by=request.user)
    words = {"class": school_class.name, "name": person.called, "n": count}
    said = ngettext(
        "%(class)s is now with %(name)s, along with %(n)d case.",
        "%(class)s is now with %(name)s, along with %(n)d cases.",
        count,
    )
    messages.success(request, (said if count else _("%(class)s is now with %(name)s.")) % words)
    return done("cases:assign")


@acts_on(SchoolClass, may=assigns_cases, seen=_all_classes, methods=("POST",))
def hand_over_class(request: HttpRequest, school_class: SchoolClass) -> Answer:
    """Hand all open cases of a class over to its counselor."""
    count = workflow.hand_over_class(school_class, by=request.user)
    said = ngettext("%(n)d case handed over.", "%(n)d cases handed over.", count) % {"n": count}
    messages.success(request, said)
    return done("cases:assign")

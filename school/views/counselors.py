"""Counselors and their classes: how much each has, and who takes over when one falls away."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from school.effects import Scope
from school.forms.counselors import CounselorsForm, PassClassesForm, classes_of
from school.in_use import is_in_use
from school.models import AcademicYear, Change, Enrolment, SchoolClass, User
from school.models.change import ChangeKind
from school.permissions import possible_counselors, runs_the_school
from school.views.classes import number
from school.views.for_operator import for_operator
from school.views.foreseen import Page, foreseen
from school.views.years import OneYear
from school.workflow.counselors import distribute, give_classes
from school.years import day_in
from workflow import clock
from workflow.errors import Text
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, say_done, tried


def _people(_user: User) -> QuerySet[User]:
    return User.objects.all()


@acts_on(User, may=runs_the_school, seen=_people)
def pass_classes(request: HttpRequest, counselor: User) -> Answer:
    """Give the classes of a counselor to another one, or to nobody for now."""
    form = PassClassesForm(request.POST or None, counselor=counselor)
    off = "" if classes_of(counselor) else _("This person is counselor of no class.")
    back = reverse("school:person", args=[counselor.pk])
    title = _("Pass on a counselor's classes")
    page = Page(title, _("Pass on"), counselor.full_name, back, off)

    def act() -> Change:
        data = form.cleaned_data
        return give_classes(list(data["classes"]), data["to"], by=request.user)

    def scope() -> Scope:
        return Scope(ChangeKind.COUNSELORS, clock.today())

    def said() -> Text:
        names = ", ".join(one.name for one in form.cleaned_data["classes"])
        if to := form.cleaned_data["to"]:
            return _("%(classes)s: now with %(name)s.") % {"classes": names, "name": to.called}
        return _("%(classes)s: no counselor.") % {"classes": names}

    return foreseen(request, page, form, act, scope=scope, said=said)


USUAL = 150
"""Students that a counselor is to have at most, by the rules for counselors in schools."""


@dataclass
class Load:
    """A counselor with the names of their classes and the students in these."""

    counselor: User
    classes: list[str] = field(default_factory=list)
    students: int = 0

    @property
    def is_high(self) -> bool:
        return self.students > USUAL


@for_operator("GET", "POST")
def counselors(request: HttpRequest) -> Answer:
    """Show the load of each counselor, and give classes to them."""
    asked = OneYear(request)
    year = asked.chosen
    people = list(possible_counselors().order_by("name"))
    classes = _classes(year)
    form = CounselorsForm(request.POST or None, classes=classes, people=people)
    if request.method == "POST" and form.is_valid() and _given(form, request.user):
        say_done(request, _("Saved."))
        return done(f"{reverse('school:counselors')}?year={year or ''}")
    loads = _loads(people, classes)
    context = {"form": form, "year": year, "asked": asked, "loads": loads, "usual": USUAL}
    return refused(render(request, "school/counselors.html", context))


def _classes(year: AcademicYear | None) -> list[SchoolClass]:
    """Return the classes of a year in their order, with `students`."""
    if year is None:
        return []
    enrolled = Enrolment.objects.on(day_in(year)).filter(school_class=OuterRef("pk"))
    rows = SchoolClass.objects.filter(is_in_use(day_in(year)), year=year)
    rows = rows.select_related("counselor")
    return list(rows.annotate(students=number(enrolled, "school_class", "student")))


def _loads(people: Iterable[User], classes: Iterable[SchoolClass]) -> list[Load]:
    found = {one.pk: Load(one) for one in people}
    for of_class in classes:
        if load := found.get(of_class.counselor_id or 0):
            load.classes.append(of_class.name)
            load.students += of_class.students  # type: ignore[attr-defined]
    return list(found.values())


def _given(form: CounselorsForm, by: User) -> bool:
    """Save what was changed; return whether it was possible."""
    return not form.wanted or tried(form, lambda: distribute(form.wanted, by=by))

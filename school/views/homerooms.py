"""The operator's pages for homeroom teachers: those of one class, and of all classes of a year."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from school import wording
from school.effects import Scope
from school.forms.classes import HomeroomForm, HomeroomsForm, LastDayForm
from school.in_use import is_in_use
from school.models import AcademicYear, Change, HomeroomAssignment, SchoolClass
from school.models.change import ChangeKind
from school.views.act_page import act_page
from school.views.assigned import Difference, proposed, teachers_besides, with_days
from school.views.for_operator import for_operator
from school.views.foreseen import what_it_does
from school.views.years import OneYear
from school.workflow import homerooms as workflow
from school.workflow.assignments import Held, open_since
from school.years import day_in, first_day
from workflow.errors import Text
from workflow.submits import Answer, done, refused
from workflow.views import say_done, tried


@for_operator("GET", "POST")
def homerooms(request: HttpRequest) -> Answer:
    """Let each class of a year have its homeroom teachers, and show first what would change."""
    asked = OneYear(request)
    year = asked.chosen
    if year is None:
        return refused(render(request, "school/homerooms.html"))
    form = _form(request, year)
    context: dict[str, object] = {"form": form, "year": year, "asked": asked} | proposed(form)
    if request.method == "POST" and form.is_valid():
        on, first_on, wanted = form.cleaned_data["on"], form.first_on, form.wanted

        def act() -> Change:
            return workflow.assign_homerooms(
                year, wanted, by=request.user, on=on, first_on=first_on
            )

        if form.was_shown and tried(form, act):
            say_done(request, _("Saved."))
            return done(f"{reverse('school:homerooms')}?year={year}")
        changed = workflow.homerooms_that_change(wanted, on, first_on)
        context |= {"is_read": True, "changes": _differences(form, changed, on)}
        if changed and not form.was_shown:
            replaced = frozenset(pk for pk, held in changed.items() if held.now)
            scope = Scope(ChangeKind.HOMEROOM, on, classes=replaced)
            context["effects"] = [*what_it_does(form, scope, act), *_of_several_classes(form)]
    return refused(render(request, "school/homerooms.html", context))


def _form(request: HttpRequest, year: AcademicYear) -> HomeroomsForm:
    day = day_in(year)
    standing: dict[int, set[int]] = {}
    rows = HomeroomAssignment.objects.on(day).filter(school_class__year=year)
    for of_class, teacher in rows.values_list("school_class", "teacher"):
        standing.setdefault(of_class, set()).add(teacher)
    return HomeroomsForm(
        request.POST or None,
        classes=SchoolClass.objects.filter(is_in_use(day), year=year),
        standing=standing,
        teachers=teachers_besides({one for people in standing.values() for one in people}),
        start=first_day(year),
        day=day,
    )


def _differences(
    form: HomeroomsForm, changed: dict[int, Held[HomeroomAssignment]], on: date
) -> list[Difference]:
    """Return what would change, in the order of the classes."""

    def said(rows: Iterable[HomeroomAssignment]) -> str:
        return "; ".join(with_days(row, form.teachers, on) for row in rows)

    return [
        Difference(one.name, said(changed[one.pk].now), said(changed[one.pk].then))
        for one in form.classes
        if one.pk in changed
    ]


def _of_several_classes(form: HomeroomsForm) -> Sequence[Text]:
    """Return a sentence for each person who would have several classes, which may be a slip."""
    held: dict[int, list[str]] = {}
    for one in form.classes:
        for person in form.wanted.get(one.pk, form.standing.get(one.pk, ())):
            held.setdefault(person, []).append(one.name)
    words = _("%(name)s has several classes: %(classes)s.")
    return [
        words % {"name": form.teachers.labels[person], "classes": ", ".join(classes)}
        for person, classes in held.items()
        if len(classes) > 1 and any(person in of for of in form.wanted.values())
    ]


@for_operator("GET", "POST")
def homeroom(request: HttpRequest, pk: int) -> Answer:
    """Give a class a homeroom teacher from a day, in place of others or beside them."""
    school_class = get_object_or_404(SchoolClass.objects.select_related("year"), pk=pk)
    day = day_in(school_class.year)
    now = {held.teacher: None for held in _standing(school_class, day)}
    start = open_since(HomeroomAssignment, "school_class", pk, school_class.year, day)
    form = HomeroomForm(request.POST or None, now=now, start=start, day=day)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if tried(
            form,
            lambda: workflow.add_homeroom(
                school_class,
                given["teacher"],
                stops=given.get("stops", []),
                by=request.user,
                on=form.day,
            ),
        ):
            say_done(request, _("Saved."))
            return done("school:class", pk)
    return act_page(
        request, form, _("Homeroom teacher"), reverse("school:class", args=[pk]), school_class.name
    )


@for_operator("GET", "POST")
def end_homeroom(request: HttpRequest, pk: int) -> Answer:
    """Let somebody stop as homeroom teacher after a day."""
    held = get_object_or_404(
        HomeroomAssignment.objects.select_related("teacher", "school_class__year"), pk=pk
    )
    of_class = held.school_class
    form = LastDayForm(request.POST or None, initial={"on": day_in(of_class.year)})
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["on"]
        if tried(form, lambda: workflow.end_homeroom(held, by=request.user, last=last)):
            said = _("%(name)s is homeroom teacher of %(class)s until %(last)s.")
            words = {"name": held.teacher.called, "class": of_class.name}
            say_done(request, said % (words | {"last": wording.full_day(last)}))
            return done("school:class", of_class.pk)
    back = reverse("school:class", args=[of_class.pk])
    return act_page(
        request,
        form,
        _("Last day as homeroom teacher"),
        back,
        f"{held.teacher.called} · {of_class.name}",
    )


def _standing(school_class: SchoolClass, day: object) -> Iterable[HomeroomAssignment]:
    rows = HomeroomAssignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=day), school_class=school_class
    )
    return rows.select_related("teacher").order_by("starts_on", "pk")

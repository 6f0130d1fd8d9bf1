"""The operator's pages for classes: list, form, homeroom teachers, order, many at once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from school.filter_kinds import EVERY, GradeChoice, Search
from school.forms.classes import ManyClassesForm, SchoolClassForm
from school.grades import place_of
from school.in_use import is_in_use
from school.list_files import Column
from school.models import (
    AcademicYear,
    Enrolment,
    HomeroomAssignment,
    SchoolClass,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.models.dated import holds_on
from school.sheets.export import Kind
from school.versioned import VersionedForm
from school.views.act_page import act_page
from school.views.for_operator import for_operator
from school.views.record_parts import Act, Link
from school.views.records import Records
from school.views.years import OfYear, YearChoice, year_in_view
from school.workflow import classes as workflow
from school.years import running_year, seen_on
from workflow.ids import read_id
from workflow.submits import Answer, done, refused
from workflow.views import say_done


class ClassFilter(OfYear):
    head = gettext_lazy("Classes")
    q = Search("name__icontains")
    grade = GradeChoice(chips=EVERY)
    year = YearChoice()

    def number_of(self, rows: int) -> str:
        return ngettext("%(n)s class", "%(n)s classes", rows) % {"n": rows}


def delete(classes: Sequence[SchoolClass], by: User) -> str:
    workflow.delete_classes(classes, by=by)
    return ngettext("%(n)s class deleted.", "%(n)s classes deleted.", len(classes)) % {
        "n": len(classes)
    }


def name_of(school_class: Any) -> str:
    """Return the name, and that the class has ended if it was merged into another one."""
    if school_class.is_in_use:
        return str(school_class.name)
    return _("%(class)s (ended)") % {"class": school_class.name}


def homeroom_names(school_class: Any) -> str:
    """Return the homeroom teachers of the day on which the class is seen."""
    return ", ".join(
        held.teacher.called for held in school_class.held if held.holds_on(school_class.seen_on)
    )


def lessons(school_class: Any) -> str:
    """Return how many subjects a class has, and how many of them have no teacher."""
    if not school_class.is_in_use:
        return ""
    if not school_class.subjects:
        return _("no lessons yet")
    missing = school_class.subjects - school_class.taught
    said = ngettext("%(n)s subject", "%(n)s subjects", school_class.subjects)
    words = [said % {"n": school_class.subjects}]
    if missing:
        words.append(
            ngettext("%(n)s without a teacher", "%(n)s without a teacher", missing) % {"n": missing}
        )
    return ", ".join(words)


class Classes(Records):
    model = SchoolClass
    path = "sekolah/kelas/"
    one, many = "class", "classes"
    title = gettext_lazy("Classes")
    add_title = gettext_lazy("Add a class")
    search_label = gettext_lazy("Search a class")
    empty = gettext_lazy("Add the classes of the year, many at once.")
    icon = "people"
    form = SchoolClassForm
    listed = ClassFilter
    about_template = "school/class_about.html"
    columns = (
        Column(gettext_lazy("Class"), name_of),
        Column(gettext_lazy("Homeroom teacher"), homeroom_names),
        Column(
            gettext_lazy("Counselor"), lambda one: one.counselor.called if one.counselor else ""
        ),
        Column(gettext_lazy("Students"), lambda one: one.students, kind=Kind.COUNT),
        Column(gettext_lazy("Lessons"), lessons),
    )
    acts = (
        Act(
            "delete",
            gettext_lazy("Delete"),
            ngettext_lazy("Delete %(n)d class?", "Delete %(n)d classes?", "n"),
            delete,
            fits=lambda one: not (one.students or one.taught or one.held),
        ),
    )

    def pages(self) -> list[Link]:
        return [
            Link(_("Add many"), reverse("school:add_classes"), "plus-lg"),
            Link(_("Homeroom teachers"), reverse("school:homerooms"), "clipboard-check"),
            Link(_("Order"), reverse("school:class_order"), "list-check"),
        ]

    def rows(self) -> QuerySet[SchoolClass]:
        enrolled = Enrolment.objects.filter(
            holds_on(OuterRef("seen_on")), school_class=OuterRef("pk")
        )
        groups = TeachingGroup.objects.filter(school_class=OuterRef("pk"))
        taught = TeachingAssignment.objects.filter(
            holds_on(OuterRef("seen_on")), group__school_class=OuterRef("pk")
        )
        held = HomeroomAssignment.objects.select_related("teacher").order_by("starts_on", "pk")
        return (
            SchoolClass.objects.annotate(seen_on=seen_on())
            .annotate(
                students=number(enrolled, "school_class", "student"),
                subjects=number(groups, "school_class", "pk"),
                taught=number(taught, "group__school_class", "group"),
                is_in_use=ExpressionWrapper(is_in_use(OuterRef("seen_on")), BooleanField()),
            )
            .select_related("counselor", "year")
            .prefetch_related(Prefetch("homerooms", held, to_attr="held"))
        )

    def links(self, record: Any) -> list[Link]:
        url = reverse("school:merge_class", args=[record.pk])
        return [Link(_("Merge into another class"), url, "arrow-repeat")]

    def new_form(self, request: HttpRequest) -> VersionedForm:
        return SchoolClassForm(request.POST or None, initial={"year": running_year()})

    def about(self, record: Any) -> dict[str, object]:
        day = record.seen_on
        teaching = TeachingAssignment.objects.select_related("teacher").filter(holds_on(day))
        groups = TeachingGroup.objects.filter(school_class=record).select_related("subject")
        groups = groups.prefetch_related(Prefetch("teaching", teaching, to_attr="now"))
        standing = [held for held in record.held if held.ends_on is None or held.ends_on >= day]
        return {
            "held": standing,
            "groups": groups.order_by("subject__name"),
            "students_url": f"{reverse('school:students')}?class={record.pk}",
        }


def number(rows: QuerySet, of: str, what: str) -> Coalesce:
    """Return how many different `what` the rows have, as a number in another query."""
    counted = rows.order_by().values(of).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)


@for_operator("GET", "POST")
def add_classes(request: HttpRequest) -> Answer:
    """Make many classes from a list of names."""
    form = ManyClassesForm(request.POST or None, initial={"year": running_year()})
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"]
        made = workflow.add_classes(year, form.grades, by=request.user)
        said = ngettext("%(n)s class added.", "%(n)s classes added.", len(made))
        say_done(request, said % {"n": len(made)})
        return done(f"{reverse('school:classes')}?year={year}")
    return act_page(request, form, _("Add many classes"), reverse("school:classes"))


@for_operator("GET", "POST")
def class_order(request: HttpRequest) -> Answer:
    """Show the classes of a year in their order, and move one, or sort a grade by name."""
    year = year_in_view(request)
    here = f"{reverse('school:class_order')}?year={year or ''}"
    if request.method == "POST" and year:
        _reorder(request, year)
        return done(here)
    classes = SchoolClass.objects.filter(year=year)
    grades: dict[str, list[SchoolClass]] = {}
    for one in classes:
        grades.setdefault(one.grade, []).append(one)
    return refused(render(request, "school/class_order.html", {"grades": grades, "here": here}))


def _reorder(request: HttpRequest, year: AcademicYear) -> None:
    for name, step in (("up", -1), ("down", 1)):
        if pk := read_id(request.POST.get(name, "")):
            one = get_object_or_404(SchoolClass, pk=pk, year=year)
            workflow.move(one, step, by=request.user)
    grade = request.POST.get("grade", "")
    if place_of(grade) < place_of(""):
        workflow.order_by_name(year, grade, by=request.user)

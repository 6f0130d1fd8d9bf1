"""The operator's pages for groups that are no whole class: religion, electives, lintas minat."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from school import lookups, wording
from school.filter_kinds import RowChoice, Search
from school.filters import ListFilter
from school.forms.groups import GroupForm, GroupTeachersForm, JoinForm, LeaveGroupForm
from school.forms.people import told_apart
from school.list_files import Column
from school.models import (
    AcademicYear,
    GroupMember,
    SchoolClass,
    Student,
    Subject,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.models.dated import holds_on
from school.models.students import StudentQuerySet
from school.permissions import possible_teachers
from school.sheets.export import Kind
from school.versioned import VersionedForm
from school.views.act_page import act_page
from school.views.classes import number
from school.views.for_operator import for_operator
from school.views.record_parts import Act, Link
from school.views.records import Records
from school.views.years import YearChoice
from school.workflow import groups as workflow
from school.workflow.assignments import open_since, still_to_hold
from school.years import day_in, first_day, running_year, seen_on
from workflow.submits import Answer, done
from workflow.views import say_done, tried

MEMBERS = "school.groupmember"


class GroupFilter(ListFilter):
    head = gettext_lazy("Groups")
    q = Search("name__icontains", "subject__name__icontains")
    subject = RowChoice(
        gettext_lazy("Subject"),
        queryset=Subject.objects.filter(groups__school_class=None, groups__gt=0).distinct(),
    )
    year = YearChoice()

    def __init__(self, request: HttpRequest, rows: QuerySet[TeachingGroup]) -> None:
        super().__init__(request, rows)
        self.years = list(AcademicYear.objects.order_by("-label"))
        running = running_year()
        self.set_usual("year", running.label if running else "")

    def number_of(self, rows: int) -> str:
        return ngettext("%(n)s group", "%(n)s groups", rows) % {"n": rows}


def delete(groups: Sequence[TeachingGroup], by: User) -> str:
    workflow.delete_groups(groups, by=by)
    words = ngettext("%(n)s group deleted.", "%(n)s groups deleted.", len(groups))
    return words % {"n": len(groups)}


def teachers_of(group: Any) -> str:
    return ", ".join(one.teacher.called for one in group.taught if one.holds_on(group.seen_on))


class Groups(Records):
    model = TeachingGroup
    path = "sekolah/kelompok/"
    one, many = "group", "groups"
    title = gettext_lazy("Groups")
    add_title = gettext_lazy("Add a group")
    search_label = gettext_lazy("Search a group")
    empty = gettext_lazy(
        "Groups are for subjects that are not taught to a whole class: religion, electives."
    )
    icon = "people"
    logged = MEMBERS
    form = GroupForm
    listed = GroupFilter
    about_template = "school/group_about.html"
    columns = (
        Column(gettext_lazy("Group"), lambda group: group.name),
        Column(gettext_lazy("Subject"), lambda group: group.subject.name),
        Column(gettext_lazy("Teachers"), teachers_of),
        Column(gettext_lazy("Members"), lambda group: group.size, kind=Kind.COUNT),
    )
    acts = (
        Act(
            "delete",
            gettext_lazy("Delete"),
            ngettext_lazy("Delete %(n)d group?", "Delete %(n)d groups?", "n"),
            delete,
            fits=lambda group: not (group.size or group.taught),
        ),
    )

    def rows(self) -> QuerySet[TeachingGroup]:
        members = GroupMember.objects.filter(holds_on(OuterRef("seen_on")), group=OuterRef("pk"))
        taught = TeachingAssignment.objects.select_related("teacher").order_by("starts_on", "pk")
        return (
            TeachingGroup.objects.filter(school_class=None)
            .annotate(seen_on=seen_on())
            .annotate(size=number(members, "group", "student"))
            .select_related("subject", "year")
            .prefetch_related(Prefetch("teaching", taught, to_attr="taught"))
            .order_by("subject__name", "name")
        )

    def new_form(self, request: HttpRequest) -> VersionedForm:
        return GroupForm(request.POST or None, initial={"year": running_year()})

    def create(self, form: VersionedForm, by: User) -> TeachingGroup:
        return TeachingGroup.objects.create(**form.values)

    def links(self, record: Any) -> list[Link]:
        return [
            Link(_("Add members"), reverse("school:join_group", args=[record.pk]), "plus-lg"),
            Link(
                _("Members leave"), reverse("school:leave_group", args=[record.pk]), "arrow-repeat"
            ),
            Link(_("Teachers"), reverse("school:group_teachers", args=[record.pk]), "person"),
        ]

    def about(self, record: Any) -> dict[str, object]:
        held = GroupMember.objects.filter(still_to_hold(record.seen_on), group=record)
        members = {row.student_id: row for row in held.order_by("-starts_on")}
        students = _by_class(Student.objects.filter(pk__in=members))
        return {
            "members": [(one, members[one.pk]) for one in students],
            "taught": [
                one for one in record.taught if not one.ends_on or one.ends_on >= record.seen_on
            ],
        }


def _by_class(students: StudentQuerySet) -> list[Student]:
    """Return students by their class of today, in the order of the classes, and their name."""
    place = {pk: at for at, pk in enumerate(SchoolClass.objects.values_list("pk", flat=True))}
    known = students.with_class()
    return sorted(known, key=lambda one: (place.get(one.class_id or 0, -1), one.name, one.nis))


def _group(pk: int) -> TeachingGroup:
    rows = TeachingGroup.objects.select_related("year", "subject")
    return get_object_or_404(rows, pk=pk, school_class=None)


@for_operator("GET", "POST", logged=MEMBERS)
def join_group(request: HttpRequest, pk: int) -> Answer:
    """Let students come into a group from a day on."""
    group = _group(pk)
    day = day_in(group.year)
    is_new = not GroupMember.objects.filter(group=group).exists()
    held = GroupMember.objects.filter(group=group, ends_on=None, student=OuterRef("pk"))
    students = _by_class(Student.objects.filter(~Exists(held)))
    form = JoinForm(
        request.POST or None,
        students=[one for one in students if one.class_id and not one.left_on],
        on=first_day(group.year) if is_new else day,
    )
    if request.method == "POST" and form.is_valid():
        chosen, on = form.cleaned_data["chosen"], form.cleaned_data["on"]
        if tried(form, lambda: workflow.join(group, chosen, by=request.user, on=on)):
            _say(request, _("%(students)s joined the group."), len(chosen))
            return done("school:group", pk)
    return act_page(request, form, _("Add members"), _address(group), group.label)


@for_operator("GET", "POST", logged=MEMBERS)
def leave_group(request: HttpRequest, pk: int) -> Answer:
    """Let students be in a group until a last day."""
    group = _group(pk)
    day = day_in(group.year)
    held = GroupMember.objects.filter(still_to_hold(day), group=group).values("student")
    students = _by_class(Student.objects.filter(pk__in=held))
    form = LeaveGroupForm(request.POST or None, students=students, on=day)
    if request.method == "POST" and form.is_valid():
        chosen, last = form.cleaned_data["students"], form.cleaned_data["on"]
        if tried(form, lambda: workflow.leave(group, chosen, by=request.user, last=last)):
            _say(request, _("%(students)s leave the group."), len(chosen))
            return done("school:group", pk)
    return act_page(request, form, _("Members leave"), _address(group), group.label)


@for_operator("GET", "POST")
def group_teachers(request: HttpRequest, pk: int) -> Answer:
    """Say who teaches a group from a day on."""
    group = _group(pk)
    day = day_in(group.year)
    taught = TeachingAssignment.objects.filter(group=group)
    now = set(taught.on(day).values_list("teacher", flat=True))
    people = list(possible_teachers() | User.objects.filter(pk__in=now))
    form = GroupTeachersForm(
        request.POST or None,
        now=now,
        teachers=lookups.teachers(people, told_apart(people)),
        start=open_since(TeachingAssignment, "group", pk, group.year, day),
        day=day,
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["teachers"]
        if tried(
            form, lambda: workflow.assign_teachers(group, chosen, by=request.user, on=form.day)
        ):
            say_done(request, _("Saved."))
            return done("school:group", pk)
    return act_page(request, form, _("Teachers"), _address(group), group.label)


def _say(request: HttpRequest, words: str, students: int) -> None:
    say_done(request, words % {"students": wording.students(students)})


def _address(group: TeachingGroup) -> str:
    return reverse("school:group", args=[group.pk])

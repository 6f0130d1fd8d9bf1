"""The operator's pages for subjects."""

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from school.filter_kinds import Choice, Rows, Search
from school.filters import ListFilter
from school.forms.subject import ManySubjectsForm, SubjectForm
from school.list_files import Column
from school.models import Semester, Subject, User
from school.sheets.export import Kind
from school.views.act_page import act_page
from school.views.for_operator import for_operator
from school.views.record_parts import Act, Link
from school.views.records import Records
from school.views.saving import saved_once
from school.workflow.subjects import Added, add_subjects, set_taught
from workflow.submits import Answer, done
from workflow.views import say_done


class TaughtChoice(Choice):
    """Subjects that are no longer taught; by default the list has those that are."""

    def filter(self, qs: Rows, value: str) -> Rows:
        return qs.filter(is_active=not value)


class SubjectFilter(ListFilter):
    head = gettext_lazy("Subjects")
    q = Search("name__icontains")
    status = TaughtChoice(
        gettext_lazy("Status"),
        choices=[("retired", gettext_lazy("No longer taught"))],
        is_switch=True,
    )

    def number_of(self, rows: int) -> str:
        return ngettext("%(n)s subject", "%(n)s subjects", rows) % {"n": rows}


def retire(subjects: Sequence[Subject], by: User) -> str:
    set_taught(subjects, is_taught=False, by=by)
    words = ngettext("%(n)s subject put away.", "%(n)s subjects put away.", len(subjects))
    return words % {"n": len(subjects)}


def take_up(subjects: Sequence[Subject], by: User) -> str:
    set_taught(subjects, is_taught=True, by=by)
    words = ngettext("%(n)s subject offered.", "%(n)s subjects offered.", len(subjects))
    return words % {"n": len(subjects)}


class Subjects(Records):
    model = Subject
    path = "sekolah/mapel/"
    one, many = "subject", "subjects"
    title = gettext_lazy("Subjects")
    add_title = gettext_lazy("Add a subject")
    empty = gettext_lazy(
        "Add the subjects of the school, many at once, or import them with the assignments."
    )
    icon = "journal-text"
    form = SubjectForm
    listed = SubjectFilter
    columns = (
        Column(gettext_lazy("Subject"), lambda subject: subject.name),
        Column(
            gettext_lazy("Groups this year"), lambda subject: subject.groups_now, kind=Kind.COUNT
        ),
    )
    acts = (
        Act(
            "retire",
            gettext_lazy("Put away"),
            ngettext_lazy("Put away %(n)d subject?", "Put away %(n)d subjects?", "n"),
            retire,
            fits=lambda subject: subject.is_active,
        ),
        Act(
            "take_up",
            gettext_lazy("Offer again"),
            ngettext_lazy("Offer %(n)d subject again?", "Offer %(n)d subjects again?", "n"),
            take_up,
            fits=lambda subject: not subject.is_active,
        ),
    )

    def pages(self) -> list[Link]:
        return [Link(_("Add many"), reverse("school:add_subjects"), "plus-lg")]

    def rows(self) -> QuerySet[Subject]:
        semester = Semester.objects.current()
        of_year = Q(groups__year=semester.year_id if semester else None)
        return Subject.objects.annotate(groups_now=Count("groups", filter=of_year)).order_by("name")


@for_operator("GET", "POST")
def add_many(request: HttpRequest) -> Answer:
    """Make many subjects from a list of names."""
    form = ManySubjectsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = saved_once(form, lambda: add_subjects(form.names, by=request.user))
        if added is not None:
            say_done(request, _said(added))
            return done("school:subjects")
    return act_page(request, form, _("Add many subjects"), reverse("school:subjects"))


def _said(added: Added) -> str:
    """Return how many are new, and which ones there were already."""
    words = ngettext("%(n)s subject added.", "%(n)s subjects added.", len(added.new))
    said = [words % {"n": len(added.new)}]
    if added.taught:
        said.append(_("There were already: %(names)s.") % {"names": ", ".join(added.taught)})
    if added.retired:
        text = _(
            "Put away: %(names)s. To use them, choose “No longer taught” in this list, then "
            "“Offer again”."
        )
        said.append(text % {"names": ", ".join(added.retired)})
    return " ".join(said)

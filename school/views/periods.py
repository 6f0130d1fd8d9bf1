"""The operator's pages for the recap periods of a semester."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from school import wording
from school.filter_kinds import Rows, SemesterChoice
from school.filters import ListFilter
from school.forms.semester import FirstRecapForm, NewPeriodForm, PeriodForm
from school.list_files import Column
from school.models import RecapPeriod, Semester, User
from school.sheets.export import Kind
from school.versioned import VersionedForm
from school.views.act_page import act_page
from school.views.for_operator import for_operator
from school.views.record_parts import Act
from school.views.records import Records
from school.workflow.periods import (
    add_period,
    begin_recaps,
    change_period,
    could_begin,
    delete_periods,
)
from school.workflow.policy import moved_with_period
from workflow.submits import Answer, done
from workflow.versions import Versioned
from workflow.views import say_done, tried


class OfSemester(SemesterChoice):
    """The periods of one semester: by default of the running one."""

    def filter(self, qs: Rows, value: str) -> Rows:
        return qs.filter(semester=self.parent.semesters.get(value))


class PeriodFilter(ListFilter):
    head = gettext_lazy("Recap periods")
    semester = OfSemester(empty_label=None)

    def __init__(self, request: HttpRequest, rows: QuerySet[Model]) -> None:
        super().__init__(request, rows)
        if self.running:
            self.set_usual("semester", self.running.code)

    def number_of(self, rows: int) -> str:
        return ngettext("%(n)s period", "%(n)s periods", rows) % {"n": rows}


def delete(periods: Sequence[RecapPeriod], by: User) -> str:
    delete_periods(periods, by=by)
    words = ngettext("%(n)s period deleted.", "%(n)s periods deleted.", len(periods))
    return words % {"n": len(periods)}


def _days(period: RecapPeriod) -> str:
    return wording.date_range(period.starts_on, period.ends_on)


class Periods(Records):
    model = RecapPeriod
    path = "sekolah/periode/"
    one, many = "recap_period", "recap_periods"
    title = gettext_lazy("Recap periods")
    add_title = gettext_lazy("Add a recap period")
    lead = gettext_lazy("Each teacher recaps each group once for a period, mostly a month.")
    empty = gettext_lazy("Add the months of the semester.")
    icon = "calendar3"
    form = PeriodForm
    listed = PeriodFilter
    columns = (
        Column(gettext_lazy("Period"), str),
        Column(gettext_lazy("Days"), _days),
        Column(
            gettext_lazy("Recaps are due"),
            lambda period: wording.full_day(period.recap_due_on),
            Kind.DAY,
            attrgetter("recap_due_on"),
        ),
        Column(
            gettext_lazy("Class lists are due"),
            lambda period: wording.full_day(period.list_due_on),
            Kind.DAY,
            attrgetter("list_due_on"),
        ),
    )
    acts = (
        Act(
            "delete",
            gettext_lazy("Delete"),
            ngettext_lazy("Delete %(n)d period?", "Delete %(n)d periods?", "n"),
            delete,
        ),
    )

    def rows(self) -> QuerySet[RecapPeriod]:
        return RecapPeriod.objects.select_related("semester__policy", "semester__year")

    def new_form(self, request: HttpRequest) -> VersionedForm:
        return NewPeriodForm(request.POST or None, _asked(request) or Semester.objects.current())

    def create(self, form: VersionedForm, by: User) -> Model:
        assert isinstance(form, NewPeriodForm)
        return add_period(form.cleaned_data["semester"], form.days, by=by)

    def change(self, record: RecapPeriod, form: VersionedForm, by: User) -> Versioned:
        assert isinstance(form, PeriodForm)
        return change_period(record, form.days, by=by, read_at=form.read_at)

    def asks(self, record: RecapPeriod, form: VersionedForm) -> str:
        """Return which due dates move with the last day of the period."""
        return moved_with_period(record, form.cleaned_data["ends_on"])

    def after_add(self, record: Any) -> str:
        return f"{self.address(self.many)}?{urlencode({'semester': record.semester.code})}"


@for_operator("GET", "POST")
def first_recap(request: HttpRequest, pk: int) -> Answer:
    """Choose with which month recaps begin in a semester, e.g. where a school starts late."""
    semester = get_object_or_404(Semester.objects.select_related("year"), pk=pk)
    first = semester.periods.first()
    form = FirstRecapForm(
        request.POST or None, could_begin(semester), first.starts_on if first else None
    )
    back = reverse("school:semester", args=[pk])
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and tried(form, lambda: begin_recaps(semester, form.first, by=request.user)):
        say_done(request, _("Saved."))
        return done(back)
    lead = _(
        "Of earlier months nobody owes a recap or a class list, and tables do not count them. "
        "Choose the month in which the school begins with Sambang."
    )
    return act_page(request, form, _("First month with recaps"), back, f"{semester}. {lead}")


def _asked(request: HttpRequest) -> Semester | None:
    """Return the semester that the address names, if there is one."""
    try:
        return Semester.objects.by_code(request.GET.get("semester", ""))
    except Semester.DoesNotExist:
        return None

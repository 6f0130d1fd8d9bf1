"""The operator's pages for semesters."""

from typing import Any

from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from school import wording
from school.filters import ListFilter
from school.forms.semester import SemesterDaysForm, SemesterForm
from school.list_files import Column
from school.models import Semester, User
from school.models.semesters import Term
from school.sheets.export import Kind
from school.versioned import VersionedForm
from school.views.record_parts import Link
from school.views.records import Records
from school.workflow.periods import recaps_usually_from
from school.workflow.semesters import change_days, make_semester
from workflow import clock
from workflow.errors import Text
from workflow.versions import Versioned


class SemesterFilter(ListFilter):
    head = gettext_lazy("Semesters")

    def number_of(self, rows: int) -> str:
        return ngettext("%(n)s semester", "%(n)s semesters", rows) % {"n": rows}


def _state(semester: Semester) -> str:
    if semester.frozen_at:
        return _("Frozen")
    today = clock.today()
    if semester.starts_on > today:
        return _("To come")
    return _("Over") if semester.ends_on < today else _("Running")


def _days(row: Any) -> str:
    return wording.date_range(row.starts_on, row.ends_on)


class Semesters(Records):
    model = Semester
    path = "sekolah/semester/"
    one, many = "semester", "semesters"
    title = gettext_lazy("Semesters")
    add_title = gettext_lazy("Add a semester")
    empty = gettext_lazy("Add the running semester: its days are proposed.")
    icon = "calendar3"
    form = SemesterDaysForm
    listed = SemesterFilter
    columns = (
        Column(gettext_lazy("Semester"), str),
        Column(gettext_lazy("Days"), _days),
        Column(
            gettext_lazy("Recap periods"), lambda semester: semester.period_count, kind=Kind.COUNT
        ),
        Column(
            gettext_lazy("Holidays"),
            lambda semester: len(semester.policy.holidays),
            kind=Kind.COUNT,
        ),
        Column(gettext_lazy("Status"), _state),
    )

    def rows(self) -> QuerySet[Semester]:
        rows = Semester.objects.select_related("year", "policy").order_by("-starts_on")
        return rows.annotate(period_count=Count("periods"))

    def links(self, record: Semester) -> list[Link]:
        """Return the pages for what belongs to the semester."""
        of_semester = urlencode({"semester": record.code})
        return [
            Link(
                gettext_lazy("Recap periods"),
                f"{self.address('recap_periods')}?{of_semester}",
                "calendar3",
            ),
            Link(
                gettext_lazy("First month with recaps"),
                self.address("first_recap", record.pk),
                "calendar3",
            ),
            Link(
                gettext_lazy("School days and holidays"),
                self.address("school_days", record.pk),
                "calendar3",
            ),
            Link(gettext_lazy("Policy"), self.address("policy", record.pk), "list-check"),
        ]

    def facts(self, record: Semester) -> list[tuple[Text, object]]:
        first = record.periods.first()
        return [(gettext_lazy("Recaps count from"), first or _("no month yet"))]

    def new_form(self, request: HttpRequest) -> VersionedForm:
        return SemesterForm(request.POST or None)

    def create(self, form: VersionedForm, by: User) -> Model:
        assert isinstance(form, SemesterForm)
        given = form.cleaned_data
        term, since = Term(int(given["term"])), recaps_usually_from()
        return make_semester(given["year_label"], term, *form.days, by=by, recaps_from=since)

    def change(self, record: Semester, form: VersionedForm, by: User) -> Versioned:
        assert isinstance(form, SemesterDaysForm)
        return change_days(record, form.days, by=by, read_at=form.read_at)

    def after_add(self, record: Any) -> str:
        return self.address(self.one, record.pk)

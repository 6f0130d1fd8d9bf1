"""The operator's pages for what the school decided for a semester: policy, and school days."""

from copy import copy

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from school.forms.semester import PolicyForm, SchoolDaysForm
from school.models import Policy, User
from school.versioned import VersionedForm
from school.views.record_parts import Link
from school.views.single import Single
from school.workflow.policy import change_policy, moved_due_dates
from workflow.versions import Versioned


class OfSemester(Single):
    """A page for a part of a semester's policy."""

    def record(self, **address: int) -> Policy:
        rows = Policy.objects.select_related("semester__year")
        return get_object_or_404(rows, semester=address["pk"])

    def about(self, record: Policy) -> str:
        return str(record.semester)

    def back(self, record: Policy) -> str:
        return reverse("school:semester", args=[record.semester_id])

    def change(self, record: Policy, form: VersionedForm, by: User) -> Versioned:
        return change_policy(record, form.values, by=by, read_at=form.read_at)

    def asks(self, record: Policy, form: VersionedForm) -> str:
        """Return which due dates of recaps and class lists move."""
        after = copy(record)
        for name, value in form.values.items():
            setattr(after, name, value)
        return moved_due_dates(record, after, record.semester.periods.all())


class PolicyPage(OfSemester):
    path = "sekolah/semester/<id:pk>/aturan/"
    name = "policy"
    title = gettext_lazy("Policy")
    form = PolicyForm


class SchoolDaysPage(OfSemester):
    path = "sekolah/semester/<id:pk>/hari/"
    name = "school_days"
    title = gettext_lazy("School days and holidays")
    form = SchoolDaysForm

    def links(self, record: Policy) -> list[Link]:
        return [Link(gettext_lazy("From a file"), reverse("school:imports"), "download")]

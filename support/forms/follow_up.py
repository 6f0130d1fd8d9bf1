"""Forms of a follow-up: add it, mark it as done, put it off, drop it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.case import ActForm, written
from cases.models import Case
from school.dates import promised_day
from school.forms.choices import RowField
from school.forms.inputs import DayField, tell_free_days
from school.forms.layout import Data, LaidOut
from school.forms.when import kindly
from school.models import Enrolment, HomeroomAssignment, User
from school.permissions import possible_visitors
from support.models import FollowUp
from support.models.follow_up import LONGEST_WHAT
from workflow import clock

USUALLY_AFTER = 14
"""Days from today to the day that the form proposes."""
LONGEST_OUTCOME = 1000
LONGEST_REASON = 300


class Doer(RowField):
    """A person of the school, or nobody for the case's counselor."""

    def __init__(self) -> None:
        super().__init__(label=_("By whom"), required=False)
        self.empty_label = _("The case's counselor")

    def offer_first(self, homeroom: Collection[int]) -> None:
        """Name homeroom teachers, by id, right after the counselor: most is agreed with them."""
        people = list(self.queryset or ())
        near = [
            (one.pk, f"{one.name} · {_('Homeroom teacher')}")
            for one in people
            if one.pk in homeroom
        ]
        rest = [(one.pk, self.label_from_instance(one)) for one in people if one.pk not in homeroom]
        self.choices = [("", self.empty_label), *near, *rest]

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} · {obj.position}" if obj.position else obj.name


def _homeroom_teachers(case: Case) -> list[int]:
    """Return the ids of who is homeroom teacher of the student today."""
    enrolled = Enrolment.objects.on(clock.today()).filter(student=case.student_id)
    held = HomeroomAssignment.objects.today().filter(
        school_class__in=enrolled.values("school_class")
    )
    return list(held.values_list("teacher", flat=True))


class AgreeForm(ActForm):
    what = forms.CharField(
        label=_("What is to be done"),
        max_length=LONGEST_WHAT,
        help_text=_("Who is to do it reads this sentence, and nothing else of the case."),
    )
    due_on = DayField(label=_("By when"))
    doer = Doer()
    doer_name = forms.CharField(
        label=_("Or somebody else"),
        max_length=120,
        required=False,
        help_text=_("Name and office, e.g. a parent. You check then what came of it."),
    )

    def __init__(self, data: Data = None, *, case: Case) -> None:
        semester = case.semester
        super().__init__(data, semester=semester)
        doer, due_on = self.fields["doer"], self.fields["due_on"]
        assert isinstance(doer, Doer)
        doer.queryset = possible_visitors()
        doer.offer_first(_homeroom_teachers(case))
        due_on.initial = semester.policy.due(clock.today(), USUALLY_AFTER)
        tell_free_days(semester.policy, due_on)
        self.fields["happened_at"].label = _("Agreed on")

    def clean_due_on(self) -> object:
        return kindly(promised_day, self.cleaned_data["due_on"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("doer") and given.get("doer_name"):
            both = _("Choose a person of the school, or write somebody else: not both.")
            self.add_error("doer_name", both)
        return given


class FinishForm(ActForm):
    outcome = written(_("What came of it (optional)"), longest=LONGEST_OUTCOME, required=False)


class PutOffForm(LaidOut, forms.Form):
    due_on = DayField(label=_("New day"))
    reason = written(_("Reason"), longest=LONGEST_REASON)

    def __init__(self, data: Data = None, *, follow_up: FollowUp) -> None:
        super().__init__(data)
        policy, due_on = follow_up.case.semester.policy, self.fields["due_on"]
        due_on.initial = policy.due(max(clock.today(), follow_up.due_on), USUALLY_AFTER // 2)
        tell_free_days(policy, due_on)


class DropForm(LaidOut, forms.Form):
    reason = written(_("Reason"))

"""Forms of a summons: the letter, its number, its receipt, its outcome."""

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.appointments import busy
from cases.forms.case import ActForm, written
from cases.models import Case, Summons
from school.days import Calendar
from school.forms.anyway import AsksAnyway
from school.forms.choices import Segments, one_of
from school.forms.inputs import EARLIEST, LATEST, MinuteInput, tell_free_days
from school.forms.layout import Data, LaidOut
from school.forms.when import HappenedOnField
from school.models import User
from workflow import clock
from workflow.errors import Text

LONGEST_MINUTES = 4000
NOTICE = 2
"""School days from today to the meeting that a letter proposes."""
USUAL_HOUR = time(9, 0)


class MeetingForm(AsksAnyway):
    """The day of the letter and of the meeting that it asks to."""

    meets_at = forms.DateTimeField(label=_("Day and time of the meeting"), widget=MinuteInput)
    place = forms.CharField(label=_("Place"), max_length=120)
    field_order = ("number", "issued_on", "meets_at", "place", "to_meet", "purpose")

    def __init__(
        self,
        data: Data = None,
        *,
        case: Case,
        reader: User,
        summons: Summons | None = None,
        initial: dict[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        letter_day = HappenedOnField(case.semester, label=_("Date of the letter"))
        self.fields["issued_on"] = letter_day
        self.case, self.reader, self.summons = case, reader, summons
        policy = case.semester.policy
        self.calendar = policy.calendar
        tell_free_days(policy, self.fields["meets_at"])
        self.fields["meets_at"].initial = usual_meeting(self.calendar)
        self.order_fields(self.field_order)

    def doubts(self, given: dict[str, object]) -> list[Text]:
        meets_at = given.get("meets_at")
        if not isinstance(meets_at, datetime) or not EARLIEST <= meets_at.date() <= LATEST:
            return []
        why = self.calendar.why_free(clock.day_of(meets_at))
        found: list[Text] = [_("No school on that day: %(why)s.") % {"why": why}] if why else []
        host = self.case.counselor
        return found + busy([host] if host else [], meets_at, self.reader, but=self.summons)


class IssueForm(MeetingForm):
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        required=False,
        help_text=_("Suggested. Type over it, or leave it empty until the office assigns one."),
    )
    to_meet = forms.CharField(label=_("To meet"), max_length=120)
    purpose = forms.CharField(
        label=_("About"),
        max_length=300,
        help_text=_("Use neutral words: anyone who opens the letter can read this."),
    )


class NumberForm(LaidOut, forms.Form):
    number = forms.CharField(label=_("Number"), max_length=60)


class DeliveryForm(LaidOut, forms.Form):
    receiver = forms.CharField(label=_("Received by"), max_length=120)
    relation = forms.CharField(
        label=_("Relation to the student"),
        max_length=60,
        help_text=_("Mother, uncle, neighbour, the student …"),
    )

    def __init__(self, data: Data = None, *, case: Case) -> None:
        super().__init__(data)
        received = HappenedOnField(case.semester, label=_("Received on"))
        self.fields["delivered_on"] = received
        self.order_fields(("delivered_on",))


CAME, DID_NOT_COME = "yes", "no"


class OutcomeForm(ActForm):
    came = one_of(
        ((CAME, _("They came")), (DID_NOT_COME, _("They did not come"))),
        widget=Segments,
        label=_("Outcome"),
    )
    came_with = forms.CharField(
        label=_("Who came"),
        max_length=120,
        required=False,
        help_text=_("If they came: who, and with whom."),
    )
    minutes = written(_("Minutes"), longest=LONGEST_MINUTES, rows=5, required=False)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        came = cleaned.pop("came", "")
        attended = came == CAME
        if attended and not cleaned.get("came_with"):
            self.add_error("came_with", _("Write who came."))
        if came == DID_NOT_COME and cleaned.get("came_with"):
            self.add_error("came_with", _("Nobody came: clear this field, or choose “They came”."))
        return {**cleaned, "attended": attended}


class WithdrawForm(LaidOut, forms.Form):
    reason = written(_("Reason"), required=False)


def usual_meeting(calendar: Calendar) -> datetime:
    """Return nine o'clock on the second school day from today."""
    day = calendar.after(clock.today(), NOTICE)
    return timezone.make_aware(datetime.combine(day, USUAL_HOUR))


def meeting_of(summons: Summons) -> dict[str, object]:
    """Return the initial values of the form to reschedule: a new day in the same place."""
    return {"place": summons.place, "issued_on": clock.today()}

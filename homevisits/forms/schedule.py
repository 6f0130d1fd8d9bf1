"""The forms to schedule a visit: its visitors, time and purposes, and the letter's number."""

from datetime import date, time

from crispy_forms.layout import HTML
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from homevisits.clashes import clashes
from homevisits.models import Visit, VisitFunction, VisitPurpose
from school.dates import FURTHEST
from school.forms.anyway import AsksAnyway
from school.forms.choices import PeopleField, many_of
from school.forms.inputs import ClockField, DayField, moment, tell_free_days
from school.forms.layout import Data, LaidOut, Rows, Section, side_by_side
from school.models import HomeroomAssignment, LetterNumber, User
from school.models.letters import LetterKind
from school.permissions import possible_visitors
from workflow import clock
from workflow.errors import Text

CLASHES = '{% include "homevisits/clashes.html" %}'


class Visitors(PeopleField):
    """Names with NIP, or else the position, so that people with the same name differ."""

    def label_from_instance(self, obj: User) -> str:
        tells_apart = f"NIP {obj.nip_written}" if obj.nip else obj.position or obj.username
        return f"{obj.name} · {tells_apart}"


class PlanForm(AsksAnyway):
    """Time and visitors, which rescheduling asks for."""

    anyway = _("Schedule it anyway")
    day = DayField(label=_("Day"))
    at = ClockField(label=_("Time"))
    visitors = Visitors(
        queryset=User.objects.none(),
        label=_("Who goes"),
        error_messages={"required": _("Choose at least one visitor.")},
    )

    layout: Rows = (Section("", side_by_side("day", "at")), Section("", "visitors"))

    def __init__(self, data: Data = None, *, visit: Visit, reader: User) -> None:
        super().__init__(data)
        self.visit, self.reader = visit, reader
        tell_free_days(visit.case.semester.policy, self.fields["day"])
        likely = self._likely()
        field = self.fields["visitors"]
        assert isinstance(field, Visitors)
        field.queryset = possible_visitors()
        chosen = {int(pk) for pk in self["visitors"].value() or () if str(pk).isdecimal()}
        field.offer_first(likely | chosen)
        if visit.scheduled_for:
            planned = timezone.localtime(visit.scheduled_for)
            self.initial = {"day": planned.date(), "at": planned.time(), **self.initial}

    def _likely(self) -> set[int]:
        """Return the ids of people to show first: counselor, homeroom teacher, named visitors."""
        case = self.visit.case
        homeroom = HomeroomAssignment.objects.today().filter(school_class=case.class_id)
        is_planned = self.visit.scheduled_for is not None
        named = list(self.visit.visitors.values_list("pk", flat=True)) if is_planned else []
        self.initial["visitors"] = named or [case.counselor_id]
        return {*named, case.counselor_id, *homeroom.values_list("teacher", flat=True)}

    def doubts(self, given: dict[str, object]) -> list[Text]:
        """Return what speaks against the hour; whom it is about, as far as the reader may know."""
        if not {"day", "at", "visitors"} <= given.keys():
            return []
        data = self.cleaned_data
        if data["day"] - clock.today() > FURTHEST:
            return []  # the act refuses it
        at = moment(data["day"], data["at"])
        return clashes(self.visit, at, data["visitors"], self.reader)

    @property
    def asking(self) -> Rows:
        """Return the region that a script fills as soon as an hour is chosen."""
        return (HTML(CLASHES),)

    def clean_visitors(self) -> list[User]:
        return list(self.cleaned_data["visitors"])

    def clean(self) -> dict[str, object]:
        """Return the arguments of the act, with the moment in place of day and time."""
        data = super().clean()
        day, at = data.pop("day", None), data.pop("at", None)
        if isinstance(day, date) and isinstance(at, time):
            data["scheduled_for"] = moment(day, at)
        return data


class ScheduleForm(PlanForm):
    purposes = many_of(VisitPurpose.choices, label=_("Purposes"), initial=VisitPurpose.values)
    functions = many_of(
        VisitFunction.choices, label=_("Service functions"), initial=VisitFunction.values
    )
    number = forms.CharField(
        label=_("Number of the assignment letter"),
        max_length=60,
        required=False,
        help_text=_("Suggested. Type over it, or leave it empty until the office assigns one."),
    )

    layout = (*PlanForm.layout, Section("", "purposes", "functions", "number"))

    def __init__(self, data: Data = None, *, visit: Visit, reader: User) -> None:
        super().__init__(data, visit=visit, reader=reader)
        if day := self._day():
            self.initial.setdefault("day", day)
        proposed = LetterNumber.objects.proposed(LetterKind.ASSIGNMENT, clock.today())
        self.initial["number"] = proposed

    def _day(self) -> date | None:
        """Return the first school day of the wished days to come, else the first of them."""
        wished, last = self.visit.wished_from, self.visit.last_wished
        if wished is None or last is None or last < clock.today():
            return None
        first = max(wished, clock.today())
        day = self.visit.case.semester.policy.calendar.on_or_after(first)
        return day if day <= last else first


class NumberForm(LaidOut, forms.Form):
    number = forms.CharField(label=_("Number of the assignment letter"), max_length=60)

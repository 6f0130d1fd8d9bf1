"""Forms of a case conference: its plan, its minutes, the reason to cancel it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Manager
from django.utils.translation import gettext_lazy as _

from cases.appointments import busy
from cases.forms.case import ActForm, written
from cases.models import Case
from school import wording
from school.forms.anyway import ANYWAY, AsksAnyway
from school.forms.choices import PeopleField
from school.forms.inputs import EARLIEST, LATEST, MinuteInput, tell_free_days
from school.forms.layout import Data, LaidOut
from school.models import HomeroomAssignment, SchoolProfile, User, last_class
from school.permissions import possible_visitors
from school.versioned import VersionedForm
from support.models import Conference
from workflow import clock
from workflow.errors import Text
from workflow.versions import Versioned

THEY_READ = _("Those invited read this until the conference is closed.")
LONGEST_MINUTES = 4000


class MeetsAt(forms.DateTimeField):
    widget = MinuteInput

    def said(self, moment: datetime) -> str:
        return f"{wording.full_day(moment)}, {wording.clock_time(moment)}"


class Invited(PeopleField):
    def said(self, people: Iterable[User]) -> str:
        return ", ".join(person.name for person in people)

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name} · {obj.position or obj.username}"


class PlanForm(AsksAnyway):
    meets_at = MeetsAt(label=_("Day and time"))
    place = forms.CharField(label=_("Place"), max_length=120)
    why = forms.CharField(label=_("Why"), max_length=300, help_text=THEY_READ)
    invited = Invited(queryset=User.objects.none(), label=_("Who is invited"), required=False)
    guests = written(
        _("Others invited (optional)"),
        longest=600,
        required=False,
        help_text=_("Name and office, one line each, e.g. a parent or a doctor."),
    )

    def __init__(
        self,
        data: Data = None,
        *,
        case: Case,
        reader: User,
        conference: Conference | None = None,
    ) -> None:
        super().__init__(data)
        self.case, self.reader, self.conference = case, reader, conference
        tell_free_days(case.semester.policy, self.fields["meets_at"])
        self.initial = self._plan(conference)
        field = self.fields["invited"]
        assert isinstance(field, Invited)
        field.queryset = possible_visitors()
        chosen = {int(pk) for pk in self["invited"].value() or () if str(pk).isdecimal()}
        field.offer_first(chosen | set(self._homeroom()))

    def _plan(self, conference: Conference | None) -> dict[str, Any]:
        if conference is None:
            return {"place": SchoolProfile.current().counseling_room, "invited": self._homeroom()}
        named = list(conference.invited.values_list("pk", flat=True))
        columns = ("meets_at", "place", "why", "guests")
        return {name: getattr(conference, name) for name in columns} | {"invited": named}

    def _homeroom(self) -> list[int]:
        """Return the homeroom teacher of the student's class, whom one invites first."""
        rows = Case.objects.filter(pk=self.case.pk)
        of_today = rows.values_list(last_class.of_today("class_id", "student"))
        homerooms = HomeroomAssignment.objects.today().filter(school_class__in=of_today)
        return list(homerooms.values_list("teacher", flat=True))

    def doubts(self, given: dict[str, object]) -> list[Text]:
        """Return that there is no school on that day, and who is not free at that hour."""
        meets_at = given.get("meets_at")
        if not isinstance(meets_at, datetime) or not EARLIEST <= meets_at.date() <= LATEST:
            return []
        why = self.case.semester.policy.calendar.why_free(clock.day_of(meets_at))
        found: list[Text] = [_("No school on that day: %(why)s.") % {"why": why}] if why else []
        people = {user.pk: user for user in self.cleaned_data.get("invited") or ()}
        if host := self.case.counselor:
            people[host.pk] = host
        return found + busy(people.values(), meets_at, self.reader, but=self.conference)

    def clean(self) -> dict[str, Any]:
        """Return the arguments of the act."""
        given: dict[str, Any] = super().clean()
        given.pop("anyway", None)
        if "invited" in given:
            given["invited"] = list(given["invited"])
        return given


class ChangePlanForm(VersionedForm, PlanForm):
    """The plan of a conference, as two people may change it."""

    def __init__(self, data: Data = None, *, reader: User, conference: Conference) -> None:
        super().__init__(data, case=conference.case, reader=reader, conference=conference)
        self.initial["read_at"] = conference.version

    @property
    def texts(self) -> list[str]:
        return [name for name in super().texts if name != ANYWAY]

    def value_of(self, record: Versioned, name: str) -> object:
        value = super().value_of(record, name)
        return list(value.order_by("name")) if isinstance(value, Manager) else value


class Minutes(forms.Form):
    """What the form of a case conference has; its decisions are added one by one."""

    present = written(_("Who was present"), longest=1000, help_text=_("One line each."))
    problem = written(_("Problem discussed"), longest=LONGEST_MINUTES, rows=4, help_text=THEY_READ)
    conclusion = written(_("Result"), longest=LONGEST_MINUTES, rows=4, help_text=THEY_READ)


class MinutesForm(Minutes, ActForm):
    """The minutes when it is recorded, with who was invited as who was present."""

    def __init__(self, data: Data = None, *, conference: Conference) -> None:
        super().__init__(data, semester=conference.case.semester)
        names = [user.full_name for user in conference.invited.order_by("name")]
        self.initial = {"present": "\n".join([*names, *conference.guest_lines])}
        self.fields["happened_at"].initial = min(conference.meets_at, clock.now())


class CorrectionForm(VersionedForm, Minutes):
    """The minutes that were recorded, as two people may correct them."""


class CancelForm(LaidOut, forms.Form):
    reason = written(_("Reason"))

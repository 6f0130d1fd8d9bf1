"""Forms by which an operator gives and ends offices, and asks for what needs a yes."""

from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from school.forms.inputs import DayField
from school.forms.layout import Data, LaidOut, side_by_side
from school.forms.person import clean_user_name
from school.models import OfficeHolding, User
from school.models.office_request import Asked
from school.models.users import Acting
from school.roles import OFFICES, PRINCIPAL
from school.workflow.office_request import Wish
from school.workflow.offices import GUARDED_CODES, NOT_BEFORE_TODAY
from workflow import clock
from workflow.errors import Text

LONGEST = 500


class ReasonField(forms.CharField):
    def __init__(self, *, required: bool = True) -> None:
        super().__init__(
            label=_("Reason"),
            required=required,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class OfficeForm(LaidOut, forms.Form):
    """An office from a day, without end or until a day; for the principal also in their place."""

    office = forms.ChoiceField(label=_("Role"))
    acting = forms.ChoiceField(
        label=_("Acting for the principal"), choices=[("", _("no"))], required=False
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Empty: without end."))
    reason = ReasonField(required=False)

    layout = ("office", "acting", side_by_side("starts_on", "ends_on"), "reason")

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, initial={"starts_on": clock.today()})
        self.fields["starts_on"].widget.attrs["min"] = clock.today().isoformat()
        offices = [(code, role.label) for code, role in OFFICES.items()]
        self._choices("office", [("", _("Choose")), *offices])
        self._choices("acting", [("", _("no")), *Acting.choices])
        self.fields["reason"].help_text = _(
            "For a role in counseling and the principal, which wait for a yes."
        )

    def _choices(self, name: str, choices: list[tuple[str, Text]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day < clock.today():
            raise ValidationError(NOT_BEFORE_TODAY)
        return day

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("acting") and said.get("office") not in {PRINCIPAL.code, None}:
            self.add_error("acting", _("One acts for the principal alone."))
        elif said.get("acting") and not said.get("ends_on") and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Who acts for somebody does so until a day."))
        if said.get("office") in GUARDED_CODES and not said.get("reason"):
            self.add_error("reason", _("Write a reason: this action needs one."))

    @property
    def needs_yes(self) -> bool:
        return self.cleaned_data["office"] in GUARDED_CODES

    @property
    def wish(self) -> Wish:
        names = ("office", "acting", "starts_on", "ends_on")
        return Wish(Asked.OFFICE, **{name: self.cleaned_data[name] for name in names})


class EndOfficeForm(LaidOut, forms.Form):
    last_day = DayField(label=_("Last day"))

    def __init__(self, data: Data = None, *, holding: OfficeHolding) -> None:
        usual = min(holding.ends_on or date.max, clock.today())
        super().__init__(data, initial={"last_day": max(usual, holding.starts_on)})
        field = self.fields["last_day"]
        if holding.starts_on > clock.today():
            del self.fields["last_day"]
        elif holding.starts_on < clock.today():
            yesterday = (clock.today() - timedelta(days=1)).isoformat()
            field.widget.attrs["min"] = yesterday
            field.help_text = _("Yesterday, if it is to end at once.")


class AskForm(LaidOut, forms.Form):
    """What is asked for a person, with the reason; `choices` is what there is to ask."""

    what = forms.ChoiceField(label=_("What is needed"), widget=forms.RadioSelect)
    user_name = forms.CharField(
        label=_("New user name"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    reason = ReasonField()

    def __init__(self, data: Data = None, *, person: User, choices: list[Asked]) -> None:
        super().__init__(data)
        self.person = person
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        what.choices = [(one.value, one.label) for one in choices]
        if len(choices) == 1:
            what.initial = choices[0].value
        if Asked.USER_NAME not in choices:
            del self.fields["user_name"]

    def clean(self) -> None:
        if self.cleaned_data.get("what") == Asked.USER_NAME:
            typed = self.cleaned_data.get("user_name", "").strip().lower()
            try:
                self.cleaned_data["user_name"] = clean_user_name(typed, self.person)
            except ValidationError as error:
                self.add_error("user_name", error)
        else:
            self.cleaned_data["user_name"] = ""

    @property
    def wish(self) -> Wish:
        said = self.cleaned_data
        return Wish(said["what"], user_name=said.get("user_name", ""))


class AnswerForm(LaidOut, forms.Form):
    """The words that go with a yes, or with a no, which needs them."""

    answer = forms.CharField(
        label=_("Note to the operator"),
        help_text=_("Needed for a no: the operator reads why."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_answer(self) -> str:
        answer: str = self.cleaned_data["answer"].strip()
        if self.data.get("act") == "refuse" and not answer:
            raise ValidationError(_("Write why you refuse, so that the operator knows what to do."))
        return answer

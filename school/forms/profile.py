"""The forms of the school: its profile, its letterhead, its letter numbers, its logos."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.forms.layout import side_by_side
from school.forms.point import PointField, WithPoint
from school.logo_image import MOST_BYTES
from school.models import LetterNumber, SchoolProfile
from school.models.letters import MONTH, PATTERNS, RUNNING, YEAR, LetterKind
from school.versioned import VersionedForm
from school.workflow.profile import SIDES
from workflow import clock

SLOT = re.compile(r"\{[^{}]*\}|[{}]")
LONGEST_NUMBER = 60
LETTERHEAD = ("government_line", "department_line", "address", "contact_line")
KIND_OF = {name: kind for kind, name in PATTERNS.items()}
digits = RegexValidator(r"^\d*$", gettext_lazy("Digits only."))


class ProfileForm(WithPoint, forms.ModelForm):
    layout = (
        "name",
        side_by_side("npsn", "nss"),
        side_by_side("accreditation", "head_title"),
        side_by_side("place", "counseling_room"),
        side_by_side("time_zone_label", "paper_size"),
        "point",
    )

    npsn = forms.CharField(label="NPSN", required=False, max_length=8, validators=[digits])
    nss = forms.CharField(label="NSS/NSM", required=False, max_length=12, validators=[digits])
    head_title = forms.CharField(
        label=gettext_lazy("Title of the head"),
        max_length=40,
        help_text=gettext_lazy("Kepala Sekolah or Kepala Madrasah."),
    )
    time_zone_label = forms.ChoiceField(
        label=gettext_lazy("Time zone on letters"),
        choices=[(zone, zone) for zone in ("WIB", "WITA", "WIT")],
    )

    point = PointField(label=gettext_lazy("The school on the map"))

    class Meta:
        model = SchoolProfile
        fields = (
            *("name", "npsn", "nss", "accreditation", "head_title", "place"),
            *("counseling_room", "time_zone_label", "paper_size"),
        )
        labels = {
            "name": gettext_lazy("Name of the school"),
            "accreditation": gettext_lazy("Accreditation"),
            "place": gettext_lazy("Place on letters"),
            "counseling_room": gettext_lazy("Counseling room"),
            "paper_size": gettext_lazy("Paper"),
        }
        help_texts = {
            "place": gettext_lazy("Before the date: “Candiroto, 4 Oktober 2021”."),
            "counseling_room": gettext_lazy("Where parents are asked to come."),
        }


class LetterheadForm(VersionedForm, forms.ModelForm):
    class Meta:
        model = SchoolProfile
        fields = LETTERHEAD
        labels = {
            "government_line": gettext_lazy("First line"),
            "department_line": gettext_lazy("Second line"),
            "address": gettext_lazy("Address"),
            "contact_line": gettext_lazy("Phone, website, email"),
        }
        help_texts = {
            "government_line": gettext_lazy("E.g. Pemerintah Provinsi Jawa Tengah."),
            "department_line": gettext_lazy("E.g. Dinas Pendidikan dan Kebudayaan."),
        }


class LetterNumbersForm(VersionedForm, forms.ModelForm):
    class Meta:
        model = SchoolProfile
        fields = tuple(KIND_OF)
        labels = {
            "summons_number_pattern": gettext_lazy("Summons"),
            "assignment_number_pattern": gettext_lazy("Assignment letter"),
            "referral_number_pattern": gettext_lazy("Referral letter"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in KIND_OF.items():
            stored = self.initial.get(name, "")
            words = _("The next number is %(number)s.")
            self.fields[name].help_text = words % {"number": _example(stored, kind)}

    def clean_summons_number_pattern(self) -> str:
        return _checked(self.cleaned_data["summons_number_pattern"], LetterKind.SUMMONS)

    def clean_assignment_number_pattern(self) -> str:
        return _checked(self.cleaned_data["assignment_number_pattern"], LetterKind.ASSIGNMENT)

    def clean_referral_number_pattern(self) -> str:
        return _checked(self.cleaned_data["referral_number_pattern"], LetterKind.REFERRAL)


class LogoForm(forms.Form):
    """A file for one side of the letterhead; None to print no logo there any more."""

    side = forms.ChoiceField(choices=[(side, side) for side in SIDES])
    remove = forms.BooleanField(required=False)
    file = forms.FileField(required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        if cleaned.get("remove"):
            cleaned["file"] = None
        elif file is None:
            self.add_error("file", _("Choose a file."))
        else:
            cleaned["file"] = file.read(MOST_BYTES + 1)
        return cleaned


def _checked(pattern: str, kind: LetterKind) -> str:
    """Return the pattern. Raises ValidationError unless it has {urut} once and no unknown slot."""
    slots = SLOT.findall(pattern)
    unknown = [slot for slot in slots if slot not in (RUNNING, MONTH, YEAR)]
    if unknown:
        raise ValidationError(
            _("%(slot)s is not known. Use {urut}, {bulan_romawi} and {tahun}.")
            % {"slot": unknown[0]}
        )
    if slots.count(RUNNING) != 1:
        raise ValidationError(_("Write {urut} once: the running number goes there."))
    if len(_example(pattern, kind)) > LONGEST_NUMBER:
        raise ValidationError(
            _("The number would be longer than %(n)s signs.") % {"n": LONGEST_NUMBER}
        )
    return pattern


def _example(pattern: str, kind: LetterKind) -> str:
    return LetterNumber.objects.next_in(pattern, kind, clock.today())

"""Somebody signs on the screen, by their name, or on paper."""

from typing import TypedDict

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from school.forms.choices import Segments, one_of
from school.forms.layout import LaidOut, Rows
from school.forms.when import kindly
from school.models.signature import Signature, SignedWay
from school.signature_path import HEIGHT, LONGEST, WIDTH, read_signature

SIGNATURE: Rows = (
    "signer",
    "signer_relation",
    "signed_way",
    Field("drawn", template="components/signature_pad.html"),
)
"""The rows of a form in which somebody signs; its page needs js/signature.js and css/bk.css."""


class Signed(TypedDict):
    """The fields of a signature that a form has read."""

    signer: str
    signer_relation: str
    signed_way: str
    path: str


class DrawnField(forms.CharField):
    """The lines that somebody drew, as they are stored; see signature_path."""

    widget = forms.HiddenInput
    box = f"0 0 {WIDTH} {HEIGHT}"
    longest = LONGEST

    def clean(self, value: object) -> str:
        path = super().clean(value)
        return str(kindly(read_signature, path)) if path else ""


class SignatureForm(LaidOut, forms.Form):
    """The fields of a signature. Mix it into a form, with the rows of `SIGNATURE` in its layout."""

    signer = forms.CharField(
        label=Signature._meta.get_field("signer").verbose_name,
        max_length=120,
    )
    signer_relation = forms.CharField(
        label=Signature._meta.get_field("signer_relation").verbose_name,
        max_length=60,
        required=False,
        help_text=_("To the student: mother, father, guardian, the student …"),
    )
    signed_way = one_of(
        SignedWay.choices, widget=Segments, label=_("How do they sign?"), initial=SignedWay.DRAWN
    )
    drawn = DrawnField(label=_("Signature"), required=False)
    agrees = forms.BooleanField(
        label=_("They have read it, agree, and let their name stand for their signature"),
        required=False,
    )

    layout = SIGNATURE

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        way = data.get("signed_way")
        if way == SignedWay.DRAWN and not data.get("drawn") and "drawn" not in self.errors:
            self.add_error("drawn", _("Nobody has signed yet: sign in the box, or by name."))
        if way == SignedWay.TYPED and not data.get("agrees"):
            self.add_error("agrees", ValidationError(_("Tick that they agree.")))
        return data

    @property
    def signed(self) -> Signed:
        """Return the fields for a row of `Signature`."""
        data = self.cleaned_data
        way = data["signed_way"]
        return {
            "signer": data["signer"],
            "signer_relation": data["signer_relation"],
            "signed_way": way,
            "path": data["drawn"] if way == SignedWay.DRAWN else "",
        }

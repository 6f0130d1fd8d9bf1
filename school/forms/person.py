"""The form of a person: names, titles, and what papers print of them."""

import re
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from school import names
from school.forms.account import spoken
from school.forms.layout import side_by_side
from school.forms.student import PhoneField
from school.models import User
from school.models.users import Honorific
from school.versioned import VersionedForm

NIP_DIGITS = 18
USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")


class PersonForm(VersionedForm, forms.ModelForm):
    """A person of the school. `keeps_user_name` if it is not for the operator to change."""

    honorific = forms.ChoiceField(
        label=_("L/P"),
        choices=[("", _("Choose")), (Honorific.BAPAK, _("L (Pak)")), (Honorific.IBU, _("P (Bu)"))],
    )
    nip = forms.CharField(
        label="NIP",
        required=False,
        max_length=30,
        help_text=_("18 digits; empty for those who have none."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = PhoneField(label=_("Phone"))

    layout = (
        "name",
        side_by_side("title_before", "title_after"),
        side_by_side("honorific", "goes_by"),
        "username",
        "nip",
        side_by_side("grade_rank", "position"),
        "phone",
    )

    class Meta:
        model = User
        fields = (
            *("name", "title_before", "title_after", "honorific", "goes_by", "username"),
            *("nip", "grade_rank", "position", "phone"),
        )
        labels: ClassVar = {
            "name": _("Name without titles"),
            "title_before": _("Title before the name"),
            "title_after": _("Title after the name"),
            "goes_by": _("Form of address"),
            "username": _("User name"),
            "grade_rank": _("Rank"),
            "position": _("Position"),
        }
        help_texts: ClassVar = {
            "title_before": _("E.g. Drs., Dra. Hj."),
            "title_after": _("E.g. S.Pd., M.Pd."),
            "goes_by": _("Empty: Pak or Bu and the first name."),
            "grade_rank": _("E.g. Penata Muda / III a."),
            "position": _("E.g. Guru Ahli Muda."),
        }

    def __init__(self, *args: object, keeps_user_name: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["username"]
        field.widget.attrs |= {"autocapitalize": "none", "autocomplete": "off"}
        field.disabled = keeps_user_name
        field.required = bool(self.instance.pk)
        if keeps_user_name:
            field.help_text = _("Only with the yes of the coordinator or the principal.")
        elif not self.instance.pk:
            field.help_text = _("Empty: it is made from the name.")

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable():
            raise ValidationError(_("It holds signs that one cannot see. Type it again."))
        return name

    def clean_goes_by(self) -> str:
        return spoken(self.cleaned_data["goes_by"], self.instance)

    def clean_username(self) -> str:
        """Return the user name in small letters; one that is free, if none was typed."""
        typed = str(self.cleaned_data["username"]).strip().lower()
        if not typed:
            return free_user_name(self.cleaned_data.get("name", ""))
        if typed == self.instance.username:
            return typed
        return clean_user_name(typed, self.instance)

    def clean_nip(self) -> str:
        nip = re.sub(r"\s", "", self.cleaned_data["nip"])
        if nip and not re.fullmatch(r"[0-9]{18}", nip):
            raise ValidationError(_("A NIP has 18 digits."))
        of = User.objects.filter(nip=nip).exclude(pk=self.instance.pk).first() if nip else None
        if of:
            raise ValidationError(_("“%(name)s” has this NIP.") % {"name": of.full_name})
        return nip


def clean_user_name(typed: str, person: User) -> str:
    """Return a user name that `person` can have. Raises ValidationError."""
    if not USER_NAME.fullmatch(typed):
        raise ValidationError(_("Small letters, digits, dots and hyphens; at least three signs."))
    if User.objects.filter(username__iexact=typed).exclude(pk=person.pk).exists():
        raise ValidationError(_("Somebody has this user name already."))
    return typed


def free_user_name(name: str, also_taken: frozenset[str] = frozenset()) -> str:
    """Return the user name that follows from a name, with a number if somebody has it."""
    proposed = names.user_name(name)
    taken = also_taken | set(
        User.objects.filter(username__istartswith=proposed).values_list("username", flat=True)
    )
    taken = frozenset(one.lower() for one in taken)
    numbered = (f"{proposed}{n}" for n in range(2, len(taken) + 3))
    return next(one for one in (proposed, *numbered) if one not in taken)

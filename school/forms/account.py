"""The form on the account page: how others call the person."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from school import names
from school.forms.layout import Data, LaidOut
from school.models import User


class AddressForm(LaidOut, forms.ModelForm):
    """The form of address on screens; left empty it follows from the name."""

    class Meta:
        model = User
        fields = ("goes_by",)
        labels = {"goes_by": _("How others address me")}

    def __init__(self, data: Data = None, *, instance: User) -> None:
        super().__init__(data, instance=instance)
        field = self.fields["goes_by"]
        field.help_text = _("On screens. Papers print the full name. Empty: %(usual)s.") % {
            "usual": instance.usually_called
        }

    def clean_goes_by(self) -> str:
        return spoken(self.cleaned_data["goes_by"], self.instance)


def spoken(typed: str, person: User) -> str:
    """Return a form of address for `person`.

    Refuse what would make others take the person for a colleague, or hides what it says.
    """
    typed = " ".join(typed.split())
    if not typed.isprintable():
        raise ValidationError(_("It holds signs that one cannot see. Type it again."))
    if typed != person.usually_called:
        for colleague in User.objects.filter(is_active=True).exclude(pk=person.pk):
            if _means(typed, colleague):
                words = {"name": colleague.name}
                raise ValidationError(_("Others would take you for %(name)s.") % words)
    return typed


def _means(spoken: str, person: User) -> bool:
    """Return whether people would think of `person`."""
    said, own = (names.split_address(one)[1].casefold() for one in (spoken, person.called))
    return said == own or person.name.casefold() in said

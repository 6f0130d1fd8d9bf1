"""The form on the account page: how others call the person."""

from django import forms
from django.utils.translation import gettext_lazy as _

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

"""The forms that ask for the own password: allauth's, with the project's labels and words."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, ReauthenticateForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.forms.layout import LaidOut


class PasswordForm(LaidOut, ChangePasswordForm):
    """The present password is not asked of those who signed in with one that somebody else made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.user.must_change_password:
            del self.fields["oldpassword"]
        labels = {
            "oldpassword": gettext_lazy("Current password"),
            "password1": gettext_lazy("New password"),
            "password2": gettext_lazy("New password again"),
        }
        for name, field in self.fields.items():
            label = labels[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)
        self.fields["password1"].help_text = gettext_lazy("At least 12 characters.")

    def clean_oldpassword(self) -> str:
        """Check it as at the door, with the same count of wrong guesses."""
        password = str(self.cleaned_data["oldpassword"])
        if not get_adapter().reauthenticate(self.user, password):
            raise ValidationError(_("This is not your current password."))
        return password

    def clean_password1(self) -> str:
        """Refuse the password of the slip: it would go on being known to whoever printed it."""
        password = str(self.cleaned_data["password1"])
        if self.user.must_change_password and self.user.check_password(password):
            raise ValidationError(_("This is the password of the slip. Choose one of your own."))
        return password


class ConfirmForm(LaidOut, ReauthenticateForm):
    """Confirms that the person who is signed in still sits there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.help_text = gettext_lazy("Password"), ""
        field.widget.attrs.pop("placeholder", None)

    def clean_password(self) -> str:
        try:
            return str(super().clean_password())
        except ValidationError:
            raise ValidationError(_("This is not your current password.")) from None

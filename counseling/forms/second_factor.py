"""The forms of the second step of signing in: allauth's, with the project's labels and words."""

import struct
from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import parse_authentication_response
from django import forms
from django.utils.translation import gettext_lazy as _

from counseling import mfa
from school.forms.layout import LaidOut
from school.second_factor import APP


def ask_code(field: forms.Field, label: Any, help_text: Any) -> None:
    """Let a field ask for digits, which the phone may fill in."""
    field.label, field.help_text = label, help_text
    field.widget.attrs = {
        "inputmode": "numeric",
        "autocomplete": "one-time-code",
        "maxlength": "12",
        "autofocus": True,
    }


class OnceForm(LaidOut):
    """A form that takes a code of the app or a backup code, each of them once.

    Allauth forgets after 30 seconds that a code was used, but with a tolerance it holds longer.
    """

    user: Any
    authenticator: Any
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_code(self.fields["code"], _("Code"), _("6 digits of the app, or a backup code."))

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if mfa.is_used(self.user, code):
            check_rate_limit(self.user)
            raise get_adapter().validation_error("incorrect_code")
        super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == APP and not mfa.use(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OnceForm, AuthenticateForm):
    """Ends a sign-in that waits for it."""


class ConfirmCodeForm(OnceForm, ReauthenticateForm):
    """Confirms that the person who is signed in still sits there."""


class AppForm(LaidOut, ActivateTOTPForm):
    """Sets up the app, with the first code that it shows.

    Until then the session holds the secret, encrypted as the table will hold it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        sent = args[0] if args else kwargs.get("data")
        if sent is not None and SECRET_SESSION_KEY in session:
            session[SECRET_SESSION_KEY] = decrypt(session[SECRET_SESSION_KEY])
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = encrypt(self.secret)
        ask_code(self.fields["code"], _("Code of the app"), _("The 6 digits that it shows now."))

    def clean_code(self) -> str:
        code = str(super().clean_code())
        mfa.use(self.user, code)
        return code

    @property
    def secret_in_groups(self) -> str:
        """Return the secret as a person can copy it, in groups of four letters."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class CredentialField(forms.JSONField):
    """What the browser answers for a passkey. It is never shown again, nor read twice."""

    widget = forms.HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return None

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError:
            raise get_adapter().validation_error("incorrect_code") from None


class PasskeyRead(LaidOut):
    """Refuses what no browser sends for a passkey; libraries raise on some of it."""

    RAISED = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, struct.error)

    fields: dict[str, forms.Field]
    add_error: Callable[..., None]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField()

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except self.RAISED:
            self.cleaned_data: dict[str, Any] = {}
            self.add_error(None, get_adapter().validation_error("incorrect_code"))


class SecondPasskeyForm(PasskeyRead, AuthenticateWebAuthnForm):
    """Ends a sign-in that waits for it."""


class ConfirmPasskeyForm(PasskeyRead, ReauthenticateWebAuthnForm):
    """Confirms that the person who is signed in still sits there."""


class PasskeyAloneForm(PasskeyRead, LoginWebAuthnForm):
    """Signs in without a password, so the device must have checked who holds it.

    Allauth asks that of the challenge alone, and keeps one challenge for each use of a passkey:
    whoever has left a second step would bring one that does not ask.
    """

    def clean_credential(self) -> Authenticator:
        sent = parse_authentication_response(self.cleaned_data["credential"])
        if not sent.response.authenticator_data.is_user_verified():
            raise get_adapter().validation_error("incorrect_code")
        return super().clean_credential()


class PasskeyForm(PasskeyRead, AddWebAuthnForm):
    layout = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.help_text = _("Name of the passkey"), _("For example: my phone.")
        name.widget.attrs["maxlength"] = "40"
        alone.initial = True
        alone.widget.attrs["class"] = "form-check-input"
        alone.label = _("Sign in with this passkey alone")
        alone.help_text = _("Without user name and password, by fingerprint, face or PIN.")

"""The second step of signing in: allauth's views, with what it leaves open.

Each change of what a person signs in with is logged, and is one act however often it is sent.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.generic.edit import FormView

from counseling.adapter import still_holds
from school.models import User
from school.second_factor import APP
from workflow.run import log_act

INDEX = reverse_lazy("mfa_index")


@method_decorator(login_not_required, name="dispatch")
class Authenticate(AuthenticateView):
    """Asks for the second step of a sign-in, unless the account was changed since the first."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        login = unstash_login(request, peek=True)
        if login and not still_holds(request, login.user):
            clear_login(request)
        return super().dispatch(request, *args, **kwargs)


class Logged:
    """Does what its form asks in one transaction with its entry of the log."""

    request: HttpRequest
    act: str

    def form_valid(self, form: Form) -> HttpResponse:
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=self.request.user.pk)
            if self.is_refused(user, form):
                return redirect(INDEX)
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            log_act(user, self.act, by=user)
        return response

    def is_refused(self, user: User, form: Form) -> bool:
        """Return whether nothing is to be done, e.g. since the same form was sent before."""
        return False


class SetUpApp(Logged, ActivateTOTPView):
    act = "set_up_app"

    def is_refused(self, user: User, form: Form) -> bool:
        return Authenticator.objects.filter(user=user, type=APP).exists()


class AddPasskey(Logged, AddWebAuthnView):
    act = "add_passkey"

    def is_refused(self, user: User, form: Form) -> bool:
        sent = form.cleaned_data["credential"]["id"]
        known = Authenticator.objects.filter(user=user, data__credential__id=sent)
        return known.exists()


class Removed(Logged):
    """Removes one way of the second step, unless it is the only one and the office asks for it."""

    def is_refused(self, user: User, form: Form) -> bool:
        factor, adapter = self.factor(user), get_mfa_adapter()
        if factor and not adapter.can_delete_authenticator(factor):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return True
        return factor is None

    def factor(self, user: User) -> Authenticator | None:
        """Return what is to be removed, if it is still there."""
        raise NotImplementedError


class RemoveApp(Removed, DeactivateTOTPView):
    act = "remove_app"

    def factor(self, user: User) -> Authenticator | None:
        return Authenticator.objects.filter(user=user, type=APP).first()


class RemovePasskey(Removed, RemoveWebAuthnView):
    act = "remove_passkey"
    success_url = INDEX

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say that a passkey of somebody else is not there before asking who sits here."""
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def factor(self, user: User) -> Authenticator | None:
        return self.get_queryset().filter(pk=self.object.pk).first()


class NewBackupCodes(Logged, GenerateRecoveryCodesView):
    act = "new_backup_codes"


class ConfirmPasskey(ReauthenticateWebAuthnView):
    def form_invalid(self, form: Form) -> HttpResponse:
        """Say on the same page what went wrong."""
        return FormView.form_invalid(self, form)


class PasskeyLogin(LoginWebAuthnView):
    """Signs in by a passkey alone. Its page is apart from the door, which stays light."""

    template_name = "mfa/webauthn/login.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if get_adapter().is_ajax(request):
            return super().get(request, *args, **kwargs)
        return FormView.get(self, request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """As at the door: the session ends with the browser, if the device is not one's own."""
        is_own = "remember" in self.request.POST
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if is_own else 0)
        return super().form_valid(form)

    def form_invalid(self, form: Form) -> HttpResponse:
        return FormView.form_invalid(self, form)

from allauth.usersessions.apps import UserSessionsConfig
from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class CounselingConfig(AppConfig):
    name = "counseling"
    verbose_name = _("Counseling")
    default_auto_field = "django.db.models.BigAutoField"


class SessionsConfig(UserSessionsConfig):
    """Allauth's record of sessions, without its look at each of them with every sign-in.

    `counseling.signed_in` records a sign-in under the hash of its key, and drops what has expired
    by one statement.
    """

    def ready(self) -> None:
        from allauth.account.signals import password_changed  # noqa: PLC0415  (models are ready)

        from counseling.signed_in import record_device  # noqa: PLC0415

        def changed(request: HttpRequest, **_signal: object) -> None:
            record_device(request)

        password_changed.connect(changed, weak=False)

from allauth.usersessions.apps import UserSessionsConfig
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CounselingConfig(AppConfig):
    name = "counseling"
    verbose_name = _("Counseling")
    default_auto_field = "django.db.models.BigAutoField"


class SessionsConfig(UserSessionsConfig):
    """Allauth's record of sessions, without its look at each of them with every sign-in.

    `counseling.adapter` records a sign-in, and drops what has expired by one statement.
    """

    def ready(self) -> None:
        from allauth.account.signals import password_changed  # noqa: PLC0415  (models are ready)
        from allauth.usersessions.signals import on_password_changed  # noqa: PLC0415

        password_changed.connect(on_password_changed)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomevisitsConfig(AppConfig):
    name = "homevisits"
    verbose_name = _("Home visits")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from homevisits import (  # noqa: PLC0415
            appointments,
            approvals,
            finding,
            grants,
            step_kinds,
            workflow,  # noqa: F401
        )

        appointments.register_all()
        approvals.register_all()
        finding.register_all()
        grants.register_all()
        step_kinds.register_all()

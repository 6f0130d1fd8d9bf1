from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "support"
    verbose_name = _("Support")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases import follow_ups  # noqa: PLC0415  (models are ready)
        from support import appointments, approvals, finding, step_kinds, workflow  # noqa: PLC0415

        appointments.register_all()
        approvals.register_all()
        finding.register_all()
        step_kinds.register_all()
        follow_ups.register(workflow.Kept())

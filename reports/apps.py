from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from reports import effects, step_kinds, workflow  # noqa: F401, PLC0415  (models are ready)

        effects.register_all()
        step_kinds.register_all()

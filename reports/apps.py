from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

from reports.semester_code import SemesterCode


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("Reports")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_converter(SemesterCode, "semester")
        from reports import effects, step_kinds, workflow  # noqa: F401, PLC0415  (models are ready)

        effects.register_all()
        step_kinds.register_all()

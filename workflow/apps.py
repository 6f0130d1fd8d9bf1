from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

from workflow.day_parts import DayConverter, MonthConverter, WeekConverter
from workflow.ids import IdConverter, IdsConverter


class WorkflowConfig(AppConfig):
    name = "workflow"
    verbose_name = _("Workflow")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_converter(IdConverter, "id")
        register_converter(IdsConverter, "ids")
        register_converter(DayConverter, "day")
        register_converter(MonthConverter, "month")
        register_converter(WeekConverter, "week")

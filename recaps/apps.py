from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecapsConfig(AppConfig):
    name = "recaps"
    verbose_name = _("Recaps")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from recaps import workflow  # noqa: F401, PLC0415  (the lifecycles register themselves)

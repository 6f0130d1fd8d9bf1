from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecapsConfig(AppConfig):
    name = "recaps"
    verbose_name = _("Recaps")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from recaps import (  # noqa: PLC0415  (models are ready)
            effects,
            follows,
            in_semester,
            workflow,  # noqa: F401
        )
        from recaps.queries import attendance_import  # noqa: PLC0415
        from school.imports import kinds  # noqa: PLC0415

        effects.register_all()
        follows.register_all()
        in_semester.register_all()
        kinds.register(attendance_import.KIND)

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = _("Cases")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases import (  # noqa: PLC0415  (models are ready)
            counseled,
            effects,
            finding,
            follows,
            grants,
            in_semester,
            meetings,
            referred,
            step_kinds,
            workflow,  # noqa: F401
        )

        counseled.register_all()
        effects.register_all()
        finding.register_all()
        follows.register_all()
        grants.register_all()
        in_semester.register_all()
        meetings.register_all()
        referred.register_all()
        step_kinds.register_all()

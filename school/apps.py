from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchoolConfig(AppConfig):
    name = "school"
    verbose_name = _("School")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from school import (  # noqa: PLC0415  (models are ready)
            effects,
            follows,
            found_students,
            grade_effects,
            group_effects,
            guarded_rows,
            undone_stays,
        )
        from school.imports import school_kinds  # noqa: PLC0415
        from school.workflow import office_request  # noqa: F401, PLC0415

        effects.register(group_effects.look)
        effects.register(grade_effects.look)
        follows.register(undone_stays.is_somewhere_else)
        follows.register(guarded_rows.is_kept_from_undo)
        found_students.register_all()
        school_kinds.register_all()

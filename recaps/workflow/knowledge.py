"""What the homeroom teacher knows of a student beyond the recaps."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from recaps.models.class_list import ClassList, Knowledge
from recaps.permissions import is_homeroom_of
from recaps.workflow.class_list import check_listed, list_can_change
from school.models import Student, User
from workflow.errors import NotAllowed, NotNow
from workflow.run import hold
from workflow.versions import save_versioned


def write_knowledge(
    class_list: ClassList, student: Student, *, by: User, values: Mapping[str, object], read_at: int
) -> Knowledge:
    """Save what the homeroom teacher knows: economy, family, other, note.

    Raises NotAllowed, NotNow, EditConflict.
    """
    if values.get("other") and not (
        values.get("economy") or values.get("family") or str(values.get("note", "")).strip()
    ):
        raise NotNow(_("Add a note: “Something else” needs an explanation."))
    if not is_homeroom_of(by, class_list):
        raise NotAllowed
    with transaction.atomic():
        hold(class_list)
        if reason := list_can_change(class_list):
            raise NotNow(reason)
        check_listed(class_list, [student])
        known, is_new = Knowledge.objects.get_or_create(class_list=class_list, student=student)
        if is_new:
            read_at = known.version
        return save_versioned(known, values, read_at=read_at)

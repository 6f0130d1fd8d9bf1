"""Classes get their counselor, another one or none; cases under way stay until handed over."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from school import counseled
from school.models import Change, SchoolClass, User
from school.models.change import ChangeKind
from school.permissions import possible_counselors
from school.workflow.changes import recording
from workflow import clock
from workflow.errors import NotNow


def give_classes(classes: Sequence[SchoolClass], to: User | None, *, by: User) -> Change:
    """Give classes to a counselor, or to nobody: then their cases wait with the coordinator.

    It holds from today on, for a class has no dated counselors. Raises NotAllowed, NotNow.
    """
    with recording(ChangeKind.COUNSELORS, by=by, on=clock.today()) as change:
        if not classes:
            raise NotNow(_("Choose at least one class."))
        if to and not possible_counselors().filter(pk=to.pk).exists():
            raise NotNow(_("This person is not a counselor today."))
        for school_class in classes:
            school_class.counselor = to
        change.update(classes, ["counselor"])
        change.counts = {"classes": len(classes)}
        if to:
            counseled.follow([one.pk for one in classes], by)
    return change.made

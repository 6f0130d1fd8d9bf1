"""Classes get their counselor, another one or none; cases under way stay until handed over."""

from collections.abc import Mapping, Sequence

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
    return distribute(dict.fromkeys(classes, to), by=by)


def distribute(wanted: Mapping[SchoolClass, User | None], *, by: User) -> Change:
    """Give each class to its counselor, or to nobody, as `give_classes` does."""
    with recording(ChangeKind.COUNSELORS, by=by, on=clock.today()) as change:
        if not wanted:
            raise NotNow(_("Choose at least one class."))
        people = {to.pk for to in wanted.values() if to}
        if possible_counselors().filter(pk__in=people).count() < len(people):
            raise NotNow(_("This person is not a counselor today."))
        for school_class, to in wanted.items():
            school_class.counselor = to
        change.update(list(wanted), ["counselor"])
        change.counts = {"classes": len(wanted)}
        counseled.follow([one.pk for one, to in wanted.items() if to], by)
    return change.made

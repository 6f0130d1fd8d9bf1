"""What an act of the operator does to cases, in words alone: an operator knows of no case."""

from django.utils.translation import gettext as _

from school.effects import Effects, Scope, register
from school.models.change import ChangeKind
from workflow.errors import Text


def look(scope: Scope) -> Effects:
    """Say what holds for any case, whether or not there is one."""
    said: dict[ChangeKind, Text] = {
        ChangeKind.MOVE: _(
            "If BK has a case, it stays with its counselor until it is handed over."
        ),
        ChangeKind.MERGE: _("Cases of these students stay with their counselor until handed over."),
        ChangeKind.COUNSELORS: _(
            "Open cases stay with their counselor until the coordinator hands them over. "
            "Cases without a counselor go along with the class."
        ),
        ChangeKind.LEAVING: _("If BK has a case, its counselor is asked to close it."),
    }
    texts = [said[scope.kind]] if scope.kind in said else []
    if scope.kind == ChangeKind.REPLACEMENT and scope.classes:
        texts.append(
            _("From then on the successor sees what a homeroom teacher sees of the class's cases.")
        )
    return lambda: texts


def register_all() -> None:
    register(look)

"""Subjects: many made at once, put away and offered again."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import transaction

from school.models import Subject
from school.models.change import ChangeKind
from school.models.users import User
from school.permissions import is_operator
from school.sheets.cells import folded
from school.workflow.changes import recording
from workflow.errors import NotAllowed
from workflow.run import log_act
from workflow.versions import held, save_versioned


class Added(NamedTuple):
    new: list[str]
    taught: list[str]
    """What the school has, as it writes them; they are left as they are."""
    retired: list[str]
    """What it has put away, and stays so."""


@transaction.atomic
def add_subjects(names: Iterable[str], *, by: User) -> Added:
    """Make a subject of each name; what the school has in another spelling is left as it is."""
    standing = {folded(subject.name): subject for subject in Subject.objects.all()}
    wanted = {folded(name): name for name in reversed(list(names))}
    new = [name for key, name in reversed(wanted.items()) if key not in standing]
    if new:
        with recording(ChangeKind.SUBJECTS, by=by) as change:
            change.create([Subject(name=name) for name in new])
            change.counts = {"new": len(new)}
    known = [standing[key] for key in reversed(wanted) if key in standing]
    return Added(
        new,
        taught=[subject.name for subject in known if subject.is_active],
        retired=[subject.name for subject in known if not subject.is_active],
    )


@transaction.atomic
def set_taught(subjects: Sequence[Subject], *, is_taught: bool, by: User) -> None:
    """Offer subjects, or let no new group have them; what was recapped in them stays.

    Raises NotAllowed unless `by` is an operator.
    """
    if not is_operator(by):
        raise NotAllowed
    for subject in subjects:
        row = held(subject)
        save_versioned(row, {"is_active": is_taught}, read_at=row.version)
        log_act(row, "take_up" if is_taught else "retire", by=by)

"""Take over what a file says: keep it for its preview, then do as a whole what that showed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, models, transaction

from school.imports.kinds import KINDS
from school.imports.plan import CREATE, UPDATE, Answers, Asked, Plan, Write
from school.imports.reading import Read
from school.models import Change, SchoolProfile, Upload, User
from school.models.change import ChangeKind
from school.models.upload import pack
from school.workflow.changes import Recorder, recording
from workflow import clock, standstill
from workflow.errors import NotThere, WrongState
from workflow.rows import each_of
from workflow.run import hold

KEPT = timedelta(days=1)
AT_ONCE = 200
"""Rows that are written before the progress is told."""
Tell = Callable[[int, int], None]
"""Told how many rows are written, of how many."""


def keep(read: Read, name: str, *, by: User) -> Upload:
    """Keep what was read of a file for its preview, and forget what is older than a day."""
    forget_old()
    return Upload.objects.create(
        made_by=by,
        made_at=clock.now(),
        kind=read.kind.code,
        name=name,
        columns=read.columns,
        packed=pack(read.rows),
        length=len(read.rows),
        remarks=read.remarks,
    )


def forget_old() -> None:
    """Delete the files that nobody has taken over within a day."""
    Upload.objects.waiting().filter(made_at__lt=clock.now() - KEPT).delete()


def plan_of(upload: Upload, answers: Answers, *, by: User) -> Plan:
    """Return what the file would change now."""
    kind = KINDS[upload.kind]
    plan = kind.plan_of(Asked(upload.rows, frozenset(upload.columns), answers, by))
    for said in upload.remarks:
        plan.remark(said)
    return plan


def take_over(
    upload: Upload, answers: Answers, seal: str, *, by: User, tell: Tell = lambda _done, _all: None
) -> Change | None:
    """Do what the plan with this seal showed, all of it or nothing, and forget what the file says.

    Returns None, having done nothing, if the file would change something else by now. Raises
    WrongState if somebody else has added the same at this moment, NotThere if the file was deleted,
    NotAllowed for no operator.
    """
    with alone():
        try:
            hold(upload)
        except Upload.DoesNotExist:
            raise NotThere from None
        if upload.change_id:
            return None
        plan = plan_of(upload, answers, by=by)
        if not plan.is_possible or plan.seal != seal:
            return None
        upload.change = write(plan, KINDS[upload.kind].change, by=by, tell=tell)
        upload.packed, upload.columns, upload.remarks = b"", [], []
        upload.save(update_fields=["change", "packed", "columns", "remarks"])
        return upload.change


@contextmanager
def alone() -> Iterator[None]:
    """Open a transaction for one import at a time: what a plan rests on must not change under it.

    Raises WrongState if somebody else has added the same at this moment.
    """
    try:
        with transaction.atomic():
            standstill.beside_others()
            each_of(SchoolProfile.objects.select_for_update(), [SchoolProfile.ONLY])
            yield
    except IntegrityError as error:
        raise WrongState from error


def write(
    plan: Plan, kind: ChangeKind, *, by: User, tell: Tell = lambda _done, _all: None
) -> Change:
    """Write what a plan says as one change, and return its record."""
    done, everything = 0, plan.rows_to_write
    with recording(kind, by=by, on=plan.answers.on) as change:
        for step in plan.writes_in_order:
            for rows in _batches(step.rows):
                _write(change, step, rows)
                done += len(rows)
                tell(done, everything)
        for act in plan.afterwards:
            act(change)
        change.counts = plan.counts
    return change.made


def _write(change: Recorder, step: Write, rows: Sequence[models.Model]) -> None:
    for row in rows:
        _point_to_new_rows(row)
    if step.act == CREATE:
        change.create(rows)
    elif step.act == UPDATE:
        change.update(rows, step.fields)
    else:
        change.delete(rows)


def _point_to_new_rows(row: models.Model) -> None:
    """Let foreign keys have the ids of rows that were new when the plan was made."""
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.is_cached(row):
            setattr(row, field.name, getattr(row, field.name))


def _batches(rows: Sequence[models.Model]) -> Iterator[Sequence[models.Model]]:
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]

"""Change many rows at once, on record, so that the whole of it can be undone.

Everything that the operator does to more than one row goes through here: imports, a student's
move, the new year. All of it or nothing is written, and it is undone in the same way.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from school import follows, guarded_rows
from school.dates import frozen_from, last_frozen_day
from school.days import A_DAY
from school.models.change import Change, ChangedRow, ChangeKind
from school.models.users import User
from school.permissions import is_operator
from school.workflow.snapshots import (
    Row,
    copied,
    delete_rows,
    first_day,
    has_history,
    is_referred_to,
    locked_rows,
    model_of,
    restored,
    snapshot,
    whole,
    written,
)
from school.workflow.told_of_classes import tell_of_classes
from workflow import clock
from workflow.errors import NotAllowed, NotNow, Text
from workflow.run import log_act
from workflow.versions import Versioned

FROM_FILES = (
    ChangeKind.STUDENTS,
    ChangeKind.STAFF,
    ChangeKind.ASSIGNMENTS,
    ChangeKind.PHONES,
    ChangeKind.CLASS_LISTS,
    ChangeKind.HOLIDAYS,
    ChangeKind.ATTENDANCE,
)
UNDO_WITHIN = dict.fromkeys(FROM_FILES, A_DAY)
"""How long a kind of change can be undone; any other as long as nothing follows from it."""
OF_IDS = (
    "school.academicyear",
    "school.enrolment",
    "school.groupmember",
    "school.homeroomassignment",
    "school.schoolclass",
    "school.teachingassignment",
)
"""Tables of ids, days and names of classes: what was undone can still be said by their rows."""
IN_USE = _("Something else already depends on what was added, so this can no longer be undone.")

GONE = _("Somebody else has just deleted it.")


class Recorder:
    """Writes rows, and remembers what they were before and are after."""

    def __init__(self, change: Change) -> None:
        self.made = change
        self.counts: dict[str, int] = {}
        self._rows: dict[tuple[str, int], ChangedRow] = {}

    def create(self, rows: Sequence[Row]) -> list[Row]:
        """Insert new rows of one model; return them with their ids."""
        if not rows:
            return []
        model = type(rows[0])
        if has_history(model):
            made = bulk_create_with_history(rows, model, default_user=self.made.made_by)
        else:
            made = model._default_manager.bulk_create(rows)
        self._remember(made, [None] * len(made), [snapshot(row) for row in made])
        return list(made)

    def update(self, rows: Sequence[Row], fields: Sequence[str]) -> None:
        """Save these fields of rows of one model; rows that hold the values already are skipped.

        The version of a record that people edit grows, so that who has it open sees a conflict.
        """
        if not rows:
            return
        model = type(rows[0])
        locked = locked_rows(model, [row.pk for row in rows])
        if len(locked) < len({row.pk for row in rows}):
            raise NotNow(GONE)
        before = {pk: snapshot(row, fields) for pk, row in locked.items()}
        wanted = [row for row in rows if snapshot(row, fields) != before[row.pk]]
        changed = [copied(row, locked[row.pk], fields) for row in wanted]
        columns = list(fields)
        if issubclass(model, Versioned):
            columns.append("version")
            for row, given in zip(changed, wanted, strict=True):
                row.version += 1  # type: ignore[attr-defined]
                given.version = row.version  # type: ignore[attr-defined]
        if has_history(model):
            bulk_update_with_history(changed, model, columns, default_user=self.made.made_by)
        else:
            model._default_manager.bulk_update(changed, columns)
        self._remember(
            changed,
            [before[row.pk] for row in changed],
            [snapshot(row, fields) for row in changed],
        )

    def delete(self, rows: Sequence[Row]) -> None:
        """Delete rows of one model. Raises NotNow if one is gone, or another row refers to one."""
        if not rows:
            return
        model, pks = type(rows[0]), [row.pk for row in rows]
        standing = locked_rows(model, pks)
        if len(standing) < len(set(pks)):
            raise NotNow(GONE)
        before = [whole(standing[pk]) for pk in pks]
        if is_referred_to(model, pks, {}):
            raise NotNow(_("Something else depends on it, so it cannot be deleted."))
        self._remember(rows, before, [None] * len(rows))
        delete_rows(model, pks, by=self.made.made_by)

    def _remember(
        self,
        rows: Sequence[Row],
        before: Sequence[dict[str, object] | None],
        after: Sequence[dict[str, object] | None],
    ) -> None:
        for row, was, now in zip(rows, before, after, strict=True):
            key = (row._meta.label_lower, row.pk)
            if known := self._rows.get(key):
                known.before = known.before and {**(was or {}), **known.before}
                known.after = now and {**(known.after or {}), **now}
            else:
                self._rows[key] = ChangedRow(
                    change=self.made, table=key[0], row_id=row.pk, before=was, after=now
                )

    @property
    def rows(self) -> list[ChangedRow]:
        """Return each row once, as it was before the change and is after all of it."""
        return [row for row in self._rows.values() if row.before or row.after]


@contextmanager
def recording(kind: ChangeKind, *, by: User, on: date | None = None) -> Iterator[Recorder]:
    """Open a transaction for a change, and keep on record what it writes and counts.

    Raises NotAllowed unless `by` is an operator, NotNow for what needs a yes (`guarded_rows`).
    """
    if not is_operator(by):
        raise NotAllowed
    with transaction.atomic():
        change = Change.objects.create(kind=kind, made_by=by, made_at=clock.now(), effective_on=on)
        recorder = Recorder(change)
        yield recorder
        guarded_rows.refuse(recorder.rows)
        change.counts = recorder.counts
        change.save(update_fields=["counts"])
        ChangedRow.objects.bulk_create(recorder.rows, batch_size=500)
        tell_of_classes(recorder.rows, by=by)
        log_act(change, kind.lower(), by=by)


def undo(change: Change, *, by: User) -> None:
    """Put every row back as it was before the change; all of them, or none.

    Raises NotAllowed unless `by` is an operator, NotNow with the reason if it can no longer be
    undone.
    """
    if not is_operator(by):
        raise NotAllowed
    with transaction.atomic():
        change.refresh_from_db(from_queryset=Change.objects.select_for_update())
        if why := why_not_undone(change):
            raise NotNow(why)
        for model, rows in _runs(list(change.rows.order_by("-pk"))):
            _put_back(model, rows, by)
        change.undone_at, change.undone_by = clock.now(), by
        change.save(update_fields=["undone_at", "undone_by"])
        change.rows.exclude(table__in=OF_IDS).delete()
        log_act(change, "undo", by=by)


def why_not_undone(change: Change) -> Text:
    """Return why the change cannot be undone; "" if it can."""
    if change.undone_at:
        return _("This was undone already.")
    if is_too_old(change):
        return _("More than a day has passed, so this can no longer be undone.")
    rows = list(change.rows.all())
    if why := frozen_from(change.effective_on or first_day(rows)):
        return why
    own: dict[str, set[int]] = {}
    for row in rows:
        own.setdefault(row.table, set()).add(row.row_id)
    for model, run in _runs(rows):
        if _has_changed(model, run):
            return _("It was changed again since, so this can no longer be undone.")
        made = [row.row_id for row in run if row.before is None]
        if made and is_referred_to(model, made, own):
            return IN_USE
    return follows.what_follows(change)


def is_too_old(change: Change) -> bool:
    """Return whether the time has passed within which this kind of change can be undone."""
    within = UNDO_WITHIN.get(ChangeKind(change.kind))
    return within is not None and clock.now() - change.made_at > within


def forget_old() -> None:
    """Delete the rows of changes that can no longer be undone: they may hold names and phones."""
    for kind, within in UNDO_WITHIN.items():
        old = Change.objects.filter(kind=kind, made_at__lt=clock.now() - within)
        ChangedRow.objects.filter(change__in=old).delete()
    if last := last_frozen_day():
        ChangedRow.objects.filter(change__effective_on__lte=last).delete()


def _runs(rows: Sequence[ChangedRow]) -> Iterator[tuple[type[Model], list[ChangedRow]]]:
    """Yield the rows that follow each other in one table, with its model."""
    run: list[ChangedRow] = []
    for row in rows:
        if run and run[-1].table != row.table:
            yield model_of(run[-1].table), run
            run = []
        run.append(row)
    if run:
        yield model_of(run[-1].table), run


def _has_changed(model: type[Model], rows: Sequence[ChangedRow]) -> bool:
    """Return whether a row no longer holds what the change wrote into it."""
    standing = model._default_manager.in_bulk([row.row_id for row in rows])
    for row in rows:
        now = standing.get(row.row_id)
        if row.after is None:
            if now is not None:
                return True
        elif now is None or written(snapshot(now, row.after)) != row.after:
            return True
    return False


def _put_back(model: type[Model], rows: Sequence[ChangedRow], by: User) -> None:
    """Delete what was new, set what was changed, insert what was deleted."""
    manager = model._default_manager
    if made := [row.row_id for row in rows if row.before is None]:
        delete_rows(model, made, by=by)
    gone = [
        restored(model(), {**(row.before or {}), "id": row.row_id})
        for row in rows
        if row.after is None
    ]
    if gone and has_history(model):
        bulk_create_with_history(gone, model, default_user=by)
    elif gone:
        manager.bulk_create(gone)
    changed = {row.row_id: row for row in rows if row.before is not None and row.after is not None}
    standing = manager.in_bulk(list(changed))
    fields: dict[tuple[str, ...], list[Model]] = {}
    for pk, obj in standing.items():
        before = changed[pk].before or {}
        fields.setdefault(tuple(before), []).append(restored(obj, before))
    for columns, objects in fields.items():
        _save(model, objects, columns, by)


def _save(model: type[Model], rows: list[Model], columns: Sequence[str], by: User) -> None:
    names = [model._meta.get_field(column).name for column in columns]
    if issubclass(model, Versioned):
        names.append("version")
        for row in rows:
            row.version += 1  # type: ignore[attr-defined]
    if has_history(model):
        bulk_update_with_history(rows, model, names, default_user=by)
    else:
        model._default_manager.bulk_update(rows, names)

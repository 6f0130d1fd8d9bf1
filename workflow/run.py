"""The only writer of a status: check, change and log in one transaction."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from workflow import clock
from workflow.errors import NotAllowed, NotNow, UndoTooLate, WrongState
from workflow.lifecycle import (
    LIFECYCLES,
    SAME,
    Lifecycle,
    Note,
    Transition,
    failing,
    lifecycle_of,
    status_of,
)
from workflow.models import ActionEntry, ActionNote, BeforeImage

UNDO_ACCEPTED = timedelta(seconds=60)
BEFORE_IMAGE_KEPT = timedelta(days=1)

M = TypeVar("M", bound=models.Model)


def run(
    obj: M,
    name: str,
    *,
    by: AbstractBaseUser,
    happened_at: datetime | None = None,
    note: str = "",
    reason: str = "",
    values: Mapping[str, object] | None = None,
) -> ActionEntry:
    """Do `name` to `obj`: person, state, conditions, compare-and-swap, log; all or nothing.

    `values` are further fields set with the status. `reason` stands for a condition that
    takes one. Returns the log entry; `obj` is refreshed. Raises NotAllowed, WrongState, NotNow.
    """
    lifecycle = lifecycle_of(obj)
    transition = lifecycle[name]
    with transaction_of(lifecycle, obj):
        _check(transition, by, obj, note, reason)
        entry = _change(lifecycle, transition, obj, by, happened_at, values or {})
        _keep_note(entry, note or reason)
        if transition.effect:
            transition.effect(obj, by)
    return entry


def make(
    kind: str,
    name: str,
    on: models.Model,
    create: Callable[[], M],
    *,
    by: AbstractBaseUser,
    happened_at: datetime | None = None,
    note: str = "",
    reason: str = "",
) -> M:
    """Do an act that makes an object from `on`, e.g. issue a summons of a case.

    Returns what `create` made. Raises NotAllowed, NotNow.
    """
    lifecycle = LIFECYCLES[kind]
    transition = lifecycle[name]
    with transaction.atomic():
        hold(on)
        _check(transition, by, on, note, reason, made=True)
        obj = create()
        entry = _log(lifecycle, transition, obj, by, clock.happened(happened_at))
        _keep_note(entry, note or reason)
        if transition.effect:
            transition.effect(obj, by)
    return obj


def undo(obj: models.Model, name: str, *, by: AbstractBaseUser) -> ActionEntry:
    """Undo `by`'s own act `name` on `obj` within a minute, while nothing follows from it.

    The fields that the act changed get their old values back. Raises NotAllowed if the person's
    rights have ended since, UndoTooLate, NotNow.
    """
    lifecycle = lifecycle_of(obj)
    reverse = _reverse_of(lifecycle, name)
    with transaction_of(lifecycle, obj):
        entry = _undoable(lifecycle, obj, name, by)
        if not reverse.who(by, obj):
            raise NotAllowed
        if status_of(obj) not in reverse.sources:
            raise UndoTooLate
        if why := failing(reverse.holds, obj):
            raise NotNow(why)
        before = BeforeImage.objects.filter(entry=entry).values_list("fields", flat=True).first()
        target = entry.source or reverse.target
        values = _restored(obj, before or {})
        undone = _change(lifecycle, reverse, obj, by, None, values, target=target)
        if reverse.effect:
            reverse.effect(obj, by)
    return undone


def forget_old() -> None:
    """Delete old values of acts of more than a day ago: no undo needs them; they may hold text."""
    BeforeImage.objects.filter(entry__logged_at__lt=clock.now() - BEFORE_IMAGE_KEPT).delete()


def can_undo(obj: models.Model, name: str, *, by: AbstractBaseUser) -> bool:
    """Return whether `by` can undo now what they did to `obj`."""
    lifecycle = lifecycle_of(obj)
    reverse = _reverse_of(lifecycle, name)
    try:
        _undoable(lifecycle, obj, name, by)
    except UndoTooLate:
        return False
    return reverse.who(by, obj) and not failing(reverse.holds, obj)


def lock(obj: models.Model) -> None:
    """Lock the row of `obj` until the transaction ends (SQLite locks the whole file)."""
    rows = type(obj)._default_manager.select_for_update().filter(pk=obj.pk)
    list(rows.values_list("pk"))


def hold(obj: models.Model) -> None:
    """Read `obj` again, and lock its row until the transaction ends."""
    obj.refresh_from_db(from_queryset=type(obj)._default_manager.select_for_update())


@contextmanager
def transaction_of(lifecycle: Lifecycle, obj: models.Model) -> Iterator[None]:
    """Open a transaction that locks the object's root, then `obj`, which is read again.

    So acts on one case queue up.
    """
    with transaction.atomic():
        if (root := lifecycle.root(obj)) != obj:
            lock(root)
        hold(obj)
        yield


def _check(
    transition: Transition,
    by: AbstractBaseUser,
    obj: models.Model,
    note: str,
    reason: str,
    *,
    made: bool = False,
) -> None:
    if transition.reverses:
        raise NotAllowed
    if not transition.who(by, obj):
        raise NotAllowed
    if not made and status_of(obj) not in transition.sources:
        raise WrongState
    if why := failing(transition.holds, obj):
        raise NotNow(why)
    if not reason.strip() and (why := failing(transition.holds_or_reason, obj)):
        raise NotNow(why, needs_reason=True)
    if transition.note is Note.MUST and not note.strip():
        raise NotNow(_("Write a reason: this action needs one."), needs_reason=True)


def _change(
    lifecycle: Lifecycle,
    transition: Transition,
    obj: models.Model,
    by: AbstractBaseUser,
    happened_at: datetime | None,
    values: Mapping[str, object],
    *,
    target: str = "",
) -> ActionEntry:
    source = status_of(obj)
    target = target or (source if transition.target == SAME else transition.target)
    before = {name: obj.serializable_value(name) for name in values}
    standing = type(obj)._default_manager.filter(Q(pk=obj.pk, status=source))
    if not standing.update(status=target, **values):
        raise WrongState
    obj.refresh_from_db(fields=["status", *values])  # the others were read when it was held
    entry = _log(lifecycle, transition, obj, by, clock.happened(happened_at), source)
    if transition.undo:
        BeforeImage.objects.create(entry=entry, fields=before)
    return entry


def _log(
    lifecycle: Lifecycle,
    transition: Transition,
    obj: models.Model,
    by: AbstractBaseUser,
    happened_at: datetime,
    source: str = "",
) -> ActionEntry:
    root = lifecycle.root(obj)
    return ActionEntry.objects.create(
        actor_id=by.pk,
        office=lifecycle.office(by, root),
        kind=lifecycle.kind,
        object_id=obj.pk,
        root_kind=root._meta.label_lower,
        root_id=root.pk,
        action=transition.name,
        source=source,
        target=status_of(obj),
        happened_at=happened_at,
        logged_at=clock.now(),
    )


def log_act(obj: models.Model, action: str, *, by: AbstractBaseUser) -> ActionEntry:
    """Log an act on an object without a lifecycle, in the transaction of the change."""
    kind, now = obj._meta.label_lower, clock.now()
    ids = {"object_id": obj.pk, "root_kind": kind, "root_id": obj.pk}
    return ActionEntry.objects.create(
        actor_id=by.pk, kind=kind, action=action, happened_at=now, logged_at=now, **ids
    )


def _keep_note(entry: ActionEntry, text: str) -> None:
    if text.strip():
        ActionNote.objects.create(entry=entry, text=text.strip())


def _reverse_of(lifecycle: Lifecycle, name: str) -> Transition:
    return lifecycle[lifecycle[name].undo]


def _undoable(
    lifecycle: Lifecycle, obj: models.Model, name: str, by: AbstractBaseUser
) -> ActionEntry:
    root = lifecycle.root(obj)
    acts = ActionEntry.objects.filter(root_kind=root._meta.label_lower, root_id=root.pk)
    if lifecycle.stands_alone:
        acts = acts.filter(kind=lifecycle.kind, object_id=obj.pk)
    entry = acts.order_by("-pk").first()
    is_own_last_act = (
        entry is not None
        and (entry.kind, entry.object_id) == (lifecycle.kind, obj.pk)
        and entry.action == name
        and entry.actor_id == by.pk
        and _is_recent(entry)
    )
    if entry is None or not is_own_last_act:
        raise UndoTooLate
    return entry


def _is_recent(entry: ActionEntry) -> bool:
    """The act is a minute old at most, also if the clock was set back since.

    No later entry of the log, of whatever object, can have been written before this moment.
    """
    later = ActionEntry.objects.filter(pk__gt=entry.pk).aggregate(at=Max("logged_at"))["at"]
    now = max(clock.now(), later or entry.logged_at)
    return entry.logged_at <= clock.now() and now - entry.logged_at <= UNDO_ACCEPTED


def _restored(obj: models.Model, fields: Mapping[str, object]) -> dict[str, object]:
    """Return the values of `fields` as they were before they became JSON."""
    return {name: _field(obj, name).to_python(value) for name, value in fields.items()}


def _field(obj: models.Model, name: str) -> models.Field:
    field = obj._meta.get_field(name)
    assert isinstance(field, models.Field)  # what an act changes is no reverse relation
    return field

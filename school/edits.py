"""The edits of a record, from its history, as people read them: who changed what to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from school.fields import CodesField
from school.models import User
from school.models.holidays import HolidaysField
from school.wording import NO_FIGURE, full_day
from workflow.errors import Text

NEWEST = 50
"""Edits that are shown."""
UNSAID = {"id", "version"}
REMOVED = "-"


@dataclass(frozen=True)
class Difference:
    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Edit:
    """An entry of a history; without differences it is the first one, or the last of a deleted."""

    at: datetime
    by: str
    differences: list[Difference]
    is_first: bool
    is_last: bool = False
    """Whether the record was removed."""


def edits_of(record: models.Model, labels: Mapping[str, Text]) -> list[Edit]:
    """Return the newest edits of a record, the latest first; `labels` has names of its fields.

    As many queries as the record has kinds of foreign keys that changed, and one.
    """
    history: Any = record.history  # type: ignore[attr-defined]
    rows = list(history.select_related("history_user")[: NEWEST + 1])
    found = _edits(rows, labels, _names_of(_fields(history), rows), history)
    # The row that is more than the newest says only what was before them.
    return found[:-1] if len(rows) > NEWEST else found


def edits_among(history: Any, labels: Mapping[str, Text]) -> list[tuple[str, list[Edit]]]:
    """Return the edits of several records by the newest `name` of each, also of those removed."""
    records: dict[int, list[Any]] = {}
    rows = list(history.select_related("history_user"))
    for row in rows:
        records.setdefault(row.id, []).append(row)
    named = _names_of(_fields(history), rows)
    return [(own[0].name, _edits(own, labels, named, history)) for own in records.values()]


def _fields(history: Any) -> list[models.Field]:
    return [field for field in history.model.tracked_fields if field.name not in UNSAID]


def _edits(
    rows: list[Any],
    labels: Mapping[str, Text],
    named: Mapping[tuple[str, int], str],
    history: Any,
) -> list[Edit]:
    fields = _fields(history)
    found = []
    for row, before in zip_longest(rows, rows[1:]):
        differences = [
            Difference(
                str(capfirst(str(labels.get(field.name, field.verbose_name)))),
                _said(field, before, named),
                _said(field, row, named),
            )
            for field in fields
            if before and getattr(row, field.attname) != getattr(before, field.attname)
        ]
        is_last = row.history_type == REMOVED
        if differences or before is None or is_last:
            by = called(row.history_user)
            found.append(Edit(row.history_date, by, differences, before is None, is_last))
    return found


def called(person: User | None) -> str:
    """Return who made an edit; without a person it was the set-up."""
    return person.called if person else _("Set-up")


def _names_of(
    fields: Iterable[models.Field], rows: Iterable[models.Model]
) -> dict[tuple[str, int], str]:
    """Return (field, id) → name of the rows to which the foreign keys of a history lead."""
    found: dict[tuple[str, int], str] = {}
    for field in fields:
        if not isinstance(field, models.ForeignKey):
            continue
        pks = {getattr(row, field.attname) for row in rows} - {None}
        if pks:
            others = field.remote_field.model._base_manager.in_bulk(pks)
            found |= {(field.name, pk): str(other) for pk, other in others.items()}
    return found


def _said(
    field: models.Field, row: models.Model | None, named: Mapping[tuple[str, int], str]
) -> str:
    """Return the value of a field in words."""
    value = getattr(row, field.attname)
    if isinstance(field, models.ForeignKey):
        return named.get((field.name, value), NO_FIGURE)
    if isinstance(field, CodesField | HolidaysField):
        return field.said(value) or NO_FIGURE
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateField):
        return full_day(value) if value else NO_FIGURE
    if field.choices:
        return str(dict(field.flatchoices).get(value, value)) or NO_FIGURE
    return str(value) if value not in (None, "") else NO_FIGURE

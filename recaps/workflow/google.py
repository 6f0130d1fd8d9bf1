"""Fill a sheet from files of Google: keep what they say for a day, ask, fill, forget."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from recaps.google.counting import tasks_of, unknown_words
from recaps.google.fill import Fill
from recaps.models import GoogleFill, KnownColumns, KnownName, Recap, RecapStatus
from recaps.models.google import PURPOSE, GoogleFillQuerySet
from school.dates import not_frozen
from school.models import RecapPeriod, TeachingAssignment, User
from workflow import clock
from workflow.encryption import decrypt, encrypt
from workflow.errors import NotNow, Text, WrongState

KEPT = timedelta(days=1)
MOST_FILES = 40
"""Of one sheet: five meetings a week and some more."""
LONGEST_PACKED = 8 * 2**20
MOST_TASKS = 200
"""Assignments that are asked about on one page, each with three fields."""
MOST_WORDS = 100
"""Answers to forms whose meaning is asked on the same page."""


def why_closed(recap: Recap | None, period: RecapPeriod) -> Text | None:
    """Return why the sheet takes nothing now, or None."""
    if recap and recap.status == RecapStatus.HANDED_OVER:
        return _("The recap has been handed over. To change it, withdraw or correct it.")
    return not_frozen(period.semester)


def waiting_fill(assignment: TeachingAssignment, period: RecapPeriod, *, by: User) -> Fill:
    """Return the files of a person that wait for a sheet; an empty one if there are none."""
    found = _rows(assignment, period, by).first()
    return _unpacked(found) if found else Fill()


def change_fill(
    assignment: TeachingAssignment,
    period: RecapPeriod,
    change: Callable[[Fill], None],
    *,
    by: User,
    is_new: bool = False,
) -> Fill:
    """Change the files that wait, or their answers. With `is_new` their day begins again.

    Raises NotNow for more than can be kept.
    """
    forget_old()
    with transaction.atomic():
        row = _held(assignment, period, by)
        fill = _unpacked(row)
        change(fill)
        if not fill.files:
            row.delete()
            return fill
        packed = encrypt(fill.packed(), purpose=PURPOSE)
        if len(fill.files) > MOST_FILES or len(packed) > LONGEST_PACKED:
            raise NotNow(
                _("These are more files than one sheet can take. Choose those of its period.")
            )
        _refuse_too_much(fill, period)
        row.packed = packed
        row.made_at = clock.now() if is_new else row.made_at
        row.save(update_fields=["packed", "made_at"])
        return fill


def _refuse_too_much(fill: Fill, period: RecapPeriod) -> None:
    """Raise NotNow for more questions than one page can ask."""
    tasks = [task for task in tasks_of(fill, {}, period) if task.is_in_period]
    if len(tasks) > MOST_TASKS or len(unknown_words(fill)) > MOST_WORDS:
        most = {"tasks": MOST_TASKS, "words": MOST_WORDS}
        raise NotNow(
            _(
                "In these files are more than %(tasks)s assignments of the period, or more than "
                "%(words)s different answers about attendance. Choose fewer files, or delete the "
                "columns and rows of other periods."
            )
            % most
        )


def forget_fill(assignment: TeachingAssignment, period: RecapPeriod, *, by: User) -> None:
    """Delete the files that wait for a sheet."""
    GoogleFill.objects.filter(made_by=by, group=assignment.group, period=period).delete()


def forget_old() -> None:
    """Delete what nobody has taken over within a day."""
    GoogleFill.objects.filter(made_at__lt=clock.now() - KEPT).delete()


def remember_names(
    assignment: TeachingAssignment, names: Mapping[str, int | None], *, by: User
) -> None:
    """Remember whom these identities mean in the group; None for nobody of it."""
    KnownName.objects.bulk_create(
        [
            KnownName(teacher=by, group=assignment.group, digest=digest, student_id=pk)
            for digest, pk in sorted(names.items())
        ],
        update_conflicts=True,
        unique_fields=["teacher", "group", "digest"],
        update_fields=["student"],
    )


def remember_columns(
    digest: str, columns: list[int], words: Mapping[str, str], *, by: User
) -> None:
    """Remember which column of a head is what, and add what answers mean."""
    with transaction.atomic():
        known, _is_new = KnownColumns.objects.select_for_update().get_or_create(
            teacher=by, digest=digest, defaults={"columns": columns}
        )
        known.columns = columns
        known.words = {**known.words, **words}
        known.save(update_fields=["columns", "words"])


def forget_known(assignment: TeachingAssignment, *, by: User) -> int:
    """Forget what was remembered of the group, and of all forms; return of how much."""
    names, _of = KnownName.objects.filter(teacher=by, group=assignment.group).delete()
    columns, _of = KnownColumns.objects.filter(teacher=by).delete()
    return names + columns


def _held(assignment: TeachingAssignment, period: RecapPeriod, by: User) -> GoogleFill:
    """Return the row of the sheet, held until the transaction ends; made if there is none.

    Raises WrongState if somebody has just deleted it.
    """
    of_sheet = {"made_by": by, "group": assignment.group, "period": period}
    empty = {"made_at": clock.now(), "packed": encrypt(Fill().packed(), purpose=PURPOSE)}
    row, is_new = GoogleFill.objects.get_or_create(**of_sheet, defaults=empty)
    if is_new:
        return row
    if held := GoogleFill.objects.select_for_update().filter(pk=row.pk).first():
        return held
    raise WrongState


def _rows(assignment: TeachingAssignment, period: RecapPeriod, by: User) -> GoogleFillQuerySet:
    own = GoogleFill.objects.visible_to(by).filter(group=assignment.group, period=period)
    return own.filter(made_at__gte=clock.now() - KEPT)


def _unpacked(row: GoogleFill) -> Fill:
    """Return what waits; nothing if the keys of the school have changed meanwhile."""
    try:
        return Fill.unpacked(decrypt(row.packed, purpose=PURPOSE))
    except InvalidToken:
        return Fill()

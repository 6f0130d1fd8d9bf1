"""A recap: draft, handed over, returned with a reason, corrected by a new version."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from recaps.models.arithmetic import COUNTS, holds, numbers_of
from recaps.models.class_list import ClassList, ClassListStatus
from recaps.models.recap import Entry, Recap, RecapStatus, Sheet
from recaps.permissions import is_homeroom_of, teaches
from recaps.workflow.class_list import is_in_time, list_statuses, supplement
from school.models import User
from workflow import clock
from workflow.errors import NotNow, Text
from workflow.lifecycle import NEW, Lifecycle, Note, Transition, undoable
from workflow.run import lock, run

S = RecapStatus
COPIED = ("student_id", *COUNTS, "activity", "own_meetings", "own_assignments", "note")
"""What an entry of a new version has from that of the version before."""


def period_has_begun(recap: Recap) -> Text | None:
    if recap.period.starts_on > clock.today():
        return _("This period has not begun yet, so there is nothing to note.")
    return None


def is_not_rewritten(recap: Recap) -> Text | None:
    """The teacher has not changed the recap since it was returned."""
    return _("Its teacher is already changing it.") if recap.is_rewritten else None


def list_is_open(recap: Recap) -> Text | None:
    if list_statuses(recap) != {ClassListStatus.OPEN}:
        return _("The class list has gone to BK. Correct the recap with a new version.")
    return None


def list_has_gone(recap: Recap) -> Text | None:
    if list_statuses(recap) == {ClassListStatus.OPEN}:
        return _("The class list has not gone to BK yet. Withdraw the recap, then change it.")
    return None


def list_has_not_gone(recap: Recap) -> Text | None:
    """The class list is open or a supplement, so its homeroom teacher still sees the change.

    Of a group with students of several classes: each of their lists.
    """
    if ClassListStatus.HANDED_OVER in list_statuses(recap):
        return _("The class list has gone to BK. Ask the teacher for a correction.")
    return None


def sheet_is_new_to_the_list(recap: Recap) -> Text | None:
    """The recap's first version came after the list last went to BK, or the list never went.

    Else BK has read it, and its teacher must correct it. Of a group with students of several
    classes, each of their lists is asked.
    """
    sheet = recap.standing_sheet
    if sheet and any(_was_read(sheet, listed) for listed in ClassList.objects.of_recap(recap)):
        return _("The class list has gone to BK. Ask the teacher for a correction.")
    return None


def _was_read(sheet: Sheet, listed: ClassList) -> bool:
    """Return whether the list went to BK with a version of the recap of `sheet`."""
    if listed.handed_over_at is None:
        return False
    if listed.status == ClassListStatus.HANDED_OVER or sheet.number > 1:
        return True
    return sheet.handed_over_at is not None and sheet.handed_over_at <= listed.handed_over_at


def entries_fit_the_header(recap: Recap) -> Text | None:
    """No student was away or late more often than there were meetings, nor has more missing and
    late work than there were assignments."""
    sheet = recap.open_sheet
    if sheet is None:
        return None
    for entry in sheet.entries.select_related("student"):
        if reason := misfit(sheet, entry):
            return reason
    return None


def misfit(sheet: Sheet, entry: Entry) -> Text | None:
    """Return why the figures of `entry` are impossible, or None."""
    numbers = numbers_of(entry, sheet)
    words = {"student": entry.student.name, **numbers}
    if holds("too_much", numbers):
        return _("%(student)s: more absences than meetings (%(meetings)s).") % words
    if holds("too_much_work", numbers):
        return (
            _("%(student)s: more missing or late work than assignments (%(assignments)s).") % words
        )
    return None


def _stand(recap: Recap, by: User) -> None:
    """Put the version being written in place of the one that stood, and tell the list."""
    sheet = recap.sheets.latest("number")
    class_ids = _classes_changed(recap, sheet)
    recap.sheets.filter(stands=True).update(stands=False)
    Sheet.objects.filter(pk=sheet.pk).update(
        stands=True, handed_over_at=clock.now(), handed_over_by=by.pk
    )
    supplement(recap, class_ids, by=by)


def _classes_changed(recap: Recap, new: Sheet) -> frozenset[int]:
    """Return the classes for whose lists a version is news.

    A correction for a group with students of several classes concerns only those whose students it
    shows otherwise.
    """
    if recap.group.school_class_id is not None:
        return recap.class_ids
    old = recap.standing_sheet
    if old is None or (old.meetings, old.assignments) != (new.meetings, new.assignments):
        return recap.class_ids
    before, after = (set(sheet.entries.values_list(*COPIED)) for sheet in (old, new))
    changed = {student for student, *_figures in before ^ after}
    period = recap.period
    return recap.group.class_ids(period.starts_on, period.ends_on, changed)


def _no_longer_stand(recap: Recap, by: User) -> None:
    recap.sheets.filter(stands=True).update(stands=False)


def _leave_the_list(recap: Recap, by: User) -> None:
    """Do as `_no_longer_stand` while holding the list, which may be going to BK now."""
    for class_list in ClassList.objects.of_recap(recap):
        lock(class_list)
    if reason := list_is_open(recap):
        raise NotNow(reason)
    taken_back = {"stands": False, "handed_over_at": None, "handed_over_by": None}
    recap.sheets.filter(stands=True).update(**taken_back)


def _stand_again(recap: Recap, by: User) -> None:
    latest = recap.sheets.filter(handed_over_at__isnull=False).order_by("-number").first()
    if latest is not None:
        Sheet.objects.filter(pk=latest.pk).update(stands=True)


def _drop_open_sheet(recap: Recap, by: User) -> None:
    recap.sheets.filter(stands=False).latest("number").delete()


RECAP = Lifecycle(
    kind="recaps.recap",
    title=_("Recap"),
    statuses=RecapStatus,
    transitions=(
        Transition(
            "begin",
            _("Begin"),
            (NEW,),
            S.DRAFT,
            teaches,
            holds=(is_in_time, period_has_begun),
        ),
        *undoable(
            Transition(
                "hand_over",
                _("Hand over"),
                (S.DRAFT, S.RETURNED, S.CORRECTING),
                S.HANDED_OVER,
                teaches,
                holds=(is_in_time, entries_fit_the_header),
                effect=_stand,
            ),
            holds=(is_in_time, list_is_open),
            effect=_leave_the_list,
        ),
        Transition(
            "withdraw",
            _("Withdraw"),
            (S.HANDED_OVER,),
            S.DRAFT,
            teaches,
            holds=(is_in_time, list_is_open),
            effect=_leave_the_list,
        ),
        *undoable(
            Transition(
                "return",
                _("Return for correction"),
                (S.HANDED_OVER,),
                S.RETURNED,
                is_homeroom_of,
                holds=(is_in_time, sheet_is_new_to_the_list),
                note=Note.MUST,
                effect=_no_longer_stand,
            ),
            holds=(is_in_time, list_has_not_gone, is_not_rewritten),
            effect=_stand_again,
        ),
        Transition(
            "correct",
            _("Correct"),
            (S.HANDED_OVER,),
            S.CORRECTING,
            teaches,
            holds=(is_in_time, list_has_gone),
            note=Note.MUST,
        ),
        Transition(
            "drop_correction",
            _("Discard the correction"),
            (S.CORRECTING,),
            S.HANDED_OVER,
            teaches,
            holds=(is_in_time,),
            effect=_drop_open_sheet,
        ),
    ),
)


def hand_over(recap: Recap, *, by: User) -> None:
    """Hand the recap over to the homeroom teacher; an empty one means nihil."""
    run(recap, "hand_over", by=by)


def withdraw(recap: Recap, *, by: User) -> None:
    run(recap, "withdraw", by=by)


def return_recap(recap: Recap, *, by: User, reason: str) -> None:
    values = {"return_reason": reason.strip(), "is_rewritten": False}
    run(recap, "return", by=by, note=reason, values=values)


def begin_correction(recap: Recap, *, by: User, reason: str) -> Sheet:
    """Return a copy of the present version, which counts until the copy is handed over."""
    with transaction.atomic():
        run(recap, "correct", by=by, note=reason)
        old = recap.standing_sheet
        assert old is not None
        new = Sheet.objects.create(
            recap=recap,
            number=old.number + 1,
            author=by,
            meetings=old.meetings,
            assignments=old.assignments,
            origins=old.origins,
            reason=reason.strip(),
        )
        Entry.objects.bulk_create(_copied(entry, new) for entry in old.entries.all())
    return new


def drop_correction(recap: Recap, *, by: User) -> None:
    run(recap, "drop_correction", by=by)


def _copied(entry: Entry, sheet: Sheet) -> Entry:
    values = {name: getattr(entry, name) for name in COPIED}
    return Entry(sheet=sheet, origins=entry.origins, **values)

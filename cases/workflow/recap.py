"""A recap: draft, handed over, returned with a reason, corrected by a new version."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models.class_list import ClassList, ClassListStatus
from cases.models.recap import COUNTS, Entry, Recap, RecapStatus, Sheet
from cases.permissions import is_homeroom_of, teaches
from cases.workflow.class_list import list_status, supplement
from cases.workflow.dates import not_frozen
from school.models import (
    Enrolment,
    RecapPeriod,
    SchoolClass,
    Student,
    Subject,
    TeachingAssignment,
)
from workflow import clock
from workflow.errors import NotAllowed, NotNow, Text, WrongState
from workflow.lifecycle import NEW, Lifecycle, Note, Transition
from workflow.run import lock, make, run
from workflow.versions import save_versioned

S = RecapStatus


def is_in_time(recap: Recap) -> Text | None:
    return not_frozen(recap.period.semester)


def period_has_begun(recap: Recap) -> Text | None:
    if recap.period.starts_on > clock.today():
        return _("This period has not begun yet, so there is nothing to note.")
    return None


def list_is_open(recap: Recap) -> Text | None:
    if list_status(recap) != ClassListStatus.OPEN:
        return _("The class list has gone to BK. Correct the recap by a new version.")
    return None


def list_has_gone(recap: Recap) -> Text | None:
    if list_status(recap) == ClassListStatus.OPEN:
        return _("The class list is still open. Withdraw the recap, then change it.")
    return None


def sheet_is_new_to_the_list(recap: Recap) -> Text | None:
    """What the counselor has already got is corrected by its teacher, not returned."""
    sheet = recap.standing_sheet
    listed = ClassList.objects.filter(school_class=recap.school_class, period=recap.period).first()
    if listed is None or listed.handed_over_at is None or sheet is None:
        return None
    if listed.status == ClassListStatus.HANDED_OVER or sheet.number > 1:
        return _("The class list has gone to BK. Ask the teacher for a correction.")
    if sheet.handed_over_at and sheet.handed_over_at <= listed.handed_over_at:
        return _("The class list has gone to BK. Ask the teacher for a correction.")
    return None


def entries_fit_the_header(recap: Recap) -> Text | None:
    """No student has more absences than meetings, or more missing work than assignments."""
    sheet = recap.open_sheet
    if sheet is None:
        return None
    for entry in sheet.entries.select_related("student"):
        if reason := misfit(sheet, entry):
            return reason
    return None


def misfit(sheet: Sheet, entry: Entry) -> Text | None:
    """Why the figures of `entry` cannot be, or None."""
    meetings = sheet.meetings if entry.own_meetings is None else entry.own_meetings
    assignments = sheet.assignments if entry.own_assignments is None else entry.own_assignments
    names = {"student": entry.student.name, "meetings": meetings, "assignments": assignments}
    away = entry.sick + entry.permitted + entry.absent + entry.dispensed
    if away > meetings or away + entry.late > meetings:
        return _("%(student)s: more absences than the %(meetings)s meetings.") % names
    if entry.missing_work + entry.late_work > assignments:
        return _("%(student)s: more missing or late work than %(assignments)s assignments.") % names
    return None


def _stand(recap: Recap, by: Any) -> None:
    """The version being written takes the place of the one that stood; the list hears of it."""
    sheet = recap.sheets.latest("number")
    recap.sheets.filter(stands=True).update(stands=False)
    Sheet.objects.filter(pk=sheet.pk).update(
        stands=True, handed_over_at=clock.now(), handed_over_by=by.pk
    )
    supplement(recap, by=by)


def _no_longer_stand(recap: Recap, by: Any) -> None:
    recap.sheets.filter(stands=True).update(stands=False)


def _stand_again(recap: Recap, by: Any) -> None:
    latest = recap.sheets.filter(handed_over_at__isnull=False).order_by("-number").first()
    if latest is not None:
        Sheet.objects.filter(pk=latest.pk).update(stands=True)


def _drop_open_sheet(recap: Recap, by: Any) -> None:
    recap.sheets.filter(stands=False).latest("number").delete()


RECAP = Lifecycle(
    kind="cases.recap",
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
        Transition(
            "hand_over",
            _("Hand over"),
            (S.DRAFT, S.RETURNED, S.CORRECTING),
            S.HANDED_OVER,
            teaches,
            holds=(is_in_time, entries_fit_the_header),
            undo="undo_hand_over",
            effect=_stand,
        ),
        Transition(
            "undo_hand_over",
            _("Undo: hand over"),
            (S.HANDED_OVER,),
            S.DRAFT,
            teaches,
            holds=(is_in_time, list_is_open),
            reverses="hand_over",
            effect=_no_longer_stand,
        ),
        Transition(
            "withdraw",
            _("Withdraw"),
            (S.HANDED_OVER,),
            S.DRAFT,
            teaches,
            holds=(is_in_time, list_is_open),
            effect=_no_longer_stand,
        ),
        Transition(
            "return",
            _("Return for correction"),
            (S.HANDED_OVER,),
            S.RETURNED,
            is_homeroom_of,
            holds=(is_in_time, sheet_is_new_to_the_list),
            note=Note.MUST,
            undo="undo_return",
            effect=_no_longer_stand,
        ),
        Transition(
            "undo_return",
            _("Undo: return"),
            (S.RETURNED,),
            S.HANDED_OVER,
            is_homeroom_of,
            reverses="return",
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
            _("Drop the correction"),
            (S.CORRECTING,),
            S.HANDED_OVER,
            teaches,
            effect=_drop_open_sheet,
        ),
    ),
)


def open_sheet(assignment: TeachingAssignment, period: RecapPeriod, *, by: Any) -> Sheet:
    """The version being written of the recap of `assignment` in `period`; made where missing.

    Raises NotAllowed for whom the assignment is not today's, WrongState where it was handed over.
    """
    if assignment.teacher_id != by.pk:
        raise NotAllowed
    keys = {"school_class": assignment.school_class, "subject": assignment.subject}
    with transaction.atomic():
        recap = Recap.objects.filter(**keys, period=period).first() or _begin(keys, period, by)
        if not teaches(by, recap):
            raise NotAllowed
        lock(recap)  # nobody hands it over while this save is under way
        recap.refresh_from_db()
        sheet = recap.open_sheet
    if sheet is None:
        raise WrongState(_("The recap was handed over. Withdraw or correct it to change it."))
    return sheet


def _begin(keys: dict[str, Any], period: RecapPeriod, by: Any) -> Recap:
    """A draft with its first sheet; two taps at once get the same one."""
    recap, is_new = Recap.objects.get_or_create(**keys, period=period)
    if is_new:
        make("cases.recap", "begin", recap, lambda: recap, by=by)
        Sheet.objects.create(recap=recap, author=by, **usual_header(**keys, period=period))
    return recap


def usual_header(
    *, school_class: SchoolClass, subject: Subject, period: RecapPeriod
) -> dict[str, int]:
    """Meetings and assignments as in the last period of the same class and subject."""
    of_recap = {"recap__school_class": school_class, "recap__subject": subject}
    last = (
        Sheet.objects.filter(stands=True, recap__period__starts_on__lt=period.starts_on, **of_recap)
        .order_by("-recap__period__starts_on")
        .first()
    )
    return {"meetings": last.meetings, "assignments": last.assignments} if last else {}


def save_header(
    assignment: TeachingAssignment,
    period: RecapPeriod,
    *,
    by: Any,
    meetings: int,
    assignments: int,
    read_at: int,
) -> Sheet:
    """Save the header as one goes. Raises EditConflict where somebody else saved first."""
    with transaction.atomic():
        sheet = open_sheet(assignment, period, by=by)
        return save_versioned(
            sheet, {"meetings": meetings, "assignments": assignments}, read_at=read_at
        )


def save_entry(
    assignment: TeachingAssignment,
    period: RecapPeriod,
    student: Student,
    *,
    by: Any,
    values: dict[str, Any],
    read_at: int,
) -> Entry:
    """Save one student's entry as one goes; `read_at` 0 where none stood when it was read.

    Raises NotNow for a student who is not on the sheet, EditConflict where somebody was faster.
    """
    with transaction.atomic():
        sheet = open_sheet(assignment, period, by=by)
        if not students_of(assignment.school_class_id, period).filter(pk=student.pk).exists():
            raise NotNow(
                _("%(student)s was not in this class in this period, so nothing was noted.")
                % {"student": student.name}
            )
        entry, is_new = Entry.objects.get_or_create(sheet=sheet, student=student)
        if is_new:
            for name, value in values.items():
                setattr(entry, name, value)
            entry.save(update_fields=list(values))
            return entry
        return save_versioned(entry, values, read_at=read_at)


def students_of(class_id: int, period: RecapPeriod) -> Any:
    """The students of a sheet: enrolled in the class on at least one day of the period."""
    enrolled = Enrolment.objects.between(period.starts_on, period.ends_on)
    return Student.objects.filter(pk__in=enrolled.filter(school_class=class_id).values("student"))


def hand_over(recap: Recap, *, by: Any) -> None:
    """Give the recap to the homeroom teacher; an empty one says that there was nobody (nihil)."""
    run(recap, "hand_over", by=by)


def withdraw(recap: Recap, *, by: Any) -> None:
    run(recap, "withdraw", by=by)


def return_recap(recap: Recap, *, by: Any, reason: str) -> None:
    run(recap, "return", by=by, note=reason, values={"return_reason": reason.strip()})


def begin_correction(recap: Recap, *, by: Any, reason: str) -> Sheet:
    """A new version, a copy of the one that stands; that one counts until this is handed over."""
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
            reason=reason.strip(),
        )
        Entry.objects.bulk_create(_copied(entry, new) for entry in old.entries.all())
    return new


def drop_correction(recap: Recap, *, by: Any) -> None:
    run(recap, "drop_correction", by=by)


def _copied(entry: Entry, sheet: Sheet) -> Entry:
    names = (*COUNTS, "activity", "own_meetings", "own_assignments", "note", "student_id")
    return Entry(sheet=sheet, **{name: getattr(entry, name) for name in names})

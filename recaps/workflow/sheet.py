"""A recap's sheet while it is being written: saved as one goes, an entry at a time."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from recaps.models.recap import Entry, Recap, RecapStatus, Sheet
from recaps.permissions import teaches
from school.dates import not_frozen
from school.models import RecapPeriod, SchoolClass, Student, Subject, TeachingAssignment, User
from workflow.errors import NotAllowed, NotNow, WrongState
from workflow.run import lock, make
from workflow.versions import save_versioned


def open_sheet(assignment: TeachingAssignment, period: RecapPeriod, *, by: User) -> Sheet:
    """The version being written of the recap of `assignment` in `period`; made where missing.

    Raises NotAllowed for whom the assignment is not today's, NotNow where the semester takes no
    acts any more, WrongState where it was handed over.
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
        if reason := not_frozen(period.semester):
            raise NotNow(reason)
        sheet = recap.open_sheet
    if sheet is None:
        raise WrongState(_("The recap was handed over. Withdraw or correct it to change it."))
    return sheet


def _sheet_to_change(assignment: TeachingAssignment, period: RecapPeriod, by: User) -> Sheet:
    sheet = open_sheet(assignment, period, by=by)
    if sheet.recap.status == RecapStatus.RETURNED and not sheet.recap.is_rewritten:
        Recap.objects.filter(pk=sheet.recap_id).update(is_rewritten=True)
    return sheet


def _begin(keys: dict[str, Any], period: RecapPeriod, by: User) -> Recap:
    """A draft with its first sheet; two taps at once get the same one."""
    recap, is_new = Recap.objects.get_or_create(**keys, period=period)
    if is_new:
        make("recaps.recap", "begin", recap, lambda: recap, by=by)
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
    by: User,
    meetings: int,
    assignments: int,
    read_at: int,
) -> Sheet:
    """Save the header as one goes. Raises EditConflict where somebody else saved first."""
    with transaction.atomic():
        sheet = _sheet_to_change(assignment, period, by)
        return save_versioned(
            sheet, {"meetings": meetings, "assignments": assignments}, read_at=read_at
        )


def save_entry(
    assignment: TeachingAssignment,
    period: RecapPeriod,
    student: Student,
    *,
    by: User,
    values: dict[str, Any],
    read_at: int,
) -> Entry:
    """Save one student's entry as one goes; `read_at` 0 where none stood when it was read.

    Raises NotNow for a student who is not on the sheet, EditConflict where somebody was faster.
    """
    with transaction.atomic():
        sheet = _sheet_to_change(assignment, period, by)
        listed = Student.objects.of_class(assignment.school_class_id, period)
        if not listed.filter(pk=student.pk).exists():
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

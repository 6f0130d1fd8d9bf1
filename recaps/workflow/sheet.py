"""A recap's sheet while it is being written: saved as one goes, an entry at a time."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from recaps.models.recap import Entry, Recap, RecapStatus, Sheet
from recaps.permissions import teaches
from school.dates import not_frozen
from school.models import RecapPeriod, Student, TeachingAssignment, User
from workflow.errors import NotAllowed, NotNow, WrongState
from workflow.run import lock, make
from workflow.versions import save_versioned


def open_sheet(assignment: TeachingAssignment, period: RecapPeriod, *, by: User) -> Sheet:
    """Return the version being written of a recap in `period`; made where missing.

    Raises NotAllowed for whom the assignment is not today's, NotNow where the semester takes no
    acts any more, WrongState where it was handed over.
    """
    if assignment.teacher_id != by.pk:
        raise NotAllowed
    with transaction.atomic():
        recap = recap_of(assignment, period) or _begin(assignment, period, by)
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


def recap_of(assignment: TeachingAssignment, period: RecapPeriod) -> Recap | None:
    """Return the recap of the class and subject of `assignment`, where it was begun."""
    return Recap.objects.filter(
        school_class=assignment.school_class_id, subject=assignment.subject_id, period=period
    ).first()


def _begin(assignment: TeachingAssignment, period: RecapPeriod, by: User) -> Recap:
    """Return a draft with its first sheet; two taps at once get the same one."""
    recap, is_new = Recap.objects.get_or_create(
        school_class=assignment.school_class, subject=assignment.subject, period=period
    )
    if is_new:
        make("recaps.recap", "begin", recap, lambda: recap, by=by)
        Sheet.objects.create(recap=recap, author=by, **usual_header(assignment, period))
    return recap


def usual_header(assignment: TeachingAssignment, period: RecapPeriod) -> dict[str, int]:
    """Return meetings and assignments as in the last period of the same class and subject."""
    last = (
        Sheet.objects.filter(
            stands=True,
            recap__school_class=assignment.school_class_id,
            recap__subject=assignment.subject_id,
            recap__period__starts_on__lt=period.starts_on,
        )
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
    values: Mapping[str, object],
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

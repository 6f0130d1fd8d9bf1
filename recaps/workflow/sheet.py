"""A recap's sheet while it is written: saved entry by entry."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from recaps.models.recap import WRITABLE, Entry, Recap, RecapStatus, Sheet
from school.dates import still_takes_acts
from school.models import RecapPeriod, Student, TeachingAssignment, User
from workflow import clock
from workflow.errors import NotAllowed, NotThere, WrongState
from workflow.rows import one_of
from workflow.run import make
from workflow.versions import save_versioned


def open_sheet(assignment: TeachingAssignment, period: RecapPeriod, *, by: User) -> Sheet:
    """Return the version being written of the recap of `assignment` in `period`, made if missing.

    Raises NotAllowed if the person does not hold the assignment today, NotNow if the semester takes
    no acts any more, WrongState if the recap was handed over.
    """
    with transaction.atomic():
        return _held_sheet(assignment, period, by)


def _held_sheet(assignment: TeachingAssignment, period: RecapPeriod, by: User) -> Sheet:
    """Hold the recap until the transaction ends: nobody hands it over meanwhile."""
    if assignment.teacher_id != by.pk or not assignment.holds_on(clock.today()):
        raise NotAllowed
    still_takes_acts(period.semester)
    sheet = _written(assignment, period)
    if sheet is None:
        _begin(assignment, period, by)
        sheet = _written(assignment, period)  # or what somebody else began at the same moment
    if sheet is None:
        raise WrongState(_("The recap has been handed over. To change it, withdraw or correct it."))
    return sheet


def _written(assignment: TeachingAssignment, period: RecapPeriod) -> Sheet | None:
    """Return the version being written, if any, with its recap, which it holds."""
    written = Sheet.objects.filter(
        recap__group=assignment.group_id,
        recap__period=period,
        recap__status__in=WRITABLE,
        stands=False,
    )
    held = written.select_related("recap").select_for_update(of=("recap",))
    return held.order_by("-number").first()


def _sheet_to_change(assignment: TeachingAssignment, period: RecapPeriod, by: User) -> Sheet:
    sheet = _held_sheet(assignment, period, by)
    if sheet.recap.status == RecapStatus.RETURNED and not sheet.recap.is_rewritten:
        Recap.objects.filter(pk=sheet.recap_id).update(is_rewritten=True)
    return sheet


def recap_of(assignment: TeachingAssignment, period: RecapPeriod) -> Recap | None:
    """Return the recap of the group of `assignment`, or None if it was not begun."""
    return one_of(Recap.objects.filter(group=assignment.group_id, period=period))


def _begin(assignment: TeachingAssignment, period: RecapPeriod, by: User) -> None:
    """Make a draft with its first sheet, unless there is one."""
    recap, is_new = Recap.objects.get_or_create(group=assignment.group, period=period)
    if is_new:
        make("recaps.recap", "begin", recap, lambda: recap, by=by)
        Sheet.objects.create(recap=recap, author=by, **usual_header(assignment, period))


def usual_header(assignment: TeachingAssignment, period: RecapPeriod) -> dict[str, int]:
    """Return meetings and assignments as in the last period of the same group."""
    last = (
        Sheet.objects.filter(
            stands=True,
            recap__group=assignment.group_id,
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
    """Save the header. Raises EditConflict if somebody else saved first."""
    with transaction.atomic():
        sheet = _sheet_to_change(assignment, period, by)
        return save_versioned(
            sheet, {"meetings": meetings, "assignments": assignments}, read_at=read_at
        )


def save_entry(
    assignment: TeachingAssignment,
    period: RecapPeriod,
    student_id: int,
    *,
    by: User,
    values: Mapping[str, object],
    read_at: int,
) -> Entry:
    """Save one student's entry; `read_at` is 0 if there was none when it was read.

    Raises NotThere if the student was not in the group in the period, EditConflict if somebody else
    saved first.
    """
    with transaction.atomic():
        sheet = _sheet_to_change(assignment, period, by)
        entry = Entry.objects.filter(sheet=sheet, student=student_id).first()
        if entry is not None:
            return save_versioned(entry, values, read_at=read_at)
        members = Student.objects.of_group(assignment.group, period)
        if not members.filter(pk=student_id).exists():
            raise NotThere
        return Entry.objects.create(sheet=sheet, student_id=student_id, **values)


def fill_sheet(
    assignment: TeachingAssignment,
    period: RecapPeriod,
    *,
    by: User,
    header: Mapping[str, object],
    entries: Mapping[int, Mapping[str, object]],
    read_at: Mapping[int, int],
) -> Sheet:
    """Save some numbers of the header and of entries at once, all of them or none.

    `entries` and `read_at` go by student id; the version at which the header was read is that of 0.
    What is not given stays. Raises NotThere for a student who was not in the group in the period,
    EditConflict if somebody else saved first.
    """
    with transaction.atomic():
        sheet = _sheet_to_change(assignment, period, by)
        save_versioned(sheet, header, read_at=read_at[0])
        standing = {each.student_id: each for each in sheet.entries.filter(student__in=entries)}
        for pk, entry in standing.items():
            save_versioned(entry, entries[pk], read_at=read_at[pk])
        new = [pk for pk in entries if pk not in standing]
        members = Student.objects.of_group(assignment.group, period).filter(pk__in=new)
        if members.count() != len(new):
            raise NotThere
        Entry.objects.bulk_create(Entry(sheet=sheet, student_id=pk, **entries[pk]) for pk in new)
        return sheet

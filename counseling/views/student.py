"""A student's page, with each part only for people who may see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.acts import CASE_ACTS
from cases.models import Case
from cases.wording import first_messages
from recaps.chips import Chip, chips
from recaps.models import Entry
from recaps.models.arithmetic import COUNTS, OWN
from recaps.queries.standing import standing_for
from school.contacts import Reachable, people_of
from school.models import Enrolment, RecapPeriod, Student, User
from school.models.students import StudentQuerySet
from school.models.users import CALLED
from school.moves import leaving_of
from school.permissions import runs_the_school
from workflow.acts import Button
from workflow.views import acts_on

SHOWN_OF_CASES = (
    *("status", "rung", "opened_at"),
    *("semester__term", "semester__starts_on", "semester__year__label"),
    *(f"counselor__{column}" for column in CALLED),
)
RECAP = "sheet__recap__"
SHOWN_OF_ENTRIES = (
    *(*COUNTS, *OWN.values(), "activity", "note", "sheet__meetings", "sheet__assignments"),
    *(f"{RECAP}group__name", f"{RECAP}group__subject__name"),
    *(f"{RECAP}period__starts_on", f"{RECAP}period__ends_on"),
    f"{RECAP}period__semester__policy__activity_below",
)


def _seen(user: User) -> StudentQuerySet:
    return Student.objects.visible_to(user).with_class().with_level_for(user)


@acts_on(Student, methods=("GET",), seen=_seen)
def student(request: HttpRequest, student: Student) -> HttpResponse:
    """Show who it is, how to reach the family, recaps and cases, as the person may see."""
    user = request.user
    context = {
        "student": student,
        "people": _people(student, user),
        "enrolments": _enrolments(student) if student.shows_contacts else [],
        "cases": _cases(student, user),
        "periods": _periods(student, user),
        "runs_the_school": runs_the_school(user),
        "leaving": leaving_of(student) if runs_the_school(user) else None,
        "open_case": None if student.left_on else _open_case(student, user),
    }
    return render(request, "counseling/student.html", context)


def _people(student: Student, user: User) -> list[Reachable]:
    if not student.shows_guardians:
        return []
    guardians, drafts = student.guardians.all(), first_messages(user)
    return people_of(student, guardians, {}, drafts, with_own=student.shows_contacts)


def _open_case(student: Student, user: User) -> Button | None:
    button = CASE_ACTS.button("open", user, student)
    return button if button.on else None


def _enrolments(student: Student) -> list[Enrolment]:
    """Return the student's classes, the last one first."""
    held = Enrolment.objects.filter(student=student).select_related("school_class__year")
    return sorted(held, key=lambda one: one.starts_on, reverse=True)


def _cases(student: Student, user: User) -> list[Case]:
    """Return the student's cases that the person may know of, the last one first."""
    seen = Case.objects.visible_to(user).filter(student=student)
    cases = seen.with_sees_summary(user).select_related("semester__year", "counselor")
    cases = cases.only(*SHOWN_OF_CASES)
    return sorted(cases, key=lambda case: case.semester.starts_on, reverse=True)


def _periods(student: Student, user: User) -> list[dict[str, object]]:
    """Return what recaps noted of the student, by period, the newest first."""
    noted = standing_for(user).filter(Entry.noted(), student=student)
    known = noted.select_related(
        "sheet__recap__group__subject", "sheet__recap__period__semester__policy"
    ).only(*SHOWN_OF_ENTRIES)
    periods: dict[RecapPeriod, list[tuple[Entry, list[Chip]]]] = {}
    for entry in sorted(known, key=lambda entry: entry.sheet.recap.group.label):
        period = entry.sheet.recap.period
        shown = chips(entry, entry.sheet, period.semester.policy)
        periods.setdefault(period, []).append((entry, shown))
    newest_first = sorted(periods, key=lambda period: period.starts_on, reverse=True)
    return [{"period": period, "entries": periods[period]} for period in newest_first]

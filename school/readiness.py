"""How far the school's data is: what the operator's home counts, in a fixed number of queries.

It is read as of the school year's day that is nearest to today, so that a school can be made ready
in the holidays before. Nothing of it leads to a case.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from school.in_use import is_in_use
from school.models import (
    Enrolment,
    Guardian,
    HomeroomAssignment,
    OfficeHolding,
    OfficeRequest,
    RecapPeriod,
    SchoolClass,
    SchoolProfile,
    Semester,
    Student,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.models.classes import EndReason
from school.models.office_request import Asked
from school.roles import COORDINATOR, COUNSELOR
from school.workflow.periods import has_recaps
from workflow import clock

GONE = (EndReason.LEFT, EndReason.GRADUATED)


@dataclass(frozen=True)
class Readiness:
    """The semester in view, and numbers of what is there and of what is missing."""

    has_letterhead: bool
    semester: Semester | None = None
    periods: int = 0
    recaps_from: RecapPeriod | None = None
    """The first recap period of the semester."""
    overdue: int = 0
    """Periods whose recaps are late, while nobody has begun any nor chosen a later first month."""
    is_under_way: bool = False
    """Whether there is a recap or a class list already, of any semester."""
    has_next: bool = False
    """Whether a semester follows the one in view."""
    classes: int = 0
    without_lessons: int = 0
    without_homeroom: int = 0
    without_counselor: int = 0
    students: int = 0
    without_phone: int = 0
    without_class: int = 0
    """Students who neither left nor are in a class."""
    teachers: int = 0
    """Active people who hold no office."""
    counselors: int = 0
    """Who can have classes today: counselors and coordinator."""
    asked_counselors: int = 0
    """Requests for one that wait for an answer."""
    never_signed_in: int = 0
    without_password: int = 0
    """Active people with lessons, a class or an office who never got a first password."""
    groups_without_teacher: int = 0


def readiness() -> Readiness:
    """Return how far the school is; eleven queries, however large it is."""
    has_letterhead = bool(SchoolProfile.current().address)
    semester = Semester.objects.select_related("year").current()
    people = _people()
    if semester is None:
        return Readiness(has_letterhead=has_letterhead, **people)
    periods = list(RecapPeriod.objects.select_related("semester__policy"))
    is_under_way = has_recaps(periods)
    own = [one for one in periods if one.semester_id == semester.pk]
    late = [one for one in own if one.recap_due_on < clock.today()]
    is_chosen = bool(own) and own[0].starts_on > semester.starts_on
    day = min(max(clock.today(), semester.starts_on), semester.ends_on)
    return Readiness(
        has_letterhead=has_letterhead,
        semester=semester,
        periods=len(own),
        recaps_from=own[0] if own else None,
        overdue=0 if is_under_way or is_chosen else len(late),
        is_under_way=is_under_way,
        has_next=Semester.objects.filter(starts_on__gt=semester.starts_on).exists(),
        **_classes(semester, day),
        **_students(day),
        **people,
    )


def _classes(semester: Semester, day: date) -> dict[str, Any]:
    taught = TeachingAssignment.objects.on(day)
    homerooms = HomeroomAssignment.objects.on(day).filter(school_class=OuterRef("pk"))
    lessons = taught.filter(group__school_class=OuterRef("pk"))
    classes = SchoolClass.objects.filter(is_in_use(day), year=semester.year_id).order_by()
    of_class = Q(school_class=None) | Q(school_class__in=classes.values("pk"))
    groups = TeachingGroup.objects.filter(of_class, year=semester.year_id)
    return {
        **classes.annotate(is_led=Exists(homerooms), is_taught=Exists(lessons)).aggregate(
            classes=Count("pk"),
            without_lessons=Count("pk", filter=Q(is_taught=False)),
            without_homeroom=Count("pk", filter=Q(is_led=False)),
            without_counselor=Count("pk", filter=Q(counselor=None)),
        ),
        "groups_without_teacher": groups.exclude(pk__in=taught.values("group")).count(),
    }


def _students(day: date) -> dict[str, Any]:
    here = Enrolment.objects.on(day).filter(student=OuterRef("pk"))
    gone = Enrolment.objects.filter(student=OuterRef("pk"), end_reason__in=GONE)
    reached = Guardian.objects.filter(student=OuterRef("pk"), phone__gt="")
    marked = Student.objects.order_by().annotate(
        is_here=Exists(here), is_gone=Exists(gone), is_reached=Exists(reached)
    )
    return marked.aggregate(
        students=Count("pk", filter=Q(is_here=True)),
        without_phone=Count("pk", filter=Q(is_here=True, is_reached=False)),
        without_class=Count("pk", filter=Q(is_here=False, is_gone=False)),
    )


def without_password() -> QuerySet[User]:
    """Return the active people with lessons, a class or an office who never got a password."""
    works = (
        Q(pk__in=TeachingAssignment.objects.from_today().values("teacher"))
        | Q(pk__in=HomeroomAssignment.objects.from_today().values("teacher"))
        | Q(pk__in=OfficeHolding.objects.from_today().values("user"))
    )
    nobodys = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return User.objects.filter(works, nobodys, is_active=True).order_by()


def _people() -> dict[str, Any]:
    in_office = OfficeHolding.objects.today().filter(user=OuterRef("pk"))
    counsels = in_office.filter(office__in=[COUNSELOR.code, COORDINATOR.code])
    active = User.objects.filter(is_active=True).order_by()
    asked = OfficeRequest.objects.waiting().filter(what=Asked.OFFICE, office=COUNSELOR.code)
    counted = active.annotate(holds=Exists(in_office), counsels=Exists(counsels)).aggregate(
        teachers=Count("pk", filter=Q(holds=False)),
        counselors=Count("pk", filter=Q(counsels=True)),
        never_signed_in=Count("pk", filter=Q(last_login=None)),
        without_password=Count("pk", filter=Q(pk__in=without_password().values("pk"))),
    )
    return {**counted, "asked_counselors": asked.count()}

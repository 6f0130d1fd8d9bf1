"""Telling coordinator and principal of accounts that may be an operator's own and get a class."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from school.models import ChangedRow, Enrolment, HomeroomAssignment, OfficeHolding, Told, User
from school.roles import OPERATOR
from school.workflow.told import tell
from workflow import clock
from workflow.models import ActionEntry

NEW = timedelta(days=30)
OPENED_BY = ("give_first_password", "enable", "reset_second_factor")
"""What an operator does to an account that may let in somebody else than its person."""
HOMEROOM, STAY = (model._meta.label_lower for model in (HomeroomAssignment, Enrolment))


def tell_of_classes(rows: Sequence[ChangedRow], *, by: User) -> None:
    """Tell of such accounts that a change gives a class, or whose class it gives students.

    That is a class that had a homeroom teacher, or has students who were in another one: a class
    that gets its first one is no news, or each school year would begin with a page of it. `rows`
    are those of the change, which are stored already.
    """
    begun = [row.row_id for row in rows if row.table == HOMEROOM and row.before is None]
    joined = [
        row.row_id for row in rows if row.table == STAY and "school_class_id" in (row.after or {})
    ]
    if not begun and not joined:
        return
    held = HomeroomAssignment.objects.from_today()
    before = HomeroomAssignment.objects.exclude(pk__in=begun)
    of_class = {"school_class": OuterRef("school_class")}
    had_one = Exists(before.filter(**of_class))
    has_moved = Exists(_moved().filter(**of_class))
    new = held.filter(had_one | has_moved, pk__in=begun)
    grown = held.filter(school_class__in=_moved().filter(pk__in=joined).values("school_class"))
    teachers = {*new.values_list("teacher", flat=True), *grown.values_list("teacher", flat=True)}
    for person in _may_be_an_operators_own(teachers):
        tell(Told.What.HOMEROOM, person, by=by)


def _moved() -> QuerySet[Enrolment]:
    """Return the stays of students who came from another class of the year, or were put right."""
    others = Enrolment.objects.exclude(school_class=OuterRef("school_class"))
    of_year = others.filter(school_class__year=OuterRef("school_class__year"))
    elsewhere = of_year.filter(student=OuterRef("student"), starts_on__lt=OuterRef("starts_on"))
    put_right = ChangedRow.objects.filter(
        table=STAY,
        before__has_key="school_class_id",
        after__has_key="school_class_id",
        change__undone_at=None,
    )
    return Enrolment.objects.filter(Exists(elsewhere) | Q(pk__in=put_right.values("row_id")))


def _may_be_an_operators_own(people: Iterable[int]) -> QuerySet[User]:
    """Return those whose account is new, was opened lately, or was an operator's until lately."""
    since = clock.now() - NEW
    old = User.history.filter(id__in=people, history_date__lt=since).values("id")
    acts = ActionEntry.objects.filter(kind=User._meta.label_lower, action__in=OPENED_BY)
    opened = acts.filter(object_id__in=people, logged_at__gte=since).values("object_id")
    offices = OfficeHolding.objects.filter(office=OPERATOR.code, also_teaches=False)
    until_lately = offices.between(clock.day_of(since), clock.today()).values("user")
    found = ~Q(pk__in=old) | Q(pk__in=opened) | Q(pk__in=until_lately)
    return User.objects.filter(found, pk__in=people)

"""Who handles a case, and who counsels a class. A class that gets a counselor brings its cases."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from cases.models import Case, CaseStatus
from cases.models.case import CaseQuerySet
from cases.permissions import assigns_classes
from school.models import SchoolClass, User, last_class
from school.roles import COORDINATOR, COUNSELOR
from workflow.errors import NotAllowed, NotNow
from workflow.run import lock, log_act, run

CLASS_NOW = "class_id", "student"
"""Of the student's class of today, else of the last one."""


def in_hand(school_class: SchoolClass | None = None) -> CaseQuerySet:
    """Return the cases that can get another counselor, of all classes or of one."""
    cases = Case.objects.filter(status=CaseStatus.OPEN, semester__frozen_at=None)
    if school_class is None:
        return cases
    return cases.filter(Exact(last_class.of_today(*CLASS_NOW), school_class.pk))


def counselors() -> QuerySet[User]:
    """Return the persons who can have cases and classes: counselors and coordinator of today."""
    return User.objects.holding(COUNSELOR) | User.objects.holding(COORDINATOR)


def waits_for_counselor() -> Q:
    """Return the filter for cases whose counselor is none, or no longer holds the office."""
    return Q(counselor=None) | ~Q(counselor__in=counselors().values("pk"))


def hand_over(case: Case, counselor: User, *, by: User, reason: str = "") -> None:
    """Give the case to another counselor; with a reason if it has one. Raises NotNow."""
    _is_counselor(counselor)
    if case.counselor_id == counselor.pk:
        raise NotNow(_("The case is already with this counselor."))
    to = _("To %(name)s.") % {"name": counselor.called}
    note = f"{to} {reason.strip()}" if reason.strip() else ""
    run(case, "hand_over", by=by, note=note or to, reason=note, values={"counselor": counselor.pk})


def give_class(school_class: SchoolClass, counselor: User, *, by: User) -> int:
    """Set the counselor of a class, to whom its waiting cases go; return how many these are.

    Open cases of an earlier counselor stay until they are handed over. Raises NotAllowed, NotNow.
    """
    if not assigns_classes(by):
        raise NotAllowed
    _is_counselor(counselor)
    with transaction.atomic():
        lock(school_class)
        school_class.counselor = counselor
        school_class.save(update_fields=["counselor"])
        log_act(school_class, "counselor", by=by)
        waiting = in_hand(school_class).filter(waits_for_counselor())
        count = 0
        for case in _each(waiting):
            run(case, "follow", by=by, values={"counselor": counselor.pk})
            count += 1
    return count


def of_other_counselors(school_class: SchoolClass) -> CaseQuerySet:
    """Return the cases of a class that are with another counselor than the class."""
    return in_hand(school_class).exclude(counselor=school_class.counselor_id)


def hand_over_class(school_class: SchoolClass, *, by: User) -> int:
    """Hand all open cases of a class over to its counselor; return how many. Raises NotNow."""
    counselor = school_class.counselor
    if counselor is None:
        raise NotNow(_("The class has no counselor yet."))
    reason, count = _("The class has another counselor."), 0
    with transaction.atomic():
        lock(school_class)
        for case in _each(of_other_counselors(school_class)):
            hand_over(case, counselor, by=by, reason=reason)
            count += 1
    if not count:
        raise NotNow(_("All cases of the class are already with its counselor."))
    return count


def _each(cases: CaseQuerySet) -> Iterator[Case]:
    """Yield each case, fetched by itself, since each is an act on its own."""
    for pk in list(cases.values_list("pk", flat=True)):
        if case := Case.objects.filter(pk=pk).first():
            yield case


def _is_counselor(user: User) -> None:
    if not counselors().filter(pk=user.pk).exists():
        raise NotNow(_("This person is not a counselor today."))

"""Who handles a case, and who counsels a class. A class that gets a counselor brings its cases."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from cases.models import Case, CaseStatus, ConfidentialNote
from cases.models.case import CaseQuerySet
from cases.models.confidential_note import ConfidentialNoteQuerySet
from cases.permissions import acting_counselors, assigns_classes
from cases.workflow.confidential_note import OTHER_COUNSELOR, has_another_counselor, pass_on
from school.models import SchoolClass, User, last_class
from school.permissions import possible_counselors
from workflow.errors import NotAllowed, NotNow
from workflow.rows import each_of
from workflow.run import hold, lock, log_act, run


def in_hand() -> CaseQuerySet:
    """Return the cases that can get another counselor."""
    return Case.objects.filter(status=CaseStatus.OPEN, semester__frozen_at=None)


def waits_for_counselor() -> Q:
    """Return the filter for cases whose counselor is none, or no longer holds the office."""
    return Q(counselor=None) | ~Q(counselor__in=possible_counselors().values("pk"))


def hand_over(
    case: Case, counselor: User, *, by: User, reason: str = "", notes: Collection[int] = ()
) -> None:
    """Give the case to another counselor; with a reason if it has one. Raises NotNow.

    Of the confidential notes that `by` wrote on it, the `notes` pass on, by their ids.
    """
    _is_counselor(counselor)
    if case.counselor_id == counselor.pk:
        raise NotNow(_("The case is already with this counselor."))
    to = _("To %(name)s.") % {"name": counselor.called}
    note = f"{to} {reason.strip()}" if reason.strip() else ""
    with transaction.atomic():
        values = {"counselor": counselor.pk}
        run(case, "hand_over", by=by, note=note or to, reason=note, values=values)
        for chosen in notes_of(by).filter(case=case, pk__in=notes) if notes else ():
            if has_another_counselor(chosen) is None:
                pass_on(chosen, by=by)


def notes_of(user: User) -> ConfidentialNoteQuerySet:
    """Return the confidential notes that `user` can pass on, by student and day; without texts."""
    own = ConfidentialNote.objects.visible_to(user).written().filter(author=user)
    in_order = own.order_by("case__student__name", "case", "written_at", "pk")
    return in_order.select_related("case__student").defer("sealed", "sealed_reason")


def cases_with(person: User, user: User) -> CaseQuerySet:
    """Return the open cases of a counselor, or of who was one, that `user` can hand over."""
    return in_hand().handled_by(user).filter(counselor=person)


def hand_over_all(
    person: User, counselor: User, *, by: User, reason: str, notes: Collection[int] = ()
) -> int:
    """Hand all open cases of `person` over to a counselor; return how many. Raises NotNow.

    All or none. Of the confidential notes that `by` wrote on them, the `notes` pass on. Their rows
    are locked and not that of `person`, which others who hold a case refer to in what they write.
    """
    if not reason.strip():
        raise NotNow(_("Write a reason: this action needs one."), needs_reason=True)
    with transaction.atomic():
        rows = cases_with(person, by).select_for_update(of=("self",)).only("pk").order_by("pk")
        found = each_of(Case.objects.all(), [case.pk for case in rows])
        if not found:
            raise NotNow(_("There is no open case to hand over any more."))
        for case in found:
            hand_over(case, counselor, by=by, reason=reason, notes=notes)
    return len(found)


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
        return follow(school_class, by=by)


def follow(school_class: SchoolClass, *, by: User) -> int:
    """Give the waiting cases of a class to its counselor; return how many these are."""
    waiting = _each(in_hand().filter(waits_for_counselor()), school_class)
    for case in waiting:
        run(case, "follow", by=by, values={"counselor": school_class.counselor_id})
    return len(waiting)


def follow_classes(classes: Collection[int], by: User) -> None:
    """Give the waiting cases of classes to the counselors that these have now."""
    for school_class in SchoolClass.objects.filter(pk__in=classes):
        follow(school_class, by=by)


def elsewhere(user: User) -> CaseQuerySet:
    """Return the cases with another counselor than their class, which `user` can hand over."""
    acting = acting_counselors(user)
    return (
        in_hand()
        .handled_by(user)
        .with_class_today()
        .filter(Q(counselor__in=acting, counselor_today__in=acting))
        .exclude(counselor=F("counselor_today"))
    )


def hand_over_class(
    school_class: SchoolClass, *, by: User, notes: Collection[int] = (), to: int | None = None
) -> int:
    """Hand the open cases of a class over to its counselor; return how many. Raises NotNow.

    `to` is whom `by` means, by their id: the class may have been given to somebody else since.
    Of the confidential notes that `by` wrote on them, the `notes` pass on.
    """
    with transaction.atomic():
        hold(school_class)
        counselor = school_class.counselor
        if counselor is None:
            raise NotNow(_("The class has no counselor yet."))
        if to not in {None, counselor.pk}:
            raise NotNow(OTHER_COUNSELOR)
        found = _each(elsewhere(by), school_class)
        if not found:
            raise NotNow(_("All cases of the class are already with its counselor."))
        for case in found:
            reason = _("The class has another counselor.")
            hand_over(case, counselor, by=by, reason=reason, notes=notes)
    return len(found)


def of_class(cases: CaseQuerySet, school_class: SchoolClass) -> CaseQuerySet:
    """Return the cases whose student's class of today, else the last one, is this class."""
    return cases.filter(Exact(last_class.of_today("class_id", "student"), school_class.pk))


def _each(cases: CaseQuerySet, school_class: SchoolClass) -> list[Case]:
    """Return the cases of the class, each fetched by itself."""
    found = of_class(cases, school_class).order_by("pk")
    return each_of(Case.objects.all(), found.values_list("pk", flat=True))


def _is_counselor(user: User) -> None:
    if not possible_counselors().filter(pk=user.pk).exists():
        raise NotNow(_("This person is not a counselor today."))

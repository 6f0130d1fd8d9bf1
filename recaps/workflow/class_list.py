"""The class list: its lifecycle, hand-over and supplement."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recaps import referrals
from recaps.models.class_list import (
    Choice,
    ClassList,
    ClassListStatus,
    Decision,
    Knowledge,
)
from recaps.models.figures import Figures
from recaps.models.indicators import figures_of_list
from recaps.models.recap import Recap
from recaps.models.subjects import subjects_of
from recaps.permissions import is_homeroom_of, teaches_in
from school.dates import Ground, act_moment, not_frozen
from school.models import RecapPeriod, SchoolClass, Student, User
from workflow import clock
from workflow.errors import NotNow, Text
from workflow.lifecycle import NEW, Lifecycle, Transition, asked_of
from workflow.run import hold, lock, make, run

S = ClassListStatus


@asked_of(Recap, ClassList)
def is_in_time(of_period: Recap | ClassList) -> Text | None:
    return not_frozen(of_period.period.semester)


def everyone_is_decided(class_list: ClassList) -> Text | None:
    """Every student for whom an indicator holds is decided; the others need no decision."""
    return why_undecided(len(undecided_students(class_list)))


def why_undecided(count: int) -> Text | None:
    if not count:
        return None
    words = ngettext(
        "%(n)s student still needs a decision.", "%(n)s students still need a decision.", count
    )
    return words % {"n": count}


def undecided_students(class_list: ClassList) -> set[int]:
    """Return the ids of students with an indicator and no decision on what shows now."""
    figures = figures_of_list(class_list)
    decided = {d.student_id: d for d in class_list.decisions.standing()}
    undecided = {
        student_id
        for student_id, shown in figures.items()
        if shown.any and needs_decision(class_list, decided.get(student_id), shown)
    }
    return undecided & set(class_list.students().values_list("pk", flat=True))


def needs_decision(class_list: ClassList, decision: Decision | None, shown: Figures) -> bool:
    """Return whether it is undecided or, in a supplement, was decided on other figures."""
    if decision is None:
        return True
    is_supplement = class_list.status == ClassListStatus.SUPPLEMENT
    return is_supplement and decision.handed_over_at is not None and decision.figures != shown


@asked_of(ClassList)
def list_can_change(class_list: ClassList) -> Text | None:
    if class_list.status == ClassListStatus.HANDED_OVER:
        return _("The list has gone to BK. It opens again when a recap comes in or is corrected.")
    return is_in_time(class_list)


def anybody(user: User, class_list: ClassList) -> bool:
    """The user may be anybody: a list begins with the first act that needs it."""
    return True


CLASS_LIST = Lifecycle(
    kind="recaps.classlist",
    title=_("Class list"),
    statuses=ClassListStatus,
    transitions=(
        Transition("begin", _("Begin"), (NEW,), S.OPEN, anybody),
        Transition(
            "hand_over",
            _("Hand over to BK"),
            (S.OPEN, S.SUPPLEMENT),
            S.HANDED_OVER,
            is_homeroom_of,
            holds=(is_in_time, everyone_is_decided),
        ),
        Transition(
            "supplement",
            _("Supplement"),
            (S.HANDED_OVER,),
            S.SUPPLEMENT,
            teaches_in,
            holds=(is_in_time,),
        ),
    ),
)


def class_list_of(school_class: SchoolClass, period: RecapPeriod, *, by: User) -> ClassList:
    """Return the list of a class and period; make it if there is none, as anybody may."""
    class_list, is_new = ClassList.objects.get_or_create(school_class=school_class, period=period)
    if is_new:
        make("recaps.classlist", "begin", class_list, lambda: class_list, by=by)
    return class_list


def check_listed(class_list: ClassList, students: list[Student]) -> None:
    """Raise NotNow unless all `students` were in the class during the period."""
    found = class_list.students().filter(pk__in=[student.pk for student in students])
    if found.count() != len(set(students)):
        raise NotNow(_("A student was not in this class during this period. Reload the list."))


def list_statuses(recap: Recap) -> set[str]:
    """Return the statuses of the recap's lists; without any, it is OPEN."""
    return set(ClassList.objects.of_recap(recap).values_list("status", flat=True)) or {
        ClassListStatus.OPEN.value
    }


def supplement(recap: Recap, class_ids: Iterable[int], *, by: User) -> None:
    """Open again the lists that have gone to BK, or go now, for a late or corrected recap."""
    for school_class in SchoolClass.objects.filter(pk__in=class_ids).order_by("pk"):
        class_list = class_list_of(school_class, recap.period, by=by)
        hold(class_list)
        if class_list.status == ClassListStatus.HANDED_OVER:
            run(class_list, "supplement", by=by)


def hand_over_list(class_list: ClassList, *, by: User, happened_at: datetime | None = None) -> int:
    """Hand the list over to the counselor: each newly referred student gets a case or evidence.

    `happened_at` is when that was, if it was before it is typed in; the cases open then.
    Returns how many were referred. Subjects may be missing; the list keeps their number. Decisions
    on students who no longer count as of the class stay with the list.
    Raises NotNow while a student for whom an indicator holds is undecided.
    """
    period = class_list.period
    grounds = {Ground.PERIOD: period.starts_on, Ground.LAST_LIST: class_list.happened_at}
    moment = act_moment(period.semester, happened_at, grounds)
    with transaction.atomic():
        lock(class_list)  # a recap that comes in at this moment is counted, or opens it again
        now, missing = clock.now(), len(subjects_of(class_list).missing)
        run(
            class_list,
            "hand_over",
            by=by,
            happened_at=moment,
            values={
                "handed_over_at": now,
                "happened_at": moment,
                "handed_over_by": by.pk,
                "missing_subjects": missing,
            },
        )
        gone = {"by": by, "at": now, "happened_at": moment, "missing_subjects": missing}
        class_list.hand_overs.create(**gone)
        fresh = list(
            class_list.decisions.standing()
            .filter(handed_over_at=None, student__in=class_list.students())
            .select_related("student")
        )
        known = {k.student_id: k for k in class_list.knowledge.all()}
        referred = [d for d in fresh if d.choice == Choice.REFER]
        for decision in sorted(referred, key=lambda d: d.student_id):  # locked in one order
            referrals.refer(decision, known.get(decision.student_id), by=by, at=moment)
        Decision.objects.filter(pk__in=[d.pk for d in fresh]).update(handed_over_at=now)
        for row in known.values():
            row.keep_handed_over(now)
        Knowledge.objects.bulk_update(known.values(), ["handed_over"])
    return len(referred)

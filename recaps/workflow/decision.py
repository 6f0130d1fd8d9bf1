"""What the homeroom teacher decides on a student of the class list."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from recaps.models.class_list import ClassList, Decision, DecisionStatus
from recaps.models.figures import Figures
from recaps.models.indicators import figures_of_list
from recaps.models.subjects import subjects_of
from recaps.permissions import is_homeroom_of
from recaps.workflow.class_list import check_listed, list_can_change
from school.models import Student, User
from workflow import clock
from workflow.errors import Text
from workflow.lifecycle import NEW, Lifecycle, Transition, undoable
from workflow.run import lock, make, run


def is_with_the_list(decision: Decision) -> Text | None:
    """The decision has not gone to BK, also not with a list that has opened again since."""
    if decision.handed_over_at is None:
        return None
    return _("The decision has gone to BK. Decide again instead.")


def _stand_in_its_place(decision: Decision, by: User) -> None:
    """Restore the decision that stood before the one that was undone."""
    before = (
        Decision.objects.filter(
            class_list=decision.class_list,
            student=decision.student,
            status=DecisionStatus.REPLACED,
            pk__lt=decision.pk,
        )
        .order_by("-pk")
        .first()
    )
    if before is not None:
        run(before, "stand_again", by=by)


DECISION = Lifecycle(
    kind="recaps.decision",
    title=_("Decision"),
    statuses=DecisionStatus,
    root=lambda decision: decision.class_list,
    stands_alone=True,
    transitions=(
        *undoable(
            Transition(
                "decide",
                _("Decide"),
                (NEW,),
                DecisionStatus.STANDS,
                is_homeroom_of,
                holds=(list_can_change,),
            ),
            back_to=DecisionStatus.TAKEN_BACK,
            holds=(list_can_change, is_with_the_list),
            effect=_stand_in_its_place,
        ),
        Transition(
            "replace",
            _("Replace"),
            (DecisionStatus.STANDS,),
            DecisionStatus.REPLACED,
            is_homeroom_of,
        ),
        Transition(
            "stand_again",
            _("Reinstate"),
            (DecisionStatus.REPLACED,),
            DecisionStatus.STANDS,
            is_homeroom_of,
        ),
    ),
)


def decide(
    class_list: ClassList, students: list[Student], choice: str, *, by: User
) -> list[Decision]:
    """Decide `choice` for each of `students`, and keep the figures seen now. Raises NotNow."""
    with transaction.atomic():
        lock(class_list)
        figures = figures_of_list(class_list)
        subjects_in = len(subjects_of(class_list).came)
        before = {d.student_id: d for d in class_list.decisions.standing()}
        check_listed(class_list, students)
        return [
            _decide_one(class_list, s, choice, by, figures, subjects_in, before) for s in students
        ]


def _decide_one(
    class_list: ClassList,
    student: Student,
    choice: str,
    by: User,
    figures: dict[int, Figures],
    subjects_in: int,
    before: dict[int, Decision],
) -> Decision:
    def create() -> Decision:
        if old := before.get(student.pk):
            run(old, "replace", by=by)
        return Decision.objects.create(
            class_list=class_list,
            student=student,
            choice=choice,
            seen=figures.get(student.pk, Figures()).as_json(),
            subjects_in=subjects_in,
            decided_at=clock.now(),
            decided_by=by,
        )

    return make("recaps.decision", "decide", class_list, create, by=by)

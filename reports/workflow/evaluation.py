"""Evaluations: written by counselors, handed over to the coordinator, joined by them.

The school's joint one goes to the principal. A frozen semester's cannot change.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from reports.models import Evaluation, EvaluationStatus
from reports.permissions import returns_evaluation, writes_evaluation, writes_report
from school import permissions as may
from school.dates import not_frozen
from school.models import Semester, User
from school.roles import COORDINATOR, COUNSELOR, PRINCIPAL
from workflow import clock
from workflow.errors import Text
from workflow.lifecycle import NEW, SAME, Lifecycle, Note, Transition, asked_of, undoable
from workflow.run import hold, make, run
from workflow.versions import run_versioned

S = EvaluationStatus
KIND = "reports.evaluation"
WRITABLE = (S.DRAFT, S.RETURNED)


@asked_of(Semester)
def still_evaluated(semester: Semester) -> Text | None:
    """The semester is not frozen, so it can be evaluated."""
    return not_frozen(semester)


@asked_of(Semester)
def has_begun(semester: Semester) -> Text | None:
    """The semester has begun."""
    if semester.starts_on <= clock.today():
        return None
    return _("The semester has not begun yet.")


def is_complete(evaluation: Evaluation) -> Text | None:
    """Each aspect is judged, and the summary is written."""
    if evaluation.is_complete:
        return None
    return _("Judge each line and write the summary first.")


def begins_own(user: User, semester: Semester) -> bool:
    """The user is a counselor or the coordinator."""
    return may.is_counselor(user)


def _office(user: User, semester: Semester) -> str:
    offices = (COORDINATOR, COUNSELOR, PRINCIPAL)
    return next((office.code for office in offices if office.held_by(user)), "")


EVALUATION = Lifecycle(
    kind=KIND,
    title=_("Evaluation of a semester"),
    statuses=EvaluationStatus,
    root=lambda evaluation: evaluation.semester,
    office=_office,
    stands_alone=True,
    transitions=(
        Transition(
            "begin",
            _("Write my evaluation"),
            (NEW,),
            S.DRAFT,
            begins_own,
            holds=(still_evaluated, has_begun),
        ),
        Transition(
            "begin_joint",
            _("Write the joint evaluation"),
            (NEW,),
            S.DRAFT,
            writes_report,
            holds=(still_evaluated, has_begun),
        ),
        Transition(
            "write",
            _("Write the evaluation"),
            WRITABLE,
            SAME,
            writes_evaluation,
            holds=(still_evaluated,),
        ),
        *undoable(
            Transition(
                "hand_over",
                _("Hand over the evaluation"),
                WRITABLE,
                S.HANDED_OVER,
                writes_evaluation,
                holds=(still_evaluated, is_complete),
            ),
            holds=(still_evaluated,),
        ),
        Transition(
            "return",
            _("Return the evaluation"),
            (S.HANDED_OVER,),
            S.RETURNED,
            returns_evaluation,
            holds=(still_evaluated,),
            note=Note.MUST,
        ),
    ),
)


def begin_evaluation(semester: Semester, *, by: User, is_joint: bool = False) -> Evaluation:
    """Return the person's evaluation of a semester, or the school's; begin it if there is none.

    Raises NotAllowed, NotNow.
    """
    author = None if is_joint else by
    with transaction.atomic():
        hold(semester)
        found = Evaluation.objects.filter(semester=semester, author=author).first()
        if found:
            return found
        return make(
            KIND,
            "begin_joint" if is_joint else "begin",
            semester,
            lambda: Evaluation.objects.create(semester=semester, author=author),
            by=by,
        )


def write_evaluation(
    evaluation: Evaluation, *, by: User, values: Mapping[str, object], read_at: int
) -> Evaluation:
    """Save what was read at that version. Raises NotAllowed, WrongState, NotNow, EditConflict."""
    return run_versioned(evaluation, "write", by=by, values=values, read_at=read_at)


def hand_over_evaluation(evaluation: Evaluation, *, by: User) -> None:
    """Hand it over: a counselor's to the coordinator, the school's to the principal."""
    run(evaluation, "hand_over", by=by)


def return_evaluation(evaluation: Evaluation, *, by: User, reason: str) -> None:
    run(evaluation, "return", by=by, note=reason)

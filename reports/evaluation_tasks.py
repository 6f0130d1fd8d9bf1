"""What waits for counselors: the evaluations of the semester that ended last."""

from typing import Any, NamedTuple

from django.db.models import Exists, Subquery
from django.utils.translation import gettext as _

from cases.models import Case
from reports.evaluation_acts import EVALUATION_ACTS
from reports.evaluations import counselors_of
from reports.models import Evaluation, EvaluationStatus
from reports.permissions import writes_report
from school import permissions as may
from school.models import SchoolClass, Semester, User
from school.tasks import Task
from workflow import clock
from workflow.addresses import address
from workflow.errors import Text

IN = EvaluationStatus.HANDED_OVER


class Written(NamedTuple):
    """What there is of a semester: whether the person had work in it, their evaluation, the joint
    one; id and status, None where it was not begun."""

    had_work: bool
    own: int | None
    own_status: str | None
    joint: int | None
    joint_status: str | None


def evaluations_waiting(user: User) -> list[Task]:
    """Return a counselor's own evaluation, and the joint one for who writes it, until handed over.

    Two queries, two more for who may begin the joint one; one while no semester waits for its end.
    """
    semester = _ended() if may.is_counselor(user) else None
    if semester is None or semester.frozen_at:
        return []
    found = _written(semester, user)
    lines = []
    if found.own_status != IN and (found.own or found.had_work):
        more = _("your own, for the coordinator")
        lines.append(_task(_("Write the evaluation"), semester, found.own, found.own_status, more))
    if writes_report(user) and found.joint_status != IN and (found.joint or _all_are_in(semester)):
        what, more = _("Write the joint evaluation"), _("for the principal")
        lines.append(_task(what, semester, found.joint, found.joint_status, more))
    return lines


def _ended() -> Semester | None:
    over = Semester.objects.filter(ends_on__lt=clock.today()).select_related("year")
    return over.order_by("-ends_on").first()


def _written(semester: Semester, user: User) -> Written:
    classes = SchoolClass.objects.filter(year=semester.year_id, counselor=user)
    cases = Case.objects.filter(semester=semester, counselor=user)
    rows = Evaluation.objects.filter(semester=semester).order_by()
    columns: dict[str, Any] = {"had_work": Exists(classes) | Exists(cases)}
    for name, author in (("own", user), ("joint", None)):
        of = rows.filter(author=author) if author else rows.filter(author=None)
        columns |= {
            name: Subquery(of.values("pk")),
            f"{name}_status": Subquery(of.values("status")),
        }
    person = User.objects.filter(pk=user.pk).annotate(**columns)
    return Written(*person.values_list(*Written._fields).get())


def _all_are_in(semester: Semester) -> bool:
    written = Evaluation.objects.filter(semester=semester, status=IN, author__isnull=False)
    owing = {one.pk for one in counselors_of(semester)}
    return bool(owing) and owing <= set(written.values_list("author", flat=True))


def _task(
    what: Text, semester: Semester, begun: int | None, status: str | None, more: Text
) -> Task:
    """Return the line, which leads to what was begun, or to where one begins it."""
    if status == EvaluationStatus.RETURNED:
        more = _("returned")
    there = f"{address('reports:evaluations')}?semester={semester.code}"
    return Task(
        what=what,
        whom=str(semester),
        url=address("reports:evaluation", begun) if begun else there,
        icon=EVALUATION_ACTS.icon("write"),
        look="accent",
        more=more,
    )

"""How far the operator is, and once the school runs what is missing in its data."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from school.checklist import Step, is_over, of_the_school, steps_of
from school.models import OfficeRequest, User
from school.permissions import is_coordinator, is_operator, is_principal
from school.readiness import Readiness, readiness
from school.roles import OPERATOR
from school.school_years import next_semester
from school.tasks import Task
from school.workflow.periods import recaps_have_begun
from workflow import clock
from workflow.addresses import address
from workflow.errors import Text

AHEAD = timedelta(weeks=4)
"""Before the end of a semester, when the next one is to be made."""


class Gap(NamedTuple):
    """What may be missing in the data of a running school."""

    counted_as: str
    """The attribute of Readiness that counts it."""
    what: Text
    whose: Text
    """With %(n)d, e.g. "3 classes"."""
    page: str
    query: str = ""
    """What narrows the page to them."""


CLASSES = ngettext_lazy("%(n)d class", "%(n)d classes", "n")
STUDENTS = ngettext_lazy("%(n)d student", "%(n)d students", "n")
GAPS = (
    Gap("without_homeroom", _("No homeroom teacher"), CLASSES, "school:homerooms"),
    Gap("without_lessons", _("No lessons"), CLASSES, "school:teaching"),
    Gap("without_counselor", _("No counselor"), CLASSES, "school:counselors"),
    Gap(
        "groups_without_teacher",
        _("No teacher"),
        ngettext_lazy("%(n)d subject in a class", "%(n)d subjects in a class", "n"),
        "school:teaching",
    ),
    Gap("without_class", _("In no class"), STUDENTS, "school:students", "?lacks=class"),
    Gap("without_phone", _("No number of the family"), STUDENTS, "school:students", "?lacks=phone"),
    Gap(
        "never_signed_in",
        _("Never signed in"),
        ngettext_lazy("%(n)d person", "%(n)d people", "n"),
        "school:people",
        "?account=never",
    ),
)
"""In the order in which they are shown."""


def for_operator(user: User) -> tuple[list[Step], list[Task]]:
    """Return the steps to the first recap until it is begun, then what is missing in the data.

    Both are empty for anybody but an operator.
    """
    if not is_operator(user):
        return [], []
    found = readiness()
    steps = steps_of(found)
    return ([], tasks_of(found)) if is_over(found, steps) else (steps, [])


@dataclass(frozen=True)
class Preparation:
    """What whoever answers the operator's requests sees until the first recap."""

    operators: list[User]
    steps: list[Step]
    requests: int
    """Those that wait for the answer of the person."""

    @property
    def names(self) -> str:
        return ", ".join(one.called for one in self.operators)

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def open(self) -> list[Step]:
        return [step for step in self.steps if not step.is_done]


def preparation_for(user: User) -> Preparation | None:
    """Return how far the operator is; None once recaps are begun, and for anybody else."""
    if not (is_coordinator(user) or is_principal(user)) or is_operator(user) or recaps_have_begun():
        return None
    found = readiness()
    steps = steps_of(found)
    if is_over(found, steps):
        return None
    operators = User.objects.holding(OPERATOR).filter(is_active=True).order_by("name")
    requests = OfficeRequest.objects.answerable_by(user).count()
    return Preparation(list(operators), steps, requests)


def tasks_of(found: Readiness) -> list[Task]:
    """Return a task for each gap."""
    of_school = [
        Task(step.label, step.url, step.icon, "late", more=step.missing)
        for step in of_the_school(found)
        if not step.is_done
    ]
    gaps = [_task(gap, getattr(found, gap.counted_as)) for gap in GAPS]
    return [*of_school, *_next_semester(found), *filter(None, gaps)]


def _task(gap: Gap, number: int) -> Task | None:
    if not number:
        return None
    return Task(
        gap.what,
        address(gap.page) + gap.query,
        "exclamation-triangle",
        "late",
        whom=str(gap.whose % {"n": number}),
        count=number,
    )


def _next_semester(found: Readiness) -> list[Task]:
    """Return the task to make the next semester, from a few weeks before this one ends."""
    semester = found.semester
    if semester is None or found.has_next or semester.ends_on - clock.today() > AHEAD:
        return []
    proposed = next_semester()
    return [
        Task(
            _("Make the next semester"),
            address("school:add_semester"),
            "calendar3",
            "accent",
            whom=f"{proposed.term.label} {proposed.year_label}",
            due_on=semester.ends_on,
        )
    ]

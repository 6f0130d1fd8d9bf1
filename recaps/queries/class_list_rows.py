"""The rows of a class list: figures over all subjects, knowledge, decision of each student."""

from dataclasses import dataclass

from django.db.models import QuerySet

from recaps import referrals
from recaps.models import Choice, ClassList, Decision, Entry, Knowledge
from recaps.models.class_list import ClassListStatus
from recaps.models.figures import Figures
from recaps.models.indicators import counted_entries, figures_of_list
from recaps.permissions import sees_what_is_being_decided
from recaps.referrals import Referred
from recaps.workflow.class_list import needs_decision
from school.models import Student, User
from workflow.addresses import address

INDICATORS = ("never", "low", "missing")
WORST_FIRST = (*(f"-is_{name}" for name in INDICATORS), "sheet__recap__group__subject__name")
MANY_SUBJECTS = 3
"""From this number of subjects on, a number is red."""


@dataclass(frozen=True)
class IndicatorCell:
    """The number of subjects in which an indicator holds: at the decision, and now."""

    indicator: str
    before: int
    now: int

    @property
    def is_shown(self) -> bool:
        return bool(self.before or self.now)

    @property
    def has_changed(self) -> bool:
        return self.before != self.now

    @property
    def is_bad(self) -> bool:
        return self.indicator == "never" or self.now >= MANY_SUBJECTS


@dataclass(frozen=True)
class ListedStudent:
    """One student on a list, with the figures when it was decided and now.

    `is_undecided` keeps the list from being handed over; `is_asked` puts the student among those
    whom the list is about.
    """

    class_list: ClassList
    student: Student
    before: Figures
    now: Figures
    decision: Decision | None
    knowledge: Knowledge | None
    case: Referred | None
    was_referred: bool
    is_undecided: bool
    is_asked: bool
    has_namesake: bool

    @property
    def pk(self) -> int:
        return self.student.pk

    @property
    def anchor(self) -> str:
        return f"row-{self.pk}"

    @property
    def url(self) -> str:
        """Return the address at which a script gets the row again."""
        return self._address("class_list_row", self.pk)

    @property
    def student_url(self) -> str:
        """Return the address of the page with the entries behind the numbers."""
        return self._address("class_list_student", self.pk)

    @property
    def note_url(self) -> str:
        return self._address("class_list_knowledge", self.pk)

    @property
    def decide_url(self) -> str:
        return self._address("class_list_decide")

    def _address(self, page: str, *more: int) -> str:
        of_list = self.class_list
        return address(f"recaps:{page}", of_list.school_class_id, of_list.period_id, *more)

    @property
    def cells(self) -> list[IndicatorCell]:
        return [IndicatorCell(i, getattr(self.before, i), getattr(self.now, i)) for i in INDICATORS]

    @property
    def is_noted(self) -> bool:
        """Return whether there is something to read: an indicator or a decision."""
        return self.now.any or self.decision is not None

    @property
    def has_changed(self) -> bool:
        """Return whether the recaps show other figures than at the decision or the hand-over."""
        return self.before != self.now


def rows_of(class_list: ClassList, user: User) -> list[ListedStudent]:
    """Return all students of the class in the period, worst first; six queries for any size."""
    listed = class_list.students().with_class().with_known_to(user).order_by("name", "nis")
    students = list(listed.only("name", "nis", "gender"))
    figures = figures_of_list(class_list)
    decisions = shown_decisions(class_list, user)
    knowledge = shown_knowledge(class_list, user)
    cases = referrals.beside(students, class_list.period.semester, user)
    names = [student.name for student in students]
    rows = [
        _row(
            class_list,
            student,
            figures.get(student.pk, Figures()),
            decisions.get(student.pk),
            knowledge.get(student.pk),
            cases.get(student.pk, []),
            has_namesake=names.count(student.name) > 1,
        )
        for student in students
    ]
    return sorted(rows, key=lambda row: row.now.weight, reverse=True)


def entries_of(class_list: ClassList, student: Student) -> QuerySet[Entry]:
    """Return what stands of `student` in each subject of the list, with its numbers and indicators.

    The worst stands first.
    """
    entries = counted_entries(class_list).filter(student=student)
    return entries.select_related("sheet__recap__group__subject", "sheet__handed_over_by").order_by(
        *WORST_FIRST
    )


def shown_knowledge(class_list: ClassList, user: User) -> dict[int, Knowledge]:
    """Return student id → the homeroom teacher's knowledge; for others as it was handed over."""
    if class_list.pk is None:
        return {}
    known = Knowledge.objects.filter(class_list=class_list.pk)
    if not sees_what_is_being_decided(user, class_list):
        for row in known:
            row.show_as_handed_over(class_list.as_of)
    return {row.student_id: row for row in known if row.says_something}


def shown_decisions(class_list: ClassList, user: User) -> dict[int, Decision]:
    """Return student id → the present decision; for a counselor the last one handed over."""
    if class_list.pk is None:
        return {}
    decisions = Decision.objects.filter(class_list=class_list.pk).order_by("pk")
    if sees_what_is_being_decided(user, class_list):
        decisions = decisions.standing()
    else:
        decisions = decisions.handed_over_last(class_list.as_of)
    return {decision.student_id: decision for decision in decisions}


def tally(rows: list[ListedStudent]) -> dict[str, int]:
    """Return how many students are referred, watched, and of no concern."""
    chosen = [row.decision.choice for row in rows if row.decision]
    return {choice: chosen.count(choice) for choice in Choice.values}


def _row(
    class_list: ClassList,
    student: Student,
    now: Figures,
    decision: Decision | None,
    knowledge: Knowledge | None,
    cases: list[Referred],
    *,
    has_namesake: bool,
) -> ListedStudent:
    is_open_question = needs_decision(class_list, decision, now)
    return ListedStudent(
        class_list=class_list,
        student=student,
        before=_before(class_list, now, decision),
        now=now,
        decision=decision,
        knowledge=knowledge,
        case=next((one for one in cases if one.is_of_semester), None),
        was_referred=any(one.counts for one in cases),
        is_undecided=now.any and is_open_question,
        is_asked=_is_asked(class_list, now, decision, is_open_question),
        has_namesake=has_namesake,
    )


def _before(class_list: ClassList, now: Figures, decision: Decision | None) -> Figures:
    """Return the figures at the decision; none for a student who is new in a supplement."""
    if decision is not None:
        return decision.figures
    return Figures() if class_list.status == ClassListStatus.SUPPLEMENT else now


def _is_asked(
    class_list: ClassList, now: Figures, decision: Decision | None, is_open_question: bool
) -> bool:
    """Return whether the list is about them: an indicator, a decision, or what changed."""
    if class_list.status == ClassListStatus.OPEN:
        return now.any
    if class_list.status == ClassListStatus.HANDED_OVER:
        return now.any or decision is not None
    if decision is None:
        return now.any
    return is_open_question or decision.handed_over_at is None

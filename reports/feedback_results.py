"""What a semester's feedback says, in counts that give nobody away.

Nothing is shown while a link may still be answered, so that no two looks differ by one person. Then
the answers stand in groups of disjoint people, each of five or more; steps with fewer are joined
with their neighbors. So no sum and no difference of what is shown is a smaller number.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from reports.models import FeedbackCount, Question, Respondent, Service
from reports.models.feedback import ANSWERS, SHORT, STEPS
from school.models import Semester
from workflow import clock
from workflow.errors import Text

AT_LEAST = 5
Group = tuple[str, str]
"""A kind of service and a kind of respondent."""
Counts = list[int]
"""The answers to a question by step."""
Span = tuple[int, int]
"""Neighboring steps: the first, and the one after the last."""


@dataclass(frozen=True)
class Cell:
    """A count of one step, or of some joined ones: so many columns wide."""

    number: int
    width: int
    joined: str = ""
    """Which steps are joined, e.g. "Not yet – A little"."""


@dataclass(frozen=True)
class Line:
    label: Text
    answers: int
    cells: list[Cell]


@dataclass(frozen=True)
class QuestionTable:
    title: Text
    lines: list[Line]
    """All answers; before it each group, if there are several."""


@dataclass(frozen=True)
class Results:
    """What may be shown of a semester."""

    answers: int = 0
    """Of all; 0 if there are fewer than five."""
    is_few: bool = False
    """Whether somebody answered, and fewer than five did."""
    tables: list[QuestionTable] = field(default_factory=list)
    heads: list[Text] = field(default_factory=lambda: [label for _step, label in ANSWERS])


def shown_from(semester: Semester) -> date:
    """Return the day from which results are shown: no link is open any more."""
    return semester.ends_on + timedelta(days=1)


def results_of(semester: Semester) -> Results | None:
    """Return the results in one query; None until they are shown."""
    if clock.today() < shown_from(semester):
        return None
    limit = max(AT_LEAST, semester.policy.small_cell)
    counted: dict[Question, dict[Group, Counts]] = {question: {} for question in Question}
    for row in FeedbackCount.objects.filter(semester=semester):
        of_question = counted[Question(row.question)]
        steps = of_question.setdefault((row.service, row.respondent), [0] * STEPS)
        steps[row.step - 1] += row.number
    sizes = {group: sum(steps) for group, steps in counted[Question.COMFORT].items()}
    answers = sum(sizes.values())
    if answers < limit:
        return Results(is_few=answers > 0)
    blocks = blocks_of(sizes, limit)
    tables = [_table(question, counted[question], blocks, limit) for question in Question]
    return Results(answers, tables=tables)


def blocks_of(sizes: dict[Group, int], limit: int) -> list[list[Group]]:
    """Return the groups that are shown: those of `limit` people or more, the largest first.

    The rest is one group, to which the smallest of the others go until it is large enough.
    """
    known = [group for group in sorted(sizes, key=lambda one: (-sizes[one], one)) if sizes[group]]
    shown = [group for group in known if sizes[group] >= limit]
    rest = [group for group in known if sizes[group] < limit]
    while rest and shown and sum(sizes[group] for group in rest) < limit:
        rest.append(shown.pop())
    return [[group] for group in shown] + ([rest] if rest else [])


def spans_of(rows: Sequence[Counts], limit: int, within: Span = (0, STEPS)) -> list[Span]:
    """Return steps joined so that each row has 0, or `limit` and more, in each span."""
    spans: list[Span] = []
    start = within[0]
    for end in range(start + 1, within[1] + 1):
        if all(_may_show(row, (start, end), limit) for row in rows):
            spans.append((start, end))
            start = end
    while start < within[1] and spans:
        start = spans.pop()[0]
        if all(_may_show(row, (start, within[1]), limit) for row in rows):
            break
    return [*spans, (start, within[1])] if start < within[1] else spans


def _may_show(row: Counts, span: Span, limit: int) -> bool:
    number = sum(row[slice(*span)])
    return number == 0 or number >= limit


def _table(
    question: Question, counted: dict[Group, Counts], blocks: list[list[Group]], limit: int
) -> QuestionTable:
    """Return a line for each group and one for all.

    The spans of all lie within those of the groups: so no difference crosses them.
    """
    rows = [_sum(counted[group] for group in block) for block in blocks]
    spans = spans_of(rows, limit)
    total = _sum(rows)
    lines = [
        Line(_label(block), sum(row), _cells(row, spans))
        for block, row in zip(blocks, rows, strict=True)
        if len(blocks) > 1
    ]
    finer = [part for span in spans for part in spans_of([total], limit, span)]
    return QuestionTable(
        SHORT[question], [*lines, Line(_("All"), sum(total), _cells(total, finer))]
    )


def _sum(rows: Iterable[Counts]) -> Counts:
    counter: Counter[int] = Counter()
    for row in rows:
        counter.update(dict(enumerate(row)))
    return [counter[step] for step in range(STEPS)]


def _cells(row: Counts, spans: list[Span]) -> list[Cell]:
    return [
        Cell(sum(row[first:end]), end - first, _joined(first, end) if end - first > 1 else "")
        for first, end in spans
    ]


def _joined(first: int, end: int) -> str:
    return f"{ANSWERS[first][1]} – {ANSWERS[end - 1][1]}"


def _label(block: list[Group]) -> Text:
    if len(block) > 1:
        return _("Other services")
    service, respondent = block[0]
    return f"{Service(service).label}, {Respondent(respondent).label.lower()}"

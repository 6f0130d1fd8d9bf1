"""What a semester's feedback says, in counts that give nobody away.

Nothing is shown while a link may still be answered, so that no two looks differ by one person. Then
people are parted by who they are, and these by service, into groups of five and more; steps with
fewer are joined with their neighbors. So no sum and no difference of what is shown is a smaller
number (decision 0043).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import FeedbackCount, Question, Respondent, Service
from reports.models.feedback import ANSWERS, SHORT, STEPS
from school.models import Semester
from workflow import clock
from workflow.errors import Text

AT_LEAST = 5
OTHERS = gettext_lazy("Other services")
Counts = list[int]
"""The answers to a question by step."""
Span = tuple[int, int]
"""Neighboring steps: the first, and the one after the last."""
Answered = dict[tuple[str, str], Counts]
"""Respondent and service → the answers to one question."""


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
    """All answers; before it those of students and of parents, if there are enough of both."""


@dataclass(frozen=True)
class Results:
    """What may be shown of a semester."""

    answers: int = 0
    """Of all; 0 if there are fewer than five."""
    is_few: bool = False
    """Whether somebody answered, and fewer than five did."""
    services: list[tuple[Text, int]] = field(default_factory=list)
    """Who answered after what, and how many."""
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
    counted: dict[Question, Answered] = {question: {} for question in Question}
    for row in FeedbackCount.objects.filter(semester=semester):
        steps = counted[Question(row.question)].setdefault(
            (row.respondent, row.service), [0] * STEPS
        )
        steps[row.step - 1] += row.number
    sizes = {group: sum(steps) for group, steps in counted[Question.COMFORT].items()}
    answers = sum(sizes.values())
    if answers < limit:
        return Results(is_few=answers > 0)
    parts = parts_of(sizes, limit)
    services = [line for part in parts for line in _services(part, sizes, limit)]
    tables = [_table(question, counted[question], parts, limit) for question in Question]
    return Results(answers, services=services, tables=tables)


def parts_of(sizes: Mapping[tuple[str, str], int], limit: int) -> list[tuple[str, ...]]:
    """Return students and parents apart if there are `limit` of both, else everybody as one."""
    found: Counter[str] = Counter()
    for (respondent, _service), number in sizes.items():
        found[respondent] += number
    if all(found[respondent] >= limit for respondent in Respondent):
        return [(respondent.value,) for respondent in Respondent]
    return [tuple(Respondent.values)]


def _services(
    part: tuple[str, ...], sizes: Mapping[tuple[str, str], int], limit: int
) -> list[tuple[Text, int]]:
    """Return how many of a part answered after which service."""
    of_part: Counter[str] = Counter()
    for (respondent, service), number in sizes.items():
        if respondent in part:
            of_part[service] += number
    return [
        (_label(part, block), sum(of_part[service] for service in block))
        for block in blocks_of(of_part, limit)
    ]


def _label(part: tuple[str, ...], block: list[str]) -> str:
    service = str(Service(block[0]).label) if len(block) == 1 else str(OTHERS)
    return service if len(part) > 1 else f"{Respondent(part[0]).label}, {service.lower()}"


def blocks_of(sizes: Mapping[str, int], limit: int) -> list[list[str]]:
    """Return the services that are shown: those of `limit` people or more, the largest first.

    The rest is one group, to which the smallest of the others go until it is large enough.
    """
    known = [one for one in sorted(sizes, key=lambda one: (-sizes[one], one)) if sizes[one]]
    shown = [one for one in known if sizes[one] >= limit]
    rest = [one for one in known if sizes[one] < limit]
    while rest and shown and sum(sizes[one] for one in rest) < limit:
        rest.append(shown.pop())
    return [[one] for one in shown] + ([rest] if rest else [])


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
    question: Question, counted: Answered, parts: list[tuple[str, ...]], limit: int
) -> QuestionTable:
    """Return a line for each part and one for all.

    The spans of all lie within those of the parts: so no difference crosses them.
    """
    rows = [
        _sum(steps for (respondent, _service), steps in counted.items() if respondent in part)
        for part in parts
    ]
    spans = spans_of(rows, limit)
    total = _sum(rows)
    lines = [
        Line(Respondent(part[0]).label, sum(row), _cells(row, spans))
        for part, row in zip(parts, rows, strict=True)
        if len(parts) > 1
    ]
    finer = [part for span in spans for part in spans_of([total], limit, span)]
    return QuestionTable(
        SHORT[question], [*lines, Line(_("All"), sum(total), _cells(total, finer))]
    )


def _sum(rows: Iterable[Counts]) -> Counts:
    return [sum(column) for column in zip(*rows, strict=True)] or [0] * STEPS


def _cells(row: Counts, spans: list[Span]) -> list[Cell]:
    return [
        Cell(sum(row[first:end]), end - first, _joined(first, end) if end - first > 1 else "")
        for first, end in spans
    ]


def _joined(first: int, end: int) -> str:
    return f"{ANSWERS[first][1]} – {ANSWERS[end - 1][1]}"

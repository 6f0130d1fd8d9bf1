"""The columns of class lists, of recaps and of a month's attendance in a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from recaps.models import ClassList, ClassListStatus
from recaps.models.attendance import AbsenceCode
from recaps.queries.attendance import ClassMonth, StudentMonth
from recaps.queries.class_list_rows import ListedStudent
from recaps.queries.class_lists import ListLine
from recaps.queries.outstanding import Outstanding
from recaps.queries.recap_grid import FUTURE, STATES, GridLine
from school import wording
from school.list_files import Column
from school.models import Policy, RecapPeriod
from school.sheets.export import Kind, Value
from workflow import clock


@dataclass(frozen=True)
class ListInFile:
    """A class list as a row: one's own, one that BK waits for, or one that was handed over."""

    class_name: str
    period: RecapPeriod
    went: ClassList | None
    """The list if it was handed over, also if a supplement is open."""
    subjects_in: int | None = None
    subjects: int | None = None
    referred: int | None = None
    undecided: int | None = None

    @property
    def word(self) -> object:
        return ClassListStatus(self.went.status if self.went else ClassListStatus.OPEN).label

    @property
    def due_on(self) -> date | None:
        return None if self.went else self.period.list_due_on

    @property
    def handed_on(self) -> date | None:
        return clock.day_of(self.went.happened_at) if self.went and self.went.happened_at else None

    @property
    def handed_by(self) -> str:
        by = self.went.handed_over_by if self.went else None
        return by.called if by else ""

    @property
    def missing(self) -> int | None:
        return self.went.missing_subjects if self.went else None


def lists_in_file(
    lines: Iterable[ListLine], outstanding: Iterable[Outstanding], received: Iterable[ClassList]
) -> list[ListInFile]:
    """Return the own lists, those that BK waits for, and those that were handed over."""
    return [
        *map(_own, lines),
        *(
            ListInFile(one.class_name, one.period, None, one.subjects_in, one.subjects)
            for one in outstanding
        ),
        *(
            ListInFile(one.school_class.name, one.period, one, referred=one.referred)
            for one in received
        ),
    ]


def _own(line: ListLine) -> ListInFile:
    own = line.class_list
    went = own if line.is_handed_over or line.is_supplement else None
    return ListInFile(
        own.school_class.name,
        own.period,
        went,
        line.subjects_in,
        line.subjects,
        line.referred if went else None,
        line.undecided,
    )


LIST_COLUMNS = (
    Column(gettext_lazy("Class"), attrgetter("class_name")),
    Column(gettext_lazy("Period"), attrgetter("period")),
    Column(gettext_lazy("Status"), attrgetter("word")),
    Column(gettext_lazy("Due"), attrgetter("due_on"), Kind.DAY),
    Column(gettext_lazy("Handed over"), attrgetter("handed_on"), Kind.DAY),
    Column(gettext_lazy("Handed over by"), attrgetter("handed_by")),
    Column(gettext_lazy("Subjects"), attrgetter("subjects"), Kind.COUNT),
    Column(gettext_lazy("Subjects in"), attrgetter("subjects_in"), Kind.COUNT),
    Column(gettext_lazy("Subjects missing"), attrgetter("missing"), Kind.COUNT),
    Column(gettext_lazy("Undecided"), attrgetter("undecided"), Kind.COUNT),
    Column(gettext_lazy("Referred"), attrgetter("referred"), Kind.COUNT),
)


def student_columns(policy: Policy) -> list[Column]:
    """Return the columns of one class list: in how many subjects each indicator holds."""
    limit = {"limit": wording.percent(policy.activity_below, 0)}
    return [
        Column(gettext_lazy("Student"), attrgetter("student.name")),
        Column("NIS", attrgetter("student.nis")),
        Column(pgettext("column", "Never took part"), attrgetter("now.never"), Kind.COUNT),
        Column(
            pgettext("column", "Participation < %(limit)s") % limit,
            attrgetter("now.low"),
            Kind.COUNT,
        ),
        Column(pgettext("column", "Missing work"), attrgetter("now.missing"), Kind.COUNT),
        Column(gettext_lazy("Decision"), _decision),
        Column(gettext_lazy("Case"), lambda row: row.case.standing.word if row.case else ""),
    ]


def _decision(row: ListedStudent) -> object:
    return row.decision.get_choice_display() if row.decision else ""


def recap_columns(lines: Sequence[GridLine]) -> list[Column]:
    """Return the columns of my recaps: class, subject, and how the recap of each period stands."""
    periods = [cell.period for cell in lines[0].cells] if lines else []
    return [
        Column(gettext_lazy("Class"), attrgetter("assignment.group")),
        Column(gettext_lazy("Subject"), attrgetter("assignment.group.subject")),
        *(Column(str(period), partial(_state, at)) for at, period in enumerate(periods)),
    ]


def _state(at: int, line: GridLine) -> str:
    """Return how a recap stands in words: "Diserahkan", "nihil", "mulai 1 Nov"."""
    cell = line.cells[at]
    if cell.state in {"", FUTURE}:
        since = _("from %(on)s") % {"on": wording.day(cell.period.starts_on)}
        return since if cell.state else ""
    return _("nihil") if cell.is_nihil else str(STATES[cell.state][1])


def day_columns(month: ClassMonth) -> list[Column]:
    """Return the columns of a month's attendance: how often each code occurs, then the days."""
    codes = [
        Column(code.label, partial(_count, at), Kind.COUNT) for at, code in enumerate(AbsenceCode)
    ]
    days = [
        Column(wording.formatted(day, "d/m/Y"), partial(_code, at))
        for at, day in enumerate(month.days)
    ]
    return [
        Column(gettext_lazy("Student"), attrgetter("student.name")),
        Column("NIS", attrgetter("student.nis")),
        *codes,
        *days,
    ]


def _count(at: int, row: StudentMonth) -> int:
    return row.counts[at]


def _code(at: int, row: StudentMonth) -> Value:
    """Return the code of a day, a dash where the student was not in the class."""
    return wording.NO_FIGURE if row.codes[at] is None else row.codes[at]

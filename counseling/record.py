"""A student's record over semesters and years, each part as far as a person may see it.

The number of queries depends neither on the number of semesters nor on that of cases.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter

from django.db.models import Prefetch

from cases.case_rows import step_of
from cases.ladder import LadderStep, ladder
from cases.models import Case, Evidence, ReviewNote
from cases.read_steps import Read
from cases.steps import Line, NextStep
from cases.timeline import line
from counseling.record_chart import RecordChart
from recaps.chips import Chip, chips, indicator_words
from recaps.models import Absence, Entry
from recaps.models.indicators import with_indicators_of_semesters
from recaps.queries.standing import standing_for
from school import wording
from school.models import RecapPeriod, Semester, Student, User
from workflow import clock

RECAP = "sheet__recap__"
ABSENT = ("sick", "permitted", "absent", "dispensed", "late")
INDICATORS = ("never", "low", "missing")


@dataclass
class PeriodRecord:
    """What recaps and daily attendance noted in a period."""

    period: RecapPeriod
    entries: list[tuple[Entry, list[Chip]]] = field(default_factory=list)
    days: Counter[str] = field(default_factory=Counter)
    """S, I, A → days away from school."""

    @cached_property
    def meetings(self) -> dict[str, int]:
        """Return sick, permitted, … → meetings of all subjects."""
        return {
            name: sum(getattr(entry, name) for entry, _chips in self.entries) for name in ABSENT
        }

    @cached_property
    def subjects(self) -> dict[str, int]:
        """Return indicator → number of subjects in which it holds."""
        return {
            name: sum(bool(getattr(entry, f"is_{name}")) for entry, _chips in self.entries)
            for name in INDICATORS
        }

    @property
    def said(self) -> str:
        """Return what was noted in one line: "Fisika: Alpa 4 dari 4; Kimia: …"."""
        return "; ".join(
            f"{entry.sheet.recap.group.label}: {', '.join(_said(entry, shown))}"
            for entry, shown in self.entries
        )

    @property
    def days_said(self) -> str:
        """Return "S 1 · A 2", or a dash."""
        said = (f"{code} {self.days[code]}" for code in "SIA" if self.days[code])
        return " · ".join(said) or wording.NO_FIGURE


def _said(entry: Entry, shown: list[Chip]) -> list[str]:
    """Return the words of the chips, and the teacher's note in place of the chip that it has."""
    words = [text for _kind, text in shown]
    return [*words[:-1], f"“{entry.note}”"] if entry.note else words


@dataclass
class CaseRecord:
    """A case with what the person may know of it; `ladder` is None without the shared summary."""

    case: Case
    ladder: list[LadderStep] | None = None
    coming: NextStep | None = None
    summary: list[Line] = field(default_factory=list)
    timeline: list[dict[str, object]] = field(default_factory=list)
    """What was done and said, without links: to act on it one opens the case."""


@dataclass
class SemesterRecord:
    semester: Semester
    periods: list[PeriodRecord] = field(default_factory=list)
    case: CaseRecord | None = None

    @property
    def anchor(self) -> str:
        return f"semester-{self.semester.code.replace('/', '-')}"

    @property
    def noted(self) -> list[PeriodRecord]:
        """Return the periods in which a recap noted something, the newest first."""
        return [each for each in reversed(self.periods) if each.entries]

    @property
    def words(self) -> dict[str, str]:
        """Return indicator → its name with the limit of the semester."""
        return indicator_words(self.semester.policy)

    @property
    def heads(self) -> list[str]:
        """Return the heads of the table's figures."""
        return ["S", "I", "A", "D", "T", *self.words.values()]

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """Return the periods as a table, each with its figures."""
        return [
            (
                wording.month(each.period.ends_on),
                [
                    *(str(n) for n in (*each.meetings.values(), *each.subjects.values())),
                    *([each.days_said] if self.has_days else []),
                ],
            )
            for each in self.periods
        ]

    @property
    def has_days(self) -> bool:
        return any(each.days for each in self.periods)

    @property
    def has_figures(self) -> bool:
        return bool(self.noted or self.has_days)

    @cached_property
    def chart(self) -> RecordChart | None:
        """Return the chart of the periods; None if no recap noted anything in them."""
        if not self.noted:
            return None
        return RecordChart(
            self.anchor,
            [wording.short_month(each.period.ends_on) for each in self.periods],
            [wording.month(each.period.ends_on) for each in self.periods],
            [each.meetings for each in self.periods],
            [each.subjects for each in self.periods],
            self.words,
        )


def record_of(student: Student, user: User, *, on_paper: bool = False) -> list[SemesterRecord]:
    """Return the semesters of which the person may see anything, the newest first.

    Paper says when something was done, not what comes next: that changes from day to day.
    """
    noted, absences = _noted(student, user), _absences(student, user)
    cases = _cases(student, user, on_paper=on_paper)
    if not (noted or absences or cases):
        return []
    known = _known_periods()
    found: dict[int, SemesterRecord] = {}
    for period in known:
        record = found.setdefault(period.semester_id, SemesterRecord(period.semester))
        days = Counter(code for day, code in absences if period.starts_on <= day <= period.ends_on)
        record.periods.append(PeriodRecord(period, noted.get(period.pk, []), days))
    for each in cases:
        semester = each.case.semester
        found.setdefault(semester.pk, SemesterRecord(semester)).case = each
    shown = [record for record in found.values() if record.case or record.has_figures]
    return sorted(shown, key=lambda record: record.semester.starts_on, reverse=True)


def _known_periods() -> list[RecapPeriod]:
    """Return the periods of all semesters that have begun, in order."""
    begun = RecapPeriod.objects.filter(starts_on__lte=clock.today())
    return list(begun.select_related("semester__year", "semester__policy").order_by("starts_on"))


def _noted(student: Student, user: User) -> dict[int, list[tuple[Entry, list[Chip]]]]:
    """Return period id → what recaps noted, by subject."""
    standing = standing_for(user).filter(Entry.noted(), student=student)
    known = with_indicators_of_semesters(standing).select_related(
        f"{RECAP}group__subject", f"{RECAP}period__semester__policy"
    )
    found: dict[int, list[tuple[Entry, list[Chip]]]] = {}
    for entry in sorted(known, key=lambda entry: entry.sheet.recap.group.label):
        period = entry.sheet.recap.period
        shown = chips(entry, entry.sheet, period.semester.policy)
        found.setdefault(period.pk, []).append((entry, shown))
    return found


def _absences(student: Student, user: User) -> list[tuple[date, str]]:
    seen = Absence.objects.visible_to(user).filter(student=student)
    return list(seen.values_list("day", "code"))


def _cases(student: Student, user: User, *, on_paper: bool) -> list[CaseRecord]:
    """Return the cases that the person may know of, each with the parts granted."""
    seen = Case.objects.visible_to(user).filter(student=student)
    rows = (
        seen.with_sees_summary(user)
        .with_is_here()
        .with_is_own(user)
        .select_related("semester__year", "semester__policy", "counselor", "student")
        .prefetch_related(Prefetch("evidence", Evidence.objects.select_related("by")))
        .prefetch_related(Prefetch("review_notes", ReviewNote.objects.select_related("author")))
    )
    cases = sorted(rows, key=attrgetter("semester.starts_on"))
    read = Read([case for case in cases if case.sees_summary])
    return [_case(case, read, on_paper=on_paper) for case in cases]


def _case(case: Case, read: Read, *, on_paper: bool) -> CaseRecord:
    if not case.sees_summary:
        return CaseRecord(case)
    coming = None if on_paper else step_of(case, read.coming(case))
    moments = read.timeline(case) if case.is_own and not on_paper else []
    return CaseRecord(
        case,
        ladder(case, read.days_on_rungs(case), coming),
        coming,
        read.summary(case),
        [line(kind, moment) | {"url": ""} for kind, moment in moments],
    )

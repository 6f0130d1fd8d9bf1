"""The figures that the files give a header and the entries of a sheet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from recaps.google.counting import (
    COUNTS,
    EXEMPTED,
    LATE,
    Meeting,
    Task,
    code_of,
    meetings_of,
    tasks_of,
)
from recaps.google.fill import Fill, GivenFile
from recaps.google.matching import Match, Members, matches_of
from recaps.google.said import EMPTY, MISSING, ZERO, FileKind
from recaps.models.attendance import AbsenceCode
from recaps.queries.attendance_rows import THERE
from school.models import RecapPeriod

COUNTED, LATER, GIVEN, NOT_GIVEN = "yes", "later", "given", "missing"
"""Answers about an assignment."""
AWAY = (AbsenceCode.SICK.value, AbsenceCode.PERMITTED.value, AbsenceCode.ABSENT.value, EXEMPTED)
USUAL = AbsenceCode.ABSENT.value
Values = dict[str, int | None]


@dataclass(frozen=True)
class Away:
    """Somebody of whom the files say that they were not there, but not why."""

    meeting: Meeting
    student: int
    minutes: int | None
    """In the Meet, fewer than count."""

    @property
    def key(self) -> str:
        return f"k-{self.meeting.key}-{self.student}"


@dataclass
class Figures:
    tasks: list[Task]
    meetings: list[Meeting]
    away: list[Away] = field(default_factory=list)
    header: Values = field(default_factory=dict)
    entries: dict[int, Values] = field(default_factory=dict)
    """Student id → count or own number → figure."""
    origins: dict[str, str] = field(default_factory=dict)
    """Count or number → the files that it comes from."""


class Counting:
    """The files of a sheet with what was answered about them."""

    def __init__(
        self, fill: Fill, members: Members, period: RecapPeriod, meant: Mapping[str, str]
    ) -> None:
        self.fill = fill
        self.members = members
        self.meant = meant
        self.matches = matches_of(fill, members)
        self.tasks = tasks_of(fill, self.matches, period)
        self.meetings = meetings_of(fill, self.matches, period)

    @property
    def open_matches(self) -> list[Match]:
        return [match for match in self.matches.values() if match.is_open]

    @property
    def tasks_asked(self) -> list[Task]:
        """Return the assignments that may count."""
        return [task for task in self.tasks if task.is_in_period and task.signs]

    @property
    def meetings_counted(self) -> list[Meeting]:
        return [meeting for meeting in self.meetings if meeting.is_in_period]

    def is_counted(self, task: Task) -> bool:
        usual = COUNTED if task.has_come else ""
        return task.is_in_period and self.fill.answers.get(f"a-{task.key}", usual) == COUNTED

    def figures(self) -> Figures:
        made = Figures(self.tasks, self.meetings)
        self._count_work(made)
        self._count_meetings(made)
        return made

    def _count_work(self, made: Figures) -> None:
        counted = [task for task in self.tasks_asked if self.is_counted(task)]
        if not counted:
            return
        made.header["assignments"] = len(counted)
        said = origin(file for task in counted for file in task.files)
        made.origins |= dict.fromkeys(("assignments", "missing_work", "own_assignments"), said)
        for pk in {pk for task in counted for pk in task.signs}:
            due = [t for t in counted if t.day is None or self.members.was_there(pk, t.day)]
            made.entries.setdefault(pk, {}).update(
                missing_work=sum(self._is_missing(task, pk) for task in due),
                own_assignments=None if len(due) == len(counted) else len(due),
            )

    def _is_missing(self, task: Task, pk: int) -> bool:
        sign, answers = task.signs.get(pk), self.fill.answers
        if sign == EMPTY:
            return answers.get(f"e-{task.key}", LATER) == NOT_GIVEN
        if sign == ZERO:
            return answers.get(f"z-{task.key}", GIVEN) == NOT_GIVEN
        return sign == MISSING

    def _count_meetings(self, made: Figures) -> None:
        meetings = self.meetings_counted
        if not meetings:
            return
        files = {file.key: file for meeting in meetings for file in meeting.files}
        has_form = any(file.kind == FileKind.FORM for file in files.values())
        names = ["sick", "permitted", "absent", "dispensed", *["late"] * has_form]
        made.header["meetings"] = len(meetings)
        made.origins |= dict.fromkeys(("meetings", "own_meetings", *names), origin(files.values()))
        for pk in self.members.students:
            due = [each for each in meetings if self.members.was_there(pk, each.day)]
            values: Values = dict.fromkeys(names, 0)
            for meeting in due:
                if name := COUNTS.get(self._code(meeting, pk, made)):
                    values[name] = (values.get(name) or 0) + 1
            values["own_meetings"] = None if len(due) == len(meetings) else len(due)
            made.entries.setdefault(pk, {}).update(values)

    def _code(self, meeting: Meeting, pk: int, made: Figures) -> str:
        """Return how somebody was there, or why not; note it as asked if no file says it."""
        minutes = meeting.minutes.get(pk)
        said = code_of(meeting.answers[pk], self.meant) if pk in meeting.answers else None
        if minutes is not None and minutes >= self.fill.least:
            return LATE if said == LATE else THERE
        if said is not None:
            return said
        away = Away(meeting, pk, minutes)
        made.away.append(away)
        return self.fill.answers.get(away.key, USUAL)


def origin(files: Iterable[GivenFile]) -> str:
    """Return "Classroom: a.csv · Meet: b.csv, c.csv"."""
    named: dict[str, list[str]] = {}
    for file in files:
        names = named.setdefault(str(file.kind.label), [])
        if file.name not in names:
            names.append(file.name)
    return " · ".join(f"{kind}: {', '.join(sorted(names))}" for kind, names in named.items())

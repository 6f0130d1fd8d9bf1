"""The files that wait for a sheet, with all that is known about them."""

from datetime import date
from functools import cached_property

from recaps.google.counting import unknown_words, word_key
from recaps.google.figures import Counting, Figures
from recaps.google.fill import GivenFile
from recaps.models import Absence
from recaps.models.google import KnownColumns
from recaps.queries.google_members import known_columns, members_of
from recaps.queries.google_plan import FillPlan, plan_of
from recaps.queries.recap_sheet import OwnRecap
from recaps.workflow.google import waiting_fill
from school.models import User

COLUMNS, NAMES, COUNTS, AWAY = "columns", "names", "counts", "away"
WORD = "s-"
"""Before the digest of an answer whose meaning was asked."""


class Filling:
    """Asked for anew with each request; the queries are as many for one student as for all."""

    def __init__(self, place: OwnRecap, user: User) -> None:
        self.place = place
        self.user = user
        self.fill = waiting_fill(place.assignment, place.period, by=user)
        self.members = members_of(place, user)

    @cached_property
    def known(self) -> dict[str, KnownColumns]:
        return known_columns(self.user)

    @property
    def is_remembering(self) -> bool:
        return bool(self.known or self.members.remembered)

    @cached_property
    def meant(self) -> dict[str, str]:
        """Return digest → code of the answers whose meaning was asked."""
        found = {key: code for each in self.known.values() for key, code in each.words.items()}
        answers = self.fill.answers.items()
        return found | {key[len(WORD) :]: code for key, code in answers if key.startswith(WORD)}

    @cached_property
    def counting(self) -> Counting:
        return Counting(self.fill, self.members, self.place.period, self.meant)

    @cached_property
    def figures(self) -> Figures:
        return self.counting.figures()

    @cached_property
    def plan(self) -> FillPlan:
        return plan_of(self.place.sheet, self.figures, self.members)

    @property
    def open_files(self) -> list[GivenFile]:
        return [file for file in self.fill.files if file.is_open]

    @property
    def words(self) -> list[str]:
        """Return the answers to forms that say nothing by themselves."""
        return unknown_words(self.fill)

    @property
    def step(self) -> str:
        """Return the first step with something to answer; "" if all is answered."""
        answers = self.fill.answers
        if self.open_files:
            return COLUMNS
        if self.counting.open_matches:
            return NAMES
        is_new = any(word_key(word) not in self.meant for word in self.words)
        if (is_new or COUNTS not in answers) and self.asks_counts:
            return COUNTS
        if any(away.key not in answers for away in self.figures.away):
            return AWAY
        return ""

    @property
    def asks_counts(self) -> bool:
        meets = any(meeting.minutes for meeting in self.counting.meetings_counted)
        return bool(meets or self.counting.tasks_asked or self.words)

    @property
    def answered(self) -> list[str]:
        """Return the steps before this one that can be answered anew."""
        if self.step == COLUMNS:
            return []
        steps = {
            NAMES: bool(self.counting.matches),
            COUNTS: self.asks_counts,
            AWAY: bool(self.figures.away),
        }
        before = list(steps)[: list(steps).index(self.step) if self.step else None]
        return [name for name in before if steps[name]]

    @cached_property
    def daily(self) -> dict[tuple[int, date], str]:
        """Return what daily attendance says of those who were away; one query."""
        days = {away.meeting.day for away in self.figures.away}
        students = {away.student for away in self.figures.away}
        seen = Absence.objects.visible_to(self.user).filter(student__in=students, day__in=days)
        return {(pk, day): code for pk, day, code in seen.values_list("student", "day", "code")}

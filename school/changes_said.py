"""The changes that the operator made, as people read them: what became of what, and how much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from school import wording
from school.changed_lines import WAYS, Line, lines_of, transition
from school.models import Change
from school.models.change import ChangeKind
from school.tasks import joined
from workflow.errors import Text

FEW = 4
"""So many are named in a line."""
COUNTS: dict[str, Text] = {
    "new": ngettext_lazy("%(n)s new", "%(n)s new", "number"),
    "changed": ngettext_lazy("%(n)s changed", "%(n)s changed", "number"),
    "recorded": ngettext_lazy("%(n)s recorded", "%(n)s recorded", "number"),
    "gone": ngettext_lazy("%(n)s deleted", "%(n)s deleted", "number"),
    "ended": ngettext_lazy("%(n)s ended", "%(n)s ended", "number"),
    "lessons": ngettext_lazy("%(n)s lesson", "%(n)s lessons", "number"),
    "homerooms": ngettext_lazy("%(n)s homeroom class", "%(n)s homeroom classes", "number"),
    "classes": ngettext_lazy("%(n)s class", "%(n)s classes", "number"),
    "promoted": ngettext_lazy("%(n)s goes up", "%(n)s go up", "number"),
    "repeating": ngettext_lazy("%(n)s repeats", "%(n)s repeat", "number"),
    "elsewhere": ngettext_lazy("%(n)s to another class", "%(n)s to other classes", "number"),
    "graduated": ngettext_lazy("%(n)s graduates", "%(n)s graduate", "number"),
    "left": ngettext_lazy("%(n)s leaves", "%(n)s leave", "number"),
    "students": ngettext_lazy("%(n)s student", "%(n)s students", "number"),
    "unchanged": ngettext_lazy("%(n)s unchanged", "%(n)s unchanged", "number"),
    "missing": ngettext_lazy("%(n)s not in the file", "%(n)s not in the file", "number"),
    "refused": ngettext_lazy("%(n)s refused", "%(n)s refused", "number"),
}
"""Key of `Change.counts`, or of what a file would do → its words."""
BESIDES = {"unchanged"}
"""What a change counts and did nothing to."""


def counted(counts: Mapping[str, int]) -> list[str]:
    """Return "3 baru", "1.200 berubah": what occurs."""
    return [
        str(COUNTS[key] % {"number": n, "n": number_format(n, force_grouping=True)})
        for key, n in counts.items()
        if n and key in COUNTS
    ]


@dataclass
class Said:
    """A change with what became of what, where it is kept."""

    change: Change
    lines: list[Line] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.change.get_kind_display()

    @property
    def file(self) -> str:
        """Return the name of the file that it took over, if it did."""
        upload = getattr(self.change, "upload", None)
        return upload.name if upload else ""

    @property
    def about(self) -> str:
        """Return what became of whom, as far as these are few, and how much it was."""
        way = WAYS.get(ChangeKind(self.change.kind))
        if way and way.is_one:
            was = {name for line in self.lines for name in line.was}
            now = {name for line in self.lines for name in line.now}
            return joined(transition(sorted(was), sorted(now)), self.counted)
        if not 0 < len(self.lines) <= FEW:
            return joined(self.file, self.counted)
        names_all = way is not None and way.what
        said = "; ".join(line.said for line in self.lines)
        return said if names_all else joined(said, self.counted)

    @property
    def line(self) -> str:
        """Return what it is about, from when it holds if not at once, who did it and when."""
        made_on = wording.day_of_any_year(self.change.made_at)
        day = ""
        if (on := self.change.effective_on) and wording.day_of_any_year(on) != made_on:
            words = _("until %(day)s") if self.is_last_day else _("from %(day)s on")
            day = words % {"day": wording.day_of_any_year(on)}
        at = f"{made_on}, {wording.clock_time(self.change.made_at)}"
        return joined(self.about, day, self.change.made_by.called, at)

    @property
    def is_last_day(self) -> bool:
        """Return whether its day is the last one of what ends, not the first of what begins."""
        return self.change.kind == ChangeKind.LEAVING

    @property
    def state(self) -> str:
        return _("undone") if self.change.undone_at else ""

    @property
    def counted(self) -> str:
        """Return "3 baru, 2 berubah"."""
        counts = {key: n for key, n in self.change.counts.items() if key not in BESIDES}
        return ", ".join(counted(counts)) or _("nothing")

    @property
    def done(self) -> str:
        """Return what is said when it was just done: "Siswa dari file: 3 baru."."""
        return f"{self.title}: {self.counted}."


def said(changes: Sequence[Change]) -> list[Said]:
    """Return the changes with what became of what, in as many queries for any number."""
    lines = lines_of(changes)
    return [Said(one, lines.get(one.pk, [])) for one in changes]

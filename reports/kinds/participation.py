"""How students took part and handed in work, by subject and by grade or class.

Only recaps that stand count. A line is a student on the recap of a subject in a period, so that
shares can be compared whatever the size of a class; the indicators are those of the class list.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from recaps.queries.participation import Told, told_in
from reports.charts import Chart, Series
from reports.graphs import ACCENT
from reports.grid import NOTHING, Cell, Grid, Measure, Unit
from reports.kinds.base import Asked, Content, ReportKind, same_scale
from reports.places import Sorted
from reports.rates import percent
from reports.tables import GRADE
from school import wording


@dataclass(frozen=True)
class Lines:
    """Lines of recaps, and what was noted on them."""

    told: Sequence[Told]

    @property
    def number(self) -> int:
        return sum(one.lines for one in self.told)

    @property
    def meetings(self) -> int:
        """Return the meetings of the groups; those of a group of several classes once."""
        of_recaps = {one.recap for one in self.told}
        return sum(recap.meetings for recap in of_recaps)

    @property
    def attendances(self) -> int:
        return sum(one.attendances for one in self.told)

    def sum(self, name: str) -> int:
        return sum(one.numbers[name] for one in self.told)


def content(asked: Asked) -> Content:
    told = told_in(asked.semesters, asked.class_ids)
    if not told:
        return Content([])
    lines = Sorted(told, asked.semesters, Lines)
    is_grade = asked.by == GRADE
    of_rows = _("Participation by grade") if is_grade else _("Participation by class")
    absences = _("Attendance by grade") if is_grade else _("Attendance by class")
    grids = [
        _by_subject(
            asked, lines, "participation_by_subject", _("Participation by subject"), shares()
        ),
        _by_place(asked, lines, "participation_by_row", of_rows, shares()),
        _by_subject(asked, lines, "attendance_by_subject", _("Attendance by subject"), counts()),
        _by_place(asked, lines, "attendance_by_row", absences, counts()),
    ]
    note = _(
        "A line is a student on the recap of a subject in a period, of the recaps that were handed"
        " over. The limits are those of the semester."
    )
    return Content(grids, _charts(asked, told), [note])


def _by_subject(
    asked: Asked, lines: Sorted[Told, Lines], key: str, title: str, measures: list[Measure[Lines]]
) -> Grid:
    named = lines.by(lambda one: one.recap.subject)
    total = [(_("Total"), lines.whole)]
    return asked.grid(key, title, measures, named, total, first_head=pgettext("table", "Subject"))


def _by_place(
    asked: Asked, lines: Sorted[Told, Lines], key: str, title: str, measures: list[Measure[Lines]]
) -> Grid:
    return asked.grid(key, title, measures, lines.at(asked.places), [(_("Total"), lines.whole)])


def shares() -> list[Measure[Lines]]:
    """Return the lines, and those for which each indicator holds, with their share."""
    found = [Measure[Lines](_("Lines"), lambda lines: Cell(lines.number))]
    for name, head in (
        ("never", _("Never took part")),
        ("low", _("Low participation")),
        ("missing", _("Missing work")),
    ):
        found += [_sum(name, head), _share(name, f"{head}, %", lambda lines: lines.number)]
    return found


def counts() -> list[Measure[Lines]]:
    """Return the meetings, and how often students were absent or late."""
    absent = pgettext("attendance", "Absent")
    return [
        Measure(pgettext("table", "Meetings"), lambda lines: Cell(lines.meetings)),
        _sum("absent", absent),
        _share("absent", f"{absent}, %", lambda lines: lines.attendances),
        _sum("sick", pgettext("attendance", "Sick")),
        _sum("permitted", pgettext("attendance", "Excused")),
        _sum("dispensed", pgettext("attendance", "Exempted")),
        _sum("late", pgettext("attendance", "Late")),
    ]


def _sum(name: str, head: str) -> Measure[Lines]:
    return Measure(head, lambda lines: Cell(lines.sum(name)))


def _share(name: str, head: str, of: Callable[[Lines], int]) -> Measure[Lines]:
    def cell(lines: Lines) -> Cell:
        whole = of(lines)
        return Cell(percent(lines.sum(name), whole)) if whole else NOTHING

    return Measure(head, cell, Unit.PERCENT)


def _charts(asked: Asked, told: Sequence[Told]) -> list[Chart]:
    """Return how often students were absent in each period of a semester, on the same scale."""
    drawn = []
    for at, (semester, name) in enumerate(zip(asked.semesters, asked.long_names, strict=True)):
        mine = [one for one in told if one.semester == semester.pk]
        if not mine:
            continue
        ends = sorted({one.recap.ends_on for one in mine})
        values: list[int | Decimal | None] = [
            Lines([one for one in mine if one.recap.ends_on == day]).sum("absent") for day in ends
        ]
        absent = pgettext("attendance", "Absent")
        title = _("Absent without notice by month, %(semester)s") % {"semester": name}
        months = [wording.short_month(day) for day in ends]
        series = [Series(absent, ACCENT, values)]
        drawn.append(Chart(f"absent-{at}", title, months, series, _("Month")))
    return same_scale(drawn)


KIND = ReportKind(
    "participation",
    "keaktifan",
    gettext_lazy("Participation and work"),
    gettext_lazy("What the recaps say of participation, attendance and missing work."),
    content,
    nothing=gettext_lazy("No recap has been handed over yet"),
    nothing_yet=gettext_lazy("Tables appear here as soon as a recap is handed over."),
)

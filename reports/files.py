"""Reports as tables of a file."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reports.grid import HIDDEN, Grid, Line, Unit
from reports.kinds.base import Asked
from reports.tables import CLASS
from school.models import SchoolClass
from school.sheets.export import About, Column, Kind, Table, Value

KINDS = {Unit.COUNT: Kind.COUNT, Unit.PERCENT: Kind.PERCENT, Unit.DAYS: Kind.DAYS}


def tables_of(grids: Sequence[Grid]) -> list[Table]:
    return [_table(grid) for grid in grids]


def _table(grid: Grid) -> Table:
    columns = [
        Column(grid.first_head),
        *(Column(column.head, KINDS[column.unit], column.over) for column in grid.columns),
    ]
    rows = [_row(line) for line in (*grid.lines, *grid.totals)]
    return Table(grid.title, columns, rows, len(grid.totals))


def _row(line: Line) -> list[Value]:
    return [line.label, *(HIDDEN if cell.is_hidden else cell.value for cell in line.cells)]


def selected_by(asked: Asked) -> About:
    """Return the semesters, the rows and the classes that narrow a report, as its file says it."""
    shown = [(_("Semester"), ", ".join(map(str, asked.semesters)))]
    if asked.by:
        shown.append((_("Rows"), _("By class") if asked.by == CLASS else _("By grade")))
    if asked.only is not None:
        names = SchoolClass.objects.filter(pk__in=asked.only).values_list("name", flat=True)
        shown.append((_("Only the classes"), ", ".join(names)))
    return shown

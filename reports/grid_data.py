"""A table of a report as data that lasts: written when a report is frozen, read for its pages."""

from decimal import Decimal
from typing import Any

from reports.grid import Cell, Column, Grid, Line, Unit

Data = dict[str, Any]


def data_of(grid: Grid) -> Data:
    """Return a table as data: heads, lines and totals; figures with decimals are text."""
    return {
        "key": grid.key,
        "title": grid.title,
        "first_head": grid.first_head,
        "columns": [
            {"head": one.head, "unit": one.unit.name, "over": one.over} for one in grid.columns
        ],
        "lines": [_line(line) for line in grid.lines],
        "totals": [_line(line) for line in grid.totals],
        "note": grid.note,
    }


def _line(line: Line) -> Data:
    values = (cell.value for cell in line.cells)
    figures = [str(value) if isinstance(value, Decimal) else value for value in values]
    return {"label": line.label, "figures": figures}


def grid_from(data: Data) -> Grid:
    """Return a table as it was kept."""
    columns = [
        Column(one["head"], Unit[one["unit"]], one.get("over", "")) for one in data["columns"]
    ]
    lines, totals = (
        [Line(line["label"], [_cell(value) for value in line["figures"]]) for line in data[name]]
        for name in ("lines", "totals")
    )
    return Grid(
        *(data["key"], data["title"], data["first_head"], columns, lines, totals),
        note=data["note"],
    )


def _cell(value: Any) -> Cell:
    return Cell(Decimal(value) if isinstance(value, str) else value)

"""Rows of cases and of classes, drawn here since a page has dozens."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from cases.case_rows import Row
from cases.tasks import ClassFigures
from school.templatetags import lists, words
from school.templatetags.words import escaped
from workflow.addresses import address

register = template.Library()


@register.simple_tag
def class_lines(classes: Iterable[ClassFigures], of_semester: str) -> SafeString:
    """Draw a line for each class; its figures link to what they count.

    `of_semester` is the query string of the semester in which students and cases were counted.
    """
    students, cases = address("school:students"), address("cases:cases")
    return SafeString(
        "".join(
            f'<tr><td class="text-nowrap">{escaped(row.name)}</td>'
            + _figure(row.students, f"{students}?{of_semester}&amp;class={row.class_id}")
            + _figure(
                row.cases, f"{cases}?status=counted&amp;{of_semester}&amp;class={row.class_id}"
            )
            + _figure(row.open, f"{cases}?class={row.class_id}")
            + "</tr>"
            for row in classes
        )
    )


def _figure(number: int, url: str) -> str:
    return f'<td class="num"><a href="{url}">{number}</a></td>'


@register.simple_tag
def case_lines(
    rows: Iterable[Row],
    shows_next: bool,
    shows_reasons: bool,
    shows_due: bool,
    shows_counselor: bool,
) -> SafeString:
    """Draw a line for each case: student, class, rung, and the columns that are shown."""
    lines = []
    for row in rows:
        ended = f" {words.standing(row.ended)}" if row.ended else ""
        cells = [
            f"<td>{lists.student_link(row, row.url, row.class_name)}</td>",
            f'<td class="only-wide text-nowrap">{escaped(row.class_name)}</td>',
            f"<td>{words.standing(row.rung)}{ended}</td>",
        ]
        if shows_next:
            cells.append(f'<td class="next">{escaped(row.next_said)}</td>')
        if shows_reasons:
            look = " text-nowrap" if ":" in row.reasons and not shows_counselor else ""
            cells.append(f'<td class="reasons only-wide muted{look}">{escaped(row.reasons)}</td>')
        if shows_counselor:
            cells.append(f'<td class="only-wide text-nowrap">{escaped(row.counselor)}</td>')
        if shows_due:
            cells.append(f'<td class="text-nowrap">{words.due(row.due_on)}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return SafeString("".join(lines))

"""Rows of cases and of classes, drawn here since a page has dozens."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from cases.case_rows import Row
from cases.tasks import ClassFigures
from school.templatetags import lists, words
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
            f'<tr><td class="text-nowrap">{escape(row.name)}</td>'
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
def case_cells(
    row: Row, shows_next: bool, shows_reasons: bool, shows_due: bool, shows_counselor: bool
) -> SafeString:
    """Draw the cells of a case: student, class, rung, and the columns that have anything to say."""
    ended = f" {words.standing(row.ended)}" if row.ended else ""
    cells = [
        f"<td>{lists.student_link(row, row.url, row.class_name)}</td>",
        f'<td class="only-wide text-nowrap">{escape(row.class_name)}</td>',
        f"<td>{words.standing(row.rung)}{ended}</td>",
    ]
    if shows_next:
        cells.append(f'<td class="next">{escape(row.next_said)}</td>')
    if shows_reasons:
        has_figure = " text-nowrap" if ":" in row.reasons and not shows_counselor else ""
        cells.append(f'<td class="reasons only-wide muted{has_figure}">{escape(row.reasons)}</td>')
    if shows_counselor:
        cells.append(f'<td class="only-wide text-nowrap">{escape(row.counselor)}</td>')
    if shows_due:
        cells.append(f'<td class="text-nowrap">{words.due(row.due_on)}</td>')
    return SafeString("".join(cells))

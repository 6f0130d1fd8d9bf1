"""What rows of several kinds of files have in common: private numbers, phones, days."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from school import phones
from school.imports import fields
from school.imports.days import Days, is_month_first
from school.imports.plan import Plan, Question
from school.sheets.table import Row
from workflow.errors import Text


def note_hidden(row: Row, labels: Mapping[str, Text], plan: Plan) -> None:
    """Say in which columns a number was not read because it may be a NIK."""
    for column in row.hidden:
        words = {"label": labels.get(column, column)}
        plan.remark(_("A number of 16 digits in “%(label)s” was not read.") % words, row.number)


def phone(text: str, row: Row, plan: Plan) -> str:
    """Return a phone number as digits; a strange one is kept with a remark. Raises Refused."""
    number, has_more = fields.phone(text)
    if has_more:
        plan.remark(_("Several numbers in one cell: only the first of them is taken."), row.number)
    if phones.is_strange(number):
        plan.remark(_("A number that does not look like a phone number; it is kept."), row.number)
    return number


def days_of(plan: Plan, texts: list[str]) -> Days:
    """Return the reader of a column's days; who has written month before day is asked."""
    if not is_month_first(texts):
        return Days()
    said = _("Dates like “%(typed)s” only make sense with the month first.") % {
        "typed": next(text for text in texts if is_month_first([text]))
    }
    choices = (
        ("yes", _("The month comes first, in all of them")),
        ("no", _("No: name these rows")),
    )
    return Days(month_first=plan.ask(Question("month_first", said, choices)) == "yes")

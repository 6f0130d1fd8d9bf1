"""Fields for the holidays of a semester: a row each, or lines that are pasted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from school.days import LONGEST_BREAK, Holiday
from school.forms.inputs import DAY, DayField
from school.holiday_lines import holidays_in, said

MOST = 100
"""Holidays of a semester."""
SPARE = 3
"""Empty rows below those that are filled."""
LONGEST_NAME = 80
PARTS = ("first", "last", "name")
Typed = tuple[str, str, str]


class HolidayRows(forms.Widget):
    """A row for each holiday: first day, last day, name; and a few empty ones."""

    template_name = "widgets/holidays.html"
    use_fieldset = True

    def id_for_label(self, id_: str | None, index: object = None) -> str:
        return f"{id_}_first_0"

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> list[Typed] | None:
        if not isinstance(data, MultiValueDict):
            return None
        columns = [data.getlist(f"{name}_{part}")[: MOST + 1] for part in PARTS]
        return list(zip(*columns, strict=False)) if any(columns) else None

    def value_omitted_from_data(self, data: Mapping[str, str], files: object, name: str) -> bool:
        return f"{name}_name" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [_typed(row) for row in value or ()]
        is_sent = any(not isinstance(row, Holiday) for row in value or ())
        context["widget"]["rows"] = rows if is_sent else rows + [("", "", "")] * SPARE
        return context


class HolidayRowsField(forms.Field):
    """The holidays of all rows that are not empty, as a sorted tuple of Holiday."""

    widget = HolidayRows

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Iterable[Typed] | None) -> tuple[Holiday, ...]:
        typed = [tuple(part.strip() for part in row) for row in value or ()]
        found, wrong = [], []
        for number, row in enumerate(typed, start=1):
            if any(row):
                try:
                    found.append(_holiday(row))
                except ValidationError as error:
                    wrong += [_in_row(number, text) for text in error.messages]
        if len(typed) > MOST:
            wrong.append(too_many())
        if wrong:
            raise ValidationError(wrong)
        return tuple(sorted(set(found)))

    def said(self, value: Iterable[Holiday]) -> str:
        """Return the holidays in words, for who reads both texts of a conflict."""
        return said(value)

    def has_changed(self, initial: object, data: object) -> bool:
        return True


class HolidayLinesField(forms.CharField):
    """Pasted lines, a holiday each, as a list of Holiday."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=MOST * 120, **kwargs)

    def clean(self, value: Any) -> list[Holiday]:  # type: ignore[override]
        lines = list(holidays_in(super().clean(value)))
        wrong = [str(number) for number, holiday in lines if holiday is None]
        if wrong:
            raise ValidationError(
                _("No date or no name in line %(lines)s. Write e.g. 17/08/2021 Hari Kemerdekaan.")
                % {"lines": ", ".join(wrong[:10])}
            )
        found = [holiday for _number, holiday in lines if holiday]
        for holiday in found:
            check(holiday)
        if len(found) > MOST:
            raise ValidationError(too_many())
        return found


def _holiday(row: Sequence[str]) -> Holiday:
    """Return the holiday of a row. Raises ValidationError with what is missing or wrong."""
    first, last, name = row
    if not name:
        raise ValidationError(_("Give each holiday a name."))
    day = DayField()
    began = day.clean(first or last)
    holiday = Holiday(began, day.clean(last) if last else began, name)
    check(holiday)
    return holiday


def too_many() -> str:
    return _("At most %(n)s holidays fit into a semester.") % {"n": MOST}


def check(holiday: Holiday) -> None:
    """Raise ValidationError for a holiday that cannot be, e.g. one that ends before it begins."""
    if len(holiday.name) > LONGEST_NAME:
        raise ValidationError(
            _("The name of a holiday has at most %(n)s letters.") % {"n": LONGEST_NAME}
        )
    if holiday.last < holiday.first:
        raise ValidationError(_("%(name)s ends before it begins.") % {"name": holiday.name})
    if holiday.last - holiday.first > timedelta(days=LONGEST_BREAK):
        raise ValidationError(
            _("%(name)s is longer than two months. Check the year.") % {"name": holiday.name}
        )


def _in_row(number: int, text: str) -> str:
    return _("Row %(n)s: %(text)s") % {"n": number, "text": text}


def _typed(row: Sequence[Any]) -> Typed:
    """Return a row as it is typed; the last day is left empty for a single day."""
    first, last, name = row
    if isinstance(row, Holiday):
        return (f"{first:{DAY}}", "" if last == first else f"{last:{DAY}}", name)
    return (first, last, name)

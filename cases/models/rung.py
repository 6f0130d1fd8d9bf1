"""The rungs of the ladder, each with its names on pages, in tables and in files."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from school.standing import Standing
from workflow.errors import Text


class Rung(models.IntegerChoices):
    """How far up the ladder a case went; the numbers leave gaps for rungs to be added.

    A row: number, standing, column of Table 3 in files, its head on pages, label.
    """

    standing: Standing
    column: str
    head: Text

    REVIEW = (
        10,
        Standing("review", "clipboard-check", pgettext_lazy("rung", "Review")),
        "unhandled",
        pgettext_lazy("table", "Not yet handled"),
        _("Review"),
    )
    CONTACT = (
        20,
        Standing("contact", "whatsapp", pgettext_lazy("rung", "Contact")),
        "contact",
        pgettext_lazy("table", "WA/phone"),
        _("Contact"),
    )
    SUMMONS = (
        30,
        Standing("summons", "envelope", pgettext_lazy("rung", "Summons")),
        "summons",
        pgettext_lazy("table", "Summons"),
        _("Summons"),
    )
    HOME_VISIT = (
        40,
        Standing("visit", "door-open", pgettext_lazy("rung", "Visit")),
        "home_visit",
        pgettext_lazy("table", "Visits"),
        pgettext_lazy("rung", "Home visit"),
    )

    def __new__(cls, number: int, *said: Any) -> "Rung":
        rung = int.__new__(cls, number)
        rung._value_ = number
        rung.standing, rung.column, rung.head = said
        return rung

"""Fields for the day from which something holds: with the semester, or from another day."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.dates import last_frozen_day
from school.forms.choices import one_of
from school.forms.inputs import DayField
from school.wording import full_day
from workflow.errors import Text

START, DAY = "start", "day"
FROM_DAY, HOLDS = gettext_lazy("From"), gettext_lazy("Holds from")


class SinceMixin(forms.BaseForm):
    """Asks from when it holds: `since` of places that nobody had this semester, `on` of others.

    There is nothing to ask where the semester has not begun, or is frozen.
    """

    start: date | None = None

    def ask_since(self, start: date | None, day: date, firsts: Text, *, others: Text = "") -> None:
        """Ask where nobody was before whether it holds from `start`, which is proposed.

        With `others`, the day is also that of places that somebody has, and says so.
        """
        frozen = last_frozen_day()
        is_open = start is not None and start < day and not (frozen and start <= frozen)
        self.start = start if is_open else None
        if self.start:
            words = {"day": full_day(self.start)}
            choices = (
                (START, _("Since the start of the semester (%(day)s)") % words),
                (DAY, _("From today or another day")),
            )
            self.fields["since"] = one_of(choices, label=firsts, required=False, initial=START)
        self.fields["on"] = DayField(
            label=(others or _("Today or another day")) if self.start else FROM_DAY, initial=day
        )

    @property
    def first_on(self) -> date | None:
        """Return the day for places that nobody had; None if it is that of all others."""
        is_start = self.start and self.cleaned_data.get("since") == START
        return self.start if is_start else None

    @property
    def day(self) -> date:
        """Return from when it holds, of a form of one place."""
        on: date = self.cleaned_data["on"]
        return self.first_on or on

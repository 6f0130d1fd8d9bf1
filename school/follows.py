"""What follows from a change, so that it can no longer be undone.

Rooms to the right register here what they know of: a recap that was written for a student since,
a case of a class. A question answers for a change as a whole, with set-based queries.
"""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from school.models.change import Change
from workflow.errors import Text

Follows = Callable[[Change], Text]
"""Return in words what follows from the change; "" if nothing does."""

QUESTIONS: list[Follows] = []
NOTED = _("Notes have been written since that rest on it, so this can no longer be undone.")
"""The same for a recap, a decision, an absence or a case, so that nobody learns which it is."""
WORKED_IN = _("There is work in the new year already, so it can no longer be undone.")


def register(question: Follows) -> None:
    if question not in QUESTIONS:
        QUESTIONS.append(question)


def what_follows(change: Change) -> Text:
    """Return the first answer that is not empty."""
    answers = (question(change) for question in QUESTIONS)
    return next((answer for answer in answers if answer), "")

"""A button for the tests that press it: its URL and how its effects are counted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from school.forms.foreseen import SEEN, ForeseenForm
from school.models import User
from workflow.models import ActionEntry


@dataclass(frozen=True)
class Button:
    """`effects()` counts what pressing did; `each` is true if each submit is an act of its own.

    Of those only `most` go through, if it is set.
    """

    by: User
    url: str
    data: dict[str, Any]
    effects: Callable[[], int]
    each: bool = False
    most: int | None = None

    def expected(self, submits: int) -> int:
        """Return how many effects so many submits have."""
        return min(submits, self.most or submits) if self.each else 1


def acts(obj: Any, *names: str) -> Callable[[], int]:
    """Return a counter of these acts in the log of `obj`."""
    mine = {"kind": obj._meta.label_lower, "object_id": obj.pk, "action__in": names}
    return lambda: ActionEntry.objects.filter(**mine).count()


def rows(model: Any, **of: Any) -> Callable[[], int]:
    """Return a counter of the rows of `model` with these values."""
    return lambda: model.objects.filter(**of).count()


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def shown(form: type[ForeseenForm], data: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Return the data of a form with the mark that its effects were shown."""
    given = MultiValueDict({name: [str(value)] for name, value in data.items()})
    return {**data, SEEN: form(given, **options).sent}

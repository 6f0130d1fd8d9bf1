"""Registers verbs, each done on some object that is there, legal or not.

`n` chooses the object, `choice` how the verb is done. Returns None where there is no object yet.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from school.tests.cast import Cast

Verb = Callable[[Cast, Any, int, int], Any]
VERBS: dict[str, Verb] = {}
DONE = object()
GUIDED = 8


def pick(model: Any, n: int, states: tuple[str, ...] = (), ready: Any = None) -> Any:
    """One of the newest rows; mostly one in a state from which the verb is legal."""
    rows = model.objects.order_by("-pk")
    if n < GUIDED and states:
        legal = rows.filter(ready() if ready else Q(), status__in=states).distinct()
        found = list(legal[:12]) or list(rows[:12])
    else:
        found = list(rows[:12])
    return found[n % len(found)] if found else None


def verb(
    model: Any, *states: str, ready: Any = None
) -> Callable[[Callable[[Any, Any, int], Any]], Verb]:
    """Registers a verb on some row of `model`."""

    def register(act: Callable[[Any, Any, int], Any]) -> Verb:
        def do(cast: Cast, by: Any, n: int, choice: int) -> Any:
            obj = pick(model, n, states, ready)
            if obj is None:
                return None
            act(obj, by, choice)
            return DONE

        VERBS[act.__name__] = do
        return do

    return register


def of_school(act: Verb) -> Verb:
    """Registers a verb that chooses for itself what it is done to."""
    VERBS[act.__name__] = act
    return act

"""Registers acts, each done on an existing object, legal or not.

`n` chooses the object, `choice` how the act is done. An act returns None if there is no object yet.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q

from school.tests.cast import Cast

Act = Callable[[Cast, Any, int, int], Any]
ACTS: dict[str, Act] = {}
DONE = object()
GUIDED = 8


def pick(model: Any, n: int, states: tuple[str, ...] = (), ready: Any = None) -> Any:
    """Return one of the newest rows, mostly one in a state from which the act is legal."""
    rows = model.objects.order_by("-pk")
    if n < GUIDED and states:
        legal = rows.filter(ready() if ready else Q(), status__in=states).distinct()
        found = list(legal[:12]) or list(rows[:12])
    else:
        found = list(rows[:12])
    return found[n % len(found)] if found else None


def act_on(
    model: Any, *states: str, ready: Any = None
) -> Callable[[Callable[[Any, Any, int], Any]], Act]:
    """Register an act on a row of `model`."""

    def register(do_it: Callable[[Any, Any, int], Any]) -> Act:
        def do(cast: Cast, by: Any, n: int, choice: int) -> Any:
            obj = pick(model, n, states, ready)
            if obj is None:
                return None
            do_it(obj, by, choice)
            return DONE

        ACTS[do_it.__name__] = do
        return do

    return register


def of_school(do: Act) -> Act:
    """Register an act that chooses its objects itself."""
    ACTS[do.__name__] = do
    return do

"""What comes next in open cases, from their steps of all kinds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter

from cases.models.rung import Rung
from cases.steps import Ids, Kind, NextStep, OpenCase, Steps, deciding

StepsOf = Callable[[Kind, Ids], Steps]


def _latest(kind: Kind, ids: Ids) -> Steps:
    return kind.latest(ids)


def next_steps(cases: Iterable[OpenCase], of: StepsOf = _latest) -> dict[int, NextStep]:
    """Return case id → what it waits for: the next step on the ladder, or what is due earlier.

    `of` reads the steps of a kind.
    """
    return {case_id: steps[0] for case_id, steps in all_steps(cases, of).items()}


def all_steps(cases: Iterable[OpenCase], of: StepsOf = _latest) -> dict[int, list[NextStep]]:
    """Return case id → all that it waits for, on the ladder and beside it, most urgent first."""
    waiting = list(cases)
    found = on_the_ladder(waiting, of)
    for case_id, beside in beside_the_ladder(waiting, of).items():
        found[case_id] = [*beside, *found.get(case_id, ())]
    return {case_id: sorted(steps, key=attrgetter("urgency")) for case_id, steps in found.items()}


def on_the_ladder(cases: Iterable[OpenCase], of: StepsOf = _latest) -> dict[int, list[NextStep]]:
    """Return case id → all its steps under way, or else the one word after its last step.

    The last step need not stand on the highest rung: a letter or a call can follow a visit. A kind
    is asked only of cases that have come to its rung.
    """
    said: dict[int, list[tuple[Rung, NextStep]]] = {}
    waiting = list(cases)
    for kind in deciding():
        if kind.rung is not None:
            asked = [case for case in waiting if case.rung >= kind.rung]
            for case_id, step in _coming(kind, asked, of):
                said.setdefault(case_id, []).append((kind.rung, step))
    return {case_id: _that_count(words) for case_id, words in said.items()}


def _that_count(said: list[tuple[Rung, NextStep]]) -> list[NextStep]:
    """Return the steps under way, the most urgent first; else the word after the last step.

    Of steps of one day the one on the highest rung counts, of those the most urgent.
    """
    if under_way := [step for _rung, step in said if step.is_under_way]:
        return sorted(under_way, key=attrgetter("urgency"))
    last = max((step.follows_on or date.min, rung) for rung, step in said)
    words = [step for rung, step in said if (step.follows_on or date.min, rung) == last]
    return [min(words, key=attrgetter("urgency"))]


def beside_the_ladder(
    cases: Sequence[OpenCase], of: StepsOf = _latest, *, for_home: bool = False
) -> dict[int, list[NextStep]]:
    """Return case id → what comes next of each kind that has no rung.

    Home asks only the kinds whose rooms do not list it themselves.
    """
    found: dict[int, list[NextStep]] = {}
    for kind in deciding():
        if kind.rung is None and not (for_home and kind.is_listed_apart):
            for case_id, step in _coming(kind, cases, of):
                found.setdefault(case_id, []).append(step)
    return found


def _coming(kind: Kind, cases: Sequence[OpenCase], of: StepsOf) -> Iterator[tuple[int, NextStep]]:
    known = of(kind, [case.pk for case in cases]) if cases else {}
    for case in cases:
        if step := kind.coming(case, known.get(case.pk, [])):
            yield case.pk, step if step.kind else replace(step, kind=kind.name)

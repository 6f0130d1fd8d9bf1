"""What assistance went with: cases for which it was handed over beside others of the same rung."""

from collections import defaultdict

from django.utils.translation import gettext as _

from cases.models import Case, Rung
from reports.facts import CaseFact, CaseSet
from reports.grid import Grid
from reports.kinds.base import Asked
from reports.measures import cases_measure, resolved_measures
from support.models import Assistance, AssistanceKind
from support.models.assistance import WITH_FAMILY

Given = dict[int, set[str]]
"""Case id → kinds of assistance that were handed over."""


def by_rung(asked: Asked) -> list[Grid]:
    """Return a table of the rungs on which assistance was handed over; none if it never was."""
    given = _given(asked)
    lines = [line for rung in asked.rungs for line in _lines(asked, rung, given)]
    grid = asked.grid(
        "assistance_by_rung",
        _("What assistance went with"),
        [cases_measure(), *resolved_measures()],
        lines,
        first_head=_("Handling and assistance"),
        note=_(
            "Cases for which something was handed over, beside the others of the same rung. A case"
            " with two kinds stands in two lines. Who got assistance needed it more, so a lower"
            " share does not say that it did not help."
        ),
    )
    return [grid] if lines else []


def _given(asked: Asked) -> Given:
    semesters = {one.pk for one in asked.semesters}
    cases = Case.objects.counted().filter(semester__in=semesters).order_by().values("pk")
    handed = Assistance.objects.filter(status__in=WITH_FAMILY, case__in=cases).order_by()
    found: Given = defaultdict(set)
    for case_id, kind in handed.values_list("case", "kind"):
        found[case_id].add(kind)
    return found


def _lines(asked: Asked, rung: Rung, given: Given) -> list[tuple[str, list[CaseSet]]]:
    """Return the cases of a rung by kind of assistance, and those without; none if all are."""

    def kept(kind: str | None) -> list[CaseSet]:
        def keep(case: CaseFact) -> bool:
            kinds = given.get(case.pk, set())
            return kind in kinds if kind else not kinds

        return [cases.at(rung).where(keep).unopened() for cases in asked.whole]

    kinds = [(str(kind.label), kept(kind)) for kind in AssistanceKind]
    shown = [(name, sets) for name, sets in kinds if any(map(len, sets))]
    if not shown:
        return []
    return [(f"{rung.head}: {name}", sets) for name, sets in [*shown, (_("without"), kept(None))]]

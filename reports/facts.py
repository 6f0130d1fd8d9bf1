"""The cases of semesters as the reports count them: one query, whatever the table asks."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from cases.models import Case, Evidence, Reason, Rung
from cases.models.case import EVIDENCE, KNOWN, SUMMARY
from cases.models.evidence import goes_on
from reports.grid import Cell, Key
from reports.tables import CLASS, Row
from school.grades import GRADES
from school.models import Semester, User
from workflow.addresses import address


class CaseFact(NamedTuple):
    """A case that counts, in the student's last class of its semester."""

    pk: int
    student: int
    semester: int
    counselor: int | None
    rung: int
    status: str
    outcome: str
    causes: list[str]
    opened_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None
    goes_on: bool
    class_id: int | None
    grade: str | None
    known: bool
    """Whether the reader may know that it exists."""
    told: bool
    """Whether the reader may know how far it went."""
    shows_reasons: bool
    """Whether the reader may see what it rests on."""


def cases_of(
    semesters: Iterable[Semester], viewer: User | None, only: frozenset[int] | None = None
) -> list[CaseFact]:
    """Return the cases of the semesters, without false alarms; with `only` those of these classes.

    `viewer` decides which of them a number can open.
    """
    found = Case.objects.counted().filter(semester__in={one.pk for one in semesters})
    flags = {"known": KNOWN, "told": SUMMARY, "shows_reasons": EVIDENCE}
    rows = found.with_class("class_id", "grade").annotate(
        goes_on=goes_on(), **{name: sight.flag(viewer) for name, sight in flags.items()}
    )
    facts = [CaseFact(*row) for row in rows.order_by("pk").values_list(*CaseFact._fields)]
    return [fact for fact in facts if only is None or fact.class_id in only]


def reasons_of(cases: Iterable[CaseFact]) -> dict[int, frozenset[str]]:
    """Return case id → the reasons that its evidence shows, of the paper's five."""
    semesters = {case.semester for case in cases}
    found: dict[int, set[str]] = defaultdict(set)
    shown = Evidence.objects.filter(case__semester__in=semesters).order_by()
    for case_id, codes in shown.values_list("case", "reasons"):
        found[case_id].update(codes)
    return {case_id: frozenset(codes) for case_id, codes in found.items()}


Keep = Callable[[CaseFact], bool]
MINOR = (Rung.CONTACT, Rung.SUMMONS)
"""The rungs of what the paper calls minor; a home visit makes a case complex."""
NO_PLACE, NONE = "none", "none"
"""In a key: without a class, without a reason."""


@dataclass(frozen=True)
class CaseSet:
    """Cases behind a number, and what a list of cases must be asked to show the same ones."""

    cases: Sequence[CaseFact]
    params: dict[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ("known",)
    """What the reader must be able to know of each of them to open the list."""

    @classmethod
    def of_row(cls, row: Row, by_key: dict[object, list[CaseFact]]) -> "CaseSet":
        """Return the cases of a class or grade; those of no class open no list."""
        key = row.class_id or row.grade or None
        cases = by_key.get((row.semester.pk, key), []) if not row.is_missing else []
        params = {"status": "counted", **address_of(row)}
        is_a_list = bool(row.class_id or row.grade in GRADES)
        return cls(cases, params, ("known",) if is_a_list else ("nobody",))

    @classmethod
    def of_semester(cls, semester: Semester, cases: Sequence[CaseFact]) -> "CaseSet":
        """Return the cases of a semester, which are `cases`."""
        return cls(cases, {"status": "counted", "semester": semester.code})

    def where(self, keep: Keep, needs: str = "told", **params: str) -> "CaseSet":
        """Return those that `keep` holds for; `params` narrow the list to them."""
        kept = [case for case in self.cases if keep(case)]
        return CaseSet(kept, self.params | params, (*self.needs, needs))

    def at(self, rung: Rung) -> "CaseSet":
        return self.where(lambda case: case.rung == rung, rung=rung.name)

    def because_of(self, reason: Reason, reasons: dict[int, frozenset[str]]) -> "CaseSet":
        def keep(case: CaseFact) -> bool:
            return reason in reasons.get(case.pk, ())

        return self.where(keep, "shows_reasons", reason=reason.value)

    def unopened(self) -> "CaseSet":
        """Return the same cases, for a number that no list shows."""
        return CaseSet(self.cases, self.params, ("nobody",))

    def __len__(self) -> int:
        return len(self.cases)

    @cached_property
    def url(self) -> str:
        """Return the address of the list that shows these cases; "" if the reader sees fewer."""
        is_seen = all(getattr(case, need, False) for case in self.cases for need in self.needs)
        return (
            f"{address('cases:cases')}?{urlencode(self.params)}" if self.cases and is_seen else ""
        )

    @property
    def key(self) -> Key:
        return frozenset(pair for pair in self.params.items() if pair != ("status", "counted"))

    @property
    def cell(self) -> Cell:
        return Cell(len(self.cases), self.url, self.key)


def address_of(row: Row) -> dict[str, str]:
    """Return semester and class or grade of a row, as the address of a list names them."""
    params = {"semester": row.semester.code}
    if row.is_total:
        return params
    if row.by == CLASS:
        return params | {"class": str(row.class_id or NO_PLACE)}
    return params | {"grade": row.grade or NO_PLACE}

"""What the proposal list and the progress report ask; each with a constant number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from cases import steps
from cases.models import Case, Contact, Rung, Summons, SummonsStatus
from cases.models.case import BY_CLASS, CaseQuerySet
from cases.models.summons import ROMAN, WITH_OUTCOME
from homevisits.models import Basis, Visit
from homevisits.models.visit import VisitQuerySet
from school.models import Semester, User
from workflow import clock
from workflow.errors import Text

NONE = "-"
"""In an address: the cases that have no grade or class."""
SPECIAL: dict[str, Text] = {
    Basis.NEVER_TOOK_PART: pgettext_lazy("special reason", "never took part"),
    Basis.LOW_ACTIVITY: pgettext_lazy("special reason", "little activity"),
    Basis.WORK_MISSING: pgettext_lazy("special reason", "work not done"),
    Basis.ECONOMY: pgettext_lazy("special reason", "economy"),
    Basis.FAMILY: pgettext_lazy("special reason", "family"),
}
COARSE: dict[str, Text] = {
    Basis.SUMMONS: gettext_lazy("Summons without success"),
    Basis.CONTACT: gettext_lazy("Not reached by contact"),
}


Group = tuple[int | str | None, str | None]
"""What cases are counted by: its value in an address, and what it is called."""


@dataclass(frozen=True)
class Proposal:
    """A visit as the proposal list shows it: of whom, only to who may see the visit."""

    visit: Visit
    basis: str
    """In words; for a case that is not one's own only as far as the list needs."""
    is_own: bool
    """Whether its page opens for who asks."""


@dataclass(frozen=True)
class Line:
    """How far up the ladder the cases of a grade or a class had come."""

    label: str
    counts: tuple[int, ...]
    """Cases at each rung, the lowest first."""
    query: str = ""
    """What picks these cases on the page of rows, e.g. "grade=X"."""

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def cells(self) -> list[tuple[Rung, int]]:
        """Return each rung with its cases."""
        return list(zip(Rung, self.counts, strict=True))


@dataclass(frozen=True)
class CaseRow:
    """A case behind a figure of the report."""

    case: Case
    """With `class_id`, `class_name`, `grade`."""
    rung: Rung
    """As of the report's date."""


@dataclass(frozen=True)
class Progress:
    """The progress report: by grade and by class, which both add up to the total."""

    grades: list[Line]
    classes: list[Line]
    total: Line
    proposals: list[Proposal]


def opened_by(semester: Semester, as_of: date) -> CaseQuerySet:
    """Return the semester's cases that were opened by the end of `as_of` and count today."""
    end = clock.day_start(as_of + timedelta(days=1))
    return Case.objects.counted().filter(semester=semester, opened_at__lt=end)


def total_today(semester: Semester) -> Line:
    """Return the report's total line as of today, when each case stands at the rung that it has."""
    cases = opened_by(semester, clock.today()).order_by()
    found = dict(cases.values_list("rung").annotate(count=Count("pk")))
    return Line(_("Total"), tuple(found.get(rung, 0) for rung in Rung))


def rows_as_of(
    semester: Semester, as_of: date, days: dict[int, dict[Rung, list[date]]] | None = None
) -> list[CaseRow]:
    """Return those cases, each at the rung that its steps had reached by `as_of` and still show."""
    cases = opened_by(semester, as_of)
    days = steps.dates(cases.values("pk")) if days is None else days
    reached = steps.rungs_shown(days, until=as_of)
    known = cases.with_class().select_related("student", "counselor")
    ordered = known.order_by(*BY_CLASS)
    return [CaseRow(case, reached.get(case.pk, Rung.REVIEW)) for case in ordered]


def progress(semester: Semester, as_of: date, user: User) -> Progress:
    """Return the report, with the visits that were proposed by `as_of` and count today.

    A grade or a class without a case has no line.
    """
    cases = opened_by(semester, as_of)
    days = steps.dates(cases.values("pk"))
    rows = rows_as_of(semester, as_of, days)
    by_case = {row.case.pk: row.case for row in rows}
    visits = Visit.objects.counting().filter(case__in=cases.values("pk"), proposed_on__lte=as_of)
    shown = list(visits.order_by("proposed_on", "pk").with_is_own(user))
    for visit in shown:
        visit.case = by_case[visit.case_id]
    attempts = {pk: by_rung.get(Rung.CONTACT, []) for pk, by_rung in days.items()}
    listed = _proposals(shown, basis_in_words(shown, attempts))
    order = {pk: place for place, pk in enumerate(by_case)}
    return Progress(
        _lines(rows, "grade", lambda case: (case.grade, case.grade)),
        _lines(rows, "class", lambda case: (case.class_id, case.class_name)),
        _line(_("Total"), rows),
        sorted(listed, key=lambda p: order[p.visit.case_id]),
    )


def _lines(rows: list[CaseRow], name: str, of: Callable[[Case], Group]) -> list[Line]:
    """Return a line for each grade or class, in the order of `rows`."""
    groups: dict[Group, list[CaseRow]] = {}
    for row in rows:
        groups.setdefault(of(row.case), []).append(row)
    return [
        _line(label or _("No class"), group, f"{name}={key or NONE}")
        for (key, label), group in groups.items()
    ]


def _line(label: str, rows: list[CaseRow], query: str = "") -> Line:
    counts = tuple(sum(row.rung == rung for row in rows) for rung in Rung)
    return Line(label, counts, query)


def proposals(visits: VisitQuerySet, user: User) -> list[Proposal]:
    """Return `visits` with their basis in words, as `user` may read it."""
    shown = list(visits.with_is_own(user).with_case())
    return _proposals(shown, basis_in_words(shown))


def _proposals(shown: list[Visit], words: dict[int, str]) -> list[Proposal]:
    return [
        Proposal(visit, words[visit.pk] if visit.is_own else coarse(visit), visit.is_own)
        for visit in shown
    ]


def coarse(visit: Visit) -> str:
    """Return the basis without what belongs to the counselor: no count, no special reason."""
    return str(COARSE.get(visit.basis, _("Special reason")))


def basis_in_words(
    visits: Iterable[Visit], attempts: dict[int, list[date]] | None = None
) -> dict[int, str]:
    """Return by visit id on what its proposal rests, as it stood on the day of the proposal.

    `attempts`: case id → days of contact attempts, where they are at hand already.
    """
    shown = list(visits)
    case_ids = [visit.case_id for visit in shown]
    letters = _summonses(case_ids)
    attempts = _attempts(case_ids) if attempts is None else attempts
    return {
        visit.pk: _words(visit, letters.get(visit.case_id, []), attempts.get(visit.case_id, []))
        for visit in shown
    }


def _summonses(case_ids: list[int]) -> dict[int, list[tuple[date, int, str]]]:
    found: dict[int, list[tuple[date, int, str]]] = {}
    rows = Summons.objects.filter(case__in=case_ids, status__in=WITH_OUTCOME)
    for letter in rows.order_by("sequence"):
        known = (letter.issued_on, letter.sequence, letter.status)
        found.setdefault(letter.case_id, []).append(known)
    return found


def _attempts(case_ids: list[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    rows = Contact.objects.counting().filter(case__in=case_ids)
    for case_id, at in rows.values_list("case", "happened_at"):
        found.setdefault(case_id, []).append(timezone.localdate(at))
    return found


def _words(visit: Visit, letters: list[tuple[date, int, str]], attempts: list[date]) -> str:
    if visit.basis == Basis.SUMMONS:
        known = [row for row in letters if row[0] <= visit.proposed_on]
        return _summons_words(known) or coarse(visit)
    if visit.basis == Basis.CONTACT:
        made = sum(day <= visit.proposed_on for day in attempts)
        words = ngettext(
            "%(count)s contact attempt, not reached",
            "%(count)s contact attempts, not reached",
            made,
        )
        return words % {"count": made} if made else coarse(visit)
    return _("Special reason: %(reason)s") % {"reason": SPECIAL[visit.basis]}


def _summons_words(letters: list[tuple[date, int, str]]) -> str:
    missed = [ROMAN[seq] for _on, seq, status in letters if status == SummonsStatus.NOT_ATTENDED]
    if missed:
        return _("Did not come to summons %(which)s") % {"which": _listed(missed)}
    came = [ROMAN[sequence] for _on, sequence, _status in letters]
    if came:
        return _("Came to summons %(which)s, not solved") % {"which": _listed(came)}
    return ""


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}

"""The queries of the proposal list and the progress report, constant in number."""

from collections import Counter
from collections.abc import Iterable
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
from homevisits.models import Basis, Visit, VisitStatus
from homevisits.models.visit import VisitQuerySet
from school.models import Semester, User, last_class
from school.models.users import PRINTED
from workflow import clock
from workflow.errors import Text

NONE = "-"
"""The value in an address for cases without a grade or class."""
SPECIAL: dict[str, Text] = {
    Basis.NEVER_TOOK_PART: pgettext_lazy("special reason", "never took part"),
    Basis.LOW_ACTIVITY: pgettext_lazy("special reason", "low participation"),
    Basis.WORK_MISSING: pgettext_lazy("special reason", "work not handed in"),
    Basis.ECONOMY: pgettext_lazy("special reason", "economy"),
    Basis.FAMILY: pgettext_lazy("special reason", "family"),
}
OF_CASE = (
    "case__student__name",
    "case__student__nis",
    *(f"case__counselor__{name}" for name in PRINTED),
)
OF_CLASS = ("class_place", "grade", "class_id", "class_name")
COARSE: dict[str, Text] = {
    Basis.SUMMONS: gettext_lazy("Unsuccessful summons"),
    Basis.CONTACT: gettext_lazy("Not reached by contact"),
}


Cell = tuple[str, str]
"""A figure as text, and the address of its link or ""."""


@dataclass(frozen=True)
class Proposal:
    """A row of the proposal list; it names the student only to readers who may see the visit."""

    visit: Visit
    """With its case, which knows its student, counselor and class."""
    basis: str
    """The basis in words, shortened for cases that are not the reader's own."""
    is_own: bool
    """Whether the reader may open its page."""

    @property
    def state(self) -> Text:
        return VisitStatus(self.visit.status).label


@dataclass(frozen=True)
class Line:
    """How far up the ladder the cases of a grade or a class were."""

    label: str
    counts: tuple[int, ...]
    """Cases at each rung, the lowest first."""
    query: str = ""
    """The query string for these cases on the page of rows, e.g. "grade=X"."""

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def cells(self) -> list[tuple[Rung, int]]:
        """Return each rung with its cases."""
        return list(zip(Rung, self.counts, strict=True))

    def linked(self, address: str, rest: str) -> list[Cell]:
        """Return each figure and their sum, with links to their cases at `address`."""
        own = f"{address}?{self.query}&" if self.query else f"{address}?"
        cells = [
            (str(count), f"{own}rung={rung.name}&{rest}" if count else "")
            for rung, count in self.cells
        ]
        return [*cells, (str(self.total), f"{own}{rest}" if self.total else "")]


@dataclass(frozen=True)
class Counted:
    """A case that a figure of the report counts, in its student's class on the report's date."""

    pk: int
    grade: str | None
    class_id: int | None
    class_name: str | None
    rung: Rung
    """The rung on the report's date."""


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


def counted(semester: Semester, as_of: date) -> list[Counted]:
    """Return these cases by class and name, each as of `as_of`: in the class that its student was
    in last by then, at the rung that its steps show by then."""
    cases = opened_by(semester, as_of)
    # For today the stored rung is right, since it follows the steps (`steps.refresh_rung`).
    is_past = as_of < clock.today()
    reached = steps.rungs(cases.values("pk"), until=as_of) if is_past else {}
    columns = ("pk", "grade", "class_id", "class_name", "rung")
    span = semester.starts_on, min(as_of, semester.ends_on)
    then = {name: last_class.of_span(name, "student", *span) for name in OF_CLASS}
    rows = cases.annotated(**then).order_by(*BY_CLASS).values_list(*columns)
    return [
        Counted(pk, grade, class_id, name, reached.get(pk, Rung.REVIEW) if is_past else Rung(rung))
        for pk, grade, class_id, name, rung in rows
    ]


def progress(semester: Semester, as_of: date, user: User) -> Progress:
    """Return the report, with the visits that were proposed by `as_of` and count today.

    A grade or a class without a case has no line.
    """
    rows = counted(semester, as_of)
    return Progress(
        _lines(rows, "grade", [(row.grade, row.grade) for row in rows]),
        _lines(rows, "class", [(row.class_id, row.class_name) for row in rows]),
        _line(_("Total"), rows),
        _proposed(rows, semester, as_of, user),
    )


def _lines(
    rows: list[Counted], name: str, groups: list[tuple[int | str | None, str | None]]
) -> list[Line]:
    """Return a line for each group, a value in an address and a label, in the order of `rows`."""
    found: dict[tuple[int | str | None, str | None], list[Counted]] = {}
    for row, group in zip(rows, groups, strict=True):
        found.setdefault(group, []).append(row)
    return [
        _line(label or _("No class"), group, f"{name}={key or NONE}")
        for (key, label), group in found.items()
    ]


def _line(label: str, rows: list[Counted], query: str = "") -> Line:
    by_rung = Counter(row.rung for row in rows)
    return Line(label, tuple(by_rung[rung] for rung in Rung), query)


def _proposed(rows: list[Counted], semester: Semester, as_of: date, user: User) -> list[Proposal]:
    """Return the proposals of the counted cases by `as_of`, in their order."""
    place = {row.pk: (at, row.class_name) for at, row in enumerate(rows)}
    visits = (
        Visit.objects.counting()
        .filter(case__semester=semester, proposed_on__lte=as_of)
        .select_related("case__student", "case__counselor")
        .only("status", "basis", "proposed_on", *OF_CASE)
        .order_by("proposed_on", "pk")
        .with_is_own(user)
    )
    shown = [visit for visit in visits if visit.case_id in place]
    for visit in shown:
        visit.case.class_name = place[visit.case_id][1]
    shown.sort(key=lambda visit: place[visit.case_id][0])
    return _proposals(shown, basis_in_words(shown))


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
    """Return the basis without details for the counselor: no number, no special reason."""
    return str(COARSE.get(visit.basis, _("Special reason")))


def basis_in_words(visits: Iterable[Visit]) -> dict[int, str]:
    """Return visit id → the basis of its proposal, as it was on the day of the proposal."""
    shown = list(visits)
    letters = _summonses([visit.case_id for visit in shown if visit.basis == Basis.SUMMONS])
    attempts = _attempts([visit.case_id for visit in shown if visit.basis == Basis.CONTACT])
    return {
        visit.pk: _words(visit, letters.get(visit.case_id, []), attempts.get(visit.case_id, []))
        for visit in shown
    }


def _summonses(case_ids: list[int]) -> dict[int, list[tuple[date, int, str]]]:
    found: dict[int, list[tuple[date, int, str]]] = {}
    rows = Summons.objects.filter(case__in=case_ids, status__in=WITH_OUTCOME)
    known = rows.order_by("sequence").values_list("case", "issued_on", "sequence", "status")
    for case_id, issued_on, sequence, status in known:
        found.setdefault(case_id, []).append((issued_on, sequence, status))
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

"""BK's load: cases and acts by counselor, and by week.

A case counts for whose it is now, an act for who did it (`reports/work.py`): what the coordinator
does in a counselor's place is the coordinator's, and who left is still there with what they did.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.filters import NOBODY, sees_all
from cases.models import CaseStatus
from reports.charts import Chart, Series
from reports.facts import CaseFact, CaseSet
from reports.graphs import ACCENT
from reports.grid import NOTHING, Cell, Column, Grid, Line, Measure
from reports.kinds.base import Asked, Content, ReportKind, same_scale
from reports.permissions import LOADS
from reports.work import Act, Done, Weekly, done_for
from school import wording
from school.models import Semester, User
from school.roles import COORDINATOR, COUNSELOR

NO_COUNSELOR, OTHERS = None, 0
"""Whose the cases without counselor are, and what people did who were no counselors."""
IN_WEEKS = (Act.CONTACT, Act.SUMMONS, Act.VISIT)
"""The acts that have a column for each counselor."""


@dataclass(frozen=True)
class Load:
    """What one counselor, or all of BK, had and did in a semester."""

    cases: CaseSet
    weekly: Weekly

    @property
    def open(self) -> CaseSet:
        return self.cases.where(lambda case: case.status == CaseStatus.OPEN, "known", status="open")


@dataclass(frozen=True)
class Flow:
    """A column of a table by week: its figure in a week, and in all of them."""

    column: Column
    in_week: Callable[[date], int]
    in_all: Cell


Loads = list[tuple[str, list[Load]]]


def content(asked: Asked) -> Content:
    if not asked.cases:
        return Content([])
    done = done_for(asked.cases)
    loads = _loads(asked, done)
    total = [
        _load(asked, whole, done, semester)
        for whole, semester in zip(asked.whole, asked.semesters, strict=True)
    ]
    grids = [
        asked.grid(
            "load_by_counselor",
            _("Load by counselor"),
            measures(),
            loads,
            [(_("Total"), total)],
            first_head=_("Counselor"),
        )
    ]
    charts = []
    for at, (semester, name) in enumerate(zip(asked.semesters, asked.long_names, strict=True)):
        own = [(label, each[at]) for label, each in loads]
        if total[at].cases.cases:
            weeks = total[at].weekly.weeks(semester)
            grids += _by_week(at, total[at], own, weeks, name)
            charts.append(_chart(at, total[at], weeks, name))
    return Content(grids, same_scale(charts), [_what_counts()])


def measures() -> list[Measure[Load]]:
    return [
        Measure(_("Cases"), lambda load: load.cases.cell),
        Measure(pgettext("load", "New"), lambda load: Cell(sum(load.weekly.new.values()))),
        Measure(pgettext("load", "Ended"), lambda load: Cell(sum(load.weekly.ended.values()))),
        Measure(pgettext("load", "Open"), lambda load: load.open.cell),
        *(
            Measure[Load](head, lambda load, act=act: Cell(load.weekly.number(act)))  # type: ignore[misc]
            for act, head in heads().items()
        ),
    ]


def heads() -> dict[Act, str]:
    return {
        Act.CONTACT: pgettext("load", "Contacts"),
        Act.SUMMONS: pgettext("load", "Summonses"),
        Act.VISIT: pgettext("load", "Home visits"),
        Act.CONFERENCE: pgettext("load", "Conferences"),
        Act.ASSISTANCE: pgettext("load", "Assistance"),
    }


def _loads(asked: Asked, done: Iterable[Done]) -> Loads:
    """Return the load of each counselor by name, then cases of none and acts of others."""
    people = _people(asked)
    cases: dict[tuple[int, int | None], list[CaseFact]] = defaultdict(list)
    acts: dict[tuple[int, int | None], list[Done]] = defaultdict(list)
    for case in asked.cases:
        cases[case.semester, case.counselor].append(case)
    for one in done:
        acts[one.semester, one.person if one.person in people else OTHERS].append(one)
    named: list[tuple[int | None, str]] = [
        *people.items(),
        (NO_COUNSELOR, _("No counselor")),
        (OTHERS, _("Other people")),
    ]
    return [
        (
            label,
            [
                Load(
                    _cases_of(asked, semester, person, cases[semester.pk, person]),
                    Weekly(cases[semester.pk, person], acts[semester.pk, person]),
                )
                for semester in asked.semesters
            ],
        )
        for person, label in named
        if person or any((one.pk, person) in {*cases, *acts} for one in asked.semesters)
    ]


def _people(asked: Asked) -> dict[int, str]:
    """Return id → name of who was a counselor in the semesters or has cases of them."""
    people = User.objects.filter(pk__in={case.counselor for case in asked.cases})
    for one in asked.semesters:
        people |= User.objects.who_held([COUNSELOR, COORDINATOR], one.starts_on, one.ends_on)
    return {person.pk: person.called for person in people.order_by("name", "pk")}


def _cases_of(
    asked: Asked, semester: Semester, person: int | None, cases: Sequence[CaseFact]
) -> CaseSet:
    """Return the cases of a counselor; only who sees all cases can ask a list for them."""
    found = CaseSet.of_semester(semester, cases)
    if asked.user is None or not sees_all(asked.user):
        return found.unopened()
    return found.where(lambda _case: True, "known", counselor=str(person or NOBODY))


def _load(asked: Asked, whole: CaseSet, done: Iterable[Done], semester: Semester) -> Load:
    mine = [one for one in done if one.semester == semester.pk]
    return Load(whole, Weekly(whole.cases, mine))


def _by_week(
    at: int, total: Load, loads: Sequence[tuple[str, Load]], weeks: Sequence[date], name: str
) -> list[Grid]:
    """Return the tables of a semester by week: of all, and of each counselor beside the others."""
    weekly = total.weekly
    is_open, *acts = _flows(weekly, heads())
    of_all = [
        is_open,
        _by_monday(pgettext("load", "New"), weekly.new),
        _by_monday(pgettext("load", "Ended"), weekly.ended),
        _by_monday(_("Acts"), weekly.all_acts),
        *acts,
    ]
    few = {act: head for act, head in heads().items() if act in IN_WEEKS}
    of_each = [
        flow
        for label, load in loads
        if load.cases.cases or load.weekly.done
        for flow in _flows(load.weekly, few, label)
    ]
    said = {"semester": name}
    return [
        _grid(f"load_by_week_{at}", _("Load by week, %(semester)s") % said, of_all, weeks),
        _grid(
            f"counselors_by_week_{at}",
            _("Counselors by week, %(semester)s") % said,
            of_each,
            weeks,
        ),
    ]


def _flows(weekly: Weekly, acts: dict[Act, str], over: str = "") -> list[Flow]:
    """Return the columns of what is open and what was done."""
    return [
        Flow(Column(pgettext("load", "Open"), over=over), weekly.open_after, NOTHING),
        *(
            Flow(
                Column(head, over=over),
                lambda monday, act=act: weekly.number(act, monday),  # type: ignore[misc]
                Cell(weekly.number(act)),
            )
            for act, head in acts.items()
        ),
    ]


def _by_monday(head: str, counted: Counter[date]) -> Flow:
    return Flow(Column(head), lambda monday: counted[monday], Cell(counted.total()))


def _grid(key: str, title: str, flows: Sequence[Flow], weeks: Sequence[date]) -> Grid:
    return Grid(
        key,
        title,
        _("Week from Monday"),
        [flow.column for flow in flows],
        [Line(wording.day(day), [Cell(flow.in_week(day)) for flow in flows]) for day in weeks],
        [Line(_("Total"), [flow.in_all for flow in flows])],
    )


def _chart(at: int, total: Load, weeks: Sequence[date], name: str) -> Chart:
    """Return the acts of all counselors together, week by week."""
    title = _("Contacts, summonses, visits, conferences and assistance by week, %(semester)s")
    return Chart(
        f"load-{at}",
        title % {"semester": name},
        [wording.day(day) for day in weeks],
        [Series(_("Acts"), ACCENT, [total.weekly.all_acts[day] for day in weeks])],
        _("Week from Monday"),
        is_over_time=True,
    )


def _what_counts() -> str:
    return _(
        "A case counts for the counselor whose it is now, an act for who did it, also where the"
        " coordinator did it in a counselor's place. Other people are homeroom teachers who called"
        " and visitors who wrote a report. Ended: resolved, referred out, closed or carried over."
        " New cases are those that were not carried over. A case that was reopened counts as open"
        " in between too, and ends once. False alarms count nowhere."
    )


KIND = ReportKind(
    "load",
    "beban",
    gettext_lazy("BK's load"),
    gettext_lazy("Cases and what was done for them, by counselor and by week."),
    content,
    readers=LOADS,
    refusal=gettext_lazy("Counselors and the principal can read this report."),
    is_by_rows=False,
)

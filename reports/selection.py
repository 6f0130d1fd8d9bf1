"""The semesters that a page shows: ?year=2020/2021&term=1|2|both&by=grade|class.

With ?beside=2019/2020-2 any other semester stands beside the last of them.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reports.permissions import may_choose_classes
from reports.tables import CLASS, GRADE
from school.filter_kinds import EVERY, Choice
from school.filters import ListFilter
from school.models import Semester
from workflow import clock

BOTH = "both"


@dataclass(frozen=True)
class Selection:
    """One semester or two, in the order of time."""

    year: str
    term: str
    by: str
    semesters: list[Semester]
    before: Semester | None
    """The semester with which the last one is compared."""
    begun: list[Semester]
    """All semesters that a page can show."""
    is_beside: bool = False
    """Whether the reader chose both semesters."""

    @property
    def last(self) -> Semester:
        return self.semesters[-1]

    @property
    def title(self) -> str:
        """Return "Tahun Pelajaran 2020/2021", of one semester "Semester Ganjil 2020/2021".

        Of any two "Genap 2019/2020 dan Genap 2020/2021".
        """
        if len(self.semesters) > 1 and self.is_beside:
            first, second = map(str, self.semesters)
            return gettext("%(first)s and %(second)s") % {"first": first, "second": second}
        if len(self.semesters) > 1:
            return gettext("School year %(year)s") % {"year": self.year}
        return f"{self.last.get_term_display()} {self.year}"

    @property
    def is_of_one_year(self) -> bool:
        return len({semester.year_id for semester in self.semesters}) == 1

    @property
    def asked(self) -> list[Semester]:
        """Return the semesters to query: those shown, and the one to compare with.

        A semester under way is compared with the same day of the one before (`tally_on`).
        """
        if self.before is None or self.is_running or self.before in self.semesters:
            return self.semesters
        return [self.before, *self.semesters]

    @property
    def is_running(self) -> bool:
        return self.last.ends_on >= clock.today()


class SelectionFilter(ListFilter):
    """The year, the semesters, and grade or class; by default both semesters of the newest year."""

    term = Choice(_("Semester"), choices=(), chips=EVERY)
    by = Choice(
        _("By class"),
        choices=((GRADE, _("By grade")), (CLASS, _("By class"))),
        initial=GRADE,
        is_switch=True,
        shown_to=may_choose_classes,
    )
    year = Choice(_("Year"), choices=(), resets=["term", "beside"])
    beside = Choice(_("Compare with"), choices=())

    def __init__(self, request: HttpRequest, begun: list[Semester]) -> None:
        super().__init__(request, Semester.objects.none())
        years = list(dict.fromkeys(semester.year.label for semester in reversed(begun)))
        self._offer("year", [(year, year) for year in years], usual=years[0])
        terms = _terms(_of_year(begun, self.data["year"]), begun)
        self._offer("term", terms, usual=terms[-1][0] if terms else "")
        others = [(one.code, str(one)) for one in reversed(begun)]
        self.filters["beside"].extra |= {"choices": others, "empty_label": _("Nothing else")}

    def _offer(self, name: str, choices: list[tuple[str, str]], usual: str) -> None:
        self.filters[name].extra |= {"choices": choices, "empty_label": None}
        self.set_usual(name, usual)


def select(request: HttpRequest) -> tuple[SelectionFilter, Selection] | None:
    """Return what the address selects, or else the newest year; None before the first semester.

    Raises Http404 for a year, term or table that does not exist.
    """
    begun = list(
        Semester.objects.select_related("year", "policy")
        .filter(starts_on__lte=clock.today())
        .order_by("starts_on")
    )
    if not begun:
        return None
    asked = SelectionFilter(request, begun)
    if not asked.is_valid():
        raise Http404
    year, term, by, beside = (asked.value(name) for name in ("year", "term", "by", "beside"))
    semesters = _beside(beside, _chosen(year, term, begun), begun)
    earlier = semesters[:-1] or _previous(semesters[0], begun)
    before = earlier[0] if earlier else None
    return asked, Selection(year, term, by, semesters, before, begun, is_beside=bool(beside))


def _terms(of_year: list[Semester], begun: list[Semester]) -> list[tuple[str, str]]:
    """Return the choices of a year: each semester that has begun, and two side by side."""
    pair = _pair(of_year, begun)
    choices = [(str(semester.term), semester.term_name) for semester in of_year]
    if len(pair) <= 1:
        return choices
    names = [pair[0].term_name if len(of_year) > 1 else str(pair[0]), pair[1].term_name]
    return [*choices, (BOTH, gettext("%(first)s and %(second)s") % _named(names))]


def _chosen(year: str, term: str, begun: list[Semester]) -> list[Semester]:
    of_year = _of_year(begun, year)
    if term == BOTH:
        return _pair(of_year, begun)
    return [semester for semester in of_year if str(semester.term) == term]


def _beside(code: str, chosen: list[Semester], begun: list[Semester]) -> list[Semester]:
    """Return the last semester chosen and the one of `code`, in the order of time."""
    if not code:
        return chosen
    shown = {code, chosen[-1].code}
    return [semester for semester in begun if semester.code in shown]


def _of_year(begun: list[Semester], year: str) -> list[Semester]:
    return [semester for semester in begun if semester.year.label == year]


def _pair(of_year: list[Semester], begun: list[Semester]) -> list[Semester]:
    """Return the year's two semesters; before its second begins, its first and the one before."""
    if len(of_year) == 1:
        return _previous(of_year[0], begun) + of_year
    return of_year


def _previous(semester: Semester, begun: list[Semester]) -> list[Semester]:
    """Return a list of the semester before; empty if there is none."""
    at = begun.index(semester)
    return begun[max(at - 1, 0) : at]


def _named(names: list[str]) -> dict[str, str]:
    return {"first": names[0], "second": names[1]}

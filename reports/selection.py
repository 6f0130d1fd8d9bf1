"""Which semesters a page shows: ?year=2020/2021&term=1|2|both&by=grade|class."""

from dataclasses import dataclass

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from reports.tables import CLASS, GRADE
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
    """What the last of them is compared with."""
    begun: list[Semester]
    """All that a page can show."""

    @property
    def last(self) -> Semester:
        return self.semesters[-1]

    @property
    def name(self) -> str:
        """The year; of one semester alone "Ganjil 2020/2021"."""
        return self.year if len(self.semesters) > 1 else str(self.last)

    @property
    def is_of_one_year(self) -> bool:
        return len({semester.year_id for semester in self.semesters}) == 1

    @property
    def asked(self) -> list[Semester]:
        """Those to ask the database for: the ones shown, and the one compared with."""
        extra = [self.before] if self.before and self.before not in self.semesters else []
        return extra + self.semesters

    @property
    def years(self) -> list[str]:
        """Newest first."""
        return list(dict.fromkeys(semester.year.label for semester in reversed(self.begun)))

    @property
    def terms(self) -> list[tuple[str, str]]:
        """The choices of a year: each semester that has begun, and two side by side."""
        of_year = _of_year(self.begun, self.year)
        pair = _pair(of_year, self.begun)
        choices = [(str(semester.term), semester.term_name) for semester in of_year]
        if len(pair) == 1:
            return choices
        names = [pair[0].term_name if len(of_year) > 1 else str(pair[0]), pair[1].term_name]
        return [*choices, (BOTH, _("%(first)s and %(second)s") % _named(names))]

    @property
    def default_term(self) -> str:
        """What an address without a term means: the last choice, two where there are two."""
        return self.terms[-1][0]

    @property
    def is_running(self) -> bool:
        return self.last.ends_on >= clock.today()


def select(address: QueryDict) -> Selection | None:
    """What the address asks for, else the newest year; None before any semester began.

    Raises Http404 for a year, term or table that there is not.
    """
    begun = list(
        Semester.objects.select_related("year")
        .filter(starts_on__lte=clock.today())
        .order_by("starts_on")
    )
    if not begun:
        return None
    year = address.get("year") or begun[-1].year.label
    term, by = address.get("term") or BOTH, address.get("by") or GRADE
    semesters = _chosen(year, term, begun)
    if not semesters or by not in (GRADE, CLASS):
        raise Http404
    earlier = semesters[:-1] or _previous(semesters[0], begun)
    return Selection(year, term, by, semesters, earlier[0] if earlier else None, begun)


def _chosen(year: str, term: str, begun: list[Semester]) -> list[Semester]:
    of_year = _of_year(begun, year)
    if term == BOTH:
        return _pair(of_year, begun)
    return [semester for semester in of_year if str(semester.term) == term]


def _of_year(begun: list[Semester], year: str) -> list[Semester]:
    return [semester for semester in begun if semester.year.label == year]


def _pair(of_year: list[Semester], begun: list[Semester]) -> list[Semester]:
    """The year's two; where its second has not begun, the one before stands beside its first."""
    if len(of_year) == 1:
        return _previous(of_year[0], begun) + of_year
    return of_year


def _previous(semester: Semester, begun: list[Semester]) -> list[Semester]:
    """The semester before, in a list; an empty one where there is none."""
    at = begun.index(semester)
    return begun[max(at - 1, 0) : at]


def _named(names: list[str]) -> dict[str, str]:
    return {"first": names[0], "second": names[1]}

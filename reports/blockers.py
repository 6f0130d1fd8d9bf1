"""What keeps a semester from being frozen, each with the page on which it is mended."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Case
from cases.models.case import KNOWN
from cases.read_steps import Read
from cases.workflow.carrying import open_until
from school import wording
from school.models import Semester, User
from school.permissions import is_operator
from workflow import clock
from workflow.addresses import address


@dataclass(frozen=True)
class Blocker:
    """A line of the list; without an address if the reader cannot mend it."""

    what: str
    whom: str = ""
    url: str = ""


class Blockers:
    """Everything that keeps a semester from being frozen; read once."""

    def __init__(self, semester: Semester) -> None:
        self.semester = semester
        semesters = list(Semester.objects.select_related("year").order_by("starts_on"))
        at = semesters.index(semester)
        self.before = semesters[at - 1] if at else None
        self.next = semesters[at + 1] if at + 1 < len(semesters) else None
        until = open_until(semester)
        self.open = [case for case in until if case.semester_id == semester.pk]
        earlier = Counter(case.semester_id for case in until)
        self.earlier = [(one, earlier[one.pk]) for one in semesters[:at] if one.pk in earlier]
        read = Read(self.open if self.is_over else ())
        self.waiting = [(case, why) for case in self.open if (why := read.still_open(case))]
        self.stay = sum(1 for case in self.open if case.is_here)

    @property
    def is_over(self) -> bool:
        return self.semester.ends_on < clock.today()

    @property
    def whole(self) -> list[Blocker]:
        """Return what concerns the semester as a whole, without an address."""
        return [*self._not_over(), *self._before(), *self._next()]

    def seen_by(self, user: User) -> list[Blocker]:
        """Return the lines for a reader: cases that they may not know of are only counted.

        Before its last day is over a semester is not to be frozen, and nothing else matters yet.
        """
        if not_over := list(self._not_over()):
            return not_over
        known = self._known_to(user)
        lines = [_of_case(case, str(why)) for case, why in self.waiting if case.pk in known]
        hidden = len(self.waiting) - len(lines)
        return [*self._before(), *self._next(user), *lines, *_others(hidden)]

    def _known_to(self, user: User) -> set[int]:
        """Return the ids of the waiting cases of which a reader may know."""
        ids = {case.pk for case, _why in self.waiting}
        if not ids or KNOWN.shows_all(user):
            return ids
        return set(Case.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))

    @property
    def count(self) -> int:
        return len(self.whole) + len(self.waiting)

    def _not_over(self) -> Iterable[Blocker]:
        if not self.is_over:
            last = wording.full_day(self.semester.ends_on)
            yield Blocker(_("The semester lasts until %(last)s.") % {"last": last})

    def _before(self) -> Iterable[Blocker]:
        for semester, number in self.earlier:
            what = ngettext(
                "%(semester)s is not frozen yet and has %(n)d open case. Freeze it first.",
                "%(semester)s is not frozen yet and has %(n)d open cases. Freeze it first.",
                number,
            ) % {"semester": semester, "n": number}
            yield Blocker(what, url=address("reports:semester_report", semester.code))

    def _next(self, user: User | None = None) -> Iterable[Blocker]:
        if not self.stay:
            return
        if self.next is None:
            what = ngettext(
                "%(n)d open case continues in the next semester, which the operator has to add.",
                "%(n)d open cases continue in the next semester, which the operator has to add.",
                self.stay,
            ) % {"n": self.stay}
            adds = user is not None and is_operator(user)
            yield Blocker(what, url=address("school:add_semester") if adds else "")
        elif self.next.frozen_at:
            what = _("Open cases would continue in %(next)s, which is frozen. Unfreeze it first.")
            url = address("reports:semester_report", self.next.code)
            yield Blocker(what % {"next": self.next}, url=url)


def _of_case(case: Case, why: str) -> Blocker:
    whom = f"{case.student.name} · {case.class_name or case.student.nis}"
    return Blocker(why, whom, case.get_absolute_url())


def _others(hidden: int) -> Iterable[Blocker]:
    if hidden:
        what = ngettext(
            "%(n)d case of another counselor waits for an outcome.",
            "%(n)d cases of other counselors wait for an outcome.",
            hidden,
        )
        yield Blocker(what % {"n": hidden})


def in_a_line(blockers: Blockers) -> str:
    """Return in one line why the semester cannot be frozen; "" if nothing keeps it."""
    if not blockers.count:
        return ""
    if whole := blockers.whole:
        return whole[0].what
    return ngettext(
        "%(n)d case still waits for the outcome of a summons or a home visit.",
        "%(n)d cases still wait for the outcome of a summons or a home visit.",
        len(blockers.waiting),
    ) % {"n": len(blockers.waiting)}

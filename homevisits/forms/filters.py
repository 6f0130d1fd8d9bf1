"""What the list of visits is filtered by; what an address says wrongly is left out."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from homevisits.models import VisitState
from school.models import SchoolClass, Semester, User
from workflow import clock

WHEN = (
    ("today", _("Today")),
    ("week", _("These 7 days")),
    ("month", _("These 30 days")),
    ("past", _("The last 30 days")),
)
DAYS = {"today": (0, 0), "week": (0, 6), "month": (0, 29), "past": (-30, -1)}
SORTS = {"name": ("case__student__name", "pk"), "when": ("scheduled_for", "pk")}
STATES = (
    VisitState.TO_SCHEDULE,
    VisitState.COMING,
    VisitState.TO_RECORD,
    VisitState.RECORDED,
    VisitState.WAITING,
    VisitState.ENDED,
)


@dataclass
class VisitFilter:
    """The choices that `visits` offers, and `visits` as the address narrows them."""

    asked: QueryDict
    visits: Any
    """Those that the person may see, with their state."""
    classes: list[SchoolClass] = field(init=False)
    counselors: list[User] = field(init=False)
    semesters: list[Semester] = field(init=False)

    def __post_init__(self) -> None:
        cases: Any = Case.objects.filter(pk__in=self.visits.values("case")).with_class()
        known = cases.values_list("class_id", "counselor", "semester").distinct()
        classes, counselors, semesters = map(set, zip(*known, strict=True)) if known else ((),) * 3
        self.classes = list(SchoolClass.objects.filter(pk__in=classes).select_related("year"))
        self.counselors = list(User.objects.filter(pk__in=counselors))
        self.semesters = list(Semester.objects.filter(pk__in=semesters).select_related("year"))

    @property
    def grades(self) -> list[str]:
        return list(dict.fromkeys(school_class.grade for school_class in self.classes))

    @property
    def when(self) -> list[tuple[str, Any]]:
        return list(WHEN)

    @property
    def chosen(self) -> dict[str, str]:
        """The words for what is chosen in each menu."""
        return {
            "class": self._one(self.classes, "class", "pk", "name"),
            "counselor": self._one(self.counselors, "counselor", "pk", "short_name"),
            "semester": self._one(self.semesters, "semester", "code", "term_name"),
            "when": str(dict(WHEN).get(self.asked.get("when", ""), "")),
        }

    def narrowed(self) -> Any:
        """`visits` by everything but the state."""
        cases: Any = Case.objects.with_class()
        if self._is_one(self.classes, "class", "pk"):
            cases = cases.filter(class_id=self.asked["class"])
        if self.asked.get("grade") in self.grades:
            cases = cases.filter(grade=self.asked["grade"])
        if self._is_one(self.counselors, "counselor", "pk"):
            cases = cases.filter(counselor=self.asked["counselor"])
        if semester := next((s for s in self.semesters if s.code == self.asked.get("semester")), 0):
            cases = cases.filter(semester=semester)
        if words := self.asked.get("q", "").strip()[:80]:
            cases = cases.filter(student__name__icontains=words)
        return self._within(self.visits.filter(case__in=cases.values("pk")))

    def _within(self, visits: Any) -> Any:
        if (asked := self.asked.get("when")) not in DAYS:
            return visits
        first, last = (clock.today() + timedelta(days=days) for days in DAYS[asked])
        return visits.filter(
            scheduled_for__gte=clock.day_start(first),
            scheduled_for__lt=clock.day_start(last + timedelta(days=1)),
        )

    def _is_one(self, rows: list[Any], name: str, key: str) -> bool:
        return self.asked.get(name) in {str(getattr(row, key)) for row in rows}

    def _one(self, rows: list[Any], name: str, key: str, says: str) -> str:
        found = (getattr(r, says) for r in rows if str(getattr(r, key)) == self.asked.get(name))
        return str(next(found, ""))

"""What the list of visits is filtered by; what an address says wrongly is left out."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from homevisits.models import VisitState
from workflow import clock

WHEN = (
    ("today", _("Today")),
    ("week", _("These 7 days")),
    ("month", _("These 30 days")),
    ("past", _("The last 30 days")),
)
LABELS = {
    "when": _("When"),
    "grade": _("Grade"),
    "class": _("Class"),
    "counselor": _("Counselor"),
    "semester": _("Semester"),
}
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
    choices: dict[str, dict[str, str]] = field(init=False)
    """grade, class, counselor, semester → value → words."""

    def __post_init__(self) -> None:
        known: Any = Case.objects.filter(pk__in=self.visits.values("case")).with_class()
        rows = known.select_related("counselor", "semester__year").order_by(
            "grade", "class_name", "counselor__name", "semester__starts_on"
        )
        self.choices = {name: {} for name in ("grade", "class", "counselor", "semester")}
        for case in rows:
            self.choices["grade"][case.grade or ""] = case.grade or ""
            self.choices["class"][str(case.class_id)] = case.class_name or ""
            self.choices["semester"][case.semester.code] = str(case.semester)
            if case.counselor:
                self.choices["counselor"][str(case.counselor_id)] = case.counselor.short_name

    @property
    def menus(self) -> list[tuple[str, Any, str, list[tuple[str, str]]]]:
        """(parameter, label, what is chosen in words, choices) of each menu worth showing."""
        offered = [("when", [(value, str(label)) for value, label in WHEN])]
        offered += [(name, list(found.items())) for name, found in self.choices.items()]
        return [
            (name, LABELS[name], dict(found).get(self.asked.get(name, ""), ""), found)
            for name, found in offered
            if len(found) > 1 or self.asked.get(name)
        ]

    def narrowed(self) -> Any:
        """`visits` by everything but the state."""
        cases: Any = Case.objects.with_class()
        if chosen := self._chosen("class"):
            cases = cases.filter(class_id=chosen)
        if chosen := self._chosen("grade"):
            cases = cases.filter(grade=chosen)
        if chosen := self._chosen("counselor"):
            cases = cases.filter(counselor=chosen)
        if chosen := self._chosen("semester"):
            year, _dash, term = chosen.partition("-")
            cases = cases.filter(semester__year__label=year, semester__term=term)
        if words := self.asked.get("q", "").replace("\x00", "").strip()[:80]:
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

    def _chosen(self, name: str) -> str:
        """What the address asks for, if it is one of the choices."""
        asked = self.asked.get(name, "")
        return asked if asked in self.choices[name] else ""

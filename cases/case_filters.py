"""Which cases a list shows: what stands in its address, applied to those that one may know of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from cases.models import Case, CaseStatus, Cause, Evidence, Reason, Rung
from cases.models.case import COUNTING, CaseQuerySet
from school.fields import has
from school.models import Semester
from school.permissions import is_coordinator, is_principal
from workflow import clock

OPEN, COUNTED, ALL = "open", "counted", "all"
STATUSES = ((OPEN, _("Open cases")), (COUNTED, _("All that count")), *CaseStatus.choices[1:])
NOBODY = "none"
FACETS = ("status", "rung", "class_id", "class_name", "grade", "counselor", "counselor__name")
COLUMN = {"class": "class_id", "grade": "grade", "rung": "rung", "counselor": "counselor"}
ASKED = ("q", "semester", "status", "reason", "cause", *COLUMN)
UNKNOWN = -1
LONGEST_ID = 12


@dataclass
class Filters:
    """What `user` asks for with `params`; an unknown value of a filter finds nothing."""

    user: Any
    params: Mapping[str, str]
    semesters: list[Semester] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.semesters = list(Semester.objects.select_related("year").order_by("-starts_on"))

    @property
    def status(self) -> str:
        return self.asked("status") or OPEN

    def asked(self, name: str) -> str:
        return self.params.get(name, "").replace("\x00", "").strip()

    @cached_property
    def scope(self) -> CaseQuerySet:
        """Before the filters whose choices are counted: semester, search, reason and cause."""
        cases = Case.objects.visible_to(self.user).with_class().filter(self._semester())
        if words := self.asked("q")[:100]:
            cases = cases.filter(
                Q(student__name__icontains=words) | Q(student__nis__startswith=words)
            )
        if reason := self.asked("reason"):
            shows = Evidence.objects.visible_to(self.user).filter(has("reasons", reason))
            cases = cases.filter(Exists(shows.filter(case=OuterRef("pk"))))
        if cause := self.asked("cause"):
            told = Case.objects.with_summary_for(self.user).filter(has("causes", cause))
            cases = cases.filter(pk__in=told.values("pk"))
        return cases

    def applied(self) -> CaseQuerySet:
        """The cases, each with what the user may see of it."""
        this, user = {"pk": OuterRef("pk")}, self.user
        return (
            self.scope.filter(self._status(), **self.wanted)
            .with_is_here()
            .annotate(
                is_own=Exists(Case.objects.handled_by(user).filter(**this)),
                sees_summary=Exists(Case.objects.with_summary_for(user).filter(**this)),
                newest=Subquery(_newest_evidence(user)),
            )
            .select_related("student", "semester__policy")
        )

    @property
    def is_default(self) -> bool:
        return not any(self.asked(name) for name in ASKED)

    def menus(self) -> dict[str, Any]:
        """How many are open and in all, and the choices of each filter; one query."""
        found = list(self.scope.values(*FACETS).annotate(n=Count("pk")).order_by("grade"))
        counted = [
            row
            for row in found
            if all(row[column] == value for column, value in self.wanted.items())
        ]
        classes = sorted({(r["grade"] or "", r["class_name"] or "", r["class_id"]) for r in found})
        counselors = {
            (r["counselor__name"] or _("Nobody"), r["counselor"] or NOBODY) for r in found
        }
        choices: dict[str, Any] = {
            "class": [(str(pk), name) for _grade, name, pk in classes if pk],
            "rung": [(rung.name, rung.label) for rung in Rung],
            "status": STATUSES[1:],
            "reason": Reason.choices,
            "cause": Cause.choices,
            "semester": [(semester.code, str(semester)) for semester in self.semesters],
            "counselor": [(str(pk), name) for name, pk in sorted(counselors, key=str)],
        }
        return {
            "choices": choices,
            "chosen": {name: dict(of).get(self.asked(name), "") for name, of in choices.items()},
            "open": sum(row["n"] for row in counted if row["status"] == CaseStatus.OPEN),
            "all": sum(row["n"] for row in counted),
            "shown": sum(row["n"] for row in counted if self._shows(row["status"])),
            "grades": sorted({grade for grade, _name, _pk in classes if grade}),
        }

    @property
    def sees_all(self) -> bool:
        return is_coordinator(self.user) or is_principal(self.user)

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """Column → the value that it must hold, for the filters whose choices are counted."""
        asked = {name: self.asked(name) for name in COLUMN}
        return {COLUMN[name]: _value(name, text) for name, text in asked.items() if text}

    def _semester(self) -> Q:
        code = self.asked("semester")
        if code == ALL:
            return Q()
        if code:
            return Q(semester__in=[s.pk for s in self.semesters if s.code == code])
        begun = [s for s in self.semesters if s.starts_on <= clock.today()]
        return Q(semester__in=[s.pk for s in begun[:1]]) | Q(status=CaseStatus.OPEN)

    def _shows(self, status: str) -> bool:
        if self.status == COUNTED:
            return status in COUNTING
        return self.status == ALL or status == self.status.upper()

    def _status(self) -> Q:
        if self.status == ALL:
            return Q()
        if self.status == COUNTED:
            return Q(status__in=COUNTING)
        return Q(status=self.status.upper())


def _newest_evidence(user: Any) -> Any:
    """The figures and reasons of the newest evidence of a case, as JSON, for who may see them."""
    rows = Evidence.objects.visible_to(user).filter(case=OuterRef("pk"))
    parts = {name: name for name in ("never", "low", "missing", "reasons", "note")}
    return rows.order_by("-happened_at", "-pk").values(data=JSONObject(**parts))[:1]


def _value(name: str, text: str) -> Any:
    if name == "rung":
        return Rung[text].value if text in Rung.names else UNKNOWN
    if name == "counselor" and text == NOBODY:
        return None
    if name in {"counselor", "class"}:
        is_id = text.isascii() and text.isdigit() and len(text) <= LONGEST_ID
        return int(text) if is_id else UNKNOWN
    return text

"""The filters of the list of cases."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cases import steps
from cases.models import Case, CaseStatus, Cause, Evidence, Reason, Rung
from cases.models.case import COUNTING, EVIDENCE, HANDLED, KNOWN, SUMMARY, CaseQuerySet
from cases.waiting import Waiting, every_wait, told_to_all, waiting_in
from school.fields import has
from school.filter_kinds import (
    EVERY,
    Choice,
    ClassChoice,
    GradeChoice,
    RowChoice,
    Search,
    SemesterChoice,
)
from school.filters import ListFilter, Rows
from school.models import SchoolClass, User, last_class
from school.models.groups import classes_of
from school.ties import ties_of
from workflow.errors import Text

OPEN, COUNTED, ALL, RUNNING, NOBODY = "open", "counted", "all", "running", "none"
STATUSES = (
    (OPEN, _("Open cases")),
    (ALL, _("All")),
    (COUNTED, _("All but false alarms")),
    *CaseStatus.choices[1:],
)
HEADS: dict[str, Text] = {
    OPEN: pgettext_lazy("title", "Open cases"),
    ALL: _("All cases"),
    COUNTED: _("Cases"),
}
"""Status → what a title calls these cases."""
RUNNING_LABEL = _("This semester, and what is still open")
LATE = "late"
DUE = ((LATE, _("Overdue")),)
RUNGS = [(rung.name, rung.label) for rung in Rung]


def sees_all(user: User) -> bool:
    return KNOWN.shows_all(user)


def sees_reasons(user: User) -> bool:
    return EVIDENCE.shows_some(user)


def sees_summaries(user: User) -> bool:
    return SUMMARY.shows_some(user)


def step_kinds() -> list[tuple[str, Text]]:
    return [(kind.name, kind.label) for kind in steps.kinds()]


class CounselorChoice(RowChoice):
    """The counselor of a case, or nobody; it offers those of the semester in view."""

    def __init__(self, field_name: str, *, rare: bool = False) -> None:
        super().__init__(
            _("Counselor"),
            field_name,
            rare=rare,
            queryset=User.objects.all(),
            null_value=NOBODY,
            null_label=_("Nobody"),
            shown_to=sees_all,
        )

    def offered(self) -> list[tuple[object, object]]:
        known = Case.objects.filter(semester=self.parent.semester).values("counselor")
        named = User.objects.filter(pk__in=known).order_by("name").values_list("pk", "name")
        extra = [("", self.field.empty_label), (NOBODY, self.field.null_label)]
        return [*extra, *named]


class RunningChoice(SemesterChoice):
    """A semester, all, or by default the running one with all cases that are still open."""

    def __init__(self, *, method: str, rare: bool = False) -> None:
        usual = [(RUNNING, RUNNING_LABEL)]
        after = [(ALL, _("All"))]
        super().__init__(
            before=usual,
            after=after,
            initial=RUNNING,
            resets=["class"],
            method=method,
            rare=rare,
        )


class WaitChoice(Choice):
    """What a case waits for; it offers what the reader may know of."""

    def offered(self) -> list[tuple[object, object]]:
        user = self.parent.request.user
        waits = every_wait() if HANDLED.shows_some(user) else told_to_all()
        return [("", self.field.empty_label), *waits]


class CasesOfClasses(ListFilter):
    """Filters of a list of cases, or of rows from which `to_case` leads to a case.

    It offers the year's classes that concern the reader.
    """

    to_case = ""

    def of_class(self, rows: Rows, name: str, value: object) -> Rows:
        """Return the rows whose student was last in this class or grade in the case's semester."""
        then = last_class.of_semester(name, f"{self.to_case}student", f"{self.to_case}semester")
        return rows.filter(Exact(then, getattr(value, "pk", value)))

    def classes_in_view(self) -> QuerySet[SchoolClass]:
        every, user = super().classes_in_view(), self.request.user
        if sees_all(user):
            return every
        ties = ties_of(user)
        mine = ties.own_classes | ties.counseled_classes | ties.taught_classes
        return every.filter(Q(pk__in=mine) | Q(pk__in=classes_of(ties.taught_groups)))


class CaseFilter(CasesOfClasses):
    head = _("Cases")
    q = Search("student__name__icontains", "student__nis__startswith")
    status = Choice(_("Status"), choices=STATUSES, initial=OPEN, method="of_status", chips=2)
    grade = GradeChoice(method="of_class")
    class_ = ClassChoice(method="of_class")
    rung = Choice(_("Rung"), choices=RUNGS, method="of_rung", shown_to=sees_summaries)
    wait = WaitChoice(
        _("Waits for"), choices=every_wait, method="of_wait", shown_to=sees_summaries, rare=True
    )
    due = Choice(_("Due"), choices=DUE, method="of_due", shown_to=sees_summaries, rare=True)
    reason = Choice(
        _("Reason"), choices=Reason.choices, method="of_reason", shown_to=sees_reasons, rare=True
    )
    cause = Choice(
        _("Cause"), choices=Cause.choices, method="of_cause", shown_to=sees_summaries, rare=True
    )
    counselor = CounselorChoice("counselor")
    semester = RunningChoice(method="of_semester", rare=True)

    def of_status(self, cases: CaseQuerySet, _name: str, status: str) -> CaseQuerySet:
        if status == COUNTED:
            return cases.counted()
        return cases if status == ALL else cases.filter(status=status.upper())

    def of_rung(self, cases: CaseQuerySet, _name: str, rung: str) -> CaseQuerySet:
        """Return cases on this rung of which the reader may see where they stand."""
        return SUMMARY.of(cases, self.request.user).filter(rung=Rung[rung])

    def of_wait(self, cases: CaseQuerySet, _name: str, code: str) -> CaseQuerySet:
        """Return open cases that wait for this, as far as the reader may know that.

        Of those that are late only cases that are late with it.
        """
        if not code:
            return cases
        wait = next(one for one in every_wait() if one.code == code)
        late = self.value("due") == LATE
        found = [
            pk
            for pk, one in self.waiting.items()
            if one.may_tell(wait) and one.waits_for(wait, late=late)
        ]
        return cases.filter(pk__in=found)

    def of_due(self, cases: CaseQuerySet, _name: str, due: str) -> CaseQuerySet:
        """Return open cases whose next step is late; `of_wait` says it of what they wait for."""
        if not due or self.value("wait"):
            return cases
        late = [pk for pk, one in self.waiting.items() if one.sees_summary and one.is_late]
        return cases.filter(pk__in=late)

    def of_reason(self, cases: CaseQuerySet, _name: str, reason: str) -> CaseQuerySet:
        """Return cases with evidence of this reason that the reader may see."""
        shows = Evidence.objects.visible_to(self.request.user).filter(has("reasons", reason))
        return cases.filter(Exists(shows.filter(case=OuterRef("pk"))))

    def of_cause(self, cases: CaseQuerySet, _name: str, cause: str) -> CaseQuerySet:
        """Return cases with this cause in a summary that the reader may see."""
        return SUMMARY.of(cases, self.request.user).filter(has("causes", cause))

    def of_semester(self, cases: CaseQuerySet, _name: str, code: str) -> CaseQuerySet:
        if code == RUNNING:
            return cases.filter(Q(semester=self.semester) | Q(status=CaseStatus.OPEN))
        return cases if code == ALL else cases.filter(semester=self.semesters[code])

    def title_words(self, said: Mapping[str, str]) -> list[str]:
        """Return the words of the title: the name of a rung stands for "Cases"."""
        rest, status = dict(said), self.value("status")
        if status in HEADS:
            rest.pop("status", None)
        head = HEADS.get(status, self.head)
        if rest.pop("rung", ""):
            head = Rung[self.value("rung")].label
            rest = {"status": str(STATUSES[0][1]), **rest} if status == OPEN else rest
        if "semester" not in rest and status != OPEN:
            rest["semester"] = str(self.semester if status not in HEADS else RUNNING_LABEL)
        return [str(head), *rest.values()]

    def number_of(self, rows: int) -> str:
        """Return a number of cases in words: of one semester each is another student's."""
        if self.value("semester") in self.semesters:
            return super().number_of(rows)
        return ngettext("%(n)s case", "%(n)s cases", rows) % {"n": rows}

    @property
    def asks_what_waits(self) -> bool:
        return bool(self.value("wait") or self.value("due"))

    @cached_property
    def waiting(self) -> dict[int, Waiting]:
        """Return what each open case waits for that the reader may know of, by its id."""
        return waiting_in(self.queryset, self.semester_of, self.request.user)

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        found = self.filter_queryset(self.queryset, but="status").order_by()
        by_status = Counter(dict(found.values_list("status").annotate(n=Count("pk"))))
        usual = {
            OPEN: by_status[CaseStatus.OPEN],
            ALL: by_status.total(),
            COUNTED: sum(by_status[status] for status in COUNTING),
        }
        return {"status": {**by_status, **usual}}


class TimelineFilter(ListFilter):
    """The kind of steps that the timeline of a case shows."""

    kind = Choice(_("Filter the history"), choices=step_kinds, chips=EVERY)

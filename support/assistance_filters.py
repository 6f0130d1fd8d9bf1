"""The filters of the list of assistance."""

from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from cases.filters import CasesOfClasses, CounselorChoice
from school.filter_kinds import Choice, ClassChoice, GradeChoice, Search
from support.models import AssistanceKind, AssistanceStatus
from support.models.assistance import GONE, AssistanceQuerySet
from workflow import clock

S = AssistanceStatus
ON_LOAN, LATE, WAITING, TO_HAND_OVER, GIVEN, BACK, NOT_DONE, ALL = (
    *("loan", "late", "asked", "approved", "given", "back", "not", "all"),
)
STATES = (
    (ON_LOAN, pgettext_lazy("assistance", "On loan, not back")),
    (LATE, _("Overdue")),
    (WAITING, S.ASKED.label),
    (TO_HAND_OVER, _("To hand over")),
    (GIVEN, _("Given to keep")),
    (BACK, _("Returned or not")),
    (NOT_DONE, _("Declined or withdrawn")),
    (ALL, _("All")),
)


def _in_states() -> dict[str, Q]:
    """Return state → the filter for it."""
    is_out = Q(status=S.HANDED_OVER, is_lent=True)
    return {
        ON_LOAN: is_out,
        LATE: is_out & Q(due_on__lt=clock.today()),
        WAITING: Q(status=S.ASKED),
        TO_HAND_OVER: Q(status=S.APPROVED),
        GIVEN: Q(status=S.HANDED_OVER, is_lent=False),
        BACK: Q(status__in=(S.RETURNED, S.KEPT)),
        NOT_DONE: Q(status__in=GONE),
    }


class AssistanceFilter(CasesOfClasses):
    head = _("Assistance")
    to_case = "case__"
    q = Search("case__student__name__icontains", "given__icontains", "receiver__icontains")
    state = Choice(_("Status"), choices=STATES, initial=ON_LOAN, method="of_state", chips=4)
    kind = Choice(_("What"), "kind", choices=AssistanceKind.choices)
    grade = GradeChoice(method="of_class", rare=True)
    class_ = ClassChoice(method="of_class", rare=True)
    counselor = CounselorChoice("case__counselor", rare=True)

    def of_state(self, rows: AssistanceQuerySet, _name: str, state: str) -> AssistanceQuerySet:
        return rows if state == ALL else rows.filter(_in_states()[state])

    def number_of(self, rows: int) -> str:
        return ngettext("%(n)s request", "%(n)s requests", rows) % {"n": rows}

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        found = self.filter_queryset(self.queryset, but="state").order_by()
        numbers = {name: Count("pk", filter=which) for name, which in _in_states().items()}
        return {"state": found.aggregate(**numbers, all=Count("pk"))}

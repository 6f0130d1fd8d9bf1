"""The filters of the list of follow-ups."""

from functools import cached_property

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from school.filter_kinds import Choice, Search
from school.filters import ListFilter
from support.models import FollowUpStatus
from support.models.follow_up import FollowUpQuerySet
from workflow import clock

OPEN, LATE, DONE, DROPPED, ALL = "open", "late", "done", "dropped", "all"
STATES = (
    (OPEN, FollowUpStatus.OPEN.label),
    (LATE, _("Overdue")),
    (DONE, FollowUpStatus.DONE.label),
    (DROPPED, FollowUpStatus.DROPPED.label),
    (ALL, _("All")),
)
COUNSELOR, SCHOOL, OTHERS = "counselor", "school", "others"
DOERS = (
    (COUNSELOR, _("The counselor")),
    (SCHOOL, _("People of the school")),
    (OTHERS, _("Family and others")),
)


class FollowUpFilter(ListFilter):
    head = _("Follow-ups")
    q = Search("case__student__name__icontains", "what__icontains")
    state = Choice(_("Status"), choices=STATES, initial=OPEN, method="of_state", chips=5)
    doer = Choice(_("By whom"), choices=DOERS, method="of_doer")

    def of_state(self, rows: FollowUpQuerySet, _name: str, state: str) -> FollowUpQuerySet:
        if state == LATE:
            return rows.late()
        return rows if state == ALL else rows.filter(status=state.upper())

    def of_doer(self, rows: FollowUpQuerySet, _name: str, doer: str) -> FollowUpQuerySet:
        if doer == SCHOOL:
            return rows.filter(doer__isnull=False)
        by_name = ~Q(doer_name="") if doer == OTHERS else Q(doer_name="")
        return rows.filter(by_name, doer=None)

    def number_of(self, rows: int) -> str:
        return ngettext("%(n)s follow-up", "%(n)s follow-ups", rows) % {"n": rows}

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        found = self.filter_queryset(self.queryset, but="state").order_by()
        is_open = Q(status=FollowUpStatus.OPEN)
        of_state = {
            OPEN: is_open,
            LATE: is_open & Q(due_on__lt=clock.today()),
            DONE: Q(status=FollowUpStatus.DONE),
            DROPPED: Q(status=FollowUpStatus.DROPPED),
            ALL: Q(),
        }
        numbers = {name: Count("pk", filter=which) for name, which in of_state.items() if which}
        return {"state": found.aggregate(**numbers, all=Count("pk"))}

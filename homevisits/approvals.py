"""Home visits among what waits for the principal's decision."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases import approvals
from cases.approvals import Line, Listed
from homevisits.acts import VISIT_ACTS
from homevisits.models import Visit, VisitStatus
from homevisits.models.choices import WITH_REPORT
from homevisits.models.visit import VisitQuerySet
from homevisits.queries import Proposal, proposals
from homevisits.workflow import approve, decline
from school.models import User
from workflow.acts import Button


class VisitApprovals(approvals.Approvals[Visit]):
    name = "visit"
    label = _("Home visits")
    template = "homevisits/proposal_words.html"
    icon = "door-open"
    look = "visit"
    if_declined = _(
        "The visit will not take place, and the case goes back to the rung its steps show. BK can "
        "propose it again."
    )
    not_begun = _("Approved, not scheduled yet")
    went_ahead = _("Urgent visits, without waiting for approval")

    def rows(self, user: User) -> VisitQuerySet:
        return Visit.objects.proposals_for(user)

    def lines(self, user: User, pks: set[int]) -> list[Line]:
        chosen = self.rows(user).filter(pk__in=pks)
        return [_line(one) for one in proposals(chosen.order_by("proposed_on", "pk"), user)]

    def listed(self, user: User) -> Listed:
        wanted = self.rows(user).awaiting_decision().order_by("proposed_on", "pk")
        found = proposals(wanted, user)

        def of(*statuses: str, act: str = "") -> list[Line]:
            rows = [one for one in found if one.visit.status in statuses]
            return [
                _line(one, VISIT_ACTS.button(act, user, one.visit) if act else None) for one in rows
            ]

        return Listed(
            waiting=of(VisitStatus.PROPOSED),
            approved=of(VisitStatus.APPROVED, act="withdraw_approval"),
            went_ahead=of(*WITH_REPORT, act="acknowledge"),
        )

    def approve(self, rows: Sequence[Visit], *, by: User, note: str) -> None:
        approve(list(rows), by=by, note=note)

    def decline(self, rows: Sequence[Visit], *, by: User, note: str) -> None:
        decline(list(rows), by=by, note=note)

    def said(self, act: str, count: int) -> str:
        if act == "approve":
            words = ngettext("%(count)s visit approved.", "%(count)s visits approved.", count)
        else:
            words = ngettext("%(count)s proposal declined.", "%(count)s proposals declined.", count)
        return words % {"count": count}


def _line(proposal: Proposal, act: Button | None = None) -> Line:
    visit = proposal.visit
    url = visit.get_absolute_url() if proposal.is_own else ""
    return Line(visit.pk, visit.case.student.name, url, proposal, act)


def register_all() -> None:
    approvals.register(VisitApprovals())

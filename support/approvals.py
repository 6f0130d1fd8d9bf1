"""Requests for assistance among what waits for the principal's decision."""

from collections.abc import Sequence

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases import approvals
from cases.approvals import Line, Listed
from cases.models import Case
from school.models import User
from support.acts import ASSISTANCE_ACTS
from support.models import Assistance, AssistanceStatus
from support.models.assistance import AssistanceQuerySet
from support.workflow import approve_assistance, decline_assistance

S = AssistanceStatus


class AssistanceApprovals(approvals.Approvals[Assistance]):
    name = "assistance"
    label = _("Assistance")
    template = "support/assistance_words.html"
    icon = "phone"
    look = "accent"
    if_declined = _("The family does not get the assistance. BK can ask for it again.")
    not_begun = _("Approved, not handed over yet")

    def rows(self, user: User) -> AssistanceQuerySet:
        return Assistance.objects.visible_to(user)

    def lines(self, user: User, pks: set[int]) -> list[Line]:
        return [_line(one) for one in _known(self.rows(user).filter(pk__in=pks))]

    def listed(self, user: User) -> Listed:
        rows = self.rows(user)
        found = list(_known(rows.to_decide() | rows.to_hand_over()))
        approved = [one for one in found if one.status == S.APPROVED]
        return Listed(
            waiting=[_line(one) for one in found if one.status == S.ASKED],
            approved=[_line(one, user) for one in approved],
        )

    def approve(self, rows: Sequence[Assistance], *, by: User, note: str) -> None:
        approve_assistance(rows, by=by, note=note)

    def decline(self, rows: Sequence[Assistance], *, by: User, note: str) -> None:
        decline_assistance(rows, by=by, note=note)

    def said(self, act: str, count: int) -> str:
        if act == "approve":
            words = ngettext(
                "%(count)s request for assistance approved.",
                "%(count)s requests for assistance approved.",
                count,
            )
        else:
            words = ngettext(
                "%(count)s request for assistance declined.",
                "%(count)s requests for assistance declined.",
                count,
            )
        return words % {"count": count}


def _known(rows: AssistanceQuerySet) -> AssistanceQuerySet:
    """Return the rows with what a line says of them, the oldest first."""
    cases = Case.objects.with_class("class_name").select_related("student", "counselor")
    return rows.prefetch_related(Prefetch("case", cases)).order_by("asked_on", "pk")


def _line(asked: Assistance, user: User | None = None) -> Line:
    act = ASSISTANCE_ACTS.button("withdraw_approval", user, asked) if user else None
    return Line(asked.pk, asked.case.student.name, asked.get_absolute_url(), asked, act)


def register_all() -> None:
    approvals.register(AssistanceApprovals())

"""That somebody was asked how a service was, as a step of a case. What they said is not there."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cases.models import Case, CaseStatus, Rung
from cases.steps import Moment, StepKind, by_case
from reports.models import FeedbackLink
from reports.workflow.feedback import why_not_now
from school.models import User
from workflow import clock
from workflow.acts import Button
from workflow.addresses import address


class FeedbackSteps(StepKind[FeedbackLink]):
    name = "feedback"
    label = _("Feedback")
    icon = "chat-left-text"
    is_only_told = True

    def of(self, cases: Sequence[Case]) -> dict[int, list[FeedbackLink]]:
        rows = FeedbackLink.objects.filter(case__in=cases)
        return by_case(rows.only("case_id", "service", "respondent", "made_on"))

    def timeline(self, case: Case, steps: list[FeedbackLink]) -> list[Moment]:
        return [_moment(one) for one in steps]

    def acts(self, case: Case, steps: list[FeedbackLink], user: User) -> list[Button]:
        """Return the act to ask somebody, once somebody may have been reached."""
        is_handled = case.rung > Rung.REVIEW and case.status != CaseStatus.DISMISSED
        if not is_handled or why_not_now(case):
            return []
        url = address("reports:ask_feedback", case.pk)
        return [Button("feedback", _("Ask how it was"), url, self.icon)]


def _moment(one: FeedbackLink) -> Moment:
    words = {"whom": one.get_respondent_display().lower()}
    title = _("Feedback asked: %(whom)s") % words
    return Moment(clock.day_start(one.made_on), title, one.get_service_display())

"""Case conferences as steps of a case. They count for no rung and hold up nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.steps import Ids, Line, Moment, NextStep, OpenCase, StepKind, Steps, by_case
from school import wording
from school.models import User
from support.acts import CONFERENCE_ACTS
from support.models import Conference, ConferenceStatus
from support.models.conference import TOOK_PLACE
from workflow import clock
from workflow.acts import Button

S = ConferenceStatus


class ConferenceSteps(StepKind[Conference]):
    name = "conference"
    label = _("Conferences")
    icon = "people"
    is_listed_apart = True

    def of(self, cases: Sequence[Case]) -> dict[int, list[Conference]]:
        known = {case.pk: case for case in cases}
        rows = Conference.objects.filter(case__in=known).select_related("by")
        found = by_case(rows)
        for row in (row for rows_of_case in found.values() for row in rows_of_case):
            row.case = known[row.case_id]
        return found

    def latest(self, cases: Ids) -> Steps:
        planned = Conference.objects.filter(case__in=cases, status=S.PLANNED)
        return by_case(planned.only("case_id", "status", "planned_on", "meets_at", "place"))

    def done(self, case: Case, steps: list[Conference]) -> list[datetime]:
        return [one.held_at for one in steps if one.held_at]

    def coming(self, case: OpenCase, steps: list[Conference]) -> NextStep | None:
        """Return the conference that is planned, or to be recorded."""
        planned = next((one for one in steps if one.status == S.PLANNED), None)
        if planned is None:
            return None
        return NextStep(
            _("Case conference"),
            clock.day_of(planned.meets_at),
            planned.get_absolute_url(),
            at=planned.meets_at,
            detail=planned.place,
            listed_apart=True,
            since=planned.planned_on,
        )

    def summary(self, case: Case, steps: list[Conference]) -> list[Line]:
        """Return the day of each that was held."""
        held = (one.held_at for one in steps if one.status in TOOK_PLACE)
        return [(clock.day_of(at), _("Case conference: held")) for at in held if at]

    def timeline(self, case: Case, steps: list[Conference]) -> list[Moment]:
        return [_moment(one) for one in steps]

    def acts(self, case: Case, steps: list[Conference], user: User) -> list[Button]:
        """Return a link to the one under way, and the act to plan one."""
        links = [_link(one) for one in steps if one.status in {S.PLANNED, S.HELD}]
        if not case.is_open or any(one.status == S.PLANNED for one in steps):
            return links
        return [*links, CONFERENCE_ACTS.button("plan", user, case)]


def _when(one: Conference) -> str:
    return f"{wording.long_date(one.happens_at)}, {wording.clock_time(one.happens_at)}"


def _link(one: Conference) -> Button:
    label, url = _("View the case conference"), one.get_absolute_url()
    reason = f"{one.get_status_display()} · {_when(one)}"
    return Button("conference", label, url, "people", "contact", reason=reason)


def _moment(one: Conference) -> Moment:
    is_held = one.status in TOOK_PLACE
    words = [one.conclusion] if is_held else [_when(one), one.place]
    return Moment(
        one.happens_at if is_held else clock.day_start(one.planned_on),
        _("Case conference: %(status)s") % {"status": one.get_status_display().lower()},
        " · ".join(filter(None, words)),
        one.by.called,
        url=one.get_absolute_url(),
        link=_("View"),
        is_void=one.status == S.CANCELLED,
    )

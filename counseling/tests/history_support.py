"""The checks of a history on what stands beside the ladder of a case, each against the oracle."""

from datetime import datetime
from typing import Any

from django.test import RequestFactory
from django.urls import resolve

from cases.models import Case
from cases.read_steps import Read
from cases.workflow import CASE
from cases.workflow.conditions import known_of_steps
from counseling.tests import oracle_support as oracle
from counseling.tests.history_people import AsksSome, of_these
from counseling.tests.oracle_log import lives
from counseling.tests.scenarios.histories import HistoryCast
from school.models import User
from support.assistance_filters import AssistanceFilter
from support.follow_up_tasks import follow_ups_waiting
from support.models import Assistance, AssistanceKind, Conference, FollowUp, Referral
from workflow import clock
from workflow.models import ActionEntry

ASKS = RequestFactory()


class BesideTheLadder(AsksSome):
    """Assistance, conferences, referrals, follow-ups, and that none of them holds up the end."""

    cast: HistoryCast
    now: datetime
    tried: int
    entries_asked: int
    decided: int
    """Decisions of conferences that were ever written."""

    CHECKS = (
        "_acts_follow_on_what_they_may",
        "_assistance_is_where_its_acts_left_it",
        "_conferences_open_to_those_invited",
        "_letters_have_numbers_of_their_own",
        "_follow_ups_find_who_does_them",
        "_only_what_the_design_says_keeps_a_case_from_its_end",
    )

    def _acts_follow_on_what_they_may(self) -> None:
        found = lives()
        for model in (Assistance, Conference, FollowUp, Referral):
            states = dict(model.objects.values_list("pk", "status"))
            kind = model._meta.label_lower
            assert states == {pk: found[kind, pk].state for pk in states}
        assert oracle.referral_rows_that_lie(found) == []
        assert oracle.put_off_wrongly(found) == []

    def _assistance_is_where_its_acts_left_it(self) -> None:
        found = lives()
        with clock.shifted_to(self.now):
            people = oracle.People(clock.today())
            assert oracle.handed_out_wrongly(found, people) == []
            out = oracle.on_loan(found)
            assert {*Assistance.objects.lent_out().values_list("pk", flat=True)} == out
            kind = AssistanceKind.values[self.tried % len(AssistanceKind.values)]
            for user in self.some([self.cast.bk, self.cast.coordinator], each=2):
                shown = Assistance.objects.handed_by(user)
                listed = AssistanceFilter(_asks(user), shown).qs.values_list("pk", flat=True)
                expected = oracle.assistance_shown(people, user.pk)
                assert {*listed} == {row["id"] for row in expected} & out
                counts = AssistanceFilter(_asks(user, kind=kind), shown).counts["state"]
                of_kind = [row for row in expected if row["kind"] == kind]
                assert counts == oracle.assistance_counts(of_kind, clock.today())

    def _conferences_open_to_those_invited(self) -> None:
        asked = self.some(self.cast.everybody)
        with clock.shifted_to(self.now):
            expected = oracle.conferences_shown(oracle.People(clock.today()))
            found = {
                (user.pk, pk)
                for user in asked
                for pk in Conference.objects.visible_to(user).values_list("pk", flat=True)
            }
        assert found == of_these(asked, expected)
        assert oracle.conferences_with_wrong_minutes() == []
        assert oracle.decisions_kept_wrongly() == []
        assert oracle.decisions() == self.decided

    def _letters_have_numbers_of_their_own(self) -> None:
        assert oracle.numbers_used_wrongly() == []

    def _follow_ups_find_who_does_them(self) -> None:
        asked = self.some(self.cast.everybody)
        with clock.shifted_to(self.now):
            day = clock.today()
            expected = oracle.follow_ups_at_home(oracle.People(day), day)
            found = [
                (user.pk, resolve(task.url).kwargs["pk"])
                for user in asked
                for task in follow_ups_waiting(user)
            ]
        assert sorted(found) == sorted(of_these(asked, set(expected)))

    def _only_what_the_design_says_keeps_a_case_from_its_end(self) -> None:
        """Ask the cases that the last acts were about."""
        acts = ActionEntry.objects.filter(root_kind="cases.case", pk__gt=self.entries_asked)
        roots = dict(acts.values_list("pk", "root_id"))
        self.entries_asked = max(roots, default=self.entries_asked)
        with clock.shifted_to(self.now):
            open_ones = Case.objects.filter(pk__in=roots.values(), status="OPEN")
            cases = list(open_ones.select_related("semester"))
            read, expected = Read(cases), oracle.how_cases_end() if cases else {}
            for case in cases:
                assert self._how_it_ends(case, read) == expected[case.pk]

    def _how_it_ends(self, case: Case, read: Read) -> str:
        known = known_of_steps(case, read)
        (found,) = CASE.offers(self.cast.coordinator, case, ("resolve",), known)
        if not found.on:
            return oracle.OFF
        return oracle.WITH_A_REASON if found.needs_reason else oracle.ON


def _asks(user: User, **asked: Any) -> Any:
    request = ASKS.get("/", asked)
    request.user = user
    return request

"""Follow-ups when a case ends more than once, or ended long ago."""

from datetime import timedelta

import pytest
import time_machine

from cases.models import Case
from cases.tests import factories as cases
from cases.workflow import dismiss, reopen, resolve
from school.models import User
from school.tests.cast import small_school
from support.models import FollowUp
from support.tests import factories as make
from workflow import clock
from workflow.run import undo

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

LATER = timedelta(minutes=10)
LONG_AFTER = timedelta(days=230)


def solved(case: Case, by: User, **more: object) -> None:
    resolve(case, by=by, outcome="SOLVED", causes=["FORGOT"], **more)  # type: ignore[arg-type]


def states() -> list[str]:
    return list(FollowUp.objects.order_by("pk").values_list("status", flat=True))


def test_a_second_false_alarm_can_be_undone_and_takes_up_only_what_fell_with_it() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    make.follow_up(case, cast.bk)
    dismiss(case, by=cast.bk, reason="Keliru")
    with time_machine.travel(clock.now() + LATER):
        reopen(case, by=cast.bk, reason="Ternyata benar")
        make.follow_up(case, cast.bk)
        dismiss(case, by=cast.bk, reason="Tetap keliru")
        assert states() == ["DROPPED", "DROPPED"]
        undo(case, "dismiss", by=cast.bk)
    assert states() == ["DROPPED", "OPEN"]


def test_a_second_end_of_the_same_hour_can_be_undone_and_keeps_what_the_first_left() -> None:
    cast = small_school()
    case = cases.tried_case(cast, outcome="REACHED")
    at = clock.now()
    solved(case, cast.bk, look_again_in=14, happened_at=at)
    with time_machine.travel(clock.now() + LATER):
        reopen(case, by=cast.bk, reason="Kambuh", happened_at=at)
        solved(case, cast.bk, happened_at=at)
        undo(case, "resolve", by=cast.bk)
    assert states() == ["OPEN"]


def test_an_end_that_is_entered_long_after_can_leave_a_follow_up() -> None:
    cast = small_school()
    case = cases.tried_case(cast, outcome="REACHED")
    at = clock.now()
    with time_machine.travel(clock.now() + LONG_AFTER):
        solved(case, cast.bk, look_again_in=14, happened_at=at)
        assert FollowUp.objects.get().is_late

"""The acts of what the school does beside the ladder."""

from datetime import timedelta
from typing import Any

from cases.models import Case
from counseling.tests.acts.act import DONE, act_on, of_school, pick
from school.tests.cast import Cast
from support import workflow as support
from support.models import FollowUp
from workflow import clock


@of_school
def agree(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Add a follow-up for the counselor, a teacher or a parent; seldom one that is refused."""
    case = pick(Case, n, ("OPEN", "RESOLVED"))
    if case is None:
        return None
    support.agree(
        case,
        by=by,
        what="Ajak bicara" if choice != 7 else " ",
        due_on=clock.today() + timedelta(days=choice * 3 - 2),
        doer=cast.guru if choice % 3 == 1 else None,
        doer_name="Ibu Suminah" if choice in {2, 4} else "",
    )
    return DONE


@act_on(FollowUp, "OPEN")
def finish(follow_up: FollowUp, by: Any, choice: int) -> None:
    support.finish(follow_up, by=by, outcome="Sudah dibicarakan" if choice % 2 else "")


@act_on(FollowUp, "OPEN")
def put_off(follow_up: FollowUp, by: Any, choice: int) -> None:
    due_on = clock.today() + timedelta(days=choice - 1)
    support.put_off(follow_up, by=by, due_on=due_on, reason="Sakit" if choice % 4 else "")


@act_on(FollowUp, "OPEN")
def drop(follow_up: FollowUp, by: Any, choice: int) -> None:
    support.drop(follow_up, by=by, reason="Sudah pindah" if choice % 4 else "")

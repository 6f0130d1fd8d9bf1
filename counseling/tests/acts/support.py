"""The acts of what the school does beside the ladder."""

from datetime import timedelta
from typing import Any

from cases.models import Case
from counseling.tests.acts.act import DONE, act_on, of_school, pick
from school.tests.cast import Cast
from support import workflow as support
from support.models import Conference, FollowUp
from support.workflow import conference as conferring
from workflow import clock

MINUTES = {"present": "Pak Hadi", "problem": "Sering alpa", "conclusion": "Didampingi"}


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
    due_on = max(clock.today(), follow_up.due_on) + timedelta(days=choice - 1)
    support.put_off(follow_up, by=by, due_on=due_on, reason="Sakit" if choice % 4 else "")


@act_on(FollowUp, "OPEN")
def drop(follow_up: FollowUp, by: Any, choice: int) -> None:
    support.drop(follow_up, by=by, reason="Sudah pindah" if choice % 4 else "")


@of_school
def plan_conference(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Plan a conference for soon; seldom one to which nobody is invited."""
    case = pick(Case, n, ("OPEN",))
    if case is None:
        return None
    conferring.plan(
        case,
        by=by,
        meets_at=clock.now() + timedelta(seconds=5.5 + choice),
        place="Ruang BK",
        why="Kehadiran",
        invited=[cast.guru] if choice != 7 else [],
    )
    return DONE


@of_school
def change_conference(cast: Cast, by: Any, n: int, choice: int) -> Any:
    conference = pick(Conference, n, ("PLANNED",))
    if conference is None:
        return None
    at, who = clock.now() + timedelta(seconds=5.5), [cast.wali, cast.guru2][: choice % 3]
    plan = {"meets_at": at, "place": "Ruang guru", "why": "Tugas", "invited": who}
    conferring.reschedule(conference, by=by, **plan, read_at=conference.version)
    return DONE


@act_on(Conference, "PLANNED")
def hold_conference(conference: Conference, by: Any, choice: int) -> None:
    conferring.hold(conference, by=by, **MINUTES | ({"problem": " "} if choice == 7 else {}))


@act_on(Conference, "HELD")
def correct_minutes(conference: Conference, by: Any, choice: int) -> None:
    said = {**MINUTES, "conclusion": f"Didampingi {choice}"}
    conferring.correct_minutes(conference, by=by, **said, read_at=conference.version)


@act_on(Conference, "HELD")
def decide_in_conference(conference: Conference, by: Any, choice: int) -> None:
    due_on = clock.today() + timedelta(days=choice)
    conferring.decide(conference, by=by, what="Ajak bicara", due_on=due_on)


@act_on(Conference, "HELD")
def close_conference(conference: Conference, by: Any, choice: int) -> None:
    conferring.close(conference, by=by)


@act_on(Conference, "PLANNED")
def cancel_conference(conference: Conference, by: Any, choice: int) -> None:
    conferring.cancel(conference, by=by, reason="Sakit" if choice % 4 else "")

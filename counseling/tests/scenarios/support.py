"""What the school does beside the ladder in the cases of the access matrix."""

from typing import Any

from cases.models import Case
from support.tests import factories as make
from support.workflow import conference as conferring


def follow_ups(made: Any, of: dict[str, Case]) -> None:
    """Agree something for a teacher in each case, and in the foreign one for somebody else."""
    doers = {"own": made.cast.guru, "ended": made.people["visitor"], "foreign": made.cast.wali}
    for variant, case in of.items():
        by = case.counselor
        assert by
        follow_up = make.follow_up(case, by, doer=doers[variant])
        made.put("follow_up", variant, {"pk": follow_up.pk}, student=case.student_id)


def conferences(made: Any, of: dict[str, Case]) -> None:
    """Invite a teacher to each; the one of the ended case is closed."""
    guest = {"own": made.cast.guru2, "ended": made.cast.guru, "foreign": made.people["visitor"]}
    for variant, case in of.items():
        by = case.counselor
        assert by
        held = make.held_conference(case, by, invited=[guest[variant]])
        if variant == "ended":
            conferring.close(held, by=by)
        made.put("conference", variant, {"pk": held.pk}, student=case.student_id)

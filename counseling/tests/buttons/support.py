"""The buttons of what the school does beside the ladder."""

from datetime import timedelta
from typing import Any

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from support.models import FollowUp
from support.tests import factories as support
from workflow import clock


def of_follow_ups(students: Students) -> dict[str, Button]:
    bk, case = students.cast.bk, students.case()
    later = (clock.today() + timedelta(days=20)).isoformat()
    done, later_, dropped = (support.follow_up(students.case(), bk) for _ in range(3))

    def button(name: str, one: FollowUp, data: dict[str, Any]) -> Button:
        return Button(bk, url(f"support:{name}", one.pk), data, acts(one, name))

    agreed = {"what": "Ajak bicara", "due_on": later}
    return {
        "support:agree": Button(
            bk, url("support:agree", case.pk), agreed, rows(FollowUp, case=case), each=True
        ),
        "support:finish": button("finish", done, {"outcome": ""}),
        "support:put_off": button("put_off", later_, {"due_on": later, "reason": "Sakit"}),
        "support:drop": button("drop", dropped, {"reason": "Pindah"}),
    }

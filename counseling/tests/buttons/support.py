"""The buttons of what the school does beside the ladder."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from support.models import Conference, FollowUp
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


def of_conferences(students: Students) -> dict[str, Button]:
    bk, guru, case = students.cast.bk, students.cast.guru, students.case()
    at = timezone.localtime(clock.now() + timedelta(days=2))
    plan = {"meets_at": f"{at:%Y-%m-%dT%H:%M}", "place": "Ruang BK", "why": "Kehadiran"}
    plan |= {"invited": guru.pk, "anyway": "on"}
    minutes = {"present": "Pak Hadi", "problem": "Sering alpa", "conclusion": "Didampingi"}
    changed, cancelled = (support.conference(students.case(), bk, invited=[guru]) for _ in range(2))
    over = support.conference(students.case(), bk, invited=[guru], is_over=True)
    corrected, decided, closed = (
        support.held_conference(students.case(), bk, invited=[guru]) for _ in range(3)
    )

    def button(name: str, one: Conference, data: dict[str, Any], **more: Any) -> Button:
        return Button(bk, url(f"support:{name}", one.pk), data, acts(one, name), **more)

    decision = {"what": "Ajak bicara", "due_on": (clock.today() + timedelta(days=9)).isoformat()}
    return {
        "support:plan": Button(bk, url("support:plan", case.pk), plan, rows(Conference, case=case)),
        "support:reschedule": button("reschedule", changed, {**plan, "read_at": 1}),
        "support:hold": button("hold", over, minutes),
        "support:minutes": button("minutes", corrected, {**minutes, "read_at": 1}),
        "support:decide": Button(
            bk,
            url("support:decide", decided.pk),
            decision,
            rows(FollowUp, conference=decided),
            each=True,
        ),
        "support:close": button("close", closed, {}),
        "support:cancel": button("cancel", cancelled, {"reason": "Sakit"}),
    }

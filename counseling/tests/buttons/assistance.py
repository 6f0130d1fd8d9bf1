"""The buttons of assistance."""

from typing import Any

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from school.tests.signatures import SIGNS_BY_NAME
from support.models import Assistance
from support.tests import factories as support
from workflow import clock


def of_assistance(students: Students) -> dict[str, Button]:
    bk, principal = students.cast.bk, students.cast.principal
    today = clock.today().isoformat()
    poor, approved, declined, withdrawn = (students.case() for _ in range(4))
    asked, refused, dropped = (support.asked(case, bk) for case in (approved, declined, withdrawn))
    ready, revoked = (support.approved(students.case(), bk, principal) for _ in range(2))
    back, lost, later, unsigned = (
        support.handed_over(students.case(), bk, principal) for _ in range(4)
    )
    decide = url("homevisits:proposals")

    def button(name: str, on: Assistance, data: dict[str, Any], act: str, **more: Any) -> Button:
        by = more.pop("by", bk)
        return Button(by, url(f"support:{name}", on.pk), data, acts(on, act), **more)

    return {
        "support:ask_for": Button(
            bk,
            url("support:ask_for", poor.pk),
            {"kind": "DATA", "reason": "Kuota habis", "asked_on": today},
            rows(Assistance, case=poor),
            each=True,
        ),
        "homevisits:proposals (assistance)": Button(
            principal, decide, {"assistance": asked.pk, "act": "approve"}, acts(asked, "approve")
        ),
        "homevisits:proposals (decline assistance)": Button(
            principal,
            decide,
            {"assistance": refused.pk, "act": "decline", "note": "x", "confirmed": "1"},
            acts(refused, "decline"),
        ),
        "support:hand_over_assistance": button(
            "hand_over_assistance",
            ready,
            {"given": "Samsung A03", "receiver": "Suminah", "relation": "ibu", "handed_on": today},
            "hand_over",
        ),
        "support:return_assistance": button(
            "return_assistance", back, {"condition": "Baik", "returned_on": today}, "return"
        ),
        "support:keep_assistance": button("keep_assistance", lost, {"reason": "Hilang"}, "keep"),
        "support:sign_receipt": button(
            "sign_receipt", unsigned, SIGNS_BY_NAME, "sign", each=True, most=10
        ),
        "support:put_off_return": button(
            "put_off_return", later, {"due_on": today}, "put_off", each=True
        ),
        "support:withdraw_assistance": button("withdraw_assistance", dropped, {}, "withdraw"),
        "support:withdraw_assistance_approval": button(
            "withdraw_assistance_approval", revoked, {}, "withdraw_approval", by=principal
        ),
    }

"""The buttons of referrals out."""

from typing import Any

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from support.models import Referral
from support.tests import factories as support
from workflow import clock


def of_referrals(students: Students) -> dict[str, Button]:
    bk, today = students.cast.bk, clock.today().isoformat()
    referred, ended = students.case(), students.case()
    support.sent_referral(ended, bk)
    asked = support.prepared_referral(students.case(), bk)
    ready = support.consented_referral(students.case(), bk)
    numbered, answered, withdrawn = (support.sent_referral(students.case(), bk) for _ in range(3))
    words = {"kind": "HEALTH", "recipient": "Puskesmas", "reason": "Sering pingsan", "read_at": 1}
    agreed = {"consent_on": today, "how": "PHONE", "consent_by": "Sri", "relation": "ibu"}
    answer = {"took": "no", "answered_on": today, "answer": "Sedang penuh"}

    def button(name: str, of: Referral, data: dict[str, Any], act: str) -> Button:
        return Button(bk, url(f"support:{name}", of.pk), data, acts(of, act))

    return {
        "cases:refer_out": Button(
            bk, url("cases:refer_out", ended.pk), {}, acts(ended, "refer_out")
        ),
        "support:prepare_referral": Button(
            bk,
            url("support:prepare_referral", referred.pk),
            {"kind": "HEALTH", "recipient": "Puskesmas Candiroto", "reason": "Sering pingsan"},
            rows(Referral, case=referred),
            each=True,
        ),
        "support:edit_referral": button(
            "edit_referral", support.prepared_referral(students.case(), bk), words, "edit"
        ),
        "support:referral_consent": button("referral_consent", asked, agreed, "consent"),
        "support:send_referral": button(
            "send_referral", ready, {"sent_on": today, "read_at": 1}, "send"
        ),
        "support:referral_number": button(
            "referral_number", numbered, {"number": "422/9/ATK"}, "number"
        ),
        "support:referral_answer": button("referral_answer", answered, answer, "refuse"),
        "support:withdraw_referral": button("withdraw_referral", withdrawn, {}, "withdraw"),
    }

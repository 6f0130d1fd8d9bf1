"""The acts of assistance."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from cases.models import Case
from counseling.tests.acts.act import act_on
from school.tests.signatures import drawn_signature, typed_signature
from support import workflow as support
from support.models import Assistance
from workflow import clock


def is_confirmed() -> Q:
    return Q(confirmed_at__isnull=False)


@act_on(Case, "OPEN", ready=is_confirmed)
def ask_for(case: Case, by: Any, choice: int) -> None:
    kind = ("PHONE", "DATA", "OTHER")[choice % 3]
    what = "Meja belajar" if choice % 2 else ""
    support.ask_for(
        case, by=by, kind=kind, what=what, is_lent=choice % 4 < 2, reason="Ayah merantau"
    )


@act_on(Assistance, "ASKED", "APPROVED")
def withdraw_assistance(assistance: Assistance, by: Any, choice: int) -> None:
    support.withdraw_assistance(assistance, by=by)


@act_on(Assistance, "ASKED")
def approve_assistance(assistance: Assistance, by: Any, choice: int) -> None:
    support.approve_assistance([assistance], by=by)


@act_on(Assistance, "ASKED")
def decline_assistance(assistance: Assistance, by: Any, choice: int) -> None:
    support.decline_assistance([assistance], by=by, note="Sudah dapat" if choice % 4 else "")


@act_on(Assistance, "APPROVED")
def withdraw_assistance_approval(assistance: Assistance, by: Any, choice: int) -> None:
    support.withdraw_assistance_approval(assistance, by=by)


@act_on(Assistance, "APPROVED")
def hand_over_assistance(assistance: Assistance, by: Any, choice: int) -> None:
    day = clock.today() - timedelta(days=choice % 2)
    support.hand_over_assistance(
        assistance,
        by=by,
        given="Samsung A03" if choice % 3 else "",
        receiver="Suminah",
        relation="ibu",
        handed_on=day,
        due_on=day + timedelta(days=choice - 1) if choice % 2 else None,
    )


@act_on(Assistance, "HANDED_OVER")
def sign_receipt(assistance: Assistance, by: Any, choice: int) -> None:
    signed = drawn_signature() if choice % 2 else typed_signature()
    support.sign_receipt(assistance, by=by, signed=signed)


@act_on(Assistance, "HANDED_OVER")
def put_off_return(assistance: Assistance, by: Any, choice: int) -> None:
    support.put_off_return(assistance, by=by, due_on=clock.today() + timedelta(days=choice))


@act_on(Assistance, "HANDED_OVER", "KEPT")
def return_assistance(assistance: Assistance, by: Any, choice: int) -> None:
    day = clock.today() - timedelta(days=choice % 2)
    support.return_assistance(assistance, by=by, condition="Baik", returned_on=day)


@act_on(Assistance, "HANDED_OVER")
def keep_assistance(assistance: Assistance, by: Any, choice: int) -> None:
    support.keep_assistance(assistance, by=by, reason="Hilang" if choice % 4 else "")

"""What the school does beside the ladder, for tests, made by the project's own acts."""

from datetime import timedelta
from typing import Any

from cases.models import Case
from school.models import User
from support.models import Assistance, Conference, FollowUp, Referral
from support.workflow import (
    agree,
    approve_assistance,
    ask_for,
    hand_over_assistance,
    keep_assistance,
    prepare_referral,
    record_answer,
    record_consent,
    return_assistance,
    send_referral,
)
from support.workflow.conference import hold, plan
from workflow import clock


def follow_up(case: Case, by: User, **fields: Any) -> FollowUp:
    """Return a follow-up that is due in a week."""
    given = {"what": "Ajak bicara", "due_on": clock.today() + timedelta(days=7)} | fields
    return agree(case, by=by, **given)


def conference(
    case: Case, by: User, *, invited: list[User], is_over: bool = False, **fields: Any
) -> Conference:
    """Return a conference that is planned for tomorrow, or was for an hour ago."""
    tomorrow = clock.now() + timedelta(days=1)
    given = {"meets_at": tomorrow, "place": "Ruang BK", "why": "Membahas kehadiran"} | fields
    made = plan(case, by=by, invited=invited, **given)
    return over(made) if is_over else made


def over(conference: Conference) -> Conference:
    """Let its hour be one that is over, and return it."""
    hour = clock.now() - timedelta(hours=1)
    Conference.objects.filter(pk=conference.pk).update(meets_at=hour)
    conference.refresh_from_db()
    return conference


def held_conference(case: Case, by: User, *, invited: list[User]) -> Conference:
    made = conference(case, by, invited=invited, is_over=True)
    said = {"present": "Pak Hadi", "problem": "Sering alpa", "conclusion": "Didampingi bersama"}
    hold(made, by=by, happened_at=clock.now(), **said)
    return made


def late_follow_up(case: Case, by: User, *, days: int = 3, **fields: Any) -> FollowUp:
    """Return a follow-up that is so many days late."""
    made = follow_up(case, by, **fields)
    due_on = clock.today() - timedelta(days=days)
    rows = FollowUp.objects.filter(pk=made.pk)
    rows.update(due_on=due_on, first_due_on=due_on, agreed_on=due_on)
    made.refresh_from_db()
    return made


OF_ASKING = ("kind", "is_lent", "what", "reason")


def asked(case: Case, by: User, **fields: Any) -> Assistance:
    """Ask for a phone on loan."""
    given = {"kind": "PHONE", "is_lent": True, "reason": "HP satu-satunya dibawa ayah merantau"}
    return ask_for(case, by=by, **(given | fields))


def approved(case: Case, by: User, principal: User, **fields: Any) -> Assistance:
    assistance = asked(case, by, **fields)
    approve_assistance([assistance], by=principal)
    return assistance


def handed_over(case: Case, by: User, principal: User, **fields: Any) -> Assistance:
    """Hand over a phone to the mother; `due_on` and other `fields` are those of both acts."""
    of_asking = {name: fields.pop(name) for name in OF_ASKING if name in fields}
    assistance = approved(case, by, principal, **of_asking)
    given = {"given": "Samsung A03, IMEI 35…17", "receiver": "Suminah", "relation": "ibu"}
    hand_over_assistance(assistance, by=by, **(given | fields))
    return assistance


def overdue(case: Case, by: User, principal: User, days: int = 3) -> Assistance:
    """Return a phone that should have come back some days ago."""
    assistance = handed_over(case, by, principal, due_on=clock.today())
    due_on = clock.today() - timedelta(days=days)
    Assistance.objects.filter(pk=assistance.pk).update(due_on=due_on)
    assistance.refresh_from_db()
    return assistance


def returned(case: Case, by: User, principal: User) -> Assistance:
    assistance = handed_over(case, by, principal)
    return_assistance(assistance, by=by, condition="Baik")
    return assistance


def kept(case: Case, by: User, principal: User) -> Assistance:
    assistance = handed_over(case, by, principal)
    keep_assistance(assistance, by=by, reason="Hilang di jalan")
    return assistance


def prepared_referral(case: Case, by: User, **fields: Any) -> Referral:
    given = {
        "kind": "PSYCHOLOG",
        "recipient": "Biro Psikologi Harapan, Temanggung",
        "reason": "Menarik diri sejak ayahnya meninggal",
        "handed_over": "Ringkasan kasus\nLaporan kunjungan rumah",
    } | fields
    return prepare_referral(case, by=by, **given)


def consented_referral(case: Case, by: User, **fields: Any) -> Referral:
    referral = prepared_referral(case, by, **fields)
    record_consent(
        referral,
        by=by,
        consent_on=clock.today(),
        consent_by="Sri Wahyuni",
        relation="ibu",
        how="WRITTEN",
    )
    return referral


def sent_referral(case: Case, by: User, number: str = "", **fields: Any) -> Referral:
    referral = consented_referral(case, by, **fields)
    send_referral(referral, by=by, sent_on=clock.today(), number=number, read_at=1)
    return referral


def answered_referral(case: Case, by: User, *, taken_on: bool = True, **fields: Any) -> Referral:
    referral = sent_referral(case, by, **fields)
    record_answer(
        referral,
        by=by,
        taken_on=taken_on,
        answered_on=clock.today(),
        answered_by="Dra. Endang, psikolog",
        answer="Konseling tiap pekan" if taken_on else "Sedang penuh",
    )
    return referral

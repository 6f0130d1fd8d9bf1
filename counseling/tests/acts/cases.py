"""The acts of cases, contacts and summonses."""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from cases import workflow as cases
from cases.models import Case, ConfidentialNote, Contact, Rung, Summons
from counseling.tests.acts.act import act_on, of_school
from homevisits.models import Visit
from school.models import Enrolment, User
from school.tests.cast import Cast
from workflow import clock

ATTEMPTS = (("PHONE", "NO_ANSWER"), ("FACE", "REACHED"), ("PHONE", "WRONG"), ("MESSAGE", "READ"))
"""The last one is refused: its outcome does not fit its channel."""
LEFT = Enrolment.objects.filter(end_reason="LEFT")


def is_new() -> Q:
    return Q(confirmed_at=None)


def is_tried() -> Q:
    """Return the filter of cases that are confirmed, with an attempt and no waiting summons."""
    waiting = Summons.objects.filter(status="ISSUED").values("case")
    return Q(confirmed_at__isnull=False, contacts__status="LOGGED") & ~Q(pk__in=waiting)


def has_nothing_open() -> Q:
    """Return the filter of cases without a waiting summons and without a visit under way."""
    waiting = Summons.objects.filter(status="ISSUED").values("case")
    return ~Q(pk__in=waiting) & ~Q(pk__in=Visit.objects.under_way().values("case"))


def can_be_dismissed() -> Q:
    return has_nothing_open() & Q(rung__lt=Rung.SUMMONS)


def can_be_resolved() -> Q:
    return has_nothing_open() & Q(confirmed_at__isnull=False)


def can_be_closed() -> Q:
    return has_nothing_open() & Q(student__in=LEFT.values("student"))


@of_school
def open_directly(cast: Cast, by: Any, n: int, choice: int) -> Any:
    students = [*cast.students, *cast.foreign_students]
    student = students[n % len(students)]
    reasons = ["ECONOMY"] if choice % 4 else []
    return cases.open_directly(student, cast.semester, by=by, reasons=reasons)


@act_on(Case, "OPEN", ready=is_new)
def confirm(case: Case, by: Any, choice: int) -> None:
    cases.confirm(case, by=by)


@act_on(Case, "OPEN", ready=can_be_dismissed)
def dismiss(case: Case, by: Any, choice: int) -> None:
    cases.dismiss(case, by=by, reason="Sakit" if choice % 4 else " ")


@act_on(Case, "OPEN", ready=can_be_resolved)
def resolve(case: Case, by: Any, choice: int) -> None:
    causes = ["FORGOT", "NETWORK"][: choice % 3]
    reason = "Kembali aktif" if choice % 2 else ""
    again = 14 if choice > 3 else None
    cases.resolve(case, by=by, outcome="SOLVED", causes=causes, reason=reason, look_again_in=again)


@act_on(Case, "OPEN", ready=can_be_closed)
def close(case: Case, by: Any, choice: int) -> None:
    cases.close(case, by=by)


@act_on(Case, "RESOLVED", "DISMISSED", "CLOSED", "REFERRED")
def reopen(case: Case, by: Any, choice: int) -> None:
    cases.reopen(case, by=by, reason="Kambuh" if choice % 4 else "")


@act_on(Case)
def read_evidence(case: Case, by: Any, choice: int) -> None:
    cases.notice_evidence(case, by=by)


@act_on(Case, "OPEN", ready=is_new)
def review_note(case: Case, by: Any, choice: int) -> None:
    cases.write_review_note(case, by=by, text="Ibunya di luar kota" if choice % 3 else "")


@act_on(Case, "OPEN")
def log_contact(case: Case, by: Any, choice: int) -> None:
    ago = timedelta(days=(0, 0, 0, 400, -1)[choice % 5])
    at = clock.now() - ago if ago else None
    channel, outcome = ATTEMPTS[choice % 4]
    cases.log_contact(case, by=by, channel=channel, party="MOTHER", outcome=outcome, happened_at=at)


@act_on(Contact, "LOGGED")
def void_contact(contact: Contact, by: Any, choice: int) -> None:
    cases.void_contact(contact, by=by)


@act_on(Case, "OPEN", ready=is_tried)
def issue_summons(case: Case, by: Any, choice: int) -> None:
    today = clock.today()
    cases.issue_summons(
        case,
        by=by,
        issued_on=today - timedelta(days=(0, 0, 1, -1)[choice % 4]),
        meets_at=clock.now() + timedelta(minutes=(1, 1, -600, 3000)[choice % 4]),
        place="Ruang BK",
        to_meet="Guru BK",
        purpose="Perkembangan belajar",
        number=f"422/{choice}/BK" if choice % 2 else "",
    )


@act_on(Summons, "ISSUED")
def deliver(summons: Summons, by: Any, choice: int) -> None:
    on = clock.today() - timedelta(days=choice % 3)
    cases.record_delivery(summons, by=by, delivered_on=on, receiver="Suminah", relation="ibu")


@act_on(Summons, "ISSUED")
def summons_outcome(summons: Summons, by: Any, choice: int) -> None:
    came_with = "Ibu" if choice % 3 else ""
    cases.record_outcome(summons, by=by, attended=bool(choice % 2), came_with=came_with)


@act_on(Summons, "ISSUED")
def reschedule_summons(summons: Summons, by: Any, choice: int) -> None:
    meets_at = clock.now() + timedelta(minutes=30 + choice)
    cases.reschedule(summons, by=by, issued_on=clock.today(), meets_at=meets_at, place="Ruang BK")


@act_on(Summons, "ISSUED")
def withdraw_summons(summons: Summons, by: Any, choice: int) -> None:
    cases.withdraw_summons(summons, by=by)


@act_on(Case, "OPEN")
def write_note(case: Case, by: Any, choice: int) -> None:
    cases.write_note(case, by=by, text="Ia takut pulang" if choice % 4 else " ")


@act_on(ConfidentialNote, "WRITTEN")
def correct_note(note: ConfidentialNote, by: Any, choice: int) -> None:
    """Correct it, or with an even choice as somebody who read an older version."""
    read_at = note.version - (choice + 1) % 2
    cases.correct_note(note, by=by, text=f"Ia takut pulang {choice}", read_at=read_at)


@act_on(ConfidentialNote, "WRITTEN")
def delete_note(note: ConfidentialNote, by: Any, choice: int) -> None:
    cases.delete_note(note, by=by, reason="Salah siswa" if choice % 2 else "")


@act_on(Case, "OPEN")
def hand_over_case(case: Case, by: Any, choice: int) -> None:
    """Give a case to another counselor, with all notes or none; seldom, as it changes who acts."""
    to = User.objects.get(pk=by.pk) if choice % 4 else User.objects.get(username="bk2")
    notes = list(ConfidentialNote.objects.values_list("pk", flat=True))
    cases.hand_over(case, to, by=by, reason="" if choice % 4 else "Cuti", notes=notes)

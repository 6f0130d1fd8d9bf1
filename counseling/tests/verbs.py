"""Each verb of `cases` and `homevisits`, on some object that is there, legal or not.

`n` chooses the object, `choice` how the verb is done. Returns None where there is no object yet.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from cases import workflow as cases
from cases.models import Case, Contact, Summons
from homevisits import workflow as visits
from homevisits.models import Visit
from recaps import workflow as recaps
from recaps.models import ClassList, Recap
from school.models import Enrolment
from school.tests.cast import Cast
from workflow import clock

Verb = Callable[[Cast, Any, int, int], Any]
VERBS: dict[str, Verb] = {}
OUTCOMES = ("NO_ANSWER", "REACHED", "WRONG", "READ")
DONE = object()
GUIDED = 8
USUALLY_BY = {
    **dict.fromkeys(("approve", "approve_all", "decline", "acknowledge"), "principal"),
    "withdraw_approval": "principal",
    **dict.fromkeys(("decide", "hand_over_list", "return_recap"), "wali"),
    **dict.fromkeys(("hand_over_recap", "withdraw_recap", "correct_recap"), "guru"),
    **dict.fromkeys(("drop_correction", "hand_over_again"), "guru"),
}
"""Whose verb it is, where it is not the counselor's."""


def pick(model: Any, n: int, states: tuple[str, ...] = (), ready: Any = None) -> Any:
    """One of the newest rows; mostly one in a state from which the verb is legal."""
    rows = model.objects.order_by("-pk")
    if n < GUIDED and states:
        legal = rows.filter(ready() if ready else Q(), status__in=states).distinct()
        found = list(legal[:12]) or list(rows[:12])
    else:
        found = list(rows[:12])
    return found[n % len(found)] if found else None


def is_new() -> Q:
    return Q(confirmed_at=None)


def is_tried() -> Q:
    """Confirmed, with an attempt and no summons that waits."""
    waiting = Summons.objects.filter(status="ISSUED").values("case")
    return Q(confirmed_at__isnull=False, contacts__status="LOGGED") & ~Q(pk__in=waiting)


def is_not_visited() -> Q:
    under_way = Visit.objects.under_way().values("case")
    return Q(confirmed_at__isnull=False) & ~Q(pk__in=under_way)


def verb(
    model: Any, *states: str, ready: Any = None
) -> Callable[[Callable[[Any, Any, int], Any]], Verb]:
    """Registers a verb on some row of `model`."""

    def register(act: Callable[[Any, Any, int], Any]) -> Verb:
        def do(cast: Cast, by: Any, n: int, choice: int) -> Any:
            obj = pick(model, n, states, ready)
            if obj is None:
                return None
            act(obj, by, choice)
            return DONE

        VERBS[act.__name__] = do
        return do

    return register


def of_school(act: Verb) -> Verb:
    """Registers a verb that chooses for itself what it is done to."""
    VERBS[act.__name__] = act
    return act


@of_school
def open_directly(cast: Cast, by: Any, n: int, choice: int) -> Any:
    students = [*cast.students, *cast.foreign_students]
    student = students[n % len(students)]
    reasons = ["ECONOMY"] if choice % 4 else []
    return cases.open_directly(student, cast.semester, by=by, reasons=reasons)


@verb(Case, "OPEN", ready=is_new)
def confirm(case: Case, by: Any, choice: int) -> None:
    cases.confirm(case, by=by)


@verb(Case, "OPEN")
def dismiss(case: Case, by: Any, choice: int) -> None:
    cases.dismiss(case, by=by, reason="Sakit" if choice % 4 else " ")


@verb(Case, "OPEN")
def resolve(case: Case, by: Any, choice: int) -> None:
    causes = ["FORGOT", "NETWORK"][: choice % 3]
    reason = "Kembali aktif" if choice % 2 else ""
    cases.resolve(case, by=by, outcome="SOLVED", causes=causes, reason=reason)


@verb(Case, "OPEN")
def close(case: Case, by: Any, choice: int) -> None:
    cases.close(case, by=by)


@verb(Case, "RESOLVED", "DISMISSED", "CLOSED")
def reopen(case: Case, by: Any, choice: int) -> None:
    cases.reopen(case, by=by, reason="Kambuh" if choice % 4 else "")


@verb(Case)
def read_evidence(case: Case, by: Any, choice: int) -> None:
    cases.notice_evidence(case, by=by)


@verb(Case, "OPEN", ready=is_new)
def review_note(case: Case, by: Any, choice: int) -> None:
    cases.write_review_note(case, by=by, text="Ibunya di luar kota" if choice % 3 else "")


@verb(Case, "OPEN")
def log_contact(case: Case, by: Any, choice: int) -> None:
    ago = timedelta(days=(0, 0, 0, 400, -1)[choice % 5])
    at = clock.now() - ago if ago else None
    outcome = OUTCOMES[choice % 4]
    cases.log_contact(case, by=by, channel="PHONE", party="MOTHER", outcome=outcome, happened_at=at)


@verb(Contact, "LOGGED")
def void_contact(contact: Contact, by: Any, choice: int) -> None:
    cases.void_contact(contact, by=by)


@verb(Case, "OPEN", ready=is_tried)
def issue_summons(case: Case, by: Any, choice: int) -> None:
    today = clock.today()
    cases.issue_summons(
        case,
        by=by,
        issued_on=today - timedelta(days=(0, 1, 2, -1)[choice % 4]),
        meets_at=clock.now() + timedelta(minutes=(1, 1, -600, 3000)[choice % 4]),
        place="Ruang BK",
        to_meet="Guru BK",
        purpose="Perkembangan belajar",
        number=f"422/{choice}/BK" if choice % 2 else "",
    )


@verb(Summons, "ISSUED")
def deliver(summons: Summons, by: Any, choice: int) -> None:
    on = clock.today() - timedelta(days=choice % 3)
    cases.record_delivery(summons, by=by, delivered_on=on, receiver="Suminah", relation="ibu")


@verb(Summons, "ISSUED")
def summons_outcome(summons: Summons, by: Any, choice: int) -> None:
    came_with = "Ibu" if choice % 3 else ""
    cases.record_outcome(summons, by=by, attended=bool(choice % 2), came_with=came_with)


@verb(Summons, "ISSUED")
def reschedule_summons(summons: Summons, by: Any, choice: int) -> None:
    meets_at = clock.now() + timedelta(minutes=30 + choice)
    cases.reschedule(summons, by=by, issued_on=clock.today(), meets_at=meets_at, place="Ruang BK")


@verb(Summons, "ISSUED")
def withdraw_summons(summons: Summons, by: Any, choice: int) -> None:
    cases.withdraw_summons(summons, by=by)


@verb(Case, "OPEN", ready=is_not_visited)
def propose(case: Case, by: Any, choice: int) -> None:
    basis = ("SUMMONS", "CONTACT", "ECONOMY", "FAMILY")[choice % 4]
    reason = "" if choice in {2, 3} else "Ayah merantau"
    urgent = "Tidak dapat menunggu" if choice > 5 else ""
    visits.propose(case, by=by, basis=basis, reason=reason, urgent_reason=urgent)


@verb(Visit, "RECORDED")
def propose_next(visit: Visit, by: Any, choice: int) -> None:
    visits.propose_next(visit, by=by)


@verb(Visit, "PROPOSED")
def withdraw_visit(visit: Visit, by: Any, choice: int) -> None:
    visits.withdraw(visit, by=by)


@verb(Visit, "PROPOSED")
def approve(visit: Visit, by: Any, choice: int) -> None:
    visits.approve([visit], by=by)


@of_school
def approve_all(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """All or none: one that was not proposed lets none through."""
    found = list(Visit.objects.order_by("-pk")[: 1 + choice % 3])
    return visits.approve(found, by=by) or DONE if found else None


@verb(Visit, "PROPOSED")
def decline(visit: Visit, by: Any, choice: int) -> None:
    visits.decline([visit], by=by, note="Hubungi dulu" if choice % 4 else "")


@verb(Visit, "APPROVED")
def withdraw_approval(visit: Visit, by: Any, choice: int) -> None:
    visits.withdraw_approval(visit, by=by)


@of_school
def schedule(cast: Cast, by: Any, n: int, choice: int) -> Any:
    visit = pick(Visit, n, ("APPROVED",))
    if visit is None:
        return None
    who = [[cast.bk], [cast.bk, cast.wali], [], [cast.operator]][choice % 4]
    visits.schedule(
        visit,
        by=by,
        scheduled_for=clock.now() + timedelta(seconds=5.5),
        visitors=who,
        purposes=["DATA"] if choice < 6 else [],
        functions=["UNDERSTANDING"],
        number=f"421/{choice}" if choice % 3 == 0 else "",
    )
    return DONE


@of_school
def reschedule_visit(cast: Cast, by: Any, n: int, choice: int) -> Any:
    visit = pick(Visit, n, ("SCHEDULED",))
    if visit is None:
        return None
    at = clock.now() + timedelta(seconds=5.5 + choice)
    visits.reschedule(visit, by=by, scheduled_for=at, visitors=[cast.bk, cast.wali])
    return DONE


@verb(Visit, "APPROVED", "SCHEDULED")
def cancel(visit: Visit, by: Any, choice: int) -> None:
    visits.cancel(visit, by=by)


@verb(Visit, "SCHEDULED", "RECORDED")
def acknowledge(visit: Visit, by: Any, choice: int) -> None:
    visits.acknowledge(visit, by=by)


@verb(Visit, "SCHEDULED")
def write_report(visit: Visit, by: Any, choice: int) -> None:
    met = ["MOTHER"] if choice % 2 else []
    outcome = ("MET", "MET", "NOBODY", "REFUSED")[choice % 4]
    visits.save_report(visit, by=by, values={"outcome": outcome, "met": met}, read_at=0)


@verb(Visit, "SCHEDULED")
def record(visit: Visit, by: Any, choice: int) -> None:
    visits.record(visit, by=by, outcome=("", "NOBODY", "MOVED", "MET")[choice % 4])


@of_school
def hand_over_recap(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Fill in one exception, then hand over."""
    teaching = [cast.maths, cast.physics, cast.english, cast.foreign_english]
    assignment = teaching[n % 4]
    student = cast.students[choice % 4]
    keys = {"school_class": assignment.school_class, "subject": assignment.subject}
    with transaction.atomic():
        recaps.save_entry(
            assignment, cast.period, student, by=by, values={"absent": 1 + choice % 5}, read_at=0
        )
        recaps.hand_over(Recap.objects.get(**keys, period=cast.period), by=by)
    return DONE


@verb(Recap, "HANDED_OVER")
def withdraw_recap(recap: Recap, by: Any, choice: int) -> None:
    recaps.withdraw(recap, by=by)


@verb(Recap, "HANDED_OVER")
def return_recap(recap: Recap, by: Any, choice: int) -> None:
    recaps.return_recap(recap, by=by, reason="Salah kelas" if choice % 4 else "")


@verb(Recap, "HANDED_OVER")
def correct_recap(recap: Recap, by: Any, choice: int) -> None:
    recaps.begin_correction(recap, by=by, reason="Salah hitung" if choice % 4 else "")


@verb(Recap, "CORRECTING")
def drop_correction(recap: Recap, by: Any, choice: int) -> None:
    recaps.drop_correction(recap, by=by)


@verb(Recap, "DRAFT", "RETURNED", "CORRECTING")
def hand_over_again(recap: Recap, by: Any, choice: int) -> None:
    recaps.hand_over(recap, by=by)


@of_school
def decide(cast: Cast, by: Any, n: int, choice: int) -> Any:
    class_list = pick(ClassList, n, ("OPEN", "SUPPLEMENT"))
    if class_list is None:
        return None
    students = [*cast.students[:3], cast.foreign_students[0]][n % 4 : n % 4 + 1 + choice % 2]
    recaps.decide(class_list, students, ("REFER", "WATCH", "NO_CONCERN")[choice % 3], by=by)
    return DONE


@verb(ClassList, "OPEN", "SUPPLEMENT")
def hand_over_list(class_list: ClassList, by: Any, choice: int) -> None:
    recaps.hand_over_list(class_list, by=by)


@of_school
def leave_school(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Not a verb of BK: the operator ends an enrolment."""
    if choice:
        return None
    student = cast.students[n]
    ended = Enrolment.objects.filter(student=student, ends_on=None).update(
        ends_on=clock.today() - timedelta(days=1), end_reason="LEFT"
    )
    return DONE if ended else None

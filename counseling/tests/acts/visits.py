"""The acts of home visits."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from cases.models import Case
from counseling.tests.acts.act import DONE, GUIDED, act_on, of_school, pick
from homevisits import workflow as visits
from homevisits.models import Photo, SignedPaper, Visit
from homevisits.tests.pictures import DRAWN
from school.tests.cast import Cast
from school.tests.signatures import drawn_signature, typed_signature
from workflow import clock


def is_not_visited() -> Q:
    under_way = Visit.objects.under_way().values("case")
    return Q(confirmed_at__isnull=False) & ~Q(pk__in=under_way)


@act_on(Case, "OPEN", ready=is_not_visited)
def propose(case: Case, by: Any, choice: int) -> None:
    basis = ("SUMMONS", "CONTACT", "ECONOMY", "FAMILY")[choice % 4]
    reason = "" if choice in {2, 3} else "Ayah merantau"
    urgent = "Tidak dapat menunggu" if choice > 5 else ""
    visits.propose(case, by=by, basis=basis, reason=reason, urgent_reason=urgent)


@act_on(Visit, "RECORDED")
def propose_next(visit: Visit, by: Any, choice: int) -> None:
    visits.propose_next(visit, by=by)


@act_on(Visit, "PROPOSED")
def withdraw_visit(visit: Visit, by: Any, choice: int) -> None:
    visits.withdraw(visit, by=by)


@act_on(Visit, "PROPOSED")
def approve(visit: Visit, by: Any, choice: int) -> None:
    visits.approve([visit], by=by)


@of_school
def approve_all(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Approve several visits at once; if one of them is not proposed, none is approved."""
    visits_ = Visit.objects.order_by("-pk")
    proposed = visits_.filter(status="PROPOSED") if n < GUIDED else visits_.none()
    found = list((proposed or visits_)[: 1 + choice % 3])
    return visits.approve(found, by=by) or DONE if found else None


@act_on(Visit, "PROPOSED")
def decline(visit: Visit, by: Any, choice: int) -> None:
    visits.decline([visit], by=by, note="Hubungi dulu" if choice % 4 else "")


@act_on(Visit, "APPROVED")
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


@act_on(Visit, "APPROVED", "SCHEDULED")
def cancel(visit: Visit, by: Any, choice: int) -> None:
    visits.cancel(visit, by=by)


@act_on(Visit, "SCHEDULED", "RECORDED")
def acknowledge(visit: Visit, by: Any, choice: int) -> None:
    visits.acknowledge(visit, by=by)


@act_on(Visit, "SCHEDULED")
def write_report(visit: Visit, by: Any, choice: int) -> None:
    met = ["MOTHER"] if choice % 2 else []
    outcome = ("MET", "MET", "NOBODY", "REFUSED")[choice % 4]
    visits.save_report(visit, by=by, values={"outcome": outcome, "met": met}, read_at=0)
    if choice % 3 == 0:
        visits.add_commitment(visit, by=by, text="Mendampingi belajar")


@act_on(Visit, "SCHEDULED")
def record(visit: Visit, by: Any, choice: int) -> None:
    visits.record(visit, by=by, outcome=("", "NOBODY", "MOVED", "MET")[choice % 4])


@act_on(Visit, "SCHEDULED", "RECORDED")
def sign(visit: Visit, by: Any, choice: int) -> None:
    paper = SignedPaper.CONSENT if choice % 4 == 0 else SignedPaper.REPORT
    signed = typed_signature() if choice % 2 else drawn_signature()
    visits.sign(visit, paper, by=by, signed=signed)


@act_on(Visit, "SCHEDULED", "RECORDED")
def add_photo(visit: Visit, by: Any, choice: int) -> None:
    """Send a photo; some are sent again with the same key."""
    key = UUID(int=choice % 3)
    visits.add_photo(visit, by=by, key=key, drawn=DRAWN)


@act_on(Photo, "KEPT")
def tick_photo(photo: Photo, by: Any, choice: int) -> None:
    visits.tick_photo(photo, by=by, is_ticked=choice % 3 > 0)


@act_on(Photo, "KEPT")
def move_photo(photo: Photo, by: Any, choice: int) -> None:
    visits.move_photo(photo, by=by, is_up=bool(choice % 2))


@act_on(Photo, "KEPT")
def remove_photo(photo: Photo, by: Any, choice: int) -> None:
    visits.remove_photo(photo, by=by, reason="Buram" if choice % 4 else "")

"""A small school in which every state occurs, for the tests that walk all its pages."""

from dataclasses import dataclass, field
from datetime import timedelta

from cases.models import Case
from cases.tests import factories as cases
from cases.workflow import (
    dismiss,
    open_directly,
    record_delivery,
    resolve,
    withdraw_summons,
    write_review_note,
)
from homevisits.models import Visit
from homevisits.tests import factories as visits
from homevisits.workflow import add_commitment, cancel, decline, propose, schedule
from recaps.models import Recap
from recaps.workflow import (
    begin_correction,
    class_list_of,
    decide,
    hand_over_list,
    return_recap,
    save_header,
    write_knowledge,
)
from school.models import Enrolment, Student
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from workflow import clock

SIZE = 24


@dataclass
class LivedIn:
    cast: Cast
    cases: dict[str, Case] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=dict)
    moved: Student | None = None
    left: Student | None = None


def lived_in_school(size: int = SIZE) -> LivedIn:
    """The cast with a case, a summons and a visit in each state, and recaps and lists under way."""
    school = LivedIn(small_school(size))
    _recaps(school.cast)
    _cases(school)
    _summonses(school)
    _visits(school)
    _goings(school)
    return school


def _recaps(cast: Cast) -> None:
    """The earlier period went to BK; of this one a recap is in, one is back, one is a draft."""
    first, second, third = cast.students[:3]
    some = {first: cases.ABSENT, second: {"missing_work": 2}, third: {"sick": 2, "absent": 1}}
    for assignment in (cast.maths, cast.english):
        cases.handed_over_recap(assignment, cast.earlier_period, some)
    english = Recap.objects.get(subject=cast.english.subject, period=cast.earlier_period)
    earlier = class_list_of(cast.own, cast.earlier_period, by=cast.wali)
    write_knowledge(earlier, first, by=cast.wali, values={"economy": True}, read_at=0)
    decide(earlier, [first, second], "REFER", by=cast.wali)
    hand_over_list(earlier, by=cast.wali)
    begin_correction(english, by=cast.guru2, reason="Salah hitung")
    cases.handed_over_recap(cast.physics, cast.period, some)
    back = cases.handed_over_recap(cast.english, cast.period, {first: cases.ABSENT})
    return_recap(back, by=cast.wali, reason="Bagas sudah kembali aktif, mohon diperiksa")
    by = cast.guru
    save_header(cast.maths, cast.period, by=by, meetings=4, assignments=2, read_at=1)
    cases.handed_over_recap(
        cast.foreign_english, cast.period, {cast.foreign_students[0]: some[first]}
    )
    ready = class_list_of(cast.foreign, cast.period, by=cast.wali2)
    decide(ready, cast.foreign_students[:1], "WATCH", by=cast.wali2)


def _cases(school: LivedIn) -> None:
    cast = school.cast
    found = list(Case.objects.filter(student__in=cast.students[:2]).order_by("student__nis"))
    school.cases["review"], school.cases["review2"] = found
    write_review_note(found[0], by=cast.wali, text="Ibunya bekerja di luar kota")
    for name, student in zip(
        ("confirmed", "attempted", "reached", "dismissed", "resolved"),
        cast.students[4:9],
        strict=True,
    ):
        school.cases[name] = cases.direct_case(cast, student)
    open_directly(cast.students[4], cast.semester, by=cast.wali, reasons=["FAMILY"])
    cases.attempt(school.cases["attempted"], cast.bk, "WRONG")
    cases.attempt(school.cases["reached"], cast.bk, "REACHED")
    cases.attempt(school.cases["resolved"], cast.bk, "REACHED")
    dismiss(school.cases["dismissed"], by=cast.bk, reason="Sakit, sudah lapor")
    resolve(school.cases["resolved"], by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    school.cases["foreign"] = open_directly(
        cast.foreign_students[0], cast.semester, by=cast.bk2, reasons=["FAMILY"]
    )


def _attempted(school: LivedIn, name: str, index: int) -> Case:
    case = cases.direct_case(school.cast, school.cast.students[index])
    cases.attempt(case, school.cast.bk)
    school.cases[name] = case
    return case


def _summonses(school: LivedIn) -> None:
    bk = school.cast.bk
    cases.summons(_attempted(school, "summoned", 9), bk, number="422/001/BK/X/2021")
    waiting = cases.summons(_attempted(school, "invited", 10), bk, is_over=False)
    record_delivery(waiting, by=bk, delivered_on=clock.today(), receiver="Suminah", relation="ibu")
    cases.unattended_summons(_attempted(school, "unattended", 11), bk)
    withdraw_summons(cases.summons(_attempted(school, "unsent", 12), bk), by=bk)


def _visits(school: LivedIn) -> None:
    cast = school.cast
    bk, principal = cast.bk, cast.principal
    made = school.visits
    made["proposed"] = visits.proposed_visit(_attempted(school, "proposed", 13), bk)
    made["approved"] = visits.approved_visit(_attempted(school, "approved", 14), bk, principal)
    made["scheduled"] = visits.scheduled_visit(
        _attempted(school, "scheduled", 15), bk, principal, visitors=[bk, cast.wali]
    )
    add_commitment(made["scheduled"], by=bk, text="Mengawasi jam belajar", by_whom="Ibu")
    made["recorded"] = visits.recorded_visit(_attempted(school, "visited", 16), bk, principal)
    made["nobody"] = visits.recorded_visit(
        _attempted(school, "nobody", 17), bk, principal, outcome="NOBODY"
    )
    made["declined"] = visits.proposed_visit(_attempted(school, "declined", 18), bk)
    decline([made["declined"]], by=principal, note="Coba telepon sekali lagi")
    made["cancelled"] = visits.approved_visit(_attempted(school, "cancelled", 19), bk, principal)
    cancel(made["cancelled"], by=bk)
    made["urgent"] = propose(
        _attempted(school, "urgent", 20),
        by=bk,
        basis="FAMILY",
        reason="Ayah sakit keras",
        urgent_reason="Tidak dapat menunggu",
    )
    schedule(
        made["urgent"],
        by=bk,
        scheduled_for=clock.now() + timedelta(days=1),
        visitors=[bk],
        purposes=["DATA"],
        functions=["UNDERSTANDING"],
    )


def _goings(school: LivedIn) -> None:
    """One student with a case moved to the other class, one left the school."""
    cast = school.cast
    school.moved, school.left = cast.students[21], cast.students[22]
    for student, reason in ((school.moved, "MOVED_CLASS"), (school.left, "LEFT")):
        school.cases[reason.lower()] = cases.direct_case(cast, student)
        Enrolment.objects.filter(student=student).update(
            ends_on=make.days_ago(2), end_reason=reason
        )
    make.EnrolmentFactory(
        student=school.moved, school_class=cast.foreign, starts_on=make.days_ago(1)
    )

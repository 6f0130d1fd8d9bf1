"""A small school in which every state occurs, for the tests that open all its pages."""

from datetime import timedelta

from cases.models import Case
from cases.tests import factories as cases
from cases.workflow import (
    delete_note,
    dismiss,
    open_directly,
    record_delivery,
    refer_out,
    resolve,
    withdraw_summons,
    write_review_note,
)
from counseling.tests.scenarios import account, feedback, files, google
from counseling.tests.scenarios.reports import semester_reports
from counseling.tests.scenarios.students import Students
from homevisits.models import SignedPaper
from homevisits.tests import factories as visits
from homevisits.tests.pictures import photo_of
from homevisits.workflow import (
    add_commitment,
    cancel,
    decline,
    remove_photo,
    sign,
    tick_photo,
)
from homevisits.workflow.feed import make_feed
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
from reports.tests.factories import handed_over_evaluation
from reports.workflow import return_evaluation
from school.models import GroupMember, TeachingGroup
from school.roles import COUNSELOR
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from school.tests.signatures import drawn_signature
from school.workflow.enrolment import leave, move
from school.workflow.office_request import Wish, ask, refuse
from support.tests import factories as support
from support.workflow import conference as conferring
from support.workflow import (
    decline_assistance,
    drop,
    finish,
    put_off,
    withdraw_assistance,
    withdraw_referral,
)
from workflow import clock

SIZE = 40


def every_state_school(size: int = SIZE) -> Cast:
    """Make a school with a case, a summons and a visit in each state, and recaps and lists."""
    cast = small_school(size)
    make.SchoolClassFactory(name="X MIPA 5", year=cast.own.year)  # as yet without a counselor
    students = Students(cast, cast.students[4:SIZE])
    _group_without_teacher(cast)
    _recaps(cast)
    _cases(students)
    _summonses(students)
    _visits(students)
    _assistance(students)
    _notes(cast)
    _referrals(students)
    _goings(students)
    _follow_ups(cast)
    _conferences(students)
    _requests(cast)
    _evaluations(cast)
    semester_reports(cast)
    account.second_factor(cast.bk)
    account.other_device(cast.bk)
    make_feed(by=cast.bk)
    files.applied(cast)
    files.waiting(cast)
    google.waiting(cast)
    return cast


def _evaluations(cast: Cast) -> None:
    """Hand over one of two counselors', and return the other."""
    handed_over_evaluation(cast.semester, cast.bk2)
    back = handed_over_evaluation(cast.semester, cast.bk)
    return_evaluation(back, by=cast.coordinator, reason="Tulis juga tentang kunjungan")


def _group_without_teacher(cast: Cast) -> None:
    """Make a group with a member, which owes no recap as long as nobody teaches it."""
    religion = make.SubjectFactory(name="Pendidikan Agama")
    group = TeachingGroup.objects.create(year=cast.own.year, subject=religion, name="Kristen X")
    GroupMember.objects.create(group=group, student=cast.students[0], starts_on=make.days_ago(5))


def _recaps(cast: Cast) -> None:
    """Hand over the earlier list; of this period hand over, return and draft a recap each."""
    first, second, third = cast.students[:3]
    some = {first: cases.ABSENT, second: {"missing_work": 2}, third: {"sick": 2, "absent": 1}}
    for assignment in (cast.maths, cast.english):
        cases.handed_over_recap(assignment, cast.earlier_period, some)
    english = Recap.objects.get(group=cast.english.group, period=cast.earlier_period)
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


def _cases(students: Students) -> None:
    """Make cases to review, confirmed, tried, reached, dismissed, resolved; one is foreign."""
    cast = students.cast
    reviewed = Case.objects.get(student=cast.students[0])
    write_review_note(reviewed, by=cast.wali, text="Ibunya bekerja di luar kota")
    confirmed = students.case()
    open_directly(confirmed.student, cast.semester, by=cast.wali, reasons=["FAMILY"])
    students.tried("WRONG")
    feedback.asked(students.tried("REACHED"), cast.bk)
    dismiss(students.case(), by=cast.bk, reason="Sakit, sudah lapor")
    resolve(students.tried("REACHED"), by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    open_directly(cast.foreign_students[0], cast.semester, by=cast.bk2, reasons=["FAMILY"])


def _summonses(students: Students) -> None:
    bk = students.cast.bk
    cases.summons(students.tried(), bk, number="422/001/BK/X/2021")
    waiting = cases.summons(students.tried(), bk, is_over=False)
    record_delivery(waiting, by=bk, delivered_on=clock.today(), receiver="Suminah", relation="ibu")
    cases.unattended_summons(students.tried(), bk)
    withdraw_summons(cases.summons(students.tried(), bk), by=bk)


def _visits(students: Students) -> None:
    cast = students.cast
    bk, principal = cast.bk, cast.principal
    visits.proposed_visit(students.tried(), bk)
    visits.approved_visit(students.tried(), bk, principal)
    scheduled = visits.scheduled_visit(students.tried(), bk, principal, visitors=[bk, cast.wali])
    add_commitment(scheduled, by=bk, text="Mengawasi jam belajar", by_whom="Ibu")
    made = visits.recorded_visit(students.tried(), bk, principal)
    sign(scheduled, SignedPaper.CONSENT, by=cast.wali, signed=drawn_signature())
    sign(made, SignedPaper.REPORT, by=bk, signed=drawn_signature())
    kept, _second, gone = (photo_of(made, bk, caption="Tempat belajar") for _n in range(3))
    tick_photo(kept, by=bk, is_ticked=True)
    remove_photo(gone, by=bk, reason="Buram")
    visits.recorded_visit(students.tried(), bk, principal, outcome="NOBODY")
    declined = visits.proposed_visit(students.tried(), bk)
    decline([declined], by=principal, note="Coba telepon sekali lagi")
    cancelled = visits.approved_visit(students.tried(), bk, principal)
    cancel(cancelled, by=bk)
    visits.urgent_visit(students.tried(), bk)


def _follow_ups(cast: Cast) -> None:
    """Make follow-ups of a case: open, late, done and dropped, by each kind of person."""
    bk = cast.bk
    case = Case.objects.filter(counselor=bk, status="OPEN", confirmed_at__isnull=False).first()
    assert case
    support.follow_up(case, bk, doer=cast.wali)
    support.late_follow_up(case, bk, doer_name="Ibu Suminah", what="Beri jam belajar")
    finish(support.follow_up(case, bk, doer=cast.guru), by=cast.guru, outcome="Sudah dibicarakan")
    later = support.follow_up(case, bk)
    put_off(later, by=bk, due_on=clock.today() + timedelta(days=9), reason="Siswa sakit")
    drop(support.follow_up(case, bk), by=bk, reason="Sudah pindah rumah")


def _assistance(students: Students) -> None:
    cast = students.cast
    bk, principal = cast.bk, cast.principal
    support.asked(students.case(), bk)
    support.approved(students.case(), bk, principal, kind="DATA", is_lent=False)
    case = students.case()
    support.overdue(case, bk, principal)
    support.handed_over(case, bk, principal, kind="OTHER", what="Meja belajar", is_lent=False)
    support.returned(case, bk, principal)
    support.kept(case, bk, principal)
    declined = support.asked(case, bk)
    decline_assistance([declined], by=principal, note="Sudah dapat dari desa")
    withdraw_assistance(support.asked(case, bk), by=bk)


def _notes(cast: Cast) -> None:
    """Write two confidential notes on a case, and delete one of them."""
    case = Case.objects.filter(counselor=cast.bk, confirmed_at__isnull=False)[0]
    cases.note(case, cast.bk)
    delete_note(cases.note(case, cast.bk), by=cast.bk, reason="Salah siswa")


def _conferences(students: Students) -> None:
    """Plan, hold with a decision, close and cancel a conference each."""
    cast, bk = students.cast, students.cast.bk
    support.conference(students.case(), bk, invited=[cast.guru, cast.wali], guests="Ibu Suminah")
    support.conference(students.case(), bk, invited=[cast.guru2], is_over=True)
    held = support.held_conference(students.case(), bk, invited=[cast.guru])
    conferring.decide(held, by=bk, what="Ajak bicara", due_on=clock.today(), doer=cast.guru)
    closed = support.held_conference(students.case(), bk, invited=[cast.guru])
    conferring.close(closed, by=bk)
    cancelled = support.conference(students.case(), bk, invited=[cast.guru])
    conferring.cancel(cancelled, by=bk, reason="Guru sakit")


def _referrals(students: Students) -> None:
    """Refer cases out in each state, and end one of them."""
    bk = students.cast.bk
    support.prepared_referral(students.case(), bk)
    support.sent_referral(students.case(), bk)
    ended = students.case()
    support.answered_referral(ended, bk, number="422/001/ATK/X/2021")
    refer_out(ended, by=bk)
    support.answered_referral(students.case(), bk, taken_on=False)
    withdraw_referral(support.sent_referral(students.case(), bk), by=bk)


def _goings(students: Students) -> None:
    """Let a student with a case move to the other class, and another one leave the school."""
    cast = students.cast
    moves, leaves = (students.case().student for _n in range(2))
    move(moves, cast.foreign, on=make.days_ago(1), by=cast.operator)
    leave(leaves, on=make.days_ago(2), by=cast.operator)
    make.planned_year(cast.own.year, cast.semester.ends_on)


def _requests(cast: Cast) -> None:
    """Let the operator ask for a counselor and a password, and be refused another user name."""
    wish = Wish("OFFICE", COUNSELOR.code, starts_on=clock.today())
    ask(make.person(name="Dewi Lestari"), wish, by=cast.operator, reason="Bu Retno cuti")
    ask(cast.coordinator, Wish("PASSWORD"), by=cast.operator, reason="Lupa kata sandi")
    renamed = Wish("USER_NAME", user_name="pak.bambang")
    refuse(
        ask(cast.bk2, renamed, by=cast.operator, reason="Salah ketik"),
        by=cast.principal,
        answer="Tetap",
    )

"""What the operator's home says: the steps to the first recap, and afterwards what is missing."""

from datetime import timedelta

import pytest

from school.checklist import is_over, steps_of
from school.models import (
    Guardian,
    HomeroomAssignment,
    OfficeHolding,
    OfficeRequest,
    RecapPeriod,
    SchoolClass,
    SchoolProfile,
    Semester,
    Student,
    TeachingAssignment,
    User,
)
from school.readiness import readiness
from school.roles import COORDINATOR, COUNSELOR, OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from school.upkeep import for_operator, preparation_for, tasks_of
from school.workflow.merge import merge
from workflow import clock
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
STEPS = [
    *("Kop surat", "Semester", "Guru dan staf", "Kelas", "Siswa"),
    *("Tugas mengajar", "Wali kelas", "Guru BK tiap kelas", "Nomor orang tua"),
    "Kata sandi awal",
]


@pytest.fixture
def cast():
    """Return a school of which every step is done."""
    made = small_school(3)
    made.earlier_period.delete()
    SchoolProfile.objects.update(address="Jl. Sibajag")
    User.objects.update(last_login=clock.now())
    make.SemesterFactory(term=2, starts_on=make.days_ago(-100), ends_on=make.days_ago(-200))
    return made


def missing():
    """Return label → what is missing of the steps that are not done."""
    return {step.label: step.missing for step in steps_of(readiness()) if not step.is_done}


def gaps(operator):
    steps, tasks = for_operator(operator)
    assert steps == []
    return [task.title for task in tasks]


def test_in_an_empty_school_every_step_is_open():
    operator = make.person(OPERATOR)
    steps, tasks = for_operator(operator)
    assert [step.label for step in steps] == STEPS
    assert not any(step.is_done for step in steps)
    assert tasks == []


def test_each_step_says_what_is_missing_in_numbers(cast):
    SchoolProfile.objects.update(address="")
    HomeroomAssignment.objects.filter(teacher=cast.wali).delete()
    TeachingAssignment.objects.filter(teacher=cast.guru2).delete()
    SchoolClass.objects.update(counselor=None)
    Guardian.objects.exclude(student=cast.students[0]).update(phone="")
    Student.objects.create(name="Baru", nis="99", gender="L")
    assert missing() == {
        "Kop surat": "alamat sekolah belum diisi",
        "Siswa": "1 siswa belum punya kelas",
        "Tugas mengajar": "1 dari 2 kelas belum punya",
        "Wali kelas": "1 dari 2 kelas belum punya",
        "Guru BK tiap kelas": "2 dari 2 kelas belum punya",
        "Nomor orang tua": "1 dari 5 siswa punya nomor orang tua/wali",
    }


def test_a_semester_without_periods_is_not_ready(cast):
    cast.semester.periods.all().delete()
    assert missing() == {"Semester": "belum ada periode rekapnya"}


def test_where_recaps_are_late_and_none_is_begun_it_is_asked_from_when_they_count(cast):
    period = make.RecapPeriodFactory(
        semester=cast.semester, starts_on=make.days_ago(90), ends_on=make.days_ago(60)
    )
    assert missing() == {
        "Semester": "rekap 1 bulan sudah terlambat: pilih mulai bulan mana rekap dihitung"
    }
    step = steps_of(readiness())[1]
    assert step.url == f"/sekolah/semester/{cast.semester.pk}/awal-rekap/"
    assert f"mulai {period}" in step.there
    RecapPeriod.objects.filter(pk=period.pk).update(starts_on=make.days_ago(80))
    assert missing() == {}


def test_a_school_can_be_made_ready_in_the_holidays_before(cast):
    RecapPeriod.objects.all().delete()
    Semester.objects.all().delete()
    first = make.days_ago(-10)
    semester = make.SemesterFactory(starts_on=first, ends_on=first + timedelta(days=150))
    make.RecapPeriodFactory(semester=semester, starts_on=first, ends_on=first)
    for model in (HomeroomAssignment, TeachingAssignment):
        model.objects.update(starts_on=first)
    for student in Student.objects.all():
        student.enrolments.update(starts_on=first)
    assert missing() == {}


def test_who_left_or_graduated_is_not_missed_in_a_class(cast):
    for student, reason in zip(cast.students, ("LEFT", "GRADUATED", "YEAR_END"), strict=True):
        student.enrolments.update(ends_on=make.days_ago(1), end_reason=reason)
    assert missing() == {"Siswa": "1 siswa belum punya kelas"}


def test_a_class_whose_students_went_into_another_one_needs_nobody_any_more(cast):
    make.group_of(cast.foreign, cast.maths.group.subject)
    merge(cast.foreign, cast.own, on=clock.today(), by=cast.operator)
    SchoolClass.objects.filter(pk=cast.foreign.pk).update(counselor=None)
    assert missing() == {}
    assert (readiness().classes, readiness().groups_without_teacher) == (1, 0)


def test_once_all_is_done_the_steps_are_gone_and_the_desk_says_so(cast):
    assert is_over(readiness(), steps_of(readiness()))
    client = signed_in(cast.operator)
    assert 'id="steps"' not in client.get("/").content.decode()
    assert "Siap untuk rekap" in client.get("/sekolah/").content.decode()


def test_before_that_home_leads_through_the_steps(cast):
    SchoolProfile.objects.update(address="")
    client = signed_in(cast.operator)
    assert [step.label for step in client.get("/").context["waiting"].steps] == STEPS
    assert "9 dari 10 langkah selesai" in client.get("/sekolah/").content.decode()


def test_nobody_else_meets_them(cast):
    SchoolProfile.objects.update(address="")
    for user in (cast.principal, cast.coordinator, cast.guru):
        assert for_operator(user) == ([], [])


def test_a_running_school_without_gaps_leaves_nothing_to_do(cast):
    assert gaps(cast.operator) == []


def test_what_is_missing_in_a_running_school_waits_for_the_operator(cast):
    User.objects.filter(pk=cast.guru.pk).update(last_login=None)
    Guardian.objects.filter(student=cast.students[0]).update(phone="")
    TeachingAssignment.objects.filter(pk=cast.physics.pk).delete()
    assert gaps(cast.operator) == [
        "Belum ada guru: 1 mapel di kelas",
        "Tanpa nomor orang tua/wali: 1 siswa",
        "Belum pernah masuk: 1 orang",
    ]


@pytest.mark.parametrize(("days", "waits"), [(29, False), (28, True), (0, True), (-5, True)])
def test_the_next_semester_waits_from_four_weeks_before_the_end(cast, days, waits):
    Semester.objects.exclude(pk=cast.semester.pk).delete()
    Semester.objects.update(ends_on=make.days_ago(-days))
    assert any("Buat semester berikutnya" in gap for gap in gaps(cast.operator)) == waits


def test_the_operators_home_asks_as_many_queries_for_30_rows_as_for_1(cast):
    client = signed_in(cast.operator)
    one = queries_of(client, "/")
    for n in range(30):
        person = make.person(name=f"Guru {n}")
        of_class = make.SchoolClassFactory(name=f"XI IPS {n}")
        make.HomeroomAssignmentFactory(teacher=person, school_class=of_class)
        make.EnrolmentFactory(school_class=of_class)
    assert OfficeHolding.objects.count() == 6
    assert queries_of(client, "/") == one


def office_request(cast):
    return OfficeRequest.objects.create(
        person=cast.guru,
        what="OFFICE",
        office=COUNSELOR.code,
        reason="Guru BK baru",
        asked_by=cast.operator,
        asked_at=clock.now(),
    )


def step_of(label):
    return next(step for step in steps_of(readiness()) if step.label == label)


def step_of_counselors():
    return step_of("Guru BK tiap kelas")


def test_that_a_counselor_is_asked_for_first_is_said_with_the_request_that_waits(cast):
    SchoolClass.objects.update(counselor=None)
    assert step_of_counselors().missing == "2 dari 2 kelas belum punya"
    assert step_of_counselors().url == "/sekolah/guru-bk/"
    OfficeHolding.objects.filter(office__in=[COUNSELOR.code, COORDINATOR.code]).delete()
    assert "belum ada guru BK: ajukan dulu" in step_of_counselors().missing
    assert step_of_counselors().url == "/sekolah/orang/"
    asked = office_request(cast)
    assert step_of_counselors().missing.endswith("; 1 permintaan guru BK menunggu persetujuan")
    assert step_of_counselors().url == "/permintaan/"
    OfficeRequest.objects.filter(pk=asked.pk).update(status="REFUSED")
    assert "ajukan dulu" in step_of_counselors().missing


def test_where_the_coordinator_alone_counsels_the_classes_are_given_to_them(cast):
    SchoolClass.objects.update(counselor=None)
    OfficeHolding.objects.filter(office=COUNSELOR.code).delete()
    assert step_of_counselors().missing == "2 dari 2 kelas belum punya"
    assert step_of_counselors().url == "/sekolah/guru-bk/"


def test_whoever_has_a_task_and_no_password_is_found_by_the_step_and_gets_one(cast):
    for person in (cast.guru, cast.wali, make.person(name="Tanpa Tugas")):
        person.set_unusable_password()
        person.save(update_fields=["password"])
    step, client = step_of("Kata sandi awal"), signed_in(cast.operator)
    assert step.missing == "2 orang yang bertugas belum punya kata sandi"
    assert step.url == "/sekolah/orang/?account=no_password"
    shown = [one.pk for one in client.get(step.url).context["page"]]
    assert sorted(shown) == sorted([cast.guru.pk, cast.wali.pk])
    answer = post(client, step.url, {"act": "give_first_password", "row": shown, "sure": "yes"})
    assert cast.guru.full_name in answer.content.decode()
    assert step_of("Kata sandi awal").is_done


def test_first_passwords_follow_the_lessons(cast):
    TeachingAssignment.objects.all().delete()
    assert step_of("Kata sandi awal").missing == "isi tugas mengajarnya dulu"


def test_the_step_of_phones_leads_to_the_students_without_one_and_to_a_file(cast):
    Guardian.objects.exclude(student=cast.students[0]).update(phone="")
    step = step_of("Nomor orang tua")
    assert step.url == "/siswa/?lacks=phone"
    page = signed_in(cast.operator).get(step.url).content.decode()
    assert cast.students[0].name not in page
    assert cast.students[1].name in page
    assert 'href="/impor/isian/?kind=PHONES"' in page
    assert 'href="/impor/isian/' not in signed_in(cast.operator).get("/siswa/").content.decode()
    assert 'href="/impor/isian/' not in signed_in(cast.bk).get(step.url).content.decode()


def test_gaps_lead_to_the_students_and_people_whom_they_count(cast):
    User.objects.filter(pk=cast.guru.pk).update(last_login=None)
    Guardian.objects.filter(student=cast.students[0]).update(phone="")
    Student.objects.create(name="Baru", nis="99", gender="L")
    urls = {task.url for task in tasks_of(readiness()) if "?" in task.url}
    never = "/sekolah/orang/?account=never"
    assert urls == {"/siswa/?lacks=class", "/siswa/?lacks=phone", never}


@pytest.mark.parametrize("who", ["coordinator", "principal"])
def test_whoever_answers_requests_reads_how_far_the_operator_is(cast, who):
    SchoolProfile.objects.update(address="")
    user = getattr(cast, who)
    html = signed_in(user).get("/").content.decode()
    assert "Bu Tri (operator) sedang mengisinya: 9 dari 10 langkah selesai." in html
    assert "alamat sekolah belum diisi" in html
    assert "Belum ada yang perlu Anda lakukan." in html
    assert "Tidak ada yang menunggu Anda" not in html
    office_request(cast)
    html = signed_in(user).get("/").content.decode()
    assert "1 permintaan di bawah menunggu jawaban Anda." in html


def test_others_and_a_school_that_is_ready_read_nothing_of_it(cast):
    assert preparation_for(cast.principal) is None
    SchoolProfile.objects.update(address="")
    for user in (cast.operator, cast.bk, cast.guru):
        assert preparation_for(user) is None
    OfficeHolding.objects.filter(office=OPERATOR.code).delete()
    html = signed_in(cast.principal).get("/").content.decode()
    assert "Hari ini tidak ada operator" in html

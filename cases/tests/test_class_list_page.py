"""The class list as the homeroom teacher, the counselor and others meet it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from cases.models import Case, ClassList, ClassListStatus, Decision, Knowledge, Recap
from cases.tests import factories as make
from cases.workflow import (
    begin_correction,
    class_list_of,
    decide,
    hand_over,
    hand_over_list,
    save_entry,
    withdraw,
)
from school.models import Enrolment
from school.tests import factories as people
from school.tests.cast import small_school
from workflow.models import LookEntry
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = pytest.mark.django_db


def url_of(cast, name="class_list", student=None, **kwargs):
    args = [cast.own.pk, cast.period.pk] + ([student.pk] if student else [])
    return reverse(f"cases:{name}", args=args)


def noted_school(size=4):
    """Maths is in: the first student never took part; physics and English are missing."""
    cast = small_school(size)
    make.handed_over_recap(cast.maths, cast.period, {cast.students[0]: make.ABSENT})
    return cast


def handed_over_school():
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, [cast.students[0]], "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    return cast, class_list


def decided(cast):
    return {d.student: d.choice for d in Decision.objects.standing()}


def page(client, url):
    with translation.override("id"):
        response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("wali", 200),
        ("coordinator", 200),
        ("bk", 404),
        ("bk2", 404),
        ("wali2", 404),
        ("guru", 404),
        ("principal", 404),
        ("student_affairs", 404),
        ("operator", 404),
    ],
)
def test_an_open_list_is_there_for_its_homeroom_teacher_and_the_coordinator(who, answer):
    cast = noted_school()
    client = signed_in(getattr(cast, who))
    assert client.get(url_of(cast)).status_code == answer
    assert not ClassList.objects.filter(decisions__isnull=False).exists()
    class_list_of(cast.own, cast.period, by=cast.wali)
    assert client.get(url_of(cast)).status_code == answer
    student_page = url_of(cast, "class_list_student", cast.students[0])
    assert client.get(student_page).status_code == answer


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("wali", 200),
        ("coordinator", 200),
        ("bk", 200),
        ("bk2", 404),
        ("wali2", 404),
        ("guru", 404),
        ("principal", 404),
        ("student_affairs", 404),
        ("operator", 404),
    ],
)
def test_a_list_handed_over_is_there_for_the_counselor_of_the_class_too(who, answer):
    cast, _list = handed_over_school()
    assert signed_in(getattr(cast, who)).get(url_of(cast)).status_code == answer


@pytest.mark.parametrize("who", ["bk", "coordinator"])
def test_only_the_homeroom_teacher_acts_on_a_list(who):
    cast, _list = handed_over_school()
    client = signed_in(getattr(cast, who))
    given = {"student": cast.students[1].pk, "choice": "REFER"}
    assert post(client, url_of(cast, "class_list_decide"), given).status_code == 403
    note = url_of(cast, "class_list_knowledge", cast.students[1])
    assert client.get(note).status_code == 403
    assert post(client, note, {"version": 1, "note": "x"}).status_code == 403
    assert client.get(url_of(cast, "class_list_hand_over")).status_code == 403
    assert decided(cast) == {cast.students[0]: "REFER"}


def test_looking_at_a_list_is_logged_with_its_id_also_when_refused():
    cast, class_list = handed_over_school()
    signed_in(cast.bk).get(url_of(cast))
    signed_in(cast.principal).get(url_of(cast))
    seen = LookEntry.objects.filter(kind="cases.classlist").values_list("object_id", "status")
    assert list(seen) == [(class_list.pk, 200), (class_list.pk, 404)]


def test_the_page_says_what_is_in_what_is_missing_and_reminds_the_teacher():
    cast = noted_school()
    html = page(signed_in(cast.wali), url_of(cast))
    assert "1 dari 3 mapel masuk" in html
    assert "Ingatkan Bpk. Hadi · Fisika" in html
    assert "https://wa.me/6281234567890?text=" in html
    assert "Ingatkan Ibu Sri · Bahasa Inggris" in html
    assert cast.students[0].name not in html.split("wa.me", 1)[1].split('"', 1)[0]


def test_the_one_who_owes_a_recap_is_who_teaches_on_its_due_date():
    cast = noted_school()
    cast.physics.ends_on = cast.period.ends_on - timedelta(days=5)
    cast.physics.save()
    later = people.person(name="Wawan Adi", honorific="BAPAK", phone="6281111111111")
    people.TeachingAssignmentFactory(
        teacher=later,
        school_class=cast.own,
        subject=cast.physics.subject,
        starts_on=cast.period.ends_on - timedelta(days=4),
    )
    html = page(signed_in(cast.wali), url_of(cast))
    assert "Ingatkan Bpk. Wawan · Fisika" in html


def test_filters_stay_in_the_address_and_show_their_counts():
    cast = noted_school()
    client = signed_in(cast.wali)
    html = page(client, url_of(cast))
    assert "Perlu keputusan 1" in html
    assert "Semua siswa 4" in html
    assert cast.students[1].name not in html
    html = page(client, url_of(cast) + "?show=all")
    assert all(student.name in html for student in cast.students)
    assert "?show=all" in html


def test_worst_come_first():
    cast = small_school()
    a, b, c, _d = cast.students
    make.handed_over_recap(cast.maths, cast.period, {c: make.ABSENT, b: {"missing_work": 2}})
    make.handed_over_recap(cast.english, cast.period, {c: make.ABSENT, a: make.ABSENT})
    html = page(signed_in(cast.wali), url_of(cast))
    places = [html.index(f'id="row-{student.pk}"') for student in (c, a, b)]
    assert places == sorted(places)


def test_each_number_opens_to_its_subjects_with_what_it_rests_on():
    cast = noted_school()
    entry = {"missing_work": 2, "late_work": 0, "permitted": 1, "note": "HP rusak"}
    make.handed_over_recap(cast.english, cast.period, {cast.students[0]: entry})
    url = url_of(cast, "class_list_student", cast.students[0])
    client = signed_in(cast.wali)
    html = page(client, url + "?of=missing")
    assert "Bahasa Inggris" in html
    assert "HP rusak" in html
    assert "2 dari 2 tugas tidak dikumpulkan" in html
    assert "4 pertemuan: S 0, I 1, A 0" in html
    assert "Matematika" not in html
    fragment = client.get(url + "?of=never", headers={"HX-Request": "true"}).content.decode()
    assert "Matematika" in fragment
    assert "<html" not in fragment
    assert page(client, url + "?of=nonsense")


def test_a_decision_is_saved_without_a_script_and_can_be_undone():
    cast = noted_school()
    client = signed_in(cast.wali)
    given = {"student": cast.students[0].pk, "choice": "WATCH", "next": url_of(cast)}
    response = post(client, url_of(cast, "class_list_decide"), given)
    assert response.url == url_of(cast)
    assert decided(cast) == {cast.students[0]: "WATCH"}
    html = page(client, url_of(cast))
    assert "1 dipantau" in html
    decision = Decision.objects.get()
    undo = reverse("undo", args=["cases.decision", decision.pk, "decide"])
    assert undo in html
    post(client, undo)
    assert decided(cast) == {}


def test_a_script_gets_the_row_and_the_bar_back():
    cast = noted_school()
    client = signed_in(cast.wali)
    row = url_of(cast, "class_list_row", cast.students[0])
    given = {"student": cast.students[0].pk, "choice": "REFER", "next": row}
    response = post(
        client, url_of(cast, "class_list_decide"), given, headers={"HX-Request": "true"}
    )
    assert response.url == row
    html = client.get(row, headers={"HX-Request": "true"}).content.decode()
    assert 'id="bar"' in html
    assert "1 dirujuk" in html
    assert client.get(row).url == url_of(cast) + f"?show=all#row-{cast.students[0].pk}"


def test_a_replayed_decision_has_one_effect():
    cast = noted_school()
    client = signed_in(cast.wali)
    given = {"student": cast.students[0].pk, "choice": "REFER", "submit_id": "6" * 32}
    for _ in range(2):
        assert client.post(url_of(cast, "class_list_decide"), given).status_code == 302
    assert Decision.objects.count() == 1


def test_many_are_decided_at_once_after_their_number_was_confirmed():
    cast = noted_school()
    client = signed_in(cast.wali)
    chosen = [student.pk for student in cast.students[:3]]
    html = page(client, url_of(cast) + "?show=all&choose=1")
    assert html.count("data-choice>") == 4
    query = "&".join(f"student={pk}" for pk in chosen)
    html = page(client, url_of(cast, "class_list_decide") + f"?choice=NO_CONCERN&{query}")
    assert "Aman: 3 siswa" in html
    assert Decision.objects.count() == 0
    post(client, url_of(cast, "class_list_decide"), {"student": chosen, "choice": "NO_CONCERN"})
    assert set(decided(cast)) == set(cast.students[:3])


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"choice": "REFER"},
        {"student": "", "choice": "REFER"},
        {"student": "x", "choice": "REFER"},
        {"student": "-1", "choice": "REFER"},
        {"student": "99999999999999999999999", "choice": "REFER"},
        {"student": "own", "choice": "EXPEL"},
        {"student": "own", "choice": ""},
        {"student": "foreign", "choice": "REFER"},
    ],
)
def test_a_bad_decision_is_refused_with_a_message(given):
    cast = noted_school()
    client = signed_in(cast.wali)
    names = {"own": cast.students[0].pk, "foreign": cast.foreign_students[0].pk}
    given = {k: names.get(v, v) for k, v in given.items()}
    for response in (
        post(client, url_of(cast, "class_list_decide"), given),
        client.get(url_of(cast, "class_list_decide"), given),
    ):
        assert response.status_code == 302
    assert Decision.objects.count() == 0
    assert "toast-s error" in page(client, url_of(cast))


def test_a_list_of_another_year_or_of_a_period_to_come_is_not_there():
    cast = small_school()
    client = signed_in(cast.wali)
    year = people.AcademicYearFactory(label="2019/2020")
    old = people.RecapPeriodFactory(
        semester=people.SemesterFactory(year=year), starts_on=people.days_ago(60)
    )
    coming = people.RecapPeriodFactory(
        semester=cast.semester, starts_on=people.days_ago(-3), ends_on=people.days_ago(-30)
    )
    for period in (old.pk, coming.pk, 99999, 10**20):
        url = reverse("cases:class_list", args=[cast.own.pk, period])
        assert client.get(url).status_code == 404


def test_what_the_homeroom_teacher_knows_is_kept_and_read_by_the_counselor():
    cast, _list = handed_over_school()
    cast.wali.refresh_from_db()
    late = make.handed_over_recap(cast.physics, cast.period)
    assert late
    url = url_of(cast, "class_list_knowledge", cast.students[0])
    given = {"version": 1, "economy": "on", "note": "Ayah merantau", "next": url_of(cast)}
    assert post(signed_in(cast.wali), url, given).url == url_of(cast)
    known = Knowledge.objects.get()
    assert (known.economy, known.family, known.note) == (True, False, "Ayah merantau")
    html = page(signed_in(cast.bk), url_of(cast) + "?show=all")
    assert "Ayah merantau" in html
    assert "Tambah catatan" not in html


def test_of_two_editors_the_later_one_sees_both_texts():
    cast = noted_school()
    client = signed_in(cast.wali)
    url = url_of(cast, "class_list_knowledge", cast.students[0])
    post(client, url, {"version": 1, "note": "Dua"})
    response = post(client, url, {"version": 1, "note": "Tiga"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Dua" in html
    assert "Tiga" in html
    assert Knowledge.objects.get().note == "Dua"
    version = Knowledge.objects.get().version
    assert f'name="version" value="{version}"' in html
    post(client, url, {"version": version, "note": "Tiga"})
    assert Knowledge.objects.get().note == "Tiga"


@pytest.mark.parametrize(
    "given",
    [
        {"version": "1", "other": "on", "note": "  "},
        {"version": "1", "note": "x" * 501},
        {"version": "", "note": "Ditulis"},
        {"version": "-4", "note": "Ditulis"},
        {"version": "abc", "note": "Ditulis"},
    ],
)
def test_a_bad_note_is_refused_and_stays_in_the_form(given):
    cast = noted_school()
    url = url_of(cast, "class_list_knowledge", cast.students[0])
    response = post(signed_in(cast.wali), url, given)
    assert response.status_code == 200
    assert given["note"].strip() in response.content.decode()
    assert Knowledge.objects.count() == 0


def test_nobody_of_another_class_is_on_the_list():
    cast = noted_school()
    client = signed_in(cast.wali)
    for name in ("class_list_student", "class_list_row", "class_list_knowledge"):
        assert client.get(url_of(cast, name, cast.foreign_students[0])).status_code == 404


def test_a_student_who_moved_stands_on_the_list_of_the_period_and_says_so():
    cast = noted_school()
    student = cast.students[0]
    held = Enrolment.objects.get(student=student)
    held.ends_on, held.end_reason = cast.period.ends_on - timedelta(days=3), "MOVED_CLASS"
    held.save()
    people.EnrolmentFactory(
        student=student,
        school_class=cast.foreign,
        starts_on=cast.period.ends_on - timedelta(days=2),
    )
    html = page(signed_in(cast.wali), url_of(cast))
    assert "kini di X MIPA 4" in html


def test_the_list_is_handed_over_after_one_question_that_says_what_follows():
    cast = noted_school()
    client = signed_in(cast.wali)
    url = url_of(cast, "class_list_hand_over")
    html = page(client, url)
    assert "1 siswa masih perlu keputusan" in html
    assert "Ya, serahkan" not in html
    given = {"student": cast.students[0].pk, "choice": "REFER"}
    post(client, url_of(cast, "class_list_decide"), given)
    html = page(client, url)
    assert "1 siswa dirujuk" in html
    assert "2 mapel belum masuk" in html
    assert "tidak dapat dibatalkan" in html
    post(client, url)
    class_list = ClassList.objects.get()
    assert (class_list.status, class_list.missing_subjects) == (ClassListStatus.HANDED_OVER, 2)
    assert Case.objects.get().student == cast.students[0]
    html = page(client, url_of(cast))
    assert "Diserahkan saat 2 mapel belum masuk" in html
    assert "hx-post" not in html


def test_handing_over_with_somebody_undecided_says_why_not():
    cast = noted_school()
    client = signed_in(cast.wali)
    html = page(client, url_of(cast))
    assert "1 belum diputuskan" in html
    response = post(client, url_of(cast, "class_list_hand_over"), {"next": url_of(cast)})
    assert response.url == url_of(cast)
    assert "toast-s error" in page(client, url_of(cast))
    assert Case.objects.count() == 0


def test_a_replayed_hand_over_has_one_effect():
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, [cast.students[0]], "REFER", by=cast.wali)
    client = signed_in(cast.wali)
    for _ in range(2):
        sent = client.post(url_of(cast, "class_list_hand_over"), {"submit_id": "7" * 32})
        assert sent.headers["Location"] == url_of(cast)
    assert Case.objects.get().evidence.count() == 1


def test_after_the_hand_over_a_decision_is_refused_and_says_why():
    cast, _list = handed_over_school()
    client = signed_in(cast.wali)
    given = {"student": cast.students[1].pk, "choice": "REFER", "next": url_of(cast)}
    assert post(client, url_of(cast, "class_list_decide"), given).url == url_of(cast)
    assert "toast-s error" in page(client, url_of(cast))
    assert decided(cast) == {cast.students[0]: "REFER"}


def test_a_decision_older_than_a_change_of_its_recaps_says_so():
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, [cast.students[0]], "WATCH", by=cast.wali)
    make.handed_over_recap(cast.english, cast.period, {cast.students[0]: make.ABSENT})
    html = page(signed_in(cast.wali), url_of(cast))
    assert "berubah sejak diputuskan" in html
    assert "<s>1</s>" in html


def test_a_late_recap_asks_a_new_decision_for_those_only_whose_figures_changed():
    cast, class_list = handed_over_school()
    first, second = cast.students[:2]
    make.handed_over_recap(cast.english, cast.period, {second: make.ABSENT})
    client = signed_in(cast.wali)
    html = page(client, url_of(cast))
    assert "Susulan" in html
    assert "Perlu keputusan 1" in html
    assert f'id="row-{second.pk}"' in html
    assert f'id="row-{first.pk}"' not in html
    given = {"student": second.pk, "choice": "REFER"}
    post(client, url_of(cast, "class_list_decide"), given)
    html = page(client, url_of(cast, "class_list_hand_over"))
    assert "1 siswa dirujuk" in html
    post(client, url_of(cast, "class_list_hand_over"))
    class_list.refresh_from_db()
    assert class_list.status == ClassListStatus.HANDED_OVER
    assert Case.objects.count() == 2


def test_a_corrected_recap_shows_the_difference_to_homeroom_teacher_and_counselor():
    cast, _list = handed_over_school()
    recap = corrected_maths(cast)
    hand_over(recap, by=cast.guru)
    for person in (cast.wali, cast.bk):
        html = page(signed_in(person), url_of(cast))
        assert "<s>1</s>" in html
        assert "Susulan" in html


def corrected_maths(cast):
    """Maths is corrected: the first student was there once."""
    recap = Recap.objects.get(subject=cast.maths.subject)
    sheet = begin_correction(recap, by=cast.guru, reason="Salah hitung")
    entry = sheet.entries.get(student=cast.students[0])
    values = {"absent": 3}
    save_entry(
        cast.maths,
        cast.period,
        cast.students[0],
        by=cast.guru,
        values=values,
        read_at=entry.version,
    )
    return recap


def test_the_counselor_reads_what_was_handed_over_while_a_supplement_is_decided():
    cast, class_list = handed_over_school()
    make.handed_over_recap(cast.english, cast.period, {cast.students[0]: make.ABSENT})
    decide(class_list, [cast.students[0]], "NO_CONCERN", by=cast.wali)
    html = page(signed_in(cast.bk), url_of(cast) + "?show=all")
    assert '<span class="decided refer">Rujuk</span>' in html
    assert "Aman</span>" not in html


def test_a_recap_withdrawn_while_the_list_is_open_is_missing_again():
    cast = noted_school()
    withdraw(Recap.objects.get(), by=cast.guru)
    html = page(signed_in(cast.wali), url_of(cast))
    assert "0 dari 3 mapel masuk" in html
    assert "Ingatkan Bpk. Hadi · Matematika" in html


def test_a_whole_class_asks_no_more_queries_than_one_student():
    cast = noted_school(1)
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, cast.students, "WATCH", by=cast.wali)
    few = asked(cast)
    for _ in range(29):
        student = people.StudentFactory()
        people.EnrolmentFactory(student=student, school_class=cast.own)
        cast.students.append(student)
    make.handed_over_recap(cast.english, cast.period, dict.fromkeys(cast.students, make.ABSENT))
    decide(class_list, cast.students, "REFER", by=cast.wali)
    assert asked(cast) == few
    assert max(few) <= 15, few


def asked(cast):
    """How many queries each page of the list asks."""
    client = signed_in(cast.wali)
    student = url_of(cast, "class_list_student", cast.students[0])
    urls = (
        url_of(cast),
        url_of(cast) + "?show=all",
        url_of(cast) + "?show=all&choose=1",
        student,
        url_of(cast, "class_list_hand_over"),
        reverse("cases:class_lists"),
    )
    return [queries_of(client, url) for url in urls]


def test_the_page_speaks_english_too():
    cast = noted_school()
    cast.wali.language = "en"
    cast.wali.save()
    html = signed_in(cast.wali).get(url_of(cast)).content.decode()
    for text in ("1 of 3 subjects in", "Needs a decision 1", "Remind Bpk. Hadi", "Hand over to BK"):
        assert text in html

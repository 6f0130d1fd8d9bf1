"""The steps in which the operator prepares a new year: a plan that is kept, shown, then begun."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from school.models import Enrolment, NewYear, SchoolClass, TeachingAssignment
from school.roles import OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow import changes
from school.workflow.new_year import Fate, Going, Plan, keep, seats_of
from workflow.tests.browser_free import post, queries_of, rolled_back, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
YEAR, CLASSES, STUDENTS, FILE, CHECK = (
    f"/tahun-baru/{step}" for step in ("", "kelas/", "siswa/", "file/", "periksa/")
)


@pytest.fixture
def cast():
    cast = small_school()
    make.planned_year(cast.own.year, cast.semester.ends_on)
    return cast


def plan():
    return Plan.read(NewYear.objects.get().plan)


def version():
    return NewYear.objects.get().version


def sent(cast, url, **data):
    """Send a step with the version that it shows."""
    return post(signed_in(cast.operator), url, {"read_at": version(), **data})


def names(cast, **changed):
    found = {f"after{pk}": name for pk, name in plan().after.items()}
    return {**found, "entries": "X MIPA 3\nX MIPA 4", **changed}


def test_four_steps_begin_the_year(cast):
    client = signed_in(cast.operator)
    shown = client.get(YEAR).context["form"]
    answer = sent(cast, YEAR, **{**shown.initial, "with_groups": ""})
    assert answer.url == CLASSES
    assert sent(cast, CLASSES, **names(cast)).url == STUDENTS
    student = cast.students[0]
    answer = sent(cast, f"{STUDENTS}{student.pk}/", fate="REPEATS", to="X MIPA 3")
    assert answer.url == STUDENTS
    assert student.name in client.get(STUDENTS).content.decode()
    assert "Tinggal kelas" in client.get(CHECK).content.decode()
    assert sent(cast, CHECK).url == YEAR
    new = Enrolment.objects.filter(school_class__year__label=plan().label)
    assert sorted(new.values_list("student__nis", "school_class__name")) == [
        ("21001", "X MIPA 3"),
        *((f"2100{n}", "XI MIPA 3") for n in (2, 3, 4)),
        *((f"2110{n}", "XI MIPA 4") for n in (1, 2)),
    ]
    assert "sudah disiapkan" in client.get(YEAR).content.decode()


@pytest.mark.parametrize("page", ["kelas", "tugas-mengajar", "wali-kelas", "guru-bk"])
def test_a_year_that_is_begun_leads_to_its_pages_and_these_to_the_running_one(cast, page):
    sent(cast, CHECK)
    client, url = signed_in(cast.operator), f"/sekolah/{page}/"
    new = f"{url}?year={plan().label}"
    assert f'href="{new}"' in client.get(YEAR).content.decode()
    assert f"?year={quote(plan().label, safe='')}" in client.get(url).content.decode()
    html = client.get(new).content.decode()
    assert f">{cast.own.year}</a>" in html
    assert ("XI MIPA 3" in html) is (page != "tugas-mengajar")


def test_a_year_that_was_undone_is_prepared_again(cast):
    sent(cast, CHECK)
    change = NewYear.objects.get().change
    page = signed_in(cast.operator).get(CLASSES).content.decode()
    assert f"/perubahan/{change.pk}/" in page
    changes.undo(change, by=cast.operator)
    assert signed_in(cast.operator).get(CLASSES).context["form"]


def test_a_class_with_another_name_keeps_its_teachers_and_counselor(cast):
    sent(cast, CLASSES, **names(cast, **{f"after{cast.own.pk}": "XI-1"}))
    one = plan().classes["XI-1"]
    assert (one.grade, one.staff_of, one.counselor, one.homerooms) == (
        "XI",
        cast.own.pk,
        cast.bk.pk,
        [cast.wali.pk],
    )
    assert "XI MIPA 3" not in plan().classes


def test_two_classes_with_the_same_name_become_one(cast):
    sent(cast, CLASSES, **names(cast, **{f"after{cast.foreign.pk}": "XI MIPA 3"}))
    assert [one for one in plan().classes if one.startswith("XI")] == ["XI MIPA 3"]
    assert plan().classes["XI MIPA 3"].staff_of == cast.own.pk


def test_without_a_class_after_it_the_students_of_a_class_must_be_placed(cast):
    sent(cast, CLASSES, **names(cast, **{f"after{cast.own.pk}": ""}))
    page = signed_in(cast.operator).get(CHECK)
    assert page.context["summary"].nowhere == 4
    assert "disabled" in page.content.decode()
    answer = sent(cast, CHECK)
    assert "Belum punya kelas" in answer.content.decode()
    assert not SchoolClass.objects.filter(year__label=plan().label).exists()


def test_classes_for_new_students_are_added_and_removed(cast):
    sent(cast, CLASSES, **names(cast, entries="X MIPA 3\nX IPS 1"))
    entries = {name: one.grade for name, one in plan().classes.items() if one.is_entry}
    assert entries == {"X MIPA 3": "X", "X IPS 1": "X"}


@pytest.mark.parametrize(
    ("entries", "words"), [("TKJ 1", "tidak terbaca"), ("X " + "a" * 40, "terlalu panjang")]
)
def test_a_class_whose_name_cannot_be_is_refused(cast, entries, words):
    answer = sent(cast, CLASSES, **names(cast, entries=entries))
    assert words in answer.context["form"].errors["entries"][0]
    assert version() == 1


def test_a_class_gets_other_people(cast):
    number = list(plan().classes).index("XI MIPA 3") + 1
    address = f"{CLASSES}{number}/"
    sent(cast, address, homeroom=cast.guru.pk, second=cast.wali.pk, counselor="")
    one = plan().classes["XI MIPA 3"]
    assert (one.homerooms, one.counselor) == ([cast.guru.pk, cast.wali.pk], None)
    assert signed_in(cast.operator).get(f"{CLASSES}99/").status_code == 404


@pytest.mark.parametrize(
    ("fate", "to", "expected"),
    [
        ("LEAVES", "", (Fate.LEAVES, "")),
        ("GRADUATES", "", (Fate.GRADUATES, "")),
        ("ELSEWHERE", "XI MIPA 4", (Fate.ELSEWHERE, "XI MIPA 4")),
        ("", "", (Fate.PROMOTED, "XI MIPA 3")),
    ],
)
def test_what_becomes_of_a_student_is_chosen(cast, fate, to, expected):
    student = cast.students[0]
    sent(cast, f"{STUDENTS}{student.pk}/", fate="REPEATS", to="X MIPA 3")
    sent(cast, f"{STUDENTS}{student.pk}/", fate=fate, to=to)
    found = {seat.student: (seat.fate, seat.to) for seat in seats_of(cast.own.year, plan())}
    assert found[student.pk] == expected


def test_who_repeats_needs_a_class(cast):
    answer = sent(cast, f"{STUDENTS}{cast.students[0].pk}/", fate="REPEATS", to="")
    assert answer.context["form"].errors["to"] == ["Pilih kelasnya."]


def test_days_within_the_old_year_are_refused(cast):
    shown = signed_in(cast.operator).get(YEAR).context["form"].initial
    answer = sent(cast, YEAR, **{**shown, "odd_first": make.days_ago(-1)})
    assert "berlangsung sampai" in answer.context["form"].non_field_errors()[0]
    assert version() == 1


def test_what_somebody_else_has_changed_is_not_overwritten(cast):
    stale = version()
    sent(cast, CLASSES, **names(cast, entries="X MIPA 3"))
    client = signed_in(cast.operator)
    for address, data in ((CLASSES, names(cast)), (CHECK, {})):
        answer = post(client, address, {"read_at": stale, **data})
        assert "berubah" in str(answer.context["form"].errors) or "mengubah" in str(
            answer.context["form"].errors
        )
    assert not TeachingAssignment.objects.filter(group__year__label=plan().label).exists()


def test_a_student_is_found_by_name_and_by_class(cast):
    client = signed_in(cast.operator)
    by_name = client.get(STUDENTS, {"q": "siswa 002"}).context["found"]
    assert [student.nis for student, _seat in by_name] == ["21002"]
    by_class = client.get(STUDENTS, {"class": cast.foreign.pk}).context["found"]
    assert [student.nis for student, _seat in by_class] == ["21101", "21102"]
    assert client.get(STUDENTS).context["found"] == []


def file(*lines):
    return SimpleUploadedFile("kelas.csv", "\n".join(("NIS;Nama;Kelas baru", *lines)).encode())


def test_class_lists_from_a_file_place_each_student(cast):
    others = [f"{student.nis};{student.name};" for student in cast.students[1:]]
    lines = (f"21001;{cast.students[0].name};x mipa 3", *(f"{one}XI-MIPA 3" for one in others))
    foreign = (f"{student.nis};;XI IPS 1" for student in cast.foreign_students)
    assert sent(cast, FILE, file=file(*lines, *foreign)).url == CHECK
    found = {seat.student: (seat.fate, seat.to) for seat in seats_of(cast.own.year, plan())}
    assert found == {
        cast.students[0].pk: (Fate.REPEATS, "X MIPA 3"),
        **{student.pk: (Fate.PROMOTED, "XI MIPA 3") for student in cast.students[1:]},
        **{student.pk: (Fate.PROMOTED, "XI IPS 1") for student in cast.foreign_students},
    }


def test_a_file_with_bad_rows_is_refused_as_a_whole_and_names_them(cast):
    name = cast.students[0].name
    answer = sent(cast, FILE, file=file(f"21001;{name};XI MIPA 3", "99999;;XI MIPA 3", "21002;;"))
    assert [row.row for row in answer.context["form"].lists.refusals] == [3, 4]
    assert (version(), plan().goings) == (1, {})


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4", b"Nama;Lain\nA;B", b"PK\x03\x04 not a workbook"]
)
def test_what_is_no_class_list_is_refused_in_words(cast, content):
    answer = sent(cast, FILE, file=SimpleUploadedFile("kelas.csv", content))
    assert answer.context["form"].errors["file"]
    assert version() == 1


def test_before_the_first_semester_there_is_nothing_to_prepare():
    operator = make.person(OPERATOR)
    assert "Belum ada semester" in signed_in(operator).get(YEAR).content.decode()


@pytest.mark.parametrize("url", [YEAR, CLASSES, STUDENTS, CHECK])
def test_a_year_without_students_is_to_be_filled_before_the_next_one(url):
    make.SchoolClassFactory(name="X MIPA 1", year=make.SemesterFactory().year)
    client = signed_in(make.person(OPERATOR))
    html = client.get(url).content.decode()
    assert "Belum ada siswa di kelas 2021/2022" in html
    assert '<a class="b" href="/">' in html
    make.EnrolmentFactory(school_class=SchoolClass.objects.get())
    assert "Belum ada siswa di kelas" not in client.get(url).content.decode()


@pytest.mark.parametrize("address", [CLASSES, STUDENTS, f"{STUDENTS}?class=1", CHECK])
def test_a_step_takes_as_many_queries_for_thirty_students_as_for_two(address):
    counts = []
    for size in (2, 30):
        with rolled_back():
            cast = small_school(size)
            kept = make.planned_year(cast.own.year, cast.semester.ends_on)
            goings = {s.pk: Going("REPEATS", "X MIPA 3") for s in cast.students}
            changed = Plan.read(kept.plan)
            changed.goings = goings
            keep(cast.own.year, changed, by=cast.operator, read_at=1)
            url = address.replace("class=1", f"class={cast.own.pk}")
            counts.append(queries_of(signed_in(cast.operator), url))
    assert counts[0] == counts[1]

from datetime import date

import pytest

from reports.tests.factories import OVER, case_of, paper_school
from reports.tests.pages import URL, page, text_of
from school.models import SchoolClass
from school.roles import PRINCIPAL
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def school():
    return small_school()


@pytest.fixture
def paper():
    """Yield principal and semesters of the paper's school, in its second semester."""
    with clock.shifted_to(OVER):
        first, second = paper_school()
        yield make.person(PRINCIPAL), first, second


def test_the_papers_page_shows_figures_tables_and_graphs_as_drawn(paper):
    principal, _first, _second = paper
    text = text_of(page(principal, year="2020/2021"))
    assert "Siswa yang ditangani, Genap 36 ▼ 63 dari 99 (−63,64%)" in text
    assert "Dari 810 siswa 4,44% ▼ 7,78 poin" in text
    assert "Kunjungan rumah 5 ▼ 19 dari 24" in text
    assert "Tuntas 36 100%, median 16 hari" in text
    assert "Kelas Siswa Sem 1 Sem 2 % Sem 1 % Sem 2 X 271 37 9 13,65 3,32" in text
    assert "Jumlah 810 99 36 12,22 4,44" in text
    assert "Jumlah 99 36 47 23 28 8 24 5" in text
    for graph in ("Grafik 1. Siswa", "Grafik 2. Penanganan, Semester 1", "Grafik 3. Penanganan"):
        assert graph in text


def test_each_semester_has_tables_of_its_own(paper):
    principal, _first, _second = paper
    text = text_of(page(principal, year="2020/2021", term="1"))
    assert "Siswa yang ditangani, Ganjil 99" in text
    assert "Kelas Siswa Bermasalah Persen X 271 37 13,65" in text
    assert "Grafik 2. Penanganan, Ganjil 2020/2021" in text
    second = text_of(page(principal, year="2020/2021", term="2"))
    assert "Dibandingkan dengan Ganjil 2020/2021." in second
    assert "Grafik 3. Penanganan, Genap 2020/2021" in second


def test_the_column_of_the_not_yet_handled_is_there_only_when_it_is_not_zero(paper):
    principal, _first, second = paper
    assert "Belum ditangani" not in page(principal)
    student = make.EnrolmentFactory(
        school_class=SchoolClass.objects.first(), starts_on=second.starts_on
    ).student
    case_of(student, second, rung=10, status="OPEN").save()
    assert "Belum ditangani" in page(principal)


def test_a_year_whose_second_semester_has_not_begun_stands_beside_the_semester_before(paper):
    principal, _first, _second = paper
    with clock.shifted_to(OVER.replace(month=10)):
        year = make.AcademicYearFactory(label="2021/2022")
        third = make.SemesterFactory(
            year=year, starts_on=date(2021, 7, 12), ends_on=date(2021, 12, 18)
        )
        make.SemesterFactory(
            year=year, term=2, starts_on=date(2022, 1, 3), ends_on=date(2022, 6, 18)
        )
        make.EnrolmentFactory(
            school_class=SchoolClass.objects.create(year=third.year, name="X A", grade="X"),
            starts_on=third.starts_on,
        )
        html = page(principal)
        text = text_of(html)
        assert "Tahun Pelajaran 2021/2022" in html
        assert "Genap 2020/2021 dan Ganjil" in text
        assert "Ganjil sedang berjalan: angka sampai 25 Oktober 2021." in text
        assert "Dibandingkan dengan Genap 2020/2021 s.d. 19 Apr, sama-sama pekan ke-16." in text
        assert "Genap 20/21" in text
        assert signed_in(principal).get(URL, {"year": "2021/2022", "term": "2"}).status_code == 404


def test_a_class_that_one_of_two_years_has_not_has_dashes_there(school):
    past = make.SemesterFactory(
        year__label="2020/2021", starts_on=make.days_ago(300), ends_on=make.days_ago(120)
    )
    SchoolClass.objects.create(year=past.year, name="X MIPA 3", grade="X")
    for reader, line in (
        (school.principal, "X MIPA 3 0 4 0 0 0,00 0,00 X MIPA 4 – 2 – 0 – 0,00"),
        (school.wali, "X MIPA 3 – 4 – 0 – 0,00 Seluruh sekolah"),
    ):
        assert line in text_of(page(reader, by="class"))


@pytest.mark.parametrize(
    "params",
    [
        {"year": "1999/2000"},
        {"year": "' OR 1=1"},
        {"year": "x" * 4000},
        {"term": "3"},
        {"term": "-1"},
        {"term": "ganjil"},
        {"by": "student"},
        {"year": "2021/2022", "term": "2"},
        {"year": "\x00"},
    ],
)
def test_an_address_of_nothing_is_not_found(school, params):
    assert signed_in(school.principal).get(URL, params).status_code == 404


def test_an_empty_choice_is_none_of_those_offered(school):
    assert signed_in(school.principal).get(URL, {"year": ""}).status_code == 404


def test_only_reading_is_possible(school):
    assert signed_in(school.principal).post(URL).status_code == 405


def test_before_the_first_semester_the_page_says_so(db):
    make.SemesterFactory(starts_on=make.days_ago(-10), ends_on=make.days_ago(-100))
    assert "Belum ada semester yang dimulai" in page(make.person(PRINCIPAL))


def test_a_semester_without_classes_says_so(db):
    make.SemesterFactory()
    text = text_of(page(make.person(PRINCIPAL)))
    assert "Sekolah belum punya kelas" in text
    assert "Dari 0 siswa 0,00%" in text


def test_the_english_page_is_english_to_the_last_number(paper):
    principal, _first, _second = paper
    principal.language = "en"
    principal.save(update_fields=["language"])
    text = text_of(page(principal))
    assert "Students with a case, Second semester 36 ▼ 63 from 99 (−63.64%)" in text
    assert "Grade Students Sem 1" in text
    assert "13.65" in text
    for word in ("Kelas", "Siswa", "Jumlah", "Grafik", "Tabel"):
        assert word not in text.replace("Siswa X", "")

import re
from datetime import date
from urllib.parse import parse_qs

import brotli
import pytest
from django.urls import reverse

from reports.tests.factories import IN_SESSION, case_of, paper_school
from school.models import Enrolment, SchoolClass
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.models import LookEntry
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = pytest.mark.django_db

URL = "/laporan/"
MAY_READ = ("wali", "wali2", "bk", "bk2", "coordinator", "principal", "student_affairs")
MAY_NOT = ("guru", "guru2", "operator")


@pytest.fixture
def school():
    school = small_school(size=4)
    for number, student in enumerate(school.students[:3]):
        case_of(student, school.semester, rung=number + 1, counselor=school.bk).save()
    case_of(school.foreign_students[0], school.semester, rung=0, status="OPEN").save()
    return school


@pytest.fixture
def paper():
    """The principal of the paper's school, in the paper's second semester."""
    with clock.shifted_to(IN_SESSION):
        first, second = paper_school()
        yield make.person("PRINCIPAL"), first, second


def page(user, **params) -> str:
    response = signed_in(user).get(URL, params)
    assert response.status_code == 200
    return response.content.decode()


def links_in(html: str) -> dict[str, list[str]]:
    """Where the numbers lead: path → the queries of the links to it."""
    found: dict[str, list[str]] = {}
    for href in re.findall(r'<td class="num"><a href="([^"]+)"', html):
        path, _mark, query = href.replace("&amp;", "&").partition("?")
        found.setdefault(path, []).append(query)
    return found


def text_of(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("\xa0", " ").split())


# Who reads what


@pytest.mark.parametrize("name", MAY_READ)
def test_the_tables_by_grade_are_read_by_all_who_may(school, name):
    assert "Tabel 3" in page(getattr(school, name))


@pytest.mark.parametrize("name", MAY_NOT)
@pytest.mark.parametrize("by", ["grade", "class"])
def test_who_only_teaches_and_the_operator_read_nothing(school, name, by):
    assert signed_in(getattr(school, name)).get(URL, {"by": by}).status_code == 403


def test_nobody_reads_them_without_signing_in(client, school):
    assert client.get(URL).status_code == 302


def test_student_affairs_have_no_table_by_class_and_no_way_to_rows(school):
    assert signed_in(school.student_affairs).get(URL, {"by": "class"}).status_code == 403
    html = page(school.student_affairs)
    assert "Per kelas" not in html
    assert links_in(html) == {}
    assert reverse("cases:cases") not in html[html.index("<main") : html.index("</main>")]


def test_the_homeroom_teacher_sees_by_class_only_the_own(school):
    html = page(school.wali, by="class")
    assert "X MIPA 3" in html
    assert "X MIPA 4" not in html
    assert "Seluruh sekolah 6 4 66,67" in text_of(html)


def test_a_former_homeroom_teacher_reads_nothing(school):
    school.wali.homerooms.update(ends_on=make.days_ago(1))
    assert signed_in(school.wali).get(URL).status_code == 403


def test_a_homeroom_teacher_of_another_year_is_told_why_no_class_is_there(school):
    past = make.SemesterFactory(
        year__label="2020/2021", starts_on=make.days_ago(300), ends_on=make.days_ago(120)
    )
    SchoolClass.objects.create(year=past.year, name="XI IPA 1", grade="XI")
    text = text_of(page(school.wali, year="2020/2021", by="class"))
    assert "XI IPA 1" not in text
    assert "kelas yang Anda walikan" in text


@pytest.mark.parametrize(
    ("name", "is_there"),
    [
        ("principal", True),
        ("coordinator", True),
        ("bk", True),
        ("wali", False),
        ("student_affairs", False),
    ],
)
def test_what_became_of_the_cases_is_for_counselors_and_the_principal(school, name, is_there):
    assert ("Tuntas" in text_of(page(getattr(school, name)))) is is_there


def test_each_look_is_on_record_a_refused_one_too(school):
    page(school.principal)
    signed_in(school.operator).get(URL)
    looked = LookEntry.objects.filter(kind="reports.semester").order_by("pk")
    assert list(looked.values_list("person", "object_id", "status")) == [
        (school.principal.pk, None, 200),
        (school.operator.pk, None, 403),
    ]


# Each number opens


def test_each_number_of_the_principal_opens_to_as_many_rows(school):
    client = signed_in(school.principal)
    for by in ("grade", "class"):
        html = page(school.principal, by=by)
        cells = re.findall(r'<td class="num"><a href="([^"]+)">(\d+)</a>', html)
        assert len(cells) >= 8
        for href, number in cells:
            response = client.get(href.replace("&amp;", "&"))
            assert response.status_code == 200
            assert response.context["page"].paginator.count == int(number), href


def test_a_number_says_in_its_address_what_it_counts(school):
    html = page(school.principal, by="class")
    queries = [parse_qs(query) for query in links_in(html)[reverse("cases:cases")]]
    assert {
        "status": ["counted"],
        "semester": ["2021/2022-1"],
        "class": [str(school.own.pk)],
        "rung": ["SUMMONS"],
    } in queries
    assert {
        "status": ["counted"],
        "semester": ["2021/2022-1"],
        "class": [str(school.foreign.pk)],
        "rung": ["REVIEW"],
    } in queries


def test_a_number_opens_only_for_who_may_see_each_of_its_rows(school):
    cases, every_case = reverse("cases:cases"), "status=counted&semester=2021%2F2022-1"
    for user in (school.bk, school.wali):
        queries = links_in(page(user, by="class"))[cases]
        assert f"{every_case}&class={school.own.pk}" in queries
        assert every_case not in queries
        assert not any(f"class={school.foreign.pk}" in query for query in queries)
    assert f"{every_case}&grade=X" not in links_in(page(school.wali))[cases]
    assert every_case in links_in(page(school.coordinator))[cases]


def test_students_open_where_the_list_of_today_has_as_many(school):
    students = reverse("school:students")
    assert links_in(page(school.principal, by="class"))[students] == [
        f"class={school.own.pk}",
        f"class={school.foreign.pk}",
        "",
    ]
    Enrolment.objects.filter(student=school.students[3]).update(ends_on=make.days_ago(5))
    assert links_in(page(school.principal, by="class"))[students] == [f"class={school.foreign.pk}"]


# Which semesters


def test_the_papers_page_shows_figures_tables_and_graphs_as_drawn(paper):
    principal, _first, _second = paper
    text = text_of(page(principal, year="2020/2021"))
    assert "Siswa bermasalah, Genap 36 ▼ 63 dari 99 (−63,64 %)" in text
    assert "Dari 810 siswa 4,44 % ▼ 7,78 poin" in text
    assert "Kunjungan rumah 5 ▼ 19 dari 24" in text
    assert "Tuntas 36 100 %, median 16 hari" in text
    assert "Kelas Siswa Sem 1 Sem 2 % Sem 1 % Sem 2 X 271 37 9 13,65 3,32" in text
    assert "Jumlah 810 99 36 12,22 4,44" in text
    assert "Jumlah 99 36 47 23 28 8 24 5" in text
    for graph in ("Grafik 1. Siswa", "Grafik 2. Penanganan, Semester 1", "Grafik 3. Penanganan"):
        assert graph in text


def test_each_semester_has_tables_of_its_own(paper):
    principal, _first, _second = paper
    text = text_of(page(principal, year="2020/2021", term="1"))
    assert "Siswa bermasalah, Ganjil 99" in text
    assert "Kelas Siswa Bermasalah Persen X 271 37 13,65" in text
    assert "Grafik 2. Penanganan, Ganjil 2020/2021" in text
    second = text_of(page(principal, year="2020/2021", term="2"))
    assert "▼ 63 dari 99 (−63,64 %) dibanding" not in second
    assert "▼ 63 dari 99 (−63,64 %) sejauh ini, dibanding Ganjil 2020/2021" in second
    assert "Grafik 3. Penanganan, Genap 2020/2021" in second


def test_the_column_of_the_not_yet_handled_is_there_only_when_it_is_not_zero(paper):
    principal, _first, second = paper
    assert "Belum ditangani" not in page(principal)
    student = make.EnrolmentFactory(
        school_class=SchoolClass.objects.first(), starts_on=second.starts_on
    ).student
    case_of(student, second, rung=0, status="OPEN").save()
    assert "Belum ditangani" in page(principal)


def test_a_year_whose_second_semester_has_not_begun_stands_beside_the_semester_before(paper):
    principal, _first, _second = paper
    with clock.shifted_to(IN_SESSION.replace(month=10)):
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
        assert "Semester 2021/2022" in html
        assert "Genap 2020/2021 dan Ganjil" in text
        assert "Semester Ganjil sedang berjalan: angka sampai 1 Oktober 2021." in text
        assert "sejauh ini, dibanding Genap 2020/2021" in text
        assert "Genap 20/21" in text
        assert signed_in(principal).get(URL, {"year": "2021/2022", "term": "2"}).status_code == 404


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


def test_empty_choices_mean_the_usual_ones(school):
    assert "Tabel 2" in page(school.principal, year="", term="", by="")


def test_only_reading_is_possible(school):
    assert signed_in(school.principal).post(URL).status_code == 405


def test_before_the_first_semester_the_page_says_so(db):
    make.SemesterFactory(starts_on=make.days_ago(-10), ends_on=make.days_ago(-100))
    assert "Belum ada semester yang dimulai" in page(make.person("PRINCIPAL"))


def test_a_semester_without_classes_says_so(db):
    make.SemesterFactory()
    text = text_of(page(make.person("PRINCIPAL")))
    assert "Sekolah belum punya kelas" in text
    assert "Dari 0 siswa 0,00 %" in text


def test_the_english_page_is_english_to_the_last_number(paper):
    principal, _first, _second = paper
    principal.language = "en"
    principal.save(update_fields=["language"])
    text = text_of(page(principal))
    assert "Students with problems, Genap 36 ▼ 63 of 99 (−63.64%)" in text
    assert "Grade Students Sem 1" in text
    assert "13.65" in text
    for word in ("Kelas", "Siswa", "Jumlah", "Grafik", "Tabel"):
        assert word not in text.replace("Siswa X", "")


# What it costs


@pytest.mark.parametrize("by", ["grade", "class"])
def test_the_page_asks_as_many_queries_of_thirty_classes_as_of_one(school, by):
    client = signed_in(school.bk)
    few = queries_of(client, f"{URL}?by={by}")
    for number in range(30):
        school_class = make.SchoolClassFactory(name=f"XI IPS {number}", grade="XI")
        enrolment = make.EnrolmentFactory(school_class=school_class)
        case_of(enrolment.student, school.semester, rung=number % 4).save()
    assert queries_of(client, f"{URL}?by={by}") == few <= 15


@pytest.mark.parametrize("office", ["PRINCIPAL", "COORDINATOR", "COUNSELOR", "STUDENT_AFFAIRS"])
def test_two_semesters_cost_no_more_than_fifteen_queries(paper, office):
    assert queries_of(signed_in(make.person(office)), f"{URL}?year=2020/2021") <= 15


@pytest.mark.parametrize("by", ["grade", "class"])
def test_the_page_weighs_no_more_than_12_kb_compressed(paper, by):
    principal, _first, _second = paper
    html = page(principal, by=by)
    assert len(brotli.compress(html.encode(), quality=5)) <= 12_000

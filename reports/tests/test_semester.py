import re
from urllib.parse import parse_qs

import brotli
import pytest
from django.urls import reverse

from cases.tests import factories as make_of_cases
from reports.tests.factories import IN_SESSION, case_of, paper_school
from reports.tests.pages import URL, links_in, page, text_of
from school.models import Enrolment, SchoolClass
from school.roles import OFFICES, PRINCIPAL
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.models import AccessEntry
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MAY_READ = ("wali", "wali2", "bk", "bk2", "coordinator", "principal", "student_affairs")
MAY_NOT = ("guru", "guru2", "operator")


@pytest.fixture
def school():
    school = small_school(size=4)
    for number, student in enumerate(school.students[:3]):
        case_of(student, school.semester, rung=20 + 10 * number, counselor=school.bk).save()
    case_of(school.foreign_students[0], school.semester, rung=10, status="OPEN").save()
    return school


@pytest.fixture
def paper():
    """Yield principal and semesters of the paper's school, in its second semester."""
    with clock.shifted_to(IN_SESSION):
        first, second = paper_school()
        yield make.person(PRINCIPAL), first, second


# Who may read what


@pytest.mark.parametrize("name", MAY_READ)
def test_the_tables_by_grade_are_read_by_all_who_may(school, name):
    assert "Tabel 3" in page(getattr(school, name))


@pytest.mark.parametrize("name", MAY_NOT)
@pytest.mark.parametrize("by", ["grade", "class"])
def test_who_only_teaches_and_the_operator_read_nothing(school, name, by):
    assert signed_in(getattr(school, name)).get(URL, {"by": by}).status_code == 403


def test_nobody_reads_them_without_signing_in(client, school):
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize("by", ["grade", "class"])
def test_student_affairs_have_no_way_to_rows(school, by):
    html = page(school.student_affairs, by=by)
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
    assert "kelas perwalian Anda" in text


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
    entries = AccessEntry.objects.filter(kind="reports.semester").order_by("pk")
    assert list(entries.values_list("person", "object_id", "status")) == [
        (school.principal.pk, None, 200),
        (school.operator.pk, None, 403),
    ]


# Numbers are links


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


def test_a_number_by_rung_opens_only_for_who_may_see_how_far_each_of_its_cases_went(school):
    teaching = make.TeachingAssignmentFactory(teacher=school.wali, school_class=school.foreign)
    reported = dict.fromkeys(school.foreign_students, make_of_cases.ABSENT)
    make_of_cases.handed_over_recap(teaching, school.period, reported)
    case_of(school.foreign_students[1], school.semester, rung=30, counselor=school.bk2).save()
    queries = links_in(page(school.wali))[reverse("cases:cases")]
    assert any("grade=X&rung=CONTACT" in query for query in queries)
    assert not any("rung=SUMMONS" in query for query in queries)
    of_coordinator = links_in(page(school.coordinator))[reverse("cases:cases")]
    assert any("grade=X&rung=SUMMONS" in query for query in of_coordinator)


def test_students_open_to_those_whom_table_2_counts_in_their_semester(school):
    students = reverse("school:students")
    Enrolment.objects.filter(student=school.students[3]).update(
        ends_on=make.days_ago(5), end_reason="LEFT"
    )
    of_semester = "semester=2021%2F2022-1"
    assert links_in(page(school.principal, by="class"))[students] == [
        f"{of_semester}&class={school.own.pk}",
        f"{of_semester}&class={school.foreign.pk}",
        of_semester,
    ]
    make.SemesterFactory(
        year__label="2020/2021", starts_on=make.days_ago(300), ends_on=make.days_ago(120)
    )
    Enrolment.objects.filter(school_class=school.own).update(starts_on=make.days_ago(200))
    html = page(school.principal, year="2020/2021")
    assert "Dari 4 siswa" in text_of(html)
    assert "semester=2020%2F2021-1" in links_in(html)[students]


# Queries


@pytest.mark.sqlite
def test_the_page_asks_as_many_queries_of_thirty_classes_as_of_one(school):
    client = signed_in(school.bk)

    def asked():
        return [queries_of(client, f"{URL}?by={by}") for by in ("grade", "class")]

    few = asked()
    for number in range(30):
        school_class = make.SchoolClassFactory(name=f"XI IPS {number}", grade="XI")
        enrolment = make.EnrolmentFactory(school_class=school_class)
        case_of(enrolment.student, school.semester, rung=10 + 10 * (number % 4)).save()
    assert asked() == few
    assert max(few) <= 15


@pytest.mark.sqlite
@pytest.mark.parametrize("office", ["PRINCIPAL", "COORDINATOR", "COUNSELOR", "STUDENT_AFFAIRS"])
def test_two_semesters_cost_no_more_than_eighteen_queries(paper, office):
    assert queries_of(signed_in(make.person(OFFICES[office])), f"{URL}?year=2020/2021") <= 18


@pytest.mark.parametrize("by", ["grade", "class"])
def test_the_page_weighs_no_more_than_12_kb_compressed(paper, by):
    principal, _first, _second = paper
    html = page(principal, by=by)
    assert len(brotli.compress(html.encode(), quality=5)) <= 12_000

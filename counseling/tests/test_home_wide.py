"""What a wide screen shows below the tasks: figures, recaps, the own class, open cases."""

from datetime import timedelta

import pytest

from cases.models import Case, CaseStatus
from cases.tests.factories import direct_case
from counseling.tests.test_home import home
from reports.tests.factories import case_of
from school.models import Enrolment, Policy
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
URL = "/beranda/"
BY_SCRIPT = {"HX-Request": "true"}


def wide(user):
    response = signed_in(user).get(URL, headers=BY_SCRIPT)
    assert response.status_code == 200
    return response.content.decode()


def test_who_opens_its_address_gets_the_whole_home_page():
    response = signed_in(small_school().guru).get(URL, follow=True)
    assert response.redirect_chain == [("/", 302)]
    assert "<main" in response.content.decode()


def test_home_fetches_it_when_it_is_in_view():
    school = small_school()
    assert f'hx-get="{URL}" hx-trigger="intersect once"' in home(school.guru)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("principal", ["Kunjungan rumah", "Tuntas"]),
        ("guru", ["Rekap saya", "Matematika"]),
        ("wali", ["Kelas saya", "X MIPA 3"]),
        ("student_affairs", []),
        ("operator", []),
    ],
)
def test_each_office_sees_what_is_its_own(who, words):
    school = small_school()
    shown = wide(getattr(school, who))
    heads = {"Kunjungan rumah", "Rekap saya", "Kelas saya", "Kasus berjalan per tingkat"}
    assert {head for head in heads if head in shown} == heads & set(words)
    assert all(word in shown for word in words)


def open_cases(school, grade, number, *, late):
    """Make open cases of a grade, the first `late` of them with a late review."""
    school_class = make.SchoolClassFactory(name=f"{grade} Z", grade=grade)
    for at in range(number):
        student = make.EnrolmentFactory(school_class=school_class).student
        case = case_of(student, school.semester, rung=10, status=CaseStatus.OPEN)
        case.opened_at = clock.now() - timedelta(days=40 if at < late else 0)
        case.save()


def test_student_affairs_read_counts_by_grade_with_small_ones_hidden():
    school = small_school()
    open_cases(school, "XI", 6, late=5)
    open_cases(school, "XII", 5, late=4)
    open_cases(school, "IX", 4, late=0)
    rows = [
        tuple(cell.split("</td>")[0].split(">")[-1] for cell in row.split("<td")[1:])
        for row in wide(school.student_affairs).split("<tr>")[2:]
    ]
    assert rows == [("IX", "&lt; 5", "0"), ("XI", "6", "5"), ("XII", "5", "&lt; 5")]


def test_a_case_that_only_waits_to_be_closed_is_not_late():
    school = small_school()
    open_cases(school, "XI", 6, late=6)
    gone = Enrolment.objects.filter(school_class__grade="XI")
    gone.update(ends_on=make.days_ago(1), end_reason="LEFT")
    shown = wide(school.student_affairs)
    assert '<td class="num">6</td><td class="num">0</td>' in shown.replace("\n", "")


def test_what_is_hidden_follows_the_policy():
    school = small_school()
    Policy.objects.update(small_cell=3)
    open_cases(school, "XI", 3, late=2)
    assert '<td class="num">3</td><td class="num">&lt; 3</td>' in wide(school.student_affairs)


@pytest.mark.sqlite
def test_it_costs_as_many_queries_with_thirty_cases_as_with_one():
    school = small_school()
    direct_case(school)

    def asked():
        counts = {}
        for who in ("principal", "guru", "wali", "student_affairs"):
            client = signed_in(getattr(school, who))
            client.defaults["HTTP_HX_REQUEST"] = "true"
            counts[who] = queries_of(client, URL)
        return counts

    few = asked()
    open_cases(school, "XI", 30, late=20)
    assert Case.objects.count() > 30
    assert asked() == few

"""The operator's acts on a student: the page says what it does, then does it, then undoes it."""

import pytest
from django.urls import reverse

from school.forms.foreseen import SEEN
from school.models import AcademicYear, Change, Enrolment
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow.enrolment import leave, move
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ago = make.days_ago
CHANGES = "/perubahan/"


@pytest.fixture
def cast():
    return small_school()


def address(name, obj):
    return reverse(f"school:{name}", args=[obj.pk])


def asked(cast, name, data):
    """Send the form for the first time; return the page, and the data to send next."""
    page = post(signed_in(cast.operator), address(name, cast.students[0]), data)
    return page, {**data, SEEN: page.context["form"][SEEN].value() or ""}


def test_the_first_time_the_page_says_what_it_does_and_the_second_time_it_does_it(cast):
    student = cast.students[0]
    data = {"to": cast.foreign.pk, "on": ago(0).isoformat()}
    page, again = asked(cast, "move_class", data)
    assert "Tabel 2" in page.content.decode()
    assert not Change.objects.exists()
    answer = post(signed_in(cast.operator), address("move_class", student), again)
    assert (answer.status_code, answer.url) == (302, student.get_absolute_url())
    assert Enrolment.objects.get(student=student, ends_on=None).school_class == cast.foreign


def test_what_was_changed_since_it_was_shown_is_shown_again(cast):
    data = {"to": cast.foreign.pk, "on": ago(0).isoformat()}
    _page, again = asked(cast, "move_class", data)
    later = again | {"on": ago(1).isoformat()}
    answer = post(signed_in(cast.operator), address("move_class", cast.students[0]), later)
    assert answer.context["is_shown"]
    assert not Change.objects.exists()


def test_the_class_of_today_can_change_though_that_of_next_year_is_entered(cast):
    student = cast.students[0]
    student.enrolments.update(ends_on=ago(-99), end_reason="YEAR_END")
    later = make.SchoolClassFactory(year=AcademicYear.objects.create(label="2022/2023"))
    make.EnrolmentFactory(student=student, school_class=later, starts_on=ago(-100))
    _page, again = asked(cast, "move_class", {"to": cast.foreign.pk, "on": ago(0).isoformat()})
    post(signed_in(cast.operator), address("move_class", student), again)
    stays = Enrolment.objects.filter(student=student).order_by("starts_on")
    assert [stay.school_class for stay in stays] == [cast.own, cast.foreign, later]


def test_a_refusal_stands_on_the_form(cast):
    page, again = asked(cast, "leave", {"on": ago(91).isoformat()})
    assert page.context["form"].non_field_errors() == [
        "Pada tanggal itu siswa tidak ada di kelas mana pun."
    ]
    assert again[SEEN] == ""


@pytest.mark.parametrize(
    ("name", "has_left"), [("move_class", True), ("arrive", False), ("leave", False)]
)
def test_a_page_says_at_once_why_it_is_not_possible(cast, name, has_left):
    student = cast.students[0]
    if has_left:
        leave(student, on=ago(1), by=cast.operator)
    if name == "leave":
        Enrolment.objects.filter(student=student).delete()
    page = signed_in(cast.operator).get(address(name, student))
    assert page.context["page"].off
    assert "data-save" not in page.content.decode()


@pytest.mark.parametrize(
    ("has_left", "shown"), [(False, ["move_class", "leave"]), (True, ["arrive"])]
)
def test_the_student_page_leads_the_operator_to_what_can_be_done(cast, has_left, shown):
    student = cast.students[0]
    if has_left:
        leave(student, on=ago(1), by=cast.operator)
    pages = [
        signed_in(who).get(student.get_absolute_url()).content.decode()
        for who in (cast.operator, cast.bk)
    ]
    names = ("move_class", "leave", "arrive")
    found = [[name for name in names if address(name, student) in page] for page in pages]
    assert found == [shown, []]


@pytest.mark.parametrize("name", ["arrive", "leave"])
@pytest.mark.parametrize("days", [0, -5])
def test_who_leaves_is_said_to_leave_and_that_is_undone(cast, name, days):
    student, client = cast.students[0], signed_in(cast.operator)
    change = leave(student, on=ago(days), by=cast.operator)
    page = client.get(address(name, student))
    last = "terakhirnya hari ini" if days == 0 else "hari terakhirnya "
    assert "sudah dicatat keluar" in page.context["page"].off
    assert last in page.context["page"].off
    assert f'href="{address("change", change)}"' in page.content.decode()
    assert "sudah dicatat keluar" in client.get(student.get_absolute_url()).content.decode()
    post(client, address("undo_change", change), {})
    assert "sudah dicatat keluar" not in client.get(address(name, student)).content.decode()
    html = client.get(student.get_absolute_url()).content.decode()
    assert "sudah dicatat keluar" not in html


def test_the_undo_of_a_leaving_is_shown_to_nobody_but_the_operator(cast):
    student = cast.students[0]
    leave(student, on=ago(0), by=cast.operator)
    html = signed_in(cast.bk).get(student.get_absolute_url()).content.decode()
    assert "sudah dicatat keluar" not in html
    assert signed_in(cast.bk).get(address("leave", student)).status_code == 403


def test_a_change_is_listed_with_the_student_and_undone_from_its_page(cast):
    student = cast.students[0]
    change = move(student, cast.foreign, on=ago(0), by=cast.operator)
    listed = signed_in(cast.operator).get(CHANGES).content.decode()
    assert student.name in listed
    page = signed_in(cast.operator).get(address("change", change)).content.decode()
    assert student.name in page
    assert address("undo_change", change) in page
    assert post(signed_in(cast.operator), address("undo_change", change), {}).url == CHANGES
    page = signed_in(cast.operator).get(address("change", change)).content.decode()
    assert "Diurungkan oleh" in page
    assert address("undo_change", change) not in page


def test_the_page_of_a_change_says_why_it_can_no_longer_be_undone(cast):
    student = cast.students[0]
    change = leave(student, on=ago(5), by=cast.operator)
    Enrolment.objects.filter(student=student).update(ends_on=ago(4))
    page = signed_in(cast.operator).get(address("change", change))
    assert "diubah lagi" in str(page.context["off"])
    assert address("undo_change", change) not in page.content.decode()


def test_the_list_takes_as_many_queries_for_one_change_as_for_thirty():
    cast = small_school(30)
    move(cast.students[0], cast.foreign, on=ago(0), by=cast.operator)
    first = queries_of(signed_in(cast.operator), CHANGES)
    for student in cast.students[1:]:
        move(student, cast.foreign, on=ago(0), by=cast.operator)
    assert queries_of(signed_in(cast.operator), CHANGES) == first

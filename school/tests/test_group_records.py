"""Groups that are no whole class: members who come and go on a day, and their teachers."""

import pytest

from school.models import Change, GroupMember, TeachingAssignment, TeachingGroup
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow.changes import undo
from workflow import clock
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = pytest.mark.django_db
GROUPS = "/sekolah/kelompok/"


@pytest.fixture
def cast():
    return small_school(3)


@pytest.fixture
def client(cast):
    return signed_in(cast.operator)


@pytest.fixture
def group(cast):
    """The group of guru with the first student of the own class, since long ago."""
    return make.mixed_group(cast.guru, cast.students[:1], cast.own.year).group


def members(group):
    rows = GroupMember.objects.filter(group=group).order_by("student__nis", "starts_on")
    return [(row.student.nis, row.starts_on, row.ends_on) for row in rows]


def test_the_list_has_groups_that_are_no_class_with_teachers_and_members(cast, client, group):
    (row,) = client.get(GROUPS).context["rows"]
    assert row["first"] == "Kristen X"
    assert [str(value) for _label, value in row["cells"]] == ["Pendidikan Agama", "Pak Hadi", "1"]


def test_a_group_is_added_once_per_name_subject_and_year(cast, client, group):
    sent = {"name": "Kristen X", "subject": group.subject_id, "year": group.year_id, "read_at": 0}
    assert list(post(client, f"{GROUPS}baru/", sent).context["form"].errors) == ["name"]
    post(client, f"{GROUPS}baru/", {**sent, "name": "Katolik X"})
    assert TeachingGroup.objects.filter(school_class=None).count() == 2


def test_students_join_by_choice_and_by_nis_and_it_is_undone_whole(cast, client, group):
    second, third = cast.students[1:3]
    sent = {"on": clock.today(), "students": [second.pk], "nis": f"{third.nis}\n"}
    assert post(client, f"{GROUPS}{group.pk}/anggota/", sent).status_code == 302
    assert members(group) == [
        ("21001", make.days_ago(90), None),
        ("21002", clock.today(), None),
        ("21003", clock.today(), None),
    ]
    undo(Change.objects.get(), by=cast.operator)
    assert members(group) == [("21001", make.days_ago(90), None)]


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"nis": "21002 99999"}, "nis"), ({"nis": "21001"}, "nis"), ({}, "students")],
)
def test_unknown_numbers_members_and_nobody_are_refused(cast, client, group, sent, field):
    page = post(client, f"{GROUPS}{group.pk}/anggota/", {"on": clock.today(), **sent})
    assert list(page.context["form"].errors) == [field]
    assert len(members(group)) == 1


def test_who_left_joins_again_with_a_second_membership(cast, client, group):
    first = cast.students[0]
    url = f"{GROUPS}{group.pk}/anggota/"
    post(client, f"{url}keluar/", {"on": make.days_ago(10), "students": [first.pk]})
    assert members(group) == [("21001", make.days_ago(90), make.days_ago(10))]
    post(client, url, {"on": clock.today(), "students": [first.pk]})
    assert members(group) == [
        ("21001", make.days_ago(90), make.days_ago(10)),
        ("21001", clock.today(), None),
    ]


def test_who_leaves_before_the_first_day_was_never_a_member(cast, client, group):
    second = cast.students[1]
    post(client, f"{GROUPS}{group.pk}/anggota/", {"on": clock.today(), "nis": second.nis})
    sent = {"on": make.days_ago(1), "students": [second.pk]}
    post(client, f"{GROUPS}{group.pk}/anggota/keluar/", sent)
    assert members(group) == [("21001", make.days_ago(90), None)]


def test_a_group_gets_another_teacher_from_a_day(cast, client, group):
    sent = {"on": clock.today(), "teachers": "Sri Lestari"}
    post(client, f"{GROUPS}{group.pk}/guru/", sent)
    rows = TeachingAssignment.objects.filter(group=group).order_by("starts_on")
    assert [(row.teacher.username, row.starts_on, row.ends_on) for row in rows] == [
        ("guru", make.days_ago(90), make.days_ago(1)),
        ("guru2", clock.today(), None),
    ]


def test_a_group_is_deleted_only_while_it_is_empty(cast, client, group):
    empty = TeachingGroup.objects.create(year=group.year, subject=group.subject, name="Katolik X")
    post(client, GROUPS, {"act": "delete", "sure": "1", "row": [group.pk]})
    post(client, GROUPS, {"act": "delete", "sure": "1", "row": [empty.pk]})
    assert list(TeachingGroup.objects.filter(school_class=None)) == [group]


def test_the_group_of_a_class_has_no_page_here(cast, client):
    assert client.get(f"{GROUPS}{cast.maths.group_id}/").status_code == 404
    assert client.get(f"{GROUPS}{cast.maths.group_id}/anggota/").status_code == 404


@pytest.mark.sqlite
def test_list_and_pages_ask_as_many_queries_for_30_rows_as_for_1(cast, client, group):
    urls = [GROUPS, *(f"{GROUPS}{group.pk}/{page}" for page in ("", "anggota/", "anggota/keluar/"))]
    client.get(GROUPS)
    few = [queries_of_warm(client, url) for url in urls]
    for number in range(30):
        student = make.EnrolmentFactory(school_class=cast.own).student
        GroupMember.objects.create(group=group, student=student, starts_on=make.days_ago(9))
        make.mixed_group(
            cast.guru2, [student], cast.own.year, subject=group.subject, name=f"Kristen {number}"
        )
    assert [queries_of_warm(client, url) for url in urls] == few

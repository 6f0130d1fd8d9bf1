"""Classes get their counselors from the operator, several at once."""

import pytest

from school.models import Change, Enrolment, SchoolClass, Student
from school.roles import COUNSELOR, OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow.counselors import give_classes
from workflow.errors import NotNow
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = pytest.mark.django_db
COUNSELORS = "/sekolah/guru-bk/"


@pytest.fixture
def cast():
    return small_school(2)


@pytest.fixture
def client(cast):
    return signed_in(cast.operator)


def chosen(client, **counselors):
    """Choose counselors for classes, given as pk → (the one that is shown, the chosen one)."""
    sent = {name: new for name, (_old, new) in counselors.items()}
    shown = {f"initial-{name}": old for name, (old, _new) in counselors.items()}
    return post(client, COUNSELORS, {**shown, **sent})


def test_the_page_says_how_many_classes_and_students_each_has(cast, client):
    loads = client.get(COUNSELORS).context["loads"]
    assert [(one.counselor.username, one.classes, one.students) for one in loads] == [
        ("bk2", ["X MIPA 4"], 2),
        ("koordinator", [], 0),
        ("bk", ["X MIPA 3"], 2),
    ]


@pytest.mark.parametrize("url", [COUNSELORS, "/sekolah/wali-kelas/"])
def test_without_a_class_the_page_says_what_to_do_first(url):
    make.SemesterFactory()
    page = signed_in(make.person(OPERATOR)).get(url).content.decode()
    assert "tambahkan kelas dulu" in page
    assert "Ketik sebagian namanya" not in page


def test_with_a_class_the_page_asks_for_no_class(client):
    assert "tambahkan kelas dulu" not in client.get(COUNSELORS).content.decode()


def test_several_classes_change_at_once_and_others_stay(cast, client):
    own, foreign = f"c{cast.own.pk}", f"c{cast.foreign.pk}"
    third = make.SchoolClassFactory(name="X MIPA 5", counselor=cast.bk)
    shown = {own: (cast.bk.pk, cast.bk2.pk), foreign: (cast.bk2.pk, "")}
    kept = {f"c{third.pk}": (cast.bk.pk, cast.bk.pk)}
    assert chosen(client, **shown, **kept).status_code == 302
    names = SchoolClass.objects.values_list("name", "counselor__username")
    assert list(names) == [("X MIPA 3", "bk2"), ("X MIPA 4", None), ("X MIPA 5", "bk")]
    assert Change.objects.get().counts == {"classes": 2}


def test_who_holds_no_such_office_today_cannot_be_chosen(cast, client):
    own = f"c{cast.own.pk}"
    page = chosen(client, **{own: (cast.bk.pk, cast.guru.pk)})
    assert list(page.context["form"].errors) == [own]
    with pytest.raises(NotNow):
        give_classes([cast.own], cast.guru, by=cast.operator)


def test_a_class_whose_counselor_left_the_office_says_so_and_stays_until_changed(cast, client):
    cast.bk.office_holdings.filter(office=COUNSELOR.code).update(ends_on=make.days_ago(1))
    assert "bukan lagi guru BK" in client.get(COUNSELORS).content.decode()
    foreign = f"c{cast.foreign.pk}"
    shown = {f"c{cast.own.pk}": (cast.bk.pk, cast.bk.pk)}
    chosen(client, **shown, **{foreign: (cast.bk2.pk, cast.coordinator.pk)})
    names = SchoolClass.objects.values_list("counselor__username", flat=True)
    assert list(names) == ["bk", "koordinator"]


def test_whoever_saves_the_classes_of_another_year_stays_in_it(cast, client):
    year = make.AcademicYearFactory(label="2099/2100")
    later = make.SchoolClassFactory(name="XI MIPA 3", year=year)
    url, name = f"{COUNSELORS}?year={year}", f"c{later.pk}"
    answer = post(client, url, {f"initial-{name}": "", name: cast.bk.pk})
    assert answer.url == url
    later.refresh_from_db()
    assert later.counselor == cast.bk


def test_what_somebody_else_chose_since_is_shown_first(cast, client):
    own = f"c{cast.own.pk}"
    SchoolClass.objects.filter(pk=cast.own.pk).update(counselor=cast.coordinator)
    page = chosen(client, **{own: (cast.bk.pk, cast.bk2.pk)})
    assert "Endang Rahayu" in str(page.context["form"].errors[own])
    cast.own.refresh_from_db()
    assert cast.own.counselor == cast.coordinator


def test_a_high_load_is_said(cast, client):
    assert "lebih dari 150" not in client.get(COUNSELORS).content.decode()
    students = Student.objects.bulk_create(make.StudentFactory.build_batch(149))
    Enrolment.objects.bulk_create(
        make.EnrolmentFactory.build(student=student, school_class=cast.own) for student in students
    )
    assert "lebih dari 150" in client.get(COUNSELORS).content.decode()


@pytest.mark.sqlite
def test_the_page_asks_as_many_queries_for_30_classes_as_for_2(cast, client):
    client.get(COUNSELORS)
    few = queries_of_warm(client, COUNSELORS)
    for number in range(28):
        of_class = make.SchoolClassFactory(name=f"X IPS {number}", counselor=cast.bk)
        make.EnrolmentFactory(school_class=of_class)
    assert queries_of_warm(client, COUNSELORS) == few

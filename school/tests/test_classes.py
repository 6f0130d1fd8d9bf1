"""Classes: read from their names, ordered, deleted while unused, with dated homeroom teachers."""

import pytest

from school.forms.classes import names_in
from school.models import Change, HomeroomAssignment, SchoolClass
from school.tests import factories as make
from school.tests.cast import small_school
from school.wording import full_day
from school.workflow.changes import undo
from school.workflow.homerooms import end_homeroom
from workflow import clock
from workflow.errors import NotNow
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = pytest.mark.django_db
CLASSES = "/sekolah/kelas/"


@pytest.fixture
def cast():
    return small_school(2)


@pytest.fixture
def client(cast):
    return signed_in(cast.operator)


def cells(client, query=""):
    """Return class → what its columns show."""
    rows = client.get(CLASSES + query).context["rows"]
    return {row["first"]: [str(value) for _label, value in row["cells"]] for row in rows}


def homerooms(school_class):
    rows = HomeroomAssignment.objects.filter(school_class=school_class).order_by("starts_on")
    return [(row.teacher.username, row.starts_on, row.ends_on) for row in rows]


def test_figures_stand_at_the_right_and_words_at_the_left(client):
    page = client.get(CLASSES).content.decode()
    assert '<td class="num" data-label="Siswa">' in page
    assert '<th scope="col" class="num">Siswa</th>' in page
    assert '<td data-label="Wali kelas">' in page


def test_the_list_says_who_has_a_class_and_what_is_missing(cast, client):
    make.group_of(cast.foreign, cast.maths.group.subject)
    assert cells(client) == {
        "X MIPA 3": ["Pak Agus", "Bu Retno", "2", "3 mapel"],
        "X MIPA 4": ["Pak Budi", "Bu Bambang", "2", "2 mapel, 1 tanpa guru"],
    }


def test_the_classes_of_another_year_are_shown_only_when_asked_for(cast, client):
    other = make.AcademicYearFactory(label="2020/2021")
    make.SchoolClassFactory(year=other, name="XII IPS 1", grade="XII")
    assert list(cells(client)) == ["X MIPA 3", "X MIPA 4"]
    assert list(cells(client, "?year=2020/2021")) == ["XII IPS 1"]


@pytest.mark.parametrize(
    ("name", "grade", "stored"),
    [("XI IPS 1", "", "XI"), ("Kelas 10-A", "", "X"), ("Mawar", "X", "X"), ("XI IPS 1", "X", "X")],
)
def test_the_grade_is_read_from_the_name_unless_it_is_chosen(cast, client, name, grade, stored):
    sent = {"name": name, "grade": grade, "year": cast.own.year_id, "read_at": 0}
    post(client, f"{CLASSES}baru/", sent)
    assert SchoolClass.objects.get(name=name).grade == stored


@pytest.mark.parametrize("page", [f"{CLASSES}baru/", "/sekolah/kelompok/baru/"])
def test_what_is_not_chosen_yet_is_asked_for_in_words(client, page):
    html = client.get(page).content.decode()
    assert ">Pilih</option>" in html
    assert "-----" not in html


@pytest.mark.parametrize(
    ("name", "field"), [("Mawar", "grade"), ("XITKJ1", "grade"), ("X MIPA 3", "name")]
)
def test_a_class_that_cannot_be_added_says_why_at_its_field(cast, client, name, field):
    sent = {"name": name, "grade": "", "year": cast.own.year_id, "read_at": 0}
    page = post(client, f"{CLASSES}baru/", sent)
    assert list(page.context["form"].errors) == [field]


def test_spans_of_names_are_several_classes_and_repeated_ones_count_once():
    assert names_in("X MIPA 1..3\n\nX  IPS 1\nX MIPA 2") == [
        "X MIPA 1",
        "X MIPA 2",
        "X MIPA 3",
        "X IPS 1",
    ]


def test_many_are_added_at_once_and_those_that_exist_are_left(cast, client):
    sent = {"year": cast.own.year_id, "lines": "X MIPA 3..5\nXITKJ1", "grade1": "XI"}
    post(client, f"{CLASSES}banyak/", sent)
    added = SchoolClass.objects.exclude(pk__in=[cast.own.pk, cast.foreign.pk])
    assert list(added.values_list("name", "grade")) == [("X MIPA 5", "X"), ("XITKJ1", "XI")]
    undo(Change.objects.get(), by=cast.operator)
    assert SchoolClass.objects.count() == 2


def test_of_many_the_grade_that_cannot_be_read_is_asked_for(cast, client):
    page = post(client, f"{CLASSES}banyak/", {"year": cast.own.year_id, "lines": "X 1\nMawar"})
    assert list(page.context["form"].errors) == ["grade1"]
    assert page.context["form"].asked == {"grade1": "Mawar"}
    assert SchoolClass.objects.count() == 2


def test_a_class_goes_up_and_down_and_back_to_the_order_of_names(cast, client):
    def order():
        return [one.name for one in SchoolClass.objects.all()]

    make.SchoolClassFactory(name="X MIPA 10")
    post(client, f"{CLASSES}urutan/", {"down": cast.own.pk})
    assert order() == ["X MIPA 4", "X MIPA 3", "X MIPA 10"]
    post(client, f"{CLASSES}urutan/", {"up": cast.foreign.pk})
    assert order() == ["X MIPA 4", "X MIPA 3", "X MIPA 10"]
    post(client, f"{CLASSES}urutan/", {"grade": "X"})
    assert order() == ["X MIPA 3", "X MIPA 4", "X MIPA 10"]


def test_a_class_is_deleted_with_its_groups_unless_it_has_students_or_teachers(cast, client):
    empty = make.SchoolClassFactory(name="X MIPA 9")
    make.group_of(empty, cast.maths.group.subject)
    sent = {"act": "delete", "sure": "1"}
    post(client, CLASSES, {**sent, "row": [empty.pk, cast.own.pk]})
    assert SchoolClass.objects.count() == 3
    post(client, CLASSES, {**sent, "row": [empty.pk]})
    assert not SchoolClass.objects.filter(pk=empty.pk).exists()


def test_a_homeroom_teacher_replaces_another_from_a_day_on(cast, client):
    today = clock.today()
    sent = {"teacher": cast.guru.pk, "on": today, "stops": [cast.wali.pk]}
    assert post(client, f"{CLASSES}{cast.own.pk}/wali-kelas/", sent).status_code == 302
    assert homerooms(cast.own) == [
        ("wali", make.days_ago(90), make.days_ago(1)),
        ("guru", today, None),
    ]
    undo(Change.objects.get(), by=cast.operator)
    assert homerooms(cast.own) == [("wali", make.days_ago(90), None)]


def test_two_may_have_a_class(cast, client):
    sent = {"teacher": cast.guru.pk, "on": clock.today()}
    post(client, f"{CLASSES}{cast.own.pk}/wali-kelas/", sent)
    assert [who for who, _from, until in homerooms(cast.own) if until is None] == ["wali", "guru"]


def test_who_takes_over_from_the_first_day_leaves_no_trace_of_the_other(cast, client):
    first = make.days_ago(90)
    sent = {"teacher": cast.guru.pk, "on": first, "stops": [cast.wali.pk]}
    post(client, f"{CLASSES}{cast.own.pk}/wali-kelas/", sent)
    assert homerooms(cast.own) == [("guru", first, None)]


def test_an_operator_and_who_cannot_sign_in_are_not_offered(cast, client):
    gone = make.person(name="Slamet", is_active=False)
    page = client.get(f"{CLASSES}{cast.own.pk}/wali-kelas/")
    offered = {value for value, _label in page.context["form"].fields["teacher"].choices}
    assert offered.isdisjoint({gone.pk, cast.operator.pk})
    assert cast.guru.pk in offered
    sent = {"teacher": cast.operator.pk, "on": clock.today()}
    post(client, f"{CLASSES}{cast.own.pk}/wali-kelas/", sent)
    assert [who for who, *_days in homerooms(cast.own)] == ["wali"]


def test_a_homeroom_teacher_stops_after_a_last_day(cast, client):
    held = HomeroomAssignment.objects.get(teacher=cast.wali)
    post(client, f"/sekolah/wali-kelas/{held.pk}/akhiri/", {"on": clock.today()})
    assert homerooms(cast.own) == [("wali", make.days_ago(90), clock.today())]


def test_one_beside_others_leaves_their_days_as_planned(cast, client):
    held = HomeroomAssignment.objects.filter(teacher=cast.wali)
    held.update(ends_on=make.days_ago(-10))
    HomeroomAssignment.objects.create(
        school_class=cast.own, teacher=cast.wali2, starts_on=make.days_ago(-11)
    )
    sent = {"teacher": cast.guru.pk, "on": clock.today()}
    post(client, f"{CLASSES}{cast.own.pk}/wali-kelas/", sent)
    assert homerooms(cast.own) == [
        ("wali", make.days_ago(90), make.days_ago(-10)),
        ("guru", clock.today(), None),
        ("wali2", make.days_ago(-11), None),
    ]


def test_who_is_homeroom_teacher_already_is_not_added(cast, client):
    sent = {"teacher": cast.wali.pk, "on": clock.today()}
    page = post(client, f"{CLASSES}{cast.own.pk}/wali-kelas/", sent)
    assert page.status_code == 200
    assert not Change.objects.exists()


def test_a_last_day_is_not_moved_to_a_later_one(cast, client):
    held = HomeroomAssignment.objects.get(teacher=cast.wali)
    HomeroomAssignment.objects.update(ends_on=make.days_ago(5))
    page = post(client, f"/sekolah/wali-kelas/{held.pk}/akhiri/", {"on": clock.today()})
    assert full_day(make.days_ago(5)) in str(page.context["form"].errors)
    with pytest.raises(NotNow):
        end_homeroom(held, by=cast.operator, last=clock.today())
    assert homerooms(cast.own) == [("wali", make.days_ago(90), make.days_ago(5))]


@pytest.mark.sqlite
def test_list_and_page_ask_as_many_queries_for_30_rows_as_for_1(cast, client):
    page = f"{CLASSES}{cast.own.pk}/"
    client.get(CLASSES)
    few = [queries_of_warm(client, url) for url in (CLASSES, page)]
    for number in range(30):
        make.HomeroomAssignmentFactory(school_class__name=f"X IPS {number}")
        make.TeachingAssignmentFactory(school_class=cast.own)
    assert [queries_of_warm(client, url) for url in (CLASSES, page)] == few

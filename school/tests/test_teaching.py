"""Teaching assignments: typed class by class, pasted from a spreadsheet, handed on from a day."""

import pytest

from school.forms.foreseen import SEEN
from school.models import Change, Subject, TeachingAssignment, TeachingGroup
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow.changes import undo
from workflow import clock
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = pytest.mark.django_db
TEACHING = "/sekolah/tugas-mengajar/"
PASTE = f"{TEACHING}tempel/"


@pytest.fixture
def cast():
    return small_school(2)


@pytest.fixture
def client(cast):
    return signed_in(cast.operator)


def subject(name):
    return Subject.objects.get(name=name)


def taught(subject_name="Matematika"):
    """Return (class, teacher, first day, last day) of the assignments of a subject."""
    rows = TeachingAssignment.objects.filter(group__subject__name=subject_name)
    return [
        (str(row.group), row.teacher.username, row.starts_on, row.ends_on)
        for row in rows.order_by("group__school_class__place", "starts_on", "teacher__username")
    ]


def typed(client, subject_name, on=None, **names):
    """Type teachers into classes, given as pk → text, where the form shows nobody.

    Send it once more if it comes back with what it does.
    """
    url, sent = f"{TEACHING}{subject(subject_name).pk}/", {"on": on or clock.today(), **names}
    answer = post(client, url, sent)
    if answer.status_code == 200 and (form := answer.context["form"]).is_shown:
        return post(client, url, {**sent, SEEN: form[SEEN].value()})
    return answer


def test_a_teacher_is_typed_by_a_part_of_the_name_and_the_group_is_made(cast, client):
    assert typed(client, "Matematika", **{f"c{cast.foreign.pk}": "lestari"}).status_code == 302
    assert taught() == [
        ("X MIPA 3", "guru", make.days_ago(90), None),
        ("X MIPA 4", "guru2", clock.today(), None),
    ]


def test_a_successor_begins_the_day_after_the_other_stops_and_it_is_undone_whole(cast, client):
    names = {f"c{cast.own.pk}": "Sri Lestari", f"initial-c{cast.own.pk}": "Hadi Susanto"}
    typed(client, "Matematika", **names)
    assert taught() == [
        ("X MIPA 3", "guru", make.days_ago(90), make.days_ago(1)),
        ("X MIPA 3", "guru2", clock.today(), None),
    ]
    undo(Change.objects.get(), by=cast.operator)
    assert taught() == [("X MIPA 3", "guru", make.days_ago(90), None)]


def test_before_somebody_is_replaced_the_page_says_what_that_does(cast, client):
    url = f"{TEACHING}{subject('Matematika').pk}/"
    own, foreign = f"c{cast.own.pk}", f"c{cast.foreign.pk}"
    sent = {"on": clock.today(), own: "Sri Lestari", f"initial-{own}": "Hadi Susanto"}
    page = post(client, url, sent)
    assert "beralih ke Bu Sri" in " ".join(map(str, page.context["effects"]))
    assert not Change.objects.exists()
    seen = page.context["form"][SEEN].value()
    other = post(client, url, {**sent, foreign: "Sri Lestari", SEEN: seen})
    assert other.context["effects"]
    assert not Change.objects.exists()
    assert post(client, url, {**sent, SEEN: seen}).status_code == 302


def test_an_emptied_field_ends_the_assignment_and_two_names_are_two_teachers(cast, client):
    own = f"c{cast.own.pk}"
    typed(client, "Fisika", **{own: "", f"initial-{own}": "Hadi Susanto"})
    assert taught("Fisika") == [("X MIPA 3", "guru", make.days_ago(90), make.days_ago(1))]
    typed(client, "Fisika", **{own: "Hadi Susanto; Sri Lestari", f"initial-{own}": ""})
    assert [row[1] for row in taught("Fisika") if row[3] is None] == ["guru", "guru2"]


def test_a_form_in_which_nothing_was_typed_leaves_no_change_to_undo(cast, client):
    own = f"c{cast.own.pk}"
    sent = {own: "Hadi Susanto", f"initial-{own}": "Hadi Susanto"}
    assert typed(client, "Fisika", **sent).status_code == 302
    assert not Change.objects.exists()


def test_one_field_fills_all_classes_of_a_grade(cast, client):
    make.SchoolClassFactory(name="XI IPS 1", grade="XI")
    typed(client, "Fisika", all_X="Sri Lestari")
    assert [(row[0], row[1]) for row in taught("Fisika") if row[3] is None] == [
        ("X MIPA 3", "guru2"),
        ("X MIPA 4", "guru2"),
    ]


def test_a_class_in_which_nothing_was_typed_keeps_what_somebody_else_has_entered(cast, client):
    typed(client, "Fisika", **{f"c{cast.foreign.pk}": "Sri Lestari"})
    own = f"c{cast.own.pk}"
    typed(client, "Fisika", **{own: "Sri Lestari", f"initial-{own}": "Hadi Susanto"})
    assert [row[0] for row in taught("Fisika") if row[3] is None] == ["X MIPA 3", "X MIPA 4"]


def test_who_types_into_a_class_that_somebody_else_has_filled_sees_both(cast, client):
    foreign = f"c{cast.foreign.pk}"
    typed(client, "Fisika", **{foreign: "Sri Lestari"})
    page = typed(client, "Fisika", **{foreign: "Hadi Susanto", f"initial-{foreign}": ""})
    assert page.status_code == 200
    assert "Sri Lestari" in str(page.context["form"].errors[foreign])
    assert f'name="initial-{foreign}" value="Sri Lestari"' in page.content.decode()


@pytest.mark.parametrize("name", ["Tri Hartono", "Siti Nurhaliza", "Sri"])
def test_operators_strangers_and_ambiguous_names_are_refused_at_their_class(cast, client, name):
    make.person(name="Sri Mulyani")
    page = typed(client, "Fisika", **{f"c{cast.foreign.pk}": name})
    assert list(page.context["form"].errors) == [f"c{cast.foreign.pk}"]
    assert len(taught("Fisika")) == 1


def test_a_class_that_had_nobody_begins_with_the_semester_and_another_on_the_day(cast, client):
    url = f"{TEACHING}{subject('Fisika').pk}/"
    form = client.get(url).context["form"]
    assert (form["since"].value(), form["on"].value()) == ("start", clock.today())
    own, foreign = f"c{cast.own.pk}", f"c{cast.foreign.pk}"
    names = {own: "Sri Lestari", f"initial-{own}": "Hadi Susanto", foreign: "Sri Lestari"}
    typed(client, "Fisika", since="start", **names)
    assert taught("Fisika") == [
        ("X MIPA 3", "guru", make.days_ago(90), make.days_ago(1)),
        ("X MIPA 3", "guru2", clock.today(), None),
        ("X MIPA 4", "guru2", make.days_ago(90), None),
    ]


def test_the_day_is_that_of_all_classes_if_it_is_chosen(cast, client):
    typed(client, "Fisika", since="day", **{f"c{cast.foreign.pk}": "Sri Lestari"})
    assert ("X MIPA 4", "guru2", clock.today(), None) in taught("Fisika")


def test_the_start_of_a_frozen_semester_is_not_offered(cast, client):
    make.SemesterFactory(
        term=2,
        starts_on=make.days_ago(400),
        ends_on=make.days_ago(60),
        frozen_at=clock.now(),
        year=make.AcademicYearFactory(label="2020/2021"),
    )
    form = client.get(f"{TEACHING}{subject('Fisika').pk}/").context["form"]
    assert "since" not in form.fields


def test_the_overview_counts_classes_teachers_and_what_is_missing(cast, client):
    make.group_of(cast.foreign, subject("Matematika"))
    lines = client.get(TEACHING).context["lines"]
    assert [(str(one.subject), one.classes, one.teachers, one.missing) for one in lines] == [
        ("Bahasa Inggris", 2, 1, 0),
        ("Fisika", 1, 1, 0),
        ("Matematika", 1, 1, 1),
    ]


def test_the_table_has_the_subjects_of_each_teacher_by_class(cast, client):
    page = client.get(f"{TEACHING}tabel/?grade=X")
    assert [one.name for one in page.context["classes"]] == ["X MIPA 3", "X MIPA 4"]
    assert page.context["rows"] == [
        ("Hadi Susanto", ["Fisika, Matematika", ""]),
        ("Sri Lestari", ["Bahasa Inggris", "Bahasa Inggris"]),
    ]


def test_a_school_without_a_semester_is_told_what_comes_first(client, cast):
    TeachingAssignment.objects.all().delete()
    TeachingGroup.objects.all().delete()
    cast.period.delete()
    cast.earlier_period.delete()
    cast.semester.delete()
    assert "semester dulu" in client.get(TEACHING).content.decode()


@pytest.mark.sqlite
def test_the_pages_ask_as_many_queries_for_30_rows_as_for_1(cast, client):
    pages = [TEACHING, f"{TEACHING}tabel/", f"{TEACHING}{subject('Fisika').pk}/", PASTE]
    client.get(TEACHING)
    few = [queries_of_warm(client, url) for url in pages]
    for number in range(30):
        of_class = make.SchoolClassFactory(name=f"X IPS {number}")
        make.TeachingAssignmentFactory(school_class=of_class, subject=subject("Fisika"))
    assert [queries_of_warm(client, url) for url in pages] == few

"""Teaching assignments: typed class by class, pasted from a spreadsheet, handed on from a day."""

import pytest

from school import lookups
from school.forms.people import told_apart
from school.models import Change, SchoolClass, Subject, TeachingAssignment, TeachingGroup, User
from school.pasted import Known, read
from school.tests import factories as make
from school.tests.cast import small_school
from school.wording import full_day
from school.workflow.changes import undo
from workflow import clock
from workflow.errors import NotNow
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
    """Type teachers into classes, given as pk → text, where the form shows nobody."""
    return post(
        client, f"{TEACHING}{subject(subject_name).pk}/", {"on": on or clock.today(), **names}
    )


def known():
    people = list(User.objects.all())
    return Known(
        lookups.teachers(people, told_apart(people)),
        lookups.subjects(Subject.objects.all()),
        lookups.classes(SchoolClass.objects.all()),
    )


def said(text):
    return [(one.teacher, one.subject, one.school_class) for one in read(text, known()).lessons]


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


def test_what_nobody_has_taught_yet_begins_with_the_semester(cast, client):
    make.SubjectFactory(name="Batik")
    url = f"{TEACHING}{subject('Batik').pk}/"
    assert client.get(url).context["form"].initial["on"] == make.days_ago(90)
    url = f"{TEACHING}{subject('Fisika').pk}/"
    assert client.get(url).context["form"].initial["on"] == clock.today()


@pytest.mark.parametrize(
    "text",
    [
        "Hadi Susanto, S.Pd.\tFisika\tX MIPA 4",
        "Guru\tMapel\tKelas\nHadi Susanto\tFisika\tX MIPA 4",
        "Kelas\tMapel\tNama Guru\nKelas X MIPA 4\tFISIKA\tPak Hadi",
        "1\tHadi\tFisika\t10 MIPA 4",
        "Hadi;Fis;x mipa 4",
        "Kelas\tFisika\tMatematika\nX MIPA 4\tHadi Susanto\t",
        "Mapel\tX MIPA 3\tX MIPA 4\nFisika\t\tHadi Susanto\nMatematika\t\t",
    ],
)
def test_the_same_lesson_is_read_from_every_shape(cast, text):
    (lesson,) = read(text, known()).lessons
    people = known()
    assert people.teachers.find(lesson.teacher) == cast.guru.pk
    assert people.subjects.find(lesson.subject) == cast.physics.group.subject_id
    assert people.classes.find(lesson.school_class) == cast.foreign.pk


def test_joined_cells_and_several_classes_in_a_cell_are_a_lesson_each(cast):
    assert said("Hadi\tFisika\tX MIPA 3, X MIPA 4\n\t\tX MIPA 5\n\tMatematika\tX MIPA 3") == [
        ("Hadi", "Fisika", "X MIPA 3"),
        ("Hadi", "Fisika", "X MIPA 4"),
        ("Hadi", "Fisika", "X MIPA 5"),
        ("Hadi", "Matematika", "X MIPA 3"),
    ]


@pytest.mark.parametrize("text", ["", "Hadi", "Hadi\tSiti\tSri", "a;b;c\n" * 2001, "=1+1\t\t"])
def test_a_text_of_another_shape_is_refused(cast, text):
    with pytest.raises(NotNow):
        read(text, known())


def test_what_is_pasted_is_shown_first_and_saved_after_a_yes(cast, client):
    text = "Hadi Susanto\tMatematika\tX MIPA 3\nSri Lestari\tFisika\tX MIPA 3"
    sent = {"text": text, "on": clock.today()}
    page = post(client, PASTE, sent)
    (change,) = page.context["changes"]
    assert (change.school_class, change.subject, change.was, change.now) == (
        "X MIPA 3",
        "Fisika",
        "Hadi Susanto",
        "Sri Lestari",
    )
    assert page.context["same"] == 1
    assert not Change.objects.exists()
    assert post(client, PASTE, {**sent, "sure": "1"}).status_code == 302
    assert [row[1] for row in taught("Fisika") if row[3] is None] == ["guru2"]
    assert post(client, PASTE, sent).context["changes"] == []


def test_an_unknown_name_is_asked_for_with_the_likeliest_first(cast, client):
    sent = {"text": "Sri Lestary\tFisika\tX MIPA 4", "on": clock.today(), "sure": "1"}
    form = post(client, PASTE, sent).context["form"]
    assert form.asked == {"teacher1": ("teacher", "Sri Lestary")}
    assert form.fields["teacher1"].choices[1] == (cast.guru2.pk, "Sri Lestari")
    assert len(taught("Fisika")) == 1
    post(client, PASTE, {**sent, "teacher1": cast.guru2.pk})
    assert ("X MIPA 4", "guru2", clock.today(), None) in taught("Fisika")


def test_a_name_can_be_left_out(cast, client):
    text = "Siti\tFisika\tX MIPA 4\nSri Lestari\tMatematika\tX MIPA 4"
    post(client, PASTE, {"text": text, "on": clock.today(), "sure": "1", "teacher1": "-"})
    assert len(taught("Fisika")) == 1
    assert len(taught("Matematika")) == 2


def test_lessons_that_the_text_does_not_have_end_only_when_asked_to(cast, client):
    sent = {"text": "Hadi\tFisika\tX MIPA 4", "on": clock.today(), "sure": "1"}
    post(client, PASTE, sent)
    assert [row[0] for row in taught("Fisika") if row[3] is None] == ["X MIPA 3", "X MIPA 4"]
    post(client, PASTE, {**sent, "ends_others": "on"})
    assert [row[0] for row in taught("Fisika") if row[3] is None] == ["X MIPA 4"]


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


@pytest.mark.parametrize(
    "text",
    [
        "Hadi Susanto;\tFisika\tX MIPA 4",
        "/ Hadi Susanto\tFisika\tX MIPA 4",
        "Kelas\tFisika\tMatematika\nX MIPA 4\tHadi Susanto;\t;",
    ],
)
def test_a_separator_at_the_end_of_a_cell_names_nobody(cast, client, text):
    form = post(client, PASTE, {"text": text, "on": clock.today()}).context["form"]
    assert form.asked == {}
    assert [(one.teacher, one.school_class) for one in read(text, known()).lessons] == [
        ("Hadi Susanto", "X MIPA 4")
    ]


def succeeded(cast):
    """Let guru teach mathematics until 40 days ago, and guru2 after that until in 10 days."""
    TeachingAssignment.objects.filter(pk=cast.maths.pk).update(ends_on=make.days_ago(40))
    TeachingAssignment.objects.create(
        teacher=cast.guru2,
        group=cast.maths.group,
        starts_on=make.days_ago(39),
        ends_on=make.days_ago(-10),
    )


def test_what_is_pasted_from_an_earlier_day_shows_whom_it_takes_the_lessons_from(cast, client):
    succeeded(cast)
    on, last = make.days_ago(90), full_day(make.days_ago(-10))
    sent = {"text": "Sri Lestari\tMatematika\tX MIPA 3", "on": on}
    (change,) = post(client, PASTE, sent).context["changes"]
    until, since = full_day(make.days_ago(40)), full_day(make.days_ago(39))
    assert (change.was, change.now) == (
        f"Hadi Susanto (sampai {until}); Sri Lestari (mulai {since} sampai {last})",
        f"Sri Lestari (sampai {last})",
    )
    post(client, PASTE, {**sent, "sure": "1"})
    assert taught() == [("X MIPA 3", "guru2", on, make.days_ago(-10))]


def test_pasting_who_teaches_already_changes_no_day_and_does_nothing(cast, client):
    succeeded(cast)
    before = taught()
    text = "Sri Lestari\tMatematika\tX MIPA 3\nSri Lestari\tFisika\tX MIPA 3"
    sent = {"text": text, "on": clock.today()}
    page = post(client, PASTE, sent)
    assert [one.subject for one in page.context["changes"]] == ["Fisika"]
    post(client, PASTE, {**sent, "sure": "1"})
    assert taught() == before
    assert Change.objects.get().counts == {"new": 1, "ended": 1}


@pytest.mark.sqlite
def test_the_pages_ask_as_many_queries_for_30_rows_as_for_1(cast, client):
    pages = [TEACHING, f"{TEACHING}tabel/", f"{TEACHING}{subject('Fisika').pk}/", PASTE]
    client.get(TEACHING)
    few = [queries_of_warm(client, url) for url in pages]
    for number in range(30):
        of_class = make.SchoolClassFactory(name=f"X IPS {number}")
        make.TeachingAssignmentFactory(school_class=of_class, subject=subject("Fisika"))
    assert [queries_of_warm(client, url) for url in pages] == few

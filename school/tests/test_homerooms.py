"""All classes of a year get their homeroom teachers on one page, from one day on."""

import pytest

from school.forms.foreseen import SEEN
from school.models import Change, HomeroomAssignment
from school.roles import OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from school.wording import full_day
from school.workflow.changes import undo
from school.workflow.homerooms import assign_homerooms
from workflow import clock
from workflow.errors import NotAllowed
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = pytest.mark.django_db
HOMEROOMS = "/sekolah/wali-kelas/"


@pytest.fixture
def cast():
    return small_school(2)


@pytest.fixture
def client(cast):
    return signed_in(cast.operator)


@pytest.fixture
def teacher():
    return make.person(name="Yuni Astuti", title_after="S.Pd.")


def fields(client):
    """Return what the form of the page would send as it stands."""
    form = client.get(HOMEROOMS).context["form"]
    found = {"on": clock.today()}
    for name, field in form.fields.items():
        if name.startswith("c"):
            found |= {name: field.initial, f"initial-{name}": field.initial}
    return found


def read(client, **typed):
    """Type names and let the page show what changes; return it with what it would send then."""
    data = fields(client) | typed
    page = post(client, HOMEROOMS, data)
    return page, data | {SEEN: page.context["form"].data.get(SEEN, "")}


def held():
    rows = HomeroomAssignment.objects.order_by("school_class__name", "starts_on", "pk")
    return [(row.school_class.name, row.teacher.username, row.ends_on) for row in rows]


def test_several_classes_get_another_teacher_in_one_change_that_is_undone(cast, client, teacher):
    before = held()
    typed = {f"c{cast.own.pk}": "Yuni", f"c{cast.foreign.pk}": "Yuni Astuti, S.Pd."}
    page, again = read(client, **typed)
    assert [one.school_class for one in page.context["changes"]] == ["X MIPA 3", "X MIPA 4"]
    assert held() == before
    assert post(client, HOMEROOMS, again).status_code == 302
    now = HomeroomAssignment.objects.today().filter(teacher=teacher)
    assert {row.school_class for row in now} == {cast.own, cast.foreign}
    undo(Change.objects.get(), by=cast.operator)
    assert held() == before


def test_what_changes_is_said_class_by_class_and_who_has_several(cast, client, teacher):
    typed = {f"c{cast.own.pk}": "Yuni", f"c{cast.foreign.pk}": "Yuni"}
    page, _again = read(client, **typed)
    first = page.context["changes"][0]
    assert (first.was, first.now) == (cast.wali.full_name, "Yuni Astuti, S.Pd.")
    assert "menjadi wali beberapa kelas: X MIPA 3, X MIPA 4" in page.content.decode()


@pytest.mark.parametrize("since", ["start", "day"])
def test_open_class_lists_are_said_to_pass_to_who_takes_over(cast, client, teacher, since):
    """Also where classes that had nobody begin with the semester."""
    new = make.SchoolClassFactory(name="X MIPA 5")
    typed = {f"c{cast.own.pk}": "Yuni", f"c{new.pk}": "Yuni", "since": since}
    page, _again = read(client, **typed)
    lists = [text for text in page.context["effects"] if "beralih ke" in text]
    assert lists
    assert all(f"{cast.own.name} beralih ke {teacher.called}" in text for text in lists)


def test_an_open_class_list_of_an_emptied_class_is_said_to_have_nobody(cast, client, teacher):
    """Also where another class gets somebody on the same day."""
    typed = {f"c{cast.own.pk}": "", f"c{cast.foreign.pk}": "Yuni", "since": "start"}
    page, _again = read(client, **typed)
    nobody = [text for text in page.context["effects"] if full_day(make.days_ago(1)) in text]
    assert nobody
    assert all(cast.own.name in text for text in nobody)
    assert not any(cast.foreign.name in text for text in nobody)


def test_what_is_typed_after_the_preview_is_shown_before_it_is_saved(cast, client, teacher):
    _page, again = read(client, **{f"c{cast.own.pk}": "Yuni"})
    before = held()
    page = post(client, HOMEROOMS, again | {f"c{cast.foreign.pk}": "Yuni"})
    assert len(page.context["changes"]) == 2
    assert held() == before


def test_a_class_that_nobody_touched_stays_and_an_emptied_one_has_nobody(cast, client):
    _page, again = read(client, **{f"c{cast.own.pk}": ""})
    assert post(client, HOMEROOMS, again).status_code == 302
    classes = HomeroomAssignment.objects.today().values_list("school_class", flat=True)
    assert list(classes) == [cast.foreign.pk]


def test_nothing_typed_changes_nothing(cast, client):
    page, again = read(client)
    assert "Tidak ada yang berubah" in page.content.decode()
    assert post(client, HOMEROOMS, again).status_code == 200
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Zz", "Tidak ada guru bernama “Zz”."),
        ("Budi", "“Budi” cocok dengan beberapa guru: Budi Santoso; Budi Utomo. Ketik"),
        ("Yuni Astuty", "Maksudnya Yuni Astuti, S.Pd.?"),
    ],
)
def test_a_name_that_means_nobody_is_said_in_its_row(cast, client, teacher, typed, said):
    make.person(name="Budi Santoso")
    field = f"c{cast.own.pk}"
    page, _again = read(client, **{field: typed})
    errors = page.context["form"].errors
    assert list(errors) == [field]
    assert said in str(errors[field][0])


def test_an_operator_gets_no_class(cast, client):
    page, _again = read(client, **{f"c{cast.own.pk}": cast.operator.full_name})
    assert list(page.context["form"].errors) == [f"c{cast.own.pk}"]


def test_a_day_outside_the_year_is_refused_before_anything_is_shown(cast, client, teacher):
    page, _again = read(client, on=make.days_ago(3000), **{f"c{cast.own.pk}": "Yuni"})
    assert page.context["form"].errors
    assert not page.context["form"].is_shown


def test_what_somebody_else_entered_since_is_said_first(cast, client, teacher):
    data = fields(client) | {f"c{cast.own.pk}": "Yuni"}
    HomeroomAssignment.objects.filter(school_class=cast.own).update(teacher=cast.guru)
    page = post(client, HOMEROOMS, data)
    assert cast.guru.full_name in str(page.context["form"].errors[f"c{cast.own.pk}"])


def test_nobody_but_an_operator_does_it(cast, teacher):
    with pytest.raises(NotAllowed):
        assign_homerooms(
            cast.own.year, {cast.own.pk: [teacher.pk]}, by=cast.coordinator, on=clock.today()
        )
    assert signed_in(cast.coordinator).get(HOMEROOMS).status_code == 403


def test_a_school_without_classes_is_told_what_comes_first():
    page = signed_in(make.person(OPERATOR)).get(HOMEROOMS).content.decode()
    assert "Buat semester dan tambahkan kelas dulu." in page


@pytest.mark.sqlite
def test_the_page_asks_as_many_queries_for_30_classes_as_for_2(cast, client):
    few = queries_of_warm(client, HOMEROOMS)
    for number in range(28):
        make.HomeroomAssignmentFactory(school_class=make.SchoolClassFactory(name=f"X IPS {number}"))
    assert queries_of_warm(client, HOMEROOMS) == few


def test_a_class_that_had_nobody_begins_with_the_semester_and_another_on_the_day(
    cast, client, teacher
):
    new = make.SchoolClassFactory(name="X MIPA 5")
    typed = {f"c{cast.own.pk}": "Yuni", f"c{new.pk}": "Yuni", "since": "start"}
    page, again = read(client, **typed)
    start = full_day(make.days_ago(90))
    assert [one.now for one in page.context["changes"]] == [
        "Yuni Astuti, S.Pd.",
        f"Yuni Astuti, S.Pd. (mulai {start})",
    ]
    assert post(client, HOMEROOMS, again | {"since": "day"}).status_code == 200
    assert post(client, HOMEROOMS, again).status_code == 302
    began = dict(
        HomeroomAssignment.objects.filter(teacher=teacher).values_list("school_class", "starts_on")
    )
    assert began == {cast.own.pk: clock.today(), new.pk: make.days_ago(90)}

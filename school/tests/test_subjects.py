"""Subjects: many added at once; who may put them away."""

import pytest

from school.forms.subject import ManySubjectsForm
from school.models import Change, Subject
from school.tests.cast import small_school
from school.views.saving import saved_once
from school.workflow.changes import undo
from school.workflow.subjects import add_subjects, set_taught
from workflow.errors import NotAllowed
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.django_db
MANY = "/sekolah/mapel/banyak/"


@pytest.fixture
def cast():
    return small_school(1)


def names():
    return sorted(Subject.objects.values_list("name", flat=True))


def test_many_are_added_at_once_and_those_that_exist_are_said_and_left(cast):
    client, before = signed_in(cast.operator), names()
    pasted = "No\tMata Pelajaran\n1\tSeni Budaya\n2.\tFISIKA\n\n3. Prakarya \nSeni  Budaya"
    page = client.get(post(client, MANY, {"lines": pasted}).headers["Location"])
    assert names() == sorted([*before, "Prakarya", "Seni Budaya"])
    assert "2 mapel ditambahkan. Sudah ada: Fisika." in page.content.decode()
    undo(Change.objects.get(), by=cast.operator)
    assert names() == before


def test_of_those_that_exist_the_ones_put_away_are_said_with_the_way_back(cast):
    Subject.objects.create(name="Prakarya", is_active=False)
    client = signed_in(cast.operator)
    page = client.get(post(client, MANY, {"lines": "Fisika\nprakarya"}).headers["Location"])
    said = page.content.decode()
    assert "0 mapel ditambahkan. Sudah ada: Fisika. Diarsipkan: Prakarya." in said
    assert "“Pakai lagi”" in said
    assert not Subject.objects.get(name="Prakarya").is_active


def test_what_somebody_else_adds_at_this_moment_is_said_at_the_form(cast):
    def typed():
        Subject.objects.create(name="Batik")
        yield "Batik"

    form = ManySubjectsForm({"lines": "Batik"})
    assert saved_once(form, lambda: add_subjects(typed(), by=cast.operator)) is None
    assert "baru saja menambahkan" in str(form.non_field_errors())


def test_a_list_of_what_there_is_leaves_no_change_to_undo(cast):
    assert post(signed_in(cast.operator), MANY, {"lines": "fisika"}).status_code == 302
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    "lines", ["", "1\n2", "Mapel", "M" * 81, "\n".join(f"M{n}" for n in range(101))]
)
def test_what_is_no_list_of_names_is_kept_and_refused(cast, lines):
    before = names()
    page = post(signed_in(cast.operator), MANY, {"lines": lines})
    assert list(page.context["form"].errors) == ["lines"]
    assert page.context["form"]["lines"].value() == lines
    assert names() == before


def test_nobody_but_an_operator_adds_subjects(cast):
    assert post(signed_in(cast.guru), MANY, {"lines": "Prakarya"}).status_code == 403


def test_only_an_operator_puts_subjects_away(cast):
    with pytest.raises(NotAllowed):
        set_taught(list(Subject.objects.all()), is_taught=False, by=cast.principal)
    assert not Subject.objects.filter(is_active=False).exists()
    set_taught(list(Subject.objects.all()), is_taught=False, by=cast.operator)
    assert not Subject.objects.filter(is_active=True).exists()

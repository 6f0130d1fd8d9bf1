"""The operator's lists and forms, which all kinds of records share; subjects stand for them."""

import pytest
from django.db import IntegrityError

from school.edits import NEWEST, edits_of
from school.models import Subject
from school.tests import factories as make
from school.tests.cast import small_school
from workflow.models import ActionEntry
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = pytest.mark.django_db
SUBJECTS = "/sekolah/mapel/"


@pytest.fixture
def cast():
    return small_school(2)


def names(user, query=""):
    return [row["name"] for row in signed_in(user).get(SUBJECTS + query).context["rows"]]


def test_the_list_has_its_records_by_name(cast):
    assert names(cast.operator) == ["Bahasa Inggris", "Fisika", "Matematika"]


@pytest.mark.parametrize(
    ("query", "found"),
    [("?q=fis", ["Fisika"]), ("?q=tidak+ada", []), ("?status=retired", ["Batik"])],
)
def test_it_is_searched_and_filtered(cast, query, found):
    Subject.objects.create(name="Batik", is_active=False)
    assert names(cast.operator, query) == found


def test_a_record_is_added_and_its_history_says_by_whom(cast):
    page = post(signed_in(cast.operator), f"{SUBJECTS}baru/", {"name": "Batik", "read_at": 0})
    assert page.status_code == 302
    assert Subject.objects.get(name="Batik").history.get().history_user == cast.operator


def test_the_next_record_is_added_at_once(cast):
    client, sent = signed_in(cast.operator), {"name": "Batik", "read_at": 0, "another": "1"}
    page = post(client, f"{SUBJECTS}baru/", sent)
    assert page["Location"] == f"{SUBJECTS}baru/"
    page = client.get(page["Location"])
    assert [str(message) for message in page.context["messages"]] == ["Batik sudah disimpan."]
    assert 'name="another"' in page.content.decode()
    assert 'value="Batik"' not in page.content.decode()


def test_what_is_refused_stays_typed_whichever_button_was_pressed(cast):
    sent = {"name": "Fisika", "read_at": 0, "another": "1"}
    page = post(signed_in(cast.operator), f"{SUBJECTS}baru/", sent)
    assert 'value="Fisika"' in page.content.decode()


def test_an_edit_offers_no_next_record(cast):
    page = signed_in(cast.operator).get(f"{SUBJECTS}{cast.physics.group.subject_id}/")
    assert 'name="another"' not in page.content.decode()


def test_a_record_that_is_there_already_is_refused_with_a_message(cast):
    page = post(signed_in(cast.operator), f"{SUBJECTS}baru/", {"name": "Fisika", "read_at": 0})
    assert page.status_code == 200
    assert page.context["form"].errors["name"]
    assert Subject.objects.filter(name="Fisika").count() == 1


def test_a_subject_that_differs_in_capital_letters_alone_is_the_same(cast):
    page = post(signed_in(cast.operator), f"{SUBJECTS}baru/", {"name": "fisika ", "read_at": 0})
    assert page.context["form"].errors["name"] == ["Mapel “Fisika” sudah ada."]
    page = post(
        signed_in(cast.operator),
        f"{SUBJECTS}{cast.physics.group.subject_id}/",
        {"name": "FISIKA", "read_at": 1},
    )
    assert page.status_code == 303


def test_of_two_who_add_the_same_at_once_the_later_one_is_told(cast, monkeypatch):
    def too_late(**_values):
        raise IntegrityError

    monkeypatch.setattr(Subject.objects, "create", too_late)
    page = post(signed_in(cast.operator), f"{SUBJECTS}baru/", {"name": "Batik", "read_at": 0})
    assert page.context["form"].non_field_errors()


def test_an_edit_shows_what_was_and_what_is(cast):
    subject = cast.physics.group.subject
    client = signed_in(cast.operator)
    post(client, f"{SUBJECTS}{subject.pk}/", {"name": "Fisika Dasar", "read_at": 1})
    (edit,) = client.get(f"{SUBJECTS}{subject.pk}/riwayat/").context["edits"]
    assert edit.by == cast.operator.called


def test_who_saves_second_sees_both_texts(cast):
    subject = cast.physics.group.subject
    client = signed_in(cast.operator)
    post(client, f"{SUBJECTS}{subject.pk}/", {"name": "Fisika Dasar", "read_at": 1})
    page = post(client, f"{SUBJECTS}{subject.pk}/", {"name": "IPA Fisika", "read_at": 1})
    (difference,) = page.context["form"].conflict
    assert (difference.standing, difference.typed) == ("Fisika Dasar", "IPA Fisika")
    subject.refresh_from_db()
    assert subject.name == "Fisika Dasar"


def test_an_act_on_many_asks_first_and_says_how_many(cast):
    client, chosen = signed_in(cast.operator), list(Subject.objects.all()[:2])
    sent = {"row": [subject.pk for subject in chosen], "act": "retire"}
    asked = post(client, SUBJECTS, sent)
    assert "2 mapel" in asked.content.decode()
    assert Subject.objects.filter(is_active=True).count() == 3
    post(client, SUBJECTS, {**sent, "sure": "1"})
    assert Subject.objects.filter(is_active=True).count() == 1
    assert ActionEntry.objects.filter(action="retire").count() == 2


def test_an_act_on_nothing_says_so(cast):
    page = post(signed_in(cast.operator), SUBJECTS, {"act": "retire"})
    assert [str(message) for message in page.context["messages"]] == ["Pilih minimal satu baris."]


def test_an_act_that_there_is_not_does_nothing(cast):
    sent = {"row": [cast.physics.group.subject_id], "act": "delete", "sure": "1"}
    assert post(signed_in(cast.operator), SUBJECTS, sent).status_code == 200
    assert Subject.objects.count() == 3


@pytest.mark.sqlite
def test_the_list_asks_as_many_queries_for_30_rows_as_for_1():
    operator = small_school(2).operator
    Subject.objects.exclude(name="Fisika").update(is_active=False)
    one = queries_of_warm(signed_in(operator), SUBJECTS)
    make.SubjectFactory.create_batch(29)
    assert queries_of_warm(signed_in(operator), SUBJECTS) == one


def test_of_a_long_history_the_newest_edits_are_shown_and_none_as_the_first(cast):
    subject = Subject.objects.get(name="Fisika")
    for number in range(NEWEST + 5):
        subject.name = f"Fisika {number // 2}"
        subject.save()
    edits = edits_of(subject, {})
    assert [edit.is_first for edit in edits] == [False] * (NEWEST // 2)
    Subject.history.filter(id=subject.pk).exclude(name__in=["Fisika", "Fisika 0"]).delete()
    assert [edit.is_first for edit in edits_of(subject, {})][-1]

"""What names a confidential note: a key that nobody guesses and that counts nothing."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from cases.models import ConfidentialNote
from cases.tests import factories as make
from cases.tests.confirmed import confirmed
from school.tests.cast import Cast, small_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return small_school(6)


@pytest.fixture
def note(cast: Cast) -> ConfidentialNote:
    return make.note(make.direct_case(cast), cast.bk)


def test_its_address_does_not_tell_how_many_there_are(cast, note):
    client = confirmed(cast.bk)
    pages = (
        "/catatan-rahasia/",
        note.case.get_absolute_url(),
        reverse("cases:confidential_note", args=[note.key]),
    )
    for url in (*pages, reverse("cases:hand_over", args=[note.case_id])):
        page = client.get(url).content.decode()
        assert str(note.key) in page
        assert f"catatan-rahasia/{note.pk}/" not in page
        assert f'name="notes" value="{note.pk}"' not in page
    assert client.get(f"/catatan-rahasia/{note.pk}/").status_code == 404


def test_notes_from_before_get_a_key_each(cast, note):
    make.note(note.case, cast.bk)
    migration = import_module("cases.migrations.0005_keys_of_notes")
    before = set(ConfidentialNote.objects.values_list("key"))
    migration.give_keys(apps, None)
    after = set(ConfidentialNote.objects.values_list("key"))
    assert len(after) == 2
    assert not before & after

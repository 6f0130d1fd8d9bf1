"""Keys of confidential notes are replaced in batches, which may be broken off."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.models import ConfidentialNote
from cases.tests import factories as make
from cases.workflow import delete_note
from counseling.management.commands import reencrypt
from school.tests.cast import small_school

pytestmark = pytest.mark.django_db
WORDS = "Ia cerita ayahnya memukul ibunya"


class TestKeys:
    @pytest.fixture(autouse=True)
    def five_notes(self, settings: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(reencrypt, "BATCH", 2)
        settings.ENCRYPTION_KEYS = ["old"]
        cast = small_school()
        case = make.direct_case(cast)
        for number in range(5):
            make.note(case, cast.bk, f"{WORDS} {number}")
        delete_note(ConfidentialNote.objects.all()[2], by=cast.bk, reason="Salah siswa")
        settings.ENCRYPTION_KEYS = ["new", "old"]

    def texts(self) -> list[str]:
        return [n.reason if n.is_deleted else n.text for n in ConfidentialNote.objects.all()]

    def test_they_are_encrypted_with_the_newest_key_alone(self, settings: Any) -> None:
        before = self.texts()
        said = StringIO()
        call_command("reencrypt", stdout=said)
        assert "5 confidential notes" in said.getvalue()
        settings.ENCRYPTION_KEYS = ["new"]
        assert self.texts() == before

    def test_broken_off_they_can_be_read_and_it_is_run_again(
        self, settings: Any, monkeypatch: Any
    ) -> None:
        before = self.texts()
        batches = reencrypt.renew_notes()
        assert next(batches) == 2
        batches.close()
        assert self.texts() == before
        call_command("reencrypt", stdout=StringIO())
        settings.ENCRYPTION_KEYS = ["new"]
        assert self.texts() == before

    def test_a_note_whose_key_is_missing_is_named_and_kept(self, settings: Any) -> None:
        before = list(ConfidentialNote.objects.values_list("sealed", "sealed_reason"))
        settings.ENCRYPTION_KEYS = ["new"]
        first = ConfidentialNote.objects.all()[0]
        with pytest.raises(CommandError, match=f"confidential note {first.pk}"):
            call_command("reencrypt", stdout=StringIO())
        after = list(ConfidentialNote.objects.values_list("sealed", "sealed_reason"))
        assert after == before

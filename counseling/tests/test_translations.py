"""The Indonesian catalogue is complete, and its compiled file equals its source."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

CATALOGUES = sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/*.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

each_catalogue = pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_there_is_an_indonesian_catalogue() -> None:
    assert settings.BASE_DIR / "locale/id/LC_MESSAGES/django.po" in CATALOGUES


@each_catalogue
def test_each_text_is_translated(path: Path) -> None:
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    assert [entry.msgid for entry in entries if not all(translations(entry))] == []
    assert [entry.msgid for entry in entries if entry.fuzzy] == []


@each_catalogue
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    def texts(entries: list[polib.POEntry]) -> dict:
        return {(e.msgctxt or None, e.msgid): translations(e) for e in entries if e.msgid}

    compiled = polib.mofile(str(path.with_suffix(".mo")))
    assert texts(compiled) == texts(polib.pofile(str(path)).translated_entries())


@each_catalogue
def test_each_translation_has_the_placeholders_of_its_text(path: Path) -> None:
    wrong = []
    for entry in polib.pofile(str(path)).translated_entries():
        wanted = set(PLACEHOLDER.findall(entry.msgid)) | set(
            PLACEHOLDER.findall(entry.msgid_plural)
        )
        wrong += [
            (entry.msgid, text)
            for text in translations(entry)
            if set(PLACEHOLDER.findall(text)) != wanted
        ]
    assert wrong == []

"""The Indonesian catalogue is complete, and its compiled file equals its source."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from counseling.tests.texts import every_text, of_code, of_template

pytestmark = pytest.mark.sqlite

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
def test_the_catalogue_has_each_text_that_is_said_and_no_other(path: Path) -> None:
    said = every_text()
    there = {(entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(path))}
    assert {text: where for text, where in said.items() if text not in there} == {}
    assert there - said.keys() == set(), "nothing says these any more"


def test_a_text_is_found_by_whatever_name_gettext_has(tmp_path: Path) -> None:
    code, template = tmp_path / "code.py", tmp_path / "page.html"
    code.write_text(
        "from django.utils.translation import gettext as _, ngettext_lazy as many, pgettext\n"
        "_('one ' 'text')\nmany('%(n)d day', '%(n)d days', 'n')\npgettext('place', 'Home')\n"
        "other('not this')\n"
    )
    template.write_text(
        "{% load i18n %}{% translate 'Home' context 'place' %}{% card _('Title') %}"
        "{% blocktranslate trimmed count n=n %}\n one\n{% plural %}many{% endblocktranslate %}"
    )
    found = [("", "one text"), ("", "%(n)d day"), ("place", "Home")]
    assert list(of_code(code)) == found
    assert sorted(of_template(template)) == [("", "Title"), ("", "one"), ("place", "Home")]


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

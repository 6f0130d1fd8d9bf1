"""What docs/glossary.md replaces occurs nowhere: one word for one thing."""

import re
from collections.abc import Iterator
from functools import cache

import polib
import pytest
from django.conf import settings
from django.utils import translation

from school.forms import refusals

pytestmark = pytest.mark.sqlite

GLOSSARY = settings.BASE_DIR / "docs/glossary.md"
GUIDES = sorted((settings.BASE_DIR / "docs/panduan").glob("*.md"))
CATALOGUE = settings.BASE_DIR / "locale/id/LC_MESSAGES/django.po"
ELSEWHERE, ENGLISH = "Where a word has another meaning", "English"


@cache
def entries() -> list[polib.POEntry]:
    return list(polib.pofile(str(CATALOGUE)))


@cache
def tables() -> dict[str, list[dict[str, str]]]:
    """Return the rows of each section's table, by the words of its head."""
    found: dict[str, list[dict[str, str]]] = {}
    for section in GLOSSARY.read_text().split("\n## ")[1:]:
        lines = [line for line in section.splitlines() if line.startswith("|")]
        head, _rule, *rows = ([c.strip() for c in line.strip("|").split("|")] for line in lines)
        title = section.partition("\n")[0]
        found[title] = [dict(zip(head, row, strict=True)) for row in rows]
    return found


def replaced(*, english: bool) -> list[str]:
    rows = [r for title, rows in tables().items() for r in rows if (title == ENGLISH) is english]
    words = ",".join(row.get("instead of", "") for row in rows).split(",")
    return sorted({word.strip() for word in words} - {""})


def allowed(word: str) -> list[str]:
    rows = tables()[ELSEWHERE]
    return [turn.strip() for r in rows if r["word"] == word for turn in r["stays in"].split(",")]


def said(text: str, word: str) -> bool:
    """The text has the word, apart from the turns in which it may stay."""
    for turn in allowed(word):
        text = re.sub(re.escape(turn), "", text, flags=re.IGNORECASE)
    whole = rf"(?<!\w){re.escape(word)}(?!\w)"
    return re.search(whole, text, re.IGNORECASE) is not None


@cache
def indonesian() -> list[tuple[str, str]]:
    """Return (where, text) of the catalogue and the guides."""
    return list(_indonesian())


def _indonesian() -> Iterator[tuple[str, str]]:
    for entry in entries():
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            yield f"msgstr of {entry.msgid!r}", text
    for guide in GUIDES:
        yield guide.name, re.sub(r"\s+", " ", guide.read_text())


@pytest.mark.parametrize("word", replaced(english=False))
def test_a_replaced_word_is_neither_in_the_catalogue_nor_in_a_guide(word: str) -> None:
    assert [f"{where}: {text[:200]}" for where, text in indonesian() if said(text, word)] == []


@pytest.mark.parametrize("word", replaced(english=True))
def test_a_replaced_turn_is_in_no_english_text(word: str) -> None:
    texts = [text for e in entries() for text in (e.msgid, e.msgid_plural)]
    assert [text for text in texts if said(text, word)] == []


def test_undo_is_urungkan_and_nothing_else_is() -> None:
    said_so = {
        entry.msgid: entry.msgstr
        for entry in entries()
        if re.search(r"\b[Uu]ndo(ne)?\b", entry.msgid) or "urungkan" in entry.msgstr.lower()
    }
    assert said_so["Undo"] == "Urungkan"
    wrong = [m for m, s in said_so.items() if "ndo" not in m or "urungkan" not in s.lower()]
    assert wrong == []


def test_each_turn_in_which_a_replaced_word_stays_belongs_to_such_a_word() -> None:
    words = {row["word"] for row in tables()[ELSEWHERE]}
    assert words <= set(replaced(english=False))


def test_forms_refuse_in_the_schools_words_and_not_in_djangos() -> None:
    with translation.override("id"):
        said = [translation.gettext(text) for text in refusals.TEXTS] + [*refusals.counted(2)]
    stiff = ("bidang", "valid", "pastikan", "masukkan", "paling", "setidaknya")
    assert [text for text in said if any(word in text.lower() for word in stiff)] == []
    assert "Isian ini wajib diisi." in said


def test_each_word_and_each_decision_is_there_once() -> None:
    words = [row["Indonesian"] for row in tables()["Things"]]
    numbers = [path.name[:4] for path in (GLOSSARY.parent / "decisions").glob("0*.md")]
    assert sorted(words) == sorted(set(words))
    assert sorted(numbers) == sorted(set(numbers))

"""The text of a cell, whatever stands in it: a text, a number, a date, the result of a formula."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from math import isfinite

LONGEST_CELL = 250
"""Characters; what follows is not read."""
EXACT = 10**15
"""Numbers from here on have lost digits: a spreadsheet keeps fifteen."""
HUGE = 10**300
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
FORCED_TEXT = re.compile(r"""="(.*)"|['’](?=[\d=+@-])(.*)""", re.DOTALL)
"""How a number is kept as text: ="0051", '0051."""
MISTAKES = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .-]+(?=\d)")
OF_A_PERSON = re.compile(r"(?<!\d)\d{16}(?!\d)")
"""NIK and the number of a family card have 16 digits; nothing that is read here has."""


def cleaned(text: str) -> str:
    """Return the text on one line, with single blanks, without signs that nobody sees."""
    plain = CONTROL.sub("", UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", " ".join(plain.split()))[:LONGEST_CELL]


def text_of(value: object) -> str:
    """Return what stands in a cell as text: a date in ISO format, 1234.0 as "1234".

    A number that has lost digits has an E in it, as a spreadsheet shows it.
    """
    if value is None or (isinstance(value, str) and value in MISTAKES):
        return ""
    if isinstance(value, str):
        return unforced(cleaned(value))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value)
    return _moment(value)


def unforced(text: str) -> str:
    """Return the text without the signs that keep a spreadsheet from reading it as a number."""
    if found := FORCED_TEXT.fullmatch(text):
        return cleaned(found[1] if found[1] is not None else found[2])
    return text


def without_private_numbers(text: str) -> str:
    """Return "" for a text that has a number of 16 digits in it, as NIK and family cards have."""
    return "" if OF_A_PERSON.search(BETWEEN_DIGITS.sub("", text)) else text


def folded(text: str) -> str:
    """Return small letters and digits alone: "Tgl. Absen" and "tgl absen" are the same."""
    return "".join(filter(str.isalnum, text.casefold()))


def _number(value: float) -> str:
    if abs(value) > HUGE or not isfinite(value):
        return ""
    if abs(value) >= EXACT:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else f"{value:.15g}"


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        has_time = value.time() != time()
        return value.isoformat(" ", "minutes") if has_time else value.date().isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return cleaned(str(value)) if isinstance(value, date | timedelta) else ""

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
FORCED_TEXT = re.compile(r"""="(.*)"|['’‘`´](?=[\d=+@-])(.*)""", re.DOTALL)
"""How a number is kept as text: ="0051", '0051."""
NO_RESULT = "\ufffe"
"""In place of a formula whose result the workbook does not have."""
MISTAKES = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
BETWEEN = r"[ .,/_\-\u2010-\u2015]"
NO_NIK = (
    r"(?:\+?62[ .-]?|0)8\d{1,2}[ .-]?\d{3,4}[ .-]?\d{2,5}(?!\d)",
    r"[0-3]?\d([-/.])[01]?\d\1(?:19|20)\d\d(?!\d)",
    r"(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)",
)
"""A phone and a day: the digits of two of them are no NIK."""
OF_A_PERSON = re.compile(
    rf"(?<!\d)(?:{'|'.join(NO_NIK)}|(?P<found>(?:\d{BETWEEN}?){{15}}\d(?!\d)"
    rf"|\d{{4}}(?:{BETWEEN}{{1,3}}\d{{4}}){{3}}(?!\d)"
    rf"|\d{{6}}{BETWEEN}{{1,3}}\d{{6}}{BETWEEN}{{1,3}}\d{{4}}(?!\d)"
    r"|\d(?:[.,]\d+)?[eE]\+?(?!17\b)(?:1[5-9]|[2-9]\d|\d{3})(?!\d)))"
)
"""NIK and the number of a family card have 16 digits; nothing that is read here has.

A spreadsheet may have made such a number 3.3E+15. NIP has 18 digits, and is asked for again.
"""
DIGITS_OF_A_PERSON = 16
MAY_BE_SHORTENED = re.compile(r"\d[eE]")
"""Most cells have neither so many digits nor this, and need no closer look."""
A_DEGREE = re.compile(r"[+-]?\d{1,3}[.,]\d{1,15}")


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
    is_short = sum(map(str.isdigit, text)) < DIGITS_OF_A_PERSON
    if (is_short and not MAY_BE_SHORTENED.search(text)) or A_DEGREE.fullmatch(text):
        return text
    return "" if any(one["found"] for one in OF_A_PERSON.finditer(text)) else text


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

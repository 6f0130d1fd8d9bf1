"""The cells of a file as the values of fields. What cannot be one is refused in words."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from school import phones
from school.imports.plan import Refused
from school.models.students import Gender
from school.sheets.cells import folded
from school.sheets.table import Row
from workflow.errors import Text

NOTHING = {"", "-", "--", "---", "–", "—", ".", "?", "n/a", "na", "null", "none", "nihil"}
NOTHING |= {"tidakada", "tidak ada", "tdk ada", "kosong", "belum ada", "xxx", "#n/a"}
NOTHING |= {"belum punya", "tidak punya", "tdk punya", "tidak memiliki", "belum memiliki"}
SHORTENED = re.compile(r"\d+(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
"""A number as a spreadsheet shows it when it has lost digits."""
NISN_DIGITS, FEWEST_DIGITS = 10, 7
NIP_DIGITS = 18
A_LABEL = re.compile(r"nip\w*[ .:]*", re.IGNORECASE)
GENDERS = {
    **dict.fromkeys(
        ("l", "lk", "laki", "lakilaki", "laki2", "lelaki", "pria", "putra", "m", "male"),
        Gender.MALE,
    ),
    **dict.fromkeys(
        ("p", "pr", "prp", "perempuan", "wanita", "putri", "w", "f", "female"), Gender.FEMALE
    ),
}
SEVERAL = re.compile(r"[/;,|\\]|\batau\b|\bdan\b|&")
NEXT_NUMBER = re.compile(r"(?<=\d)\D+(?=(?:0|\+?62\D?)8\d{2})")
"""What stands between two numbers in a cell where it has too many digits for one."""
DIGITS_OF_A_PHONE = 14
LONGEST_NUMBER = 20
WHOLE = re.compile(r"(\d+)[.,]0+")
IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
NUMBERED = re.compile(r"^\d{1,3}[.)]\s+(?=\D)|\s*\*+$")
"""What a list puts before a name, and a mark behind it."""
SIXTH = Decimal("0.000001")
LATITUDES, LONGITUDES = 90, 180


def said(row: Row, column: str) -> str:
    """Return what a cell says; "" if it is empty or says that there is nothing."""
    text = row[column]
    return "" if text.casefold() in NOTHING else text


def nisn(text: str) -> tuple[str, bool]:
    """Return ten digits, and whether zeros had to be put before them. Raises Refused."""
    digits = re.sub(r"[ .-]", "", whole(text))
    if not digits.strip("0"):
        return "", False
    exactly(digits, text, "NISN")
    if not (digits.isdecimal() and FEWEST_DIGITS <= len(digits) <= NISN_DIGITS):
        raise Refused(
            _("NISN “%(typed)s” does not have 10 digits. Correct it or leave it empty.")
            % {"typed": text}
        )
    return digits.zfill(NISN_DIGITS), len(digits) < NISN_DIGITS


def whole(text: str) -> str:
    """Return a number without the ".0" that some programs write behind it."""
    return found[1] if (found := WHOLE.fullmatch(text)) else text


def exactly(digits: str, text: str, label: Text) -> None:
    """Raise Refused for a number of which a spreadsheet has dropped digits."""
    if SHORTENED.fullmatch(digits):
        raise Refused(
            _(
                "The spreadsheet has shortened %(label)s to “%(typed)s”. Format the column as text "
                "and type the number again."
            )
            % {"label": label, "typed": text}
        )


def gender(text: str) -> str:
    if found := GENDERS.get(folded(IN_BRACKETS.sub("", text))):
        return found.value
    if not text:
        raise Refused(_("L or P is missing."))
    raise Refused(_("“%(typed)s” is neither L nor P.") % {"typed": text})


def name(text: str) -> str:
    text = unnumbered(text)
    if not text:
        raise Refused(_("The name is missing."))
    if not any(map(str.isalpha, text)):
        raise Refused(_("“%(typed)s” is no name.") % {"typed": text})
    return at_most(120, text, _("The name"))


def unnumbered(text: str) -> str:
    """Return a name without the number of a list before it, or an asterisk behind it."""
    return NUMBERED.sub("", text)


def at_most(length: int, text: str, label: Text) -> str:
    if len(text) > length:
        words = {"label": label, "n": length, "typed": text[:40]}
        raise Refused(_("%(label)s “%(typed)s…” is longer than %(n)s letters.") % words)
    return text


def phone(text: str) -> tuple[str, bool]:
    """Return the first number that a cell has, as digits, and whether it has more; "" for none.

    Raises Refused.
    """
    exactly(text.replace(" ", ""), text, _("the phone number"))
    numbers = [*filter(None, map(phones.normalised, _apart(whole(text)))), ""]
    first = numbers[0]
    if not first.strip("0") or first == "62":
        return "", False
    if len(first) > LONGEST_NUMBER:
        raise Refused(_("“%(typed)s” is too long for a phone number.") % {"typed": text})
    return first, any(len(each) >= FEWEST_DIGITS for each in numbers[1:])


def _apart(text: str) -> Iterator[str]:
    for part in SEVERAL.split(text):
        is_long = sum(map(str.isdigit, part)) > DIGITS_OF_A_PHONE
        yield from NEXT_NUMBER.split(part) if is_long else [part]


def email(text: str) -> str:
    """Return an address in small letters; "" for what is none."""
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text.casefold()


def of_area(text: str) -> str:
    """Return the number of an RT or RW in at least two digits: "02"; "" for 0."""
    digits = "".join(filter(str.isdecimal, text)).lstrip("0")
    return digits.zfill(2) if 0 < len(digits) <= 3 else ""  # noqa: PLR2004  (the column)


def degrees(text: str, most: int) -> Decimal | None:
    """Return a latitude or longitude, None for what is none."""
    try:
        value = Decimal(text.replace(",", ".")).quantize(SIXTH)
    except InvalidOperation:
        return None
    return value if value and abs(value) <= most else None


def nip(text: str) -> str:
    """Return the 18 digits of a NIP; "" for words like "Honorer". Raises Refused."""
    bare = whole(A_LABEL.sub("", text))
    digits = re.sub(r"[ .-]", "", bare)
    if not digits.strip("0") or not any(map(str.isdigit, digits)):
        return ""
    exactly(bare.replace(" ", ""), text, "NIP")
    if not (digits.isdecimal() and len(digits) == NIP_DIGITS):
        words = {"typed": text, "n": sum(map(str.isdigit, digits))}
        raise Refused(
            _("NIP “%(typed)s” has %(n)s digits, not 18. Correct it or leave it empty.") % words
        )
    return digits

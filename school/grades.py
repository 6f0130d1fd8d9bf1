"""Grades VII to XIII, and how to read them from the name of a class."""

import re

GRADES = ("VII", "VIII", "IX", "X", "XI", "XII", "XIII")
FIRST = 7
"""The number of the first grade: 7A is a class of VII."""
PREFIX = re.compile(r"(KELAS|KLS)\b\.?\s*")
NUMBER = re.compile(r"\d+")
PHASE = re.compile(r"^([-. ]?)E([-. ]?\d)", re.IGNORECASE)
"""X-E1 in Kurikulum Merdeka: E is the phase of X, F that of XI and XII."""
STREAM = re.compile(r"(MIPA|IPA|MIA|IPS|IIS|IBB|BAHASA|BHS|AGAMA|[A-H])(?![A-Z])")
"""What follows a grade without a blank, so that XIPS1 is X IPS 1 and XIA is XI A."""


def grade_of(name: str) -> str | None:
    """Return the grade that the name of a class begins with; None where it has to be asked.

    "X MIPA 1", "XE1", "10 MIPA 1" and "Kelas X-1" are classes of X. "XITKJ1" is asked: it may be
    X ITKJ 1 or XI TKJ 1.
    """
    bare = PREFIX.sub("", name.strip().upper(), count=1)
    if number := NUMBER.match(bare):
        place = int(number[0]) - FIRST
        return GRADES[place] if 0 <= place < len(GRADES) else None
    found = {grade: bare.removeprefix(grade) for grade in GRADES if bare.startswith(grade)}
    longest = max(found, key=len, default="")
    if len(found) < 2 or not found[longest][:1].isalpha():  # noqa: PLR2004
        return longest or None
    fitting = [grade for grade, rest in found.items() if STREAM.match(rest)]
    return fitting[0] if len(fitting) == 1 else None


def next_grade(grade: str) -> str | None:
    """Return the grade after one; None after the last one there is, or for an unknown grade."""
    place = place_of(grade) + 1
    return GRADES[place] if place < len(GRADES) else None


def renamed(name: str, grade: str, to: str) -> str:
    """Return the name of a class of `grade` as one of another grade: X MIPA 1 as XI MIPA 1.

    As written: 7A becomes 8A, "Kelas IX A" "Kelas X A". E is a phase, of X alone, and becomes F.
    A name that does not begin with its grade stays as it is.
    """
    prefix = PREFIX.match(name.upper())
    start = prefix.end() if prefix else 0
    bare = name[start:]
    number = NUMBER.match(bare)
    if number and number[0] == str(FIRST + place_of(grade)):
        return f"{name[:start]}{FIRST + place_of(to)}{bare[number.end() :]}"
    if not bare.upper().startswith(grade):
        return name
    rest = bare[len(grade) :]
    if grade == "X":
        rest = PHASE.sub(r"\1F\2", rest)
    return f"{name[:start]}{to}{rest}"


def place_of(grade: str) -> int:
    """Return the place of a grade among all grades; those that are unknown come last."""
    return GRADES.index(grade) if grade in GRADES else len(GRADES)

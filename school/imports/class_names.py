"""The classes that a file names: those of a year, or new ones if the operator wants them."""

import re

from django.utils.translation import gettext as _

from school.grades import FIRST, GRADES, NUMBER, PREFIX, grade_of
from school.imports.fields import NOTHING
from school.imports.plan import Plan, Question, Refused
from school.models import AcademicYear, SchoolClass
from school.sheets.cells import folded

LONGEST = 30
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LAST = re.compile(r"(?<=[^IVX\d])(0*[1-9]\d?|(?<=\W)[IVX]+)$")
"""The number of a class behind its grade: X MIPA III and X MIPA 03 are X MIPA 3."""
BETWEEN = re.compile(r"[,;/&+\n]|\bdan\b", re.IGNORECASE)
NUMBER_ALONE = re.compile(r"\d{1,2}|[IVX]+|\d{1,2}\s*[-–]\s*\d{1,2}")
NUMBER_BEHIND = re.compile(r"(?<=\D)(?:\d{1,2}|(?<=\W)[IVX]+)$")
BRACKETS = re.compile(r"[()]")
FROM_TO = re.compile(r"(.*[^\W\d].*?[^\d])(\d{1,2})\s*[-–]\s*(\d{1,2})")
MOST_IN_A_RANGE = 15
HOURS = re.compile(r"\(\s*\d+\s*(?:jam|jp)[^)]*\)", re.IGNORECASE)
TO = re.compile(r"(?<=\d)\s*(?:s\.?/?d\.?|sampai(?: dengan)?|hingga)\s*(?=\d)", re.IGNORECASE)
NEXT_GRADE = re.compile(r"(?<=\d) (?=(?:XII|XI|X|IX|VIII|VII)[ .-]?[A-Z]{2,})")
A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}( .*)?")
NEW = "new:"


class Classes:
    """The classes of a year, found by name: "Kelas X  MIPA-1" and "10 MIPA 1" are X MIPA 1."""

    def __init__(self, year: AcademicYear, plan: Plan) -> None:
        self.year = year
        self.plan = plan
        self.known = {each.pk: each for each in SchoolClass.objects.filter(year=year)}
        self.by_name = {each.name: each for each in self.known.values()}
        self.by_key: dict[str, list[SchoolClass]] = {}
        for each in self.known.values():
            self.by_key.setdefault(key_of(each.name), []).append(each)
        self.new: dict[str, SchoolClass] = {}

    def find(self, text: str) -> SchoolClass | None:
        """Return the one class of this name; None if there is none, or if it may be several."""
        if found := self.by_name.get(text):
            return found
        alike = self.by_key.get(key_of(text), [])
        return alike[0] if len(alike) == 1 else None

    def meant(self, text: str) -> SchoolClass | None:
        """Return the class, a new one perhaps; None while it is asked. Raises Refused."""
        if text.casefold() in NOTHING:
            raise Refused(
                _("The class is missing. Of merged cells only the first has it: fill in each row.")
            )
        if A_DATE.fullmatch(text):
            raise Refused(
                _("The spreadsheet has made a date of the class (%(typed)s). Format it as text.")
                % {"typed": text}
            )
        return self.find(text) or self._asked(text)

    def _asked(self, text: str) -> SchoolClass | None:
        prefix = PREFIX.match(text.upper())
        name = text[prefix.end() :] if prefix else text
        if len(name) > LONGEST:
            raise Refused(_("“%(typed)s” is too long for the name of a class.") % {"typed": text})
        key = key_of(text)
        if made := self.new.get(key):
            return made
        answer = self.plan.ask(self._question(name, key))
        if answer.startswith(NEW):
            self.new[key] = SchoolClass(
                year=self.year, name=name, grade=answer.removeprefix(NEW), order=0
            )
            return self.new[key]
        return self.known[int(answer)] if answer else None

    def _question(self, name: str, key: str) -> Question:
        grade = grade_of(name)
        grades = [grade, *(other for other in GRADES if other != grade)] if grade else GRADES
        create = [
            (f"{NEW}{each}", _("New class in grade %(grade)s") % {"grade": each}) for each in grades
        ]
        others = [
            (str(each.pk), _("It is %(name)s") % {"name": each.name})
            for each in self.known.values()
        ]
        said = _("Class “%(name)s” is not there in %(year)s.") % {"name": name, "year": self.year}
        has_more = grade and len(key) > len(grade)
        return Question(f"class-{key}", said, (*create, *others), create[0][0] if has_more else "")


def key_of(name: str) -> str:
    """Return what tells classes apart: "XMIPA1" of "X MIPA 1", "Kelas X-MIPA.1" and "10 MIPA 1"."""
    bare = PREFIX.sub("", name.strip().upper(), count=1)
    if (number := NUMBER.match(bare)) and 0 <= int(number[0]) - FIRST < len(GRADES):
        bare = GRADES[int(number[0]) - FIRST] + bare[number.end() :]
    return folded(LAST.sub(_in_digits, bare))


def _in_digits(found: re.Match[str]) -> str:
    text = found[0].lstrip("0")
    return f" {ROMAN.index(text) + 1 if text in ROMAN else text}"


def listed(text: str) -> list[str]:
    """Return the names in a cell that has several: "X MIPA 1, 2 dan X IPS 1-3"."""
    bare = TO.sub("-", NEXT_GRADE.sub(", ", HOURS.sub("", text)))
    parts = [" ".join(BRACKETS.sub(" ", part).split()) for part in BETWEEN.split(bare)]
    names: list[str] = []
    for part in filter(None, parts):
        names += _range(_completed(part, names[-1]) if names else part)
    return names


def _completed(part: str, before: str) -> str:
    """Return the name of a class of which only the number is written again."""
    is_alike = part[0].isdigit() == before[-1].isdigit()
    if not (is_alike and NUMBER_ALONE.fullmatch(part) and NUMBER_BEHIND.search(before)):
        return part
    return NUMBER_BEHIND.sub("", before) + part


def _range(name: str) -> list[str]:
    """Return the classes of "X IPS 1-3", or the name as it is."""
    if found := FROM_TO.fullmatch(name):
        first, last = int(found[2]), int(found[3])
        if first < last < first + MOST_IN_A_RANGE:
            return [f"{found[1]}{number}" for number in range(first, last + 1)]
    return [name]

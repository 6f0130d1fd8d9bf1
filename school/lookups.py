"""Find what a typed name means: a teacher, a subject, a class."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from school import names
from school.grades import FIRST, GRADES
from school.models import SchoolClass, Subject, User
from school.models.users import address_of
from school.sheets.cells import folded

NEAR, MOST_NEAR = 0.5, 3
LEADING_GRADE = re.compile(rf"^(?:kelas\s+)?({'|'.join(sorted(GRADES, key=len, reverse=True))})\b")


class Lookup:
    """Rows by the names that people write for them; `labels` has how the screen says each."""

    def __init__(
        self,
        labels: Mapping[int, str],
        known: Mapping[int, Iterable[str]],
        *,
        has_titles: bool = False,
    ) -> None:
        self.labels, self.has_titles = labels, has_titles
        self._words = {pk: [_words(name) for name in spelled] for pk, spelled in known.items()}
        self._by_name: dict[str, set[int]] = {}
        for pk, spelled in known.items():
            for name in spelled:
                self._by_name.setdefault(folded(name), set()).add(pk)
        self._found: dict[str, int | None] = {}

    def find(self, text: str) -> int | None:
        """Return the row that a text names, in full or by words that only it has; else None."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> int | None:
        fitting = self.fitting(text)
        return fitting[0] if len(fitting) == 1 else None

    def fitting(self, text: str) -> list[int]:
        """Return the rows that a text may name, those that it names in full before all others."""
        for spelled in (text, self._bare(text)):
            if folded(spelled) and (same := self._by_name.get(folded(spelled))):
                return sorted(same)
        if not (words := _words(self._bare(text))):
            return []
        return [pk for pk, of in self._words.items() if any(_fits(words, one) for one in of)]

    def _bare(self, text: str) -> str:
        """Return a name without its titles, behind Pak or Bu if it says so: "Bu Sri Wahyuni"."""
        if not self.has_titles:
            return text
        spoken, plain = names.split_address(text)
        return f"{spoken} {names.split_titles(plain)[1]}".strip()

    def near(self, text: str) -> list[int]:
        """Return the rows whose names are most like a text, the likeliest first."""
        typed = folded(self._bare(text))
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(typed)
        likely: dict[int, float] = {}
        for name, pks in self._by_name.items():
            matcher.set_seq1(name)
            if matcher.quick_ratio() >= NEAR and (ratio := matcher.ratio()) >= NEAR:
                for pk in pks:
                    likely[pk] = max(ratio, likely.get(pk, 0))
        return sorted(likely, key=lambda pk: (-likely[pk], pk))[:MOST_NEAR]


def _words(text: str) -> list[str]:
    return [word for word in map(folded, re.split(r"[\s.,/-]+", text)) if word]


def _fits(typed: list[str], name: list[str]) -> bool:
    """Return whether each typed word begins a word of the name, in their order."""
    rest = iter(name)
    return all(any(word.startswith(one) for word in rest) for one in typed)


def teachers(people: Iterable[User], labels: Mapping[int, str]) -> Lookup:
    """Return who is found by name, with titles or without, NIP, user name, "Bu Retno".

    Pak and Bu are said of the right people: "Bu Hadi" is not Hadi Susanto.
    """
    known = {
        one.pk: [
            *{one.name, one.full_name, one.called, one.username, labels[one.pk], _spoken(one)},
            " ".join(names.words_of(one.name)),
            *([one.nip] if one.nip else []),
        ]
        for one in people
    }
    return Lookup(labels, known, has_titles=True)


def _spoken(person: User) -> str:
    return f"{address_of(person.honorific)} {names.split_address(person.name)[1]}"


def subjects(rows: Iterable[Subject]) -> Lookup:
    named = {one.pk: one.name for one in rows}
    return Lookup(named, {pk: [name] for pk, name in named.items()})


def classes(rows: Iterable[SchoolClass]) -> Lookup:
    """Return what is found by name; "10 MIPA 1" and "Kelas X MIPA 1" are X MIPA 1."""
    named = {one.pk: one.name for one in rows}
    return Lookup(
        named, {pk: {name, f"Kelas {name}", _in_digits(name)} for pk, name in named.items()}
    )


def _in_digits(name: str) -> str:
    return LEADING_GRADE.sub(lambda found: str(FIRST + GRADES.index(found[1])), name)

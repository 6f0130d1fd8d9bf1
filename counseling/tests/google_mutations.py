"""Files of Google as nobody has sent them yet: bent in ways drawn by a seed."""

import csv
import random
from datetime import timedelta
from io import StringIO

from counseling.tests.mutations import CODINGS, SEPARATORS, Mutant
from recaps.tests import google_files as files
from recaps.tests.google_files import Table
from school.tests.cast import Cast
from school.tests.import_files import SECRET, book

KINDS = ("CLASSROOM", "MEET", "FORM")
HEAD_ROWS = {"CLASSROOM": 3, "MEET": 1, "FORM": 1}
BAD: dict[str, dict[int, list[str]]] = {
    "CLASSROOM": {3: ["bagus", "-5", "1,2,3", "x" * 400], 4: ["ya"]},
    "MEET": {3: ["lama", "-3 min", "x" * 400]},
    "FORM": {},
}
"""Column → values for which a file is refused with the row."""


def sample(kind: str, cast: Cast) -> Table:
    """Return a good file, with somebody unknown and somebody of another class."""
    names = [student.name for student in (*cast.students, cast.foreign_students[0])]
    last = cast.period.ends_on
    if kind == "CLASSROOM":
        days = {"Tugas 1": last - timedelta(days=9), "Kuis": last, "Lama": "1/2/2003", "Nanti": ""}
        marks = [["90", "", "1", ""], ["", "0", "", "80"], ["0", "7,5", "missing", "8/10"]]
        return files.classroom(days, {n: marks[at % 3] for at, n in enumerate([*names, "Tamu"])})
    if kind == "MEET":
        said = ["40 min", "1 hr 2 min", "2 min", ""]
        return files.meet({n: said[at % 4] for at, n in enumerate([*names[1:], "Tamu"])})
    answers = ["Hadir", "Sakit", "izin (acara)", "Nyimak", "T"]
    return files.form(
        (
            last - timedelta(days=at % 3),
            name,
            "X MIPA 4" if at == 4 else "X MIPA 3",
            answers[at % 5],
        )
        for at, name in enumerate([*names, *names[:2], "Tamu"])
    )


def mutant(kind: str, cast: Cast, seed: str) -> Mutant:
    """Return a bent file; the same seed bends in the same way."""
    rng = random.Random(seed)
    table = [list(row) for row in sample(kind, cast)]
    made = Mutant(b"")
    for bend in rng.sample(BENDS, k=rng.randrange(4)):
        bend(rng, table, HEAD_ROWS[kind])
        made.done.append(bend.__name__)
    if BAD[kind] and rng.random() < 0.3:
        at, column = rng.randrange(HEAD_ROWS[kind], len(table)), rng.choice(list(BAD[kind]))
        table[at][column] = rng.choice(BAD[kind][column])
        made.broken = at + 1
        made.done.append(f"{table[at][column][:20]!r} in row {made.broken}")
    made.content = _written(rng, table, made)
    if rng.random() < 0.2:
        _damage(rng, made)
    return made


def capitals(rng: random.Random, table: Table, _head: int) -> None:
    for row in table:
        for at in range(3):
            row[at] = rng.choice([row[at], row[at].upper(), row[at].lower()])


def blanks(rng: random.Random, table: Table, _head: int) -> None:
    # UTF-16 without a mark is told by how a file begins.
    for row in table[1:]:
        for at, cell in enumerate(row):
            if cell and rng.random() < 0.3:
                row[at] = rng.choice([f" {cell}", f"{cell}\u00a0", f"\u200b{cell} ", f"{cell}\r\n"])


def rows_twice(rng: random.Random, table: Table, head: int) -> None:
    table.append(list(rng.choice(table[head:])))


def without_addresses(rng: random.Random, table: Table, head: int) -> None:
    for row in table[head:]:
        if not any(SECRET in cell for cell in row):
            row[:] = ["" if "@" in cell and rng.random() < 0.7 else cell for cell in row]


def misspelled(rng: random.Random, table: Table, head: int) -> None:
    for row in table[head:]:
        for at in range(3):
            if "@" not in row[at] and rng.random() < 0.3:
                row[at] = row[at].replace("i", "y").replace("0", "", 1)


def secrets(rng: random.Random, table: Table, head: int) -> None:
    # A cell with such a number is not read at all, so somebody else has to say who it is.
    for row in table[head:]:
        if rng.random() < 0.5 and any("@" in cell for cell in row):
            row[rng.randrange(2)] += f" {SECRET}"


def other_order(rng: random.Random, table: Table, head: int) -> None:
    below = table[head:]
    rng.shuffle(below)
    table[head:] = below


def formulas(rng: random.Random, table: Table, head: int) -> None:
    for row in table[head:]:
        if rng.random() < 0.4:
            row[1] = rng.choice(["=1+1", "-x", "+62", "<b>&", "{{ x }}"]) + row[1]


def blank_rows(rng: random.Random, table: Table, head: int) -> None:
    # Not among the rows of the head, and as empty cells, so that each row keeps its number.
    for _n in range(rng.randrange(1, 4)):
        table.append([""] * len(table[0]))


BENDS = (
    *(capitals, blanks, rows_twice, without_addresses, misspelled, secrets, other_order),
    *(formulas, blank_rows),
)


def _written(rng: random.Random, table: Table, made: Mutant) -> bytes:
    if rng.random() < 0.2:
        made.done.append("workbook")
        # A spreadsheet takes what begins like a formula for one.
        if "formulas" in made.done:
            made.is_read, made.broken = False, 0
        return book([[cell or None for cell in row] for row in table])
    coding, separator = rng.choice(CODINGS), rng.choice(SEPARATORS)
    made.done.append(f"{coding} {separator!r}")
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=rng.choice(["\n", "\r\n"])).writerows(
        table
    )
    return text.getvalue().encode(coding, "ignore")


def _damage(rng: random.Random, made: Mutant) -> None:
    """Cut the file off, or put noise into it: it is read or refused, whichever."""
    content = bytearray(made.content)
    at = rng.randrange(len(content))
    if rng.random() < 0.5:
        made.content = bytes(content[:at])
    else:
        content[at : at + 8] = rng.randbytes(8)
        made.content = bytes(content)
    made.done.append("damaged")
    made.is_read, made.broken = False, 0

"""Files of each kind as no school has them yet: bent in ways drawn by a seed, one row broken."""

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook

from school.tests.cast import Cast
from school.tests.import_files import SECRET
from workflow import clock

Table = list[list[Any]]
CODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")
SEPARATORS = ";,\t"
LONG = "x" * 400


@dataclass
class Sample:
    """A good file of a kind, and the values that no row of it may have."""

    head: list[str]
    rows: Table
    bad: dict[str, list[Any]]
    """Column → values that are refused."""


@dataclass
class Mutant:
    """A file, what was done to it, and the row that has to be named."""

    content: bytes
    done: list[str] = field(default_factory=list)
    broken: int = 0
    """The number of a row that is refused; 0 if none has to be."""
    is_read: bool = True
    """Whether it has to be read; else it may be refused as a whole."""


def samples(cast: Cast) -> dict[str, Sample]:
    """Return a good file of each kind for the small school."""
    students, day = cast.students, cast.period.ends_on
    first = cast.semester.starts_on
    return {
        "STUDENTS": Sample(
            ["Nama", "NIPD", "JK", "NISN", "Tanggal Lahir", "Rombel Saat Ini", "HP", "Nama Ayah"],
            [
                [
                    *(students[0].name, students[0].nis, "L", "0050000001", "2005-03-05"),
                    *("X MIPA 3", "0812345678", "Slamet"),
                ],
                *[
                    [
                        *(f"Siswa Baru {n}", 50000 + n, "P", f"005100000{n}", date(2005, 3, n)),
                        *("X MIPA 4", f"08570000000{n}", f"Ayah Siswa {n}"),
                    ]
                    for n in range(1, 6)
                ],
            ],
            {
                "Nama": [None, "123", LONG],
                "JK": [None, "X", "1"],
                "NIPD": [LONG],
                "NISN": ["123", "5.1E+9", "abc"],
                "Tanggal Lahir": ["31/02/2005", "kemarin", "2035-01-01"],
                "Rombel Saat Ini": [None, "2021-01-10", LONG],
                "Nama Ayah": ["123"],
            },
        ),
        "STAFF": Sample(
            ["Nama", "L/P", "NIP", "Nama Pengguna", "HP", "Jabatan"],
            [
                ["Hadi Susanto, S.Pd.", "L", "198609262015051001", "guru", "0812345678", "Guru"],
                *[
                    [
                        *(f"Dra. Guru Baru{n}, M.Pd.", "P", f"19860926201505100{n}", f"baru{n}"),
                        *(f"08570000000{n}", "Guru Muda"),
                    ]
                    for n in range(2, 7)
                ],
            ],
            {
                "Nama": [None, "-", LONG],
                "L/P": [None, "X"],
                "NIP": ["123", "1.98609262015051E+17"],
                "Nama Pengguna": ["a b", "é" * 5],
                "Jabatan": [LONG],
            },
        ),
        "ASSIGNMENTS": Sample(
            ["Guru", "Mapel", "Kelas"],
            [
                ["Hadi Susanto", "Kimia", "X MIPA 3"],
                ["Sri Lestari, S.Pd.", "Kimia", "X MIPA 4"],
                ["Agus Santoso", "Biologi", "X MIPA 3; X MIPA 4"],
                ["Budi Utomo", "Wali Kelas", "X MIPA 3"],
                ["Sri Lestari", "Matematika", "10 MIPA 3"],
            ],
            {"Mapel": [LONG], "Kelas": [None, "2021-01-10", LONG]},
        ),
        "PHONES": Sample(
            ["NIS", "Nama", "Hubungan", "Nama Orang Tua", "Nomor HP"],
            [[each.nis, each.name, "Ibu", "Suminah", f"0857{each.nis}11"] for each in students[:2]]
            + [[each.nis, each.name, "Ayah", "Slamet", 8123456789] for each in students[2:]],
            {
                "NIS": ["99999", LONG],
                "Nama": ["Orang Asing"],
                "Hubungan": ["tetangga"],
                "Nama Orang Tua": ["123", LONG],
                "Nomor HP": ["8.1E+10", "0" * 9 + "1" * 30],
            },
        ),
        "CLASS_LISTS": Sample(
            ["NIS", "Nama", "Kelas"],
            [[each.nis, each.name, "X MIPA 4"] for each in students],
            {"NIS": ["99999"], "Kelas": [None, "2021-01-10", LONG]},
        ),
        "HOLIDAYS": Sample(
            ["Mulai", "Selesai", "Nama Libur"],
            [
                [first + timedelta(days=n * 7), first + timedelta(days=n * 7 + 1), f"Libur {n}"]
                for n in range(5)
            ],
            {
                "Mulai": [None, "besok", "31/02/2021", "1/1/1999"],
                "Selesai": ["kapan", "1/1/1999"],
                "Nama Libur": [None, LONG],
            },
        ),
        "ATTENDANCE": Sample(
            ["NIS", "Nama", "Tanggal", "Kode"],
            [
                [each.nis, each.name, day - timedelta(days=n), "SIA"[n % 3]]
                for n, each in enumerate(students)
            ],
            {
                "NIS": ["99999"],
                "Tanggal": [None, "besok", date(2001, 1, 1), clock.today() + timedelta(days=3)],
                "Kode": [None, "X"],
            },
        ),
    }


def mutant(sample: Sample, seed: str) -> Mutant:
    """Return a bent file; the same seed bends in the same way."""
    rng = random.Random(seed)
    table = [list(row) for row in (sample.head, *sample.rows)]
    made = Mutant(b"")
    for bend in rng.sample(BENDS, k=rng.randrange(4)):
        bend(rng, table)
        made.done.append(bend.__name__)
    if rng.random() < 0.5:
        _break_a_row(rng, table, sample, made)
    rows = _rows_around(rng, table, made)
    made.content = _written(rng, rows, made)
    if rng.random() < 0.15:
        _damage(rng, made)
    return made


# Bends that change nothing of what the file says


def other_order(rng: random.Random, table: Table) -> None:
    order = list(range(len(table[0])))
    rng.shuffle(order)
    table[:] = [[row[at] for at in order] for row in table]


def other_heads(rng: random.Random, table: Table) -> None:
    ways: tuple[Callable[[str], str], ...] = (
        str.upper,
        str.lower,
        lambda name: f" {name} ",
        lambda name: name.replace(" ", "\n"),
        lambda name: name.replace(" ", "\u00a0"),
        lambda name: f"{name}:",
    )
    table[0] = [rng.choice(ways)(name) for name in table[0]]


def more_columns(rng: random.Random, table: Table) -> None:
    for name in rng.sample(["NIK", "No KK", "Nomor Rekening Bank", "Agama", "", "Nomor KIP"], k=2):
        at = rng.randrange(len(table[0]) + 1)
        for number, row in enumerate(table):
            row.insert(at, SECRET if number else name)


def blanks_in_cells(rng: random.Random, table: Table) -> None:
    for row in table[1:]:
        for at, cell in enumerate(row):
            if isinstance(cell, str) and rng.random() < 0.4:
                row[at] = rng.choice([f" {cell}", f"{cell}\u00a0", f"\u200b{cell} ", f"{cell}\r\n"])


def numbers_as_numbers(_rng: random.Random, table: Table) -> None:
    for row in table[1:]:
        for at, cell in enumerate(row):
            if isinstance(cell, str) and cell.isdecimal() and len(cell) < 15:
                row[at] = float(cell)


def numbers_as_text(rng: random.Random, table: Table) -> None:
    for row in table[1:]:
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                row[at] = rng.choice([str(cell), f"'{cell}"])


def other_days(rng: random.Random, table: Table) -> None:
    ways: tuple[Callable[[date], Any], ...] = (
        date.isoformat,
        lambda day: f"{day:%d/%m/%Y}",
        lambda day: f"{day.day}-{day.month}-{day.year}",
        lambda day: datetime.combine(day, time()),
        lambda day: (day - date(1899, 12, 30)).days,
        lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    )
    for row in table[1:]:
        for at, cell in enumerate(row):
            if isinstance(cell, date):
                row[at] = rng.choice(ways)(cell)


MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
MONTHS = MONTHS.split()


def rows_twice(rng: random.Random, table: Table) -> None:
    table.append(list(rng.choice(table[1:])))


def dashes(rng: random.Random, table: Table) -> None:
    for row in table:
        row.append(rng.choice(["-", None, "–"]))
    table[0][-1] = "Keterangan Lain"


BENDS = (
    *(other_order, other_heads, more_columns, blanks_in_cells, numbers_as_numbers),
    *(numbers_as_text, other_days, rows_twice, dashes),
)


def _break_a_row(rng: random.Random, table: Table, sample: Sample, made: Mutant) -> None:
    """Put a bad value into a row; which one is found by its place after all bends."""
    # The first row may be of somebody whom the school knows by something else too.
    at = rng.randrange(2, len(sample.rows) + 1)
    name = rng.choice(list(sample.bad))
    heads = ["".join(filter(str.isalnum, str(head).casefold())) for head in table[0]]
    place = heads.index("".join(filter(str.isalnum, name.casefold())))
    table[at][place] = rng.choice(sample.bad[name])
    made.broken = at
    made.done.append(f"{name} = {str(table[at][place])[:20]}")


def _rows_around(rng: random.Random, table: Table, made: Mutant) -> Table:
    """Return the table with titles above, blank rows within and notes below."""
    rows: Table = []
    if rng.random() < 0.5:
        rows = [["DAFTAR SEKOLAH"], ["SMA Negeri 1 Contoh"], []][: rng.randrange(1, 4)]
    numbers: dict[int, int] = {}
    for at, row in enumerate(table):
        if at > 1 and rng.random() < 0.15:
            rows.append([])
        rows.append(row)
        numbers[at] = len(rows)
        if at == 0 and rng.random() < 0.2:
            rows.append([f"({n})" for n in range(1, len(row) + 1)] if len(row) > 2 else [])
    made.broken = numbers.get(made.broken, 0) if made.broken else 0
    if rng.random() < 0.3:
        rows += [[], [None, "Mengetahui,"], [None, "Kepala Sekolah"], ["NIP. 1986"]]
    return rows


def _written(rng: random.Random, rows: Table, made: Mutant) -> bytes:
    if rng.random() < 0.55:
        return _book(rng, rows)
    coding, separator = rng.choice(CODINGS), rng.choice(SEPARATORS)
    made.done.append(f"{coding} {separator!r}")
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator=rng.choice(["\n", "\r\n"]))
    writer.writerows([[_as_text(cell) for cell in row] for row in rows])
    return text.getvalue().encode(coding, "ignore")


def _as_text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return "" if cell is None else str(cell)


def _book(rng: random.Random, rows: Table) -> bytes:
    made = Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    if rng.random() < 0.3:
        sheet.row_dimensions[3].hidden = sheet.column_dimensions["B"].hidden = True
    if rng.random() < 0.3:
        made.create_sheet("Petunjuk").append(["Isi di lembar pertama"])
    if rng.random() < 0.2:
        sheet.cell(row=1, column=30, value="=1+1")
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _damage(rng: random.Random, made: Mutant) -> None:
    """Cut the file off, or put noise into it: it is read or refused, whichever."""
    content = bytearray(made.content)
    if rng.random() < 0.5:
        made.content = bytes(content[: rng.randrange(len(content))])
    else:
        at = rng.randrange(len(content))
        content[at : at + 8] = rng.randbytes(8)
        made.content = bytes(content)
    made.done.append("damaged")
    made.is_read, made.broken = False, 0


def told(mutants: Sequence[Mutant]) -> str:
    return "; ".join(", ".join(each.done) for each in mutants)

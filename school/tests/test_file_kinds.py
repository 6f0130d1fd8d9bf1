"""What holds for each kind of file, whichever it is."""

import pytest
from django.db.models import Model

from school.imports import class_names, staff_rows
from school.imports.kinds import KINDS
from school.imports.lessons import LONGEST_SUBJECT
from school.imports.reading import WhichKind, read
from school.models import SchoolClass, Subject, User
from school.tests.import_files import book
from school.workflow.changes import FROM_FILES

HEADS = [
    ("Nama NIS L/P Kelas", "STUDENTS"),
    ("No. Nama NIPD JK NISN Rombel HP", "STUDENTS"),
    ("Nama L/P NIP Pangkat", "STAFF"),
    ("Nama JK NIP HP Email Alamat", "STAFF"),
    ("Guru Mapel Kelas", "ASSIGNMENTS"),
    ("NIP Mapel Kelas Jam", "ASSIGNMENTS"),
    ("NIS Nama Kelas Hubungan HP", "PHONES"),
    ("NIS Nama Kelas HP_Ayah HP_Ibu", "PHONES"),
    ("NIS Nama Kelas", "CLASS_LISTS"),
    ("Nama Kelas_Baru", "CLASS_LISTS"),
    ("Tanggal Keterangan", "HOLIDAYS"),
    ("Mulai Selesai Libur", "HOLIDAYS"),
    ("Nama Kelas Tanggal Keterangan", "ATTENDANCE"),
    ("NIS Tgl Kode", "ATTENDANCE"),
]


@pytest.mark.parametrize(("head", "kind"), HEADS)
def test_the_kind_of_a_file_is_told_by_its_columns(head: str, kind: str) -> None:
    names = [name.replace("_", " ") for name in head.split()]
    assert read(book([["SMA Contoh"], names, ["x"] * len(names)])).kind.code == kind


def test_each_kind_of_file_is_told_in_one_of_these_heads() -> None:
    assert {kind for _head, kind in HEADS} == set(KINDS)


def test_what_comes_from_a_file_is_undone_for_a_day_and_then_forgotten() -> None:
    assert {kind.change for kind in KINDS.values()} == set(FROM_FILES)


@pytest.mark.parametrize(
    ("longest", "model", "field"),
    [
        (class_names.LONGEST, SchoolClass, "name"),
        (LONGEST_SUBJECT, Subject, "name"),
        *((length, User, name) for name, length in staff_rows.LONGEST.items()),
    ],
)
def test_a_file_may_say_as_much_as_the_column_holds(
    longest: int, model: type[Model], field: str
) -> None:
    assert longest == model._meta.get_field(field).max_length


def test_a_file_of_two_kinds_is_asked_about() -> None:
    file = book([["Nama", "L/P", "NIP", "Mapel", "Kelas"], ["Sri", "P", "1986", "Fisika", "X"]])
    with pytest.raises(WhichKind, match="Staf, Tugas mengajar"):
        read(file)
    assert read(file, "ASSIGNMENTS").kind.code == "ASSIGNMENTS"

"""Files of other programs: none is taken for a list of the school, and each is named."""

import pytest

from school.imports.reading import read
from school.sheets.errors import NotReadable
from school.tests.import_files import book

pytestmark = pytest.mark.once

ANSWERS = "Timestamp,Email Address,Nama Lengkap,Kelas,Kehadiran"
ONE = "8/3/2020 7:54:11,krisna@siswa.sch.id,Krisna Safitri,X MIPA 1,Hadir"
CLASSROOM = """\ufeffLast Name,First Name,Email Address,Tugas 1,"Tugas 2, Grafik"
Date,,,2020-08-03,2020-08-10
Points,,,100,100
Safitri,Krisna,krisna@siswa.sch.id,,80"""
MEET = """First name,Last name,Email,Duration,Time joined,Time exited
Krisna,Safitri,krisna@siswa.sch.id,34 min,7:32 AM,8:27 AM"""


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_attendance_that_a_form_asked_for_is_read() -> None:
    found = read(csv(ANSWERS, ONE))
    assert found.kind.code == "ATTENDANCE"
    assert found.rows[0].cells["day"] == "8/3/2020 7:54:11"


@pytest.mark.parametrize(
    "head",
    [
        "Timestamp,Email Address,Nama Lengkap,Kelas",
        "Stempel waktu,Nama,Kelas,Apakah kamu hadir?",
        "Cap waktu,Nama,L/P,NIS,Kelas",
        "Nama,L/P,Jabatan,Timestamp",
        "Alamat Email,Nama,Kelas",
        "Timestamp,Saran,Kesan,Pesan",
    ],
)
def test_answers_to_a_form_are_no_list_of_the_school(head: str) -> None:
    with pytest.raises(NotReadable, match="jawaban formulir"):
        read(csv(head, "a,b,c,d"))


@pytest.mark.parametrize("kind", ["CLASS_LISTS", "STUDENTS", "STAFF"])
def test_answers_stay_answers_whatever_is_chosen(kind: str) -> None:
    with pytest.raises(NotReadable, match="hapus kolom “Stempel waktu”"):
        read(csv("Stempel waktu,Nama,L/P,NIS,Kelas,Jabatan", "a,b,L,1,X,Guru"), kind)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Timestamp,Nama Siswa,Kelas,Hubungan,Nama Orang Tua,HP", "PHONES"),
        ("Nama,Kelas,Alamat Email", "CLASS_LISTS"),
        ("Nama,L/P,NIS,Kelas,E-Mail", "STUDENTS"),
    ],
)
def test_phones_of_a_form_and_lists_with_addresses_are_read(head: str, kind: str) -> None:
    assert read(csv(head, "Anak,X MIPA 1,1,X,a,b")).kind.code == kind


@pytest.mark.parametrize("kind", ["", "ATTENDANCE", "ASSIGNMENTS"])
@pytest.mark.parametrize(
    ("text", "said"), [(CLASSROOM, "nilai Google Classroom"), (MEET, "peserta Google Meet")]
)
def test_files_of_classroom_and_meet_are_named(text: str, said: str, kind: str) -> None:
    for content in (text.encode(), book([[line] for line in text.split("\n")])):
        with pytest.raises(NotReadable, match=said):
            read(content, kind)


def test_a_table_looks_like_a_kind_if_it_has_half_of_what_that_needs() -> None:
    with pytest.raises(NotReadable, match="mirip “Siswa”"):
        read(csv("Nama Siswa,L/P,Catatan", "Krisna,P,x"))
    with pytest.raises(NotReadable, match="Judul kolom tidak ditemukan"):
        read(csv("L/P,Catatan", "P,x"))

"""What schools write into cells: each is read as it is meant, or refused in words."""

from datetime import date
from typing import Any

import pytest

from school import names
from school.imports import fields
from school.imports.class_names import key_of, listed
from school.imports.days import Days
from school.imports.plan import Plan, Refused
from school.imports.reading import read
from school.models import Student, User
from school.tests.cast import Cast, small_school
from school.tests.factories import days_ago
from school.tests.import_files import SECRET, book, imported, plan_for

pytestmark = pytest.mark.once

HEAD = ["No", "Nama", "NIPD", "JK", "NISN", "Tanggal Lahir", "Rombel Saat Ini", "HP"]
NIP = "198609262015051001"


def student(**other: Any) -> dict[str, Any]:
    said = ("Anak Baru", "50001", "L", "0051234561", "2005-03-05", "X MIPA 3", "0812345678")
    return dict(zip(HEAD[1:], said, strict=True)) | other


def plan_of(cast: Cast, **other: Any) -> Plan:
    row = student(**other)
    return plan_for(book([HEAD, [1, *row.values()]]), cast.operator)


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.mark.parametrize(
    "text",
    [
        *("Temanggung, 12 Agustus 2005", "TEMANGGUNG 12 AGUSTUS 2005", "Temanggung/12-08-2005"),
        *("Kab. Temanggung - 12/8/2005", "Temanggung; 12 Agt 05", "Jumat 12 Agustus 2005"),
        *("12 Agustus, 2005", "Agustus 12, 2005", "August 12 2005", "12/08/2005.", "38576"),
        *("2005-08-12T00:00:00.000Z", "2005/08/12 7:12:33 AM GMT+7", "12/8/2005, 07:12"),
    ],
)
def test_a_day_is_found_behind_a_place_and_before_an_hour(text: str) -> None:
    assert Days().read(text) == date(2005, 8, 12)


@pytest.mark.parametrize("text", ["12 Agusuts 2005", "0000-00-00", "23-24, 27 Mei 2005", "2005"])
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    with pytest.raises(Refused):
        Days().read(text)


@pytest.mark.parametrize(
    "text", ["51234561.0", "51234561,00", "'0051234561", "‘0051234561", "`0051234561"]
)
@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_nisn_is_ten_digits_whatever_a_program_put_around_it(cast: Cast, text: str) -> None:
    plan = plan_of(cast, NISN=text, NIPD="50001.0")
    (made,) = [row for write in plan.writes for row in write.rows if isinstance(row, Student)]
    assert (made.nisn, made.nis) == ("0051234561", "50001")


@pytest.mark.parametrize(
    ("text", "number", "has_more"),
    [
        ("081234567890.0", "6281234567890", False),
        ("0062812345678", "62812345678", False),
        ("0812-0812-3456", "6281208123456", False),
        ("081234567890 085711112222", "6281234567890", True),
        ("081234567890-085711112222", "6281234567890", True),
        ("0812 3456 7890 (Ayah) 0857 1111 2222 (Ibu)", "6281234567890", True),
        ("081234567890|085711112222", "6281234567890", True),
        ("0812 3456 7890 (WA)", "6281234567890", False),
        ("tidak punya", "", False),
    ],
)
def test_of_several_phones_the_first_is_taken(text: str, number: str, has_more: bool) -> None:
    assert fields.phone(text) == (number, has_more)


@pytest.mark.django_db
@pytest.mark.sqlite
def test_the_operator_is_told_of_a_second_phone(cast: Cast) -> None:
    plan = plan_of(cast, HP="081234567890 / 085711112222")
    assert [(r.said, r.rows) for r in plan.remarks] == [
        ("Ada beberapa nomor dalam satu sel: hanya nomor pertama yang diambil.", (2,))
    ]


@pytest.mark.parametrize(
    ("text", "nip"),
    [
        *((f"NIP. {NIP}", NIP), (f"{NIP}.0", NIP), (f"NIPPPK {NIP[:8]} {NIP[8:]}", NIP)),
        *(("Honorer", ""), ("non PNS", ""), ("GTT", "")),
    ],
)
def test_a_nip_has_a_label_or_is_none(text: str, nip: str) -> None:
    assert fields.nip(text) == nip


def test_a_wrong_nip_is_refused_with_the_number_of_its_digits() -> None:
    with pytest.raises(Refused, match="17 angka"):
        fields.nip(NIP[:-1] + "l")


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Siti Aminah S.Pd.", ("", "Siti Aminah", "S.Pd.")),
        ("Siti Aminah S. Pd., M.Pd", ("", "Siti Aminah", "S. Pd., M.Pd")),
        ("Drs.Bambang Sutopo", ("Drs.", "Bambang Sutopo", "")),
        ("Dr.H.Bambang, M.Pd", ("Dr. H.", "Bambang", "M.Pd")),
        ("I Gede A. Putra", ("", "I Gede A. Putra", "")),
        ("M.Agus Salim", ("", "M.Agus Salim", "")),
    ],
)
def test_titles_are_told_from_names(full: str, parts: tuple[str, str, str]) -> None:
    assert names.split_titles(full) == parts


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Pak Slamet Mulyono", ("Pak", "Slamet Mulyono")),
        ("Bpk.Slamet", ("Pak", "Slamet")),
        ("BAPAK Drs. Slamet", ("Pak", "Drs. Slamet")),
        ("Sdr. Slamet", ("Pak", "Slamet")),
        ("Ibu Dra. Sri Wahyuni", ("Bu", "Dra. Sri Wahyuni")),
        ("bu Sri", ("Bu", "Sri")),
        *((name, ("", name)) for name in ("Ibunda Sari", "Bupati Jaya", "Pakualam", "Ibu", "Bu.")),
    ],
)
def test_pak_and_bu_are_told_from_names(full: str, parts: tuple[str, str]) -> None:
    assert names.split_address(full) == parts


@pytest.mark.django_db
@pytest.mark.sqlite
def test_pak_and_bu_are_no_part_of_the_name_of_staff(cast: Cast) -> None:
    head = ["Nama", "L/P", "NIP"]
    rows = [
        ["1. Pak Slamet Mulyono, S.Pd.", None, None],
        ["Ibu Dra. Ibunda Sari", None, None],
        ["Bpk. Wahyu Ningsih", "P", None],
    ]
    assert imported(cast.operator, book([head, *rows])).status_code == 302
    columns = ("username", "honorific", "title_before", "name", "title_after")
    made = User.objects.filter(username__in=["slamet.mulyono", "ibunda.sari", "wahyu.ningsih"])
    assert list(made.order_by("pk").values_list(*columns)) == [
        ("slamet.mulyono", "BAPAK", "", "Slamet Mulyono", "S.Pd."),
        ("ibunda.sari", "IBU", "Dra.", "Ibunda Sari", ""),
        ("wahyu.ningsih", "IBU", "", "Wahyu Ningsih", ""),
    ]
    again = plan_for(book([head, *rows]), cast.operator)
    assert (again.new, again.changed, again.open_questions) == ([], [], [])
    (refusal,) = plan_for(book([head, ["Ibunda Sari", None, "-"]]), cast.operator).refusals
    assert "L atau P" in refusal.why


@pytest.mark.django_db
@pytest.mark.sqlite
def test_staff_who_have_pak_in_their_name_are_found_and_lose_it(cast: Cast) -> None:
    User.objects.filter(pk=cast.guru.pk).update(name="Pak Hadi Susanto")
    plan = plan_for(book([["Nama", "L/P", "NIP"], ["Hadi Susanto", "L", None]]), cast.operator)
    (line,) = plan.changed
    assert [(field.was, field.becomes) for field in line.fields] == [
        ("Pak Hadi Susanto", "Hadi Susanto")
    ]


@pytest.mark.django_db
@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        *(("Bapak Hadi Susanto", True), ("Bpk. Hadi Susanto, S.Pd.", True), ("Pak Hadi", True)),
        *(("Hadi Susanto", True), ("Sdr. Susanto", True), ("Bu Hadi Susanto", False)),
    ],
)
@pytest.mark.parametrize("stored", ["Hadi Susanto", "Pak Hadi Susanto"])
def test_a_teacher_is_found_with_pak_or_without(
    cast: Cast, typed: str, stored: str, *, is_found: bool
) -> None:
    User.objects.filter(pk=cast.guru.pk).update(name=stored)
    rows = [[typed, "Matematika", "X MIPA 3"], [typed, "Wali Kelas", "X MIPA 3"]]
    plan = plan_for(book([["Guru", "Mapel", "Kelas"], *rows]), cast.operator)
    assert bool(plan.open_questions) is not is_found


@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_degree_without_a_comma_makes_nobody_new(cast: Cast) -> None:
    file = book([["Nama", "L/P", "NIP"], ["Sri Lestari S.Pd", "P", "Honorer"]])
    plan = plan_for(file, cast.operator)
    assert ([line.who for line in plan.changed], plan.new) == (["Sri Lestari, S.Pd"], [])
    assert User.objects.filter(name="Sri Lestari").count() == 1


@pytest.mark.parametrize("head", ["Tempat/Tgl Lahir", "Tempat, Tgl. Lahir", "TTL"])
def test_place_and_day_of_birth_stand_in_one_column(head: str) -> None:
    names = ["Nama", "NIS", "L/P", head, "Kelas"]
    found = read(book([names, ["Anak", 1, "L", "Solo, 1-2-2005", "X"]]))
    assert [row["birth_date"] for row in found.rows] == ["Solo, 1-2-2005"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("X MIPA 1, 2 dan 4", ["X MIPA 1", "X MIPA 2", "X MIPA 4"]),
        ("X IPA 1-3", ["X IPA 1", "X IPA 2", "X IPA 3"]),
        ("X IPA 1 s/d 2; XI IPS 1", ["X IPA 1", "X IPA 2", "XI IPS 1"]),
        ("X IPA 1 X IPA 2", ["X IPA 1", "X IPA 2"]),
        ("X IPA I, II", ["X IPA I", "X IPA II"]),
        ("X IPA (1, 2)", ["X IPA 1", "X IPA 2"]),
        ("X IPA 3 (4 jam)", ["X IPA 3"]),
        ("X, XI", ["X", "XI"]),
        ("X-IPA-1", ["X-IPA-1"]),
        ("10-3", ["10-3"]),
    ],
)
def test_a_cell_names_several_classes(cell: str, names: list[str]) -> None:
    assert listed(cell) == names


def test_a_class_has_its_number_in_any_writing() -> None:
    alike = ("X MIPA 3", "X MIPA III", "X-MIPA-03", "10 mipa 3", "Kelas X.MIPA.3")
    assert {key_of(name) for name in alike} == {"xmipa3"}
    assert len({key_of(name) for name in ("XI", "X 1", "XI 1", "X IPA 11", "X IPA 1")}) == 5
    assert key_of("Melati") == "melati"


@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_bare_grade_or_a_dash_becomes_no_class(cast: Cast) -> None:
    assert [q.usual for q in plan_of(cast, **{"Rombel Saat Ini": "X"}).questions] == [""]
    (refusal,) = plan_of(cast, **{"Rombel Saat Ini": "-"}).refusals
    assert refusal.why.startswith("Kelasnya kosong.")


@pytest.mark.parametrize(
    "cell",
    [
        *("Kamis-Sabtu, {0}-{1} {2} {3}", "{0} dan {1} {2} {3}", "{0} {2} s.d. {1} {2} {3}"),
        *("{0}-{1}/{4}/{3}", "{0}/{4}/{3}-{1}/{4}/{3}", "Kamis, {0} {2} {3} - Jumat, {1} {2} {3}"),
    ],
)
@pytest.mark.django_db
@pytest.mark.sqlite
def test_the_days_of_a_holiday_stand_in_one_cell(cast: Cast, cell: str) -> None:
    month = days_ago(40)
    said = cell.format(10, 11, f"{month:%B}", month.year, month.month)
    file = book([["Tanggal", "Keterangan"], [said, "Libur"]])
    plan = plan_for(file, cast.operator)
    assert not plan.refusals
    (policy,) = [row for write in plan.writes for row in write.rows]
    days = [(each.first.day, each.last.day) for each in policy.holidays]  # type: ignore[attr-defined]
    assert days == [(10, 11)]


@pytest.mark.parametrize(
    ("code", "said"),
    [("Sakit (surat dokter)", "S"), ("Izin acara keluarga", "I"), ("TK", "A"), ("Hadir", "hadir")],
)
@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_form_says_who_was_away_and_when(cast: Cast, code: str, said: str) -> None:
    day = cast.period.ends_on
    head = ["Timestamp", "Nama Lengkap", "Kelas", "Status Kehadiran"]
    row = [f"{day:%d/%m/%Y} 07:12:33", cast.students[0].name, "X MIPA 3", code]
    file = book([head, row])
    assert read(file).kind.code == "ATTENDANCE"
    plan = plan_for(file, cast.operator)
    assert [field.becomes for line in plan.recorded for field in line.fields] == [said]


@pytest.mark.parametrize(
    ("relation", "field"), [("Bpk", "HP ayah"), ("Bunda", "HP ibu"), ("Saudara", "HP wali")]
)
@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_form_says_whose_phone_it_is(cast: Cast, relation: str, field: str) -> None:
    head = ["Timestamp", "Nama Lengkap Siswa", "Kelas", "Nama Orang Tua/Wali"]
    head += ["Hubungan dengan Siswa", "Nomor HP/WA Orang Tua/Wali"]
    row = ["7/13/2021", cast.students[0].name, "X MIPA 3", "Slamet", relation, "0812345678"]
    plan = plan_for(book([head, row]), cast.operator)
    labels = [str(each.label) for line in (*plan.new, *plan.changed) for each in line.fields]
    assert field in labels


def test_the_name_of_a_sheet_is_no_way_for_a_nik() -> None:
    rows = [["Nama", "NIS", "L/P", "Kelas"], ["Anak", 1, "L", "X"]]
    found = read(book(rows, rows, change=lambda made: setattr(made.worksheets[1], "title", SECRET)))
    assert SECRET not in repr(found)

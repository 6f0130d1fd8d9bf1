"""The guides of each office, and the section of them that belongs to a page."""

import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from school.models import User
from school.roles import (
    ANYONE,
    COUNSELOR,
    HOMEROOM,
    OPERATOR,
    PRINCIPAL,
    STUDENT_AFFAIRS,
    TEACHER,
    VISITOR,
    Role,
)
from school.ties import ties_of

GUIDES_DIR = settings.BASE_DIR / "docs" / "panduan"
PICTURES_DIR = GUIDES_DIR / "gambar"
PICTURES_URL = "gambar/"
PICTURE = "gambar"
"""The parameter of the help page that asks for a picture of the guides."""

GUIDES: dict[str, tuple[Role, ...]] = {
    "wali-kelas": (HOMEROOM,),
    "guru": (TEACHER,),
    "bk": (COUNSELOR,),
    "kepala-sekolah": (PRINCIPAL,),
    "waka": (STUDENT_AFFAIRS,),
    "operator": (OPERATOR,),
    "kunjungan": (VISITOR,),
    "umum": (ANYONE,),
}
"""Guide → whose it is, in the order in which somebody with several roles reads them."""

RECAPS = ("guru-mengisi", "wali-kelas-rekap-kelas", "bk-rekap-kelas")
LISTS = ("wali-kelas-rekap-kelas", "bk-rekap-kelas")
DAILY = ("wali-kelas-kehadiran-harian", *LISTS)
CASES = ("bk-kasus", "wali-kelas-kasus", "kepala-sekolah-kasus", "umum-siswa")
CALENDAR = ("bk-kalender", "kepala-sekolah-kalender", "kunjungan-petugas-kunjungan")
VISITS = ("bk-kasus", "kepala-sekolah-persetujuan", "kunjungan-petugas-kunjungan")
FOLLOW_UPS = (
    *("bk-tindak-lanjut", "guru-tindak-lanjut-untuk-saya", "wali-kelas-tindak-lanjut-untuk-saya"),
    "umum-beranda",
)
STUDENTS = ("umum-siswa",)
PEOPLE = ("operator-guru-dan-staf",)
OFFICES = ("operator-jabatan",)
REQUESTS = ("kepala-sekolah-permintaan-operator", "bk-koordinator", *OFFICES)
USUAL = "umum-beranda"
REPLACEMENTS = ("operator-guru-diganti-kelas-digabungkan",)
NEW_YEAR = ("operator-tahun-pelajaran-baru",)
GOINGS = ("operator-siswa-pindah-masuk-dan-keluar",)
SECTIONS: dict[str, tuple[str, ...]] = {
    "recaps:my_recaps": ("guru-rekap-saya", USUAL),
    "recaps:recap": ("guru-setelah-diserahkan", *LISTS),
    "recaps:return_recap": ("wali-kelas-susulan-dan-pengembalian",),
    "recaps:class_list": LISTS,
    "recaps:class_lists": LISTS,
    "recaps:class_list_student": LISTS,
    "recaps:class_list_knowledge": LISTS,
    "recaps:class_list_hand_over": LISTS,
    "recaps:attendance": DAILY,
    "recaps:attendance_day": DAILY,
    "recaps:attendance_file": ("wali-kelas-kehadiran-dari-file",),
    "recaps:attendance_template": ("wali-kelas-kehadiran-dari-file",),
    "recaps": RECAPS,
    "cases:new": ("bk-kasus-baru",),
    "cases:log_contact": ("bk-mencatat-kontak", "wali-kelas-kasus"),
    **dict.fromkeys(
        (
            *("cases:write_note", "cases:confidential_notes", "cases:confidential_note"),
            *("cases:correct_note", "cases:delete_note", "cases:read_left", "cases:pass_on"),
        ),
        ("bk-catatan-rahasia",),
    ),
    "cases:assign": ("bk-koordinator",),
    "cases:give_class": ("bk-koordinator",),
    **dict.fromkeys(
        ("cases:hand_over", "cases:hand_over_all", "cases:hand_over_class"),
        ("bk-serah-terima-kasus",),
    ),
    "cases": CASES,
    "homevisits:progress": ("bk-laporan-progres", "kepala-sekolah-laporan"),
    "homevisits:progress_cases": ("bk-laporan-progres", "kepala-sekolah-laporan"),
    **dict.fromkeys(("homevisits:month", "homevisits:week"), CALENDAR),
    "homevisits:day": ("bk-kalender", "kunjungan-petugas-kunjungan", "kepala-sekolah-kalender"),
    **dict.fromkeys(
        ("homevisits:photos", "homevisits:sign_report", "homevisits:sign_consent"),
        ("bk-foto-dan-tanda-tangan", "kunjungan-petugas-kunjungan"),
    ),
    **dict.fromkeys(
        ("homevisits:schedule", "homevisits:reschedule"), ("bk-menjadwalkan-kunjungan",)
    ),
    "homevisits:feed": ("umum-akun",),
    "homevisits": VISITS,
    "support:follow_ups": ("bk-tindak-lanjut",),
    "support:agree": ("bk-tindak-lanjut",),
    **dict.fromkeys(("support:follow_up", "support:finish"), FOLLOW_UPS),
    **dict.fromkeys(("support:put_off", "support:drop"), ("bk-tindak-lanjut",)),
    "support": ("bk-bantuan-untuk-siswa", "kepala-sekolah-persetujuan"),
    "reports": ("wali-kelas-laporan", "kepala-sekolah-laporan", "umum-laporan"),
    "school:account": ("umum-akun",),
    "account_change_password": ("umum-akun",),
    "school:students": ("umum-siswa",),
    **dict.fromkeys(("school:give_office", "school:end_office", "school:ask_for"), OFFICES),
    "school:office_requests": REQUESTS,
    "school:office_request": REQUESTS,
    "school:answer_office_request": REQUESTS,
    **dict.fromkeys(
        ("school:people", "school:person", "school:add_person", "school:person_history"), PEOPLE
    ),
    "school:correct_student": STUDENTS,
    "school:add_guardian": STUDENTS,
    "school:correct_guardian": STUDENTS,
    "school:add_student": ("operator-data-siswa",),
    "school:edit_student": ("operator-data-siswa",),
    "school:student_history": ("operator-data-siswa",),
    "school:delete_guardian": ("operator-data-siswa",),
    **dict.fromkeys(
        (
            *("school:classes", "school:add_class", "school:class", "school:class_history"),
            *("school:add_classes", "school:class_order", "school:homeroom", "school:end_homeroom"),
            "school:homerooms",
        ),
        ("operator-kelas-dan-wali-kelas",),
    ),
    **dict.fromkeys(
        (
            *("school:teaching", "school:teaching_matrix", "school:paste_teaching"),
            "school:subject_teachers",
        ),
        ("operator-tugas-mengajar",),
    ),
    **dict.fromkeys(
        (
            *("school:groups", "school:add_group", "school:group", "school:group_history"),
            *("school:join_group", "school:leave_group", "school:group_teachers"),
        ),
        ("operator-kelompok",),
    ),
    "school:counselors": ("operator-guru-bk-tiap-kelas",),
    "school:move_class": GOINGS,
    "school:arrive": GOINGS,
    "school:leave": GOINGS,
    "school:replace_teacher": REPLACEMENTS,
    "school:pass_classes": REPLACEMENTS,
    "school:merge_class": REPLACEMENTS,
    "school:new_year": NEW_YEAR,
    "school:new_year_classes": NEW_YEAR,
    "school:new_year_class": NEW_YEAR,
    "school:new_year_students": NEW_YEAR,
    "school:new_year_student": NEW_YEAR,
    "school:new_year_file": NEW_YEAR,
    "school:new_year_check": NEW_YEAR,
    "school:changes": ("operator-riwayat-perubahan",),
    "school:change": ("operator-riwayat-perubahan",),
    **dict.fromkeys(
        (
            f"school:{name}{page}"
            for name in ("semester", "recap_period", "policy", "school_days")
            for page in ("", "_history")
        ),
        ("operator-semester",),
    ),
    **dict.fromkeys(
        (
            f"school:{name}"
            for name in (
                *("semesters", "add_semester", "recap_periods", "add_recap_period"),
                "first_recap",
            )
        ),
        ("operator-semester",),
    ),
    **dict.fromkeys(
        (
            f"school:{name}{page}"
            for name in ("profile", "letterhead", "letter_numbers")
            for page in ("", "_history")
        ),
        ("operator-kop-surat",),
    ),
    **dict.fromkeys(
        (
            *("school:imports", "school:import_plan", "school:import_discard"),
            *("school:import_template", "school:import_progress", "school:import_refused"),
        ),
        ("operator-data-dari-file",),
    ),
    "school": ("operator-data-sekolah",),
    **dict.fromkeys(
        (
            *("mfa_index", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn"),
            *("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"),
            *("mfa_remove_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        ),
        ("umum-verifikasi-dua-langkah",),
    ),
    "sessions": ("umum-akun",),
    "search": ("umum-mencari",),
    "student": ("wali-kelas-catatan-siswa", "bk-catatan-siswa", "umum-siswa"),
    "student_record": ("wali-kelas-catatan-siswa", "bk-catatan-siswa", "umum-siswa"),
    "home": ("kepala-sekolah-beranda", "operator-memulai-sekolah-baru", USUAL),
    "help": (USUAL,),
}
"""URL name, or its room → the sections that say how to use the page, the first of one's own."""


@dataclass(frozen=True)
class Read:
    """A guide as HTML; `sections` are the ids of its headings."""

    name: str
    html: SafeString
    sections: tuple[str, ...]


def guides_of(user: User) -> list[Read]:
    ties = ties_of(user)
    return [
        read(name, _written(name))
        for name, roles in GUIDES.items()
        if any(role.follows_from(ties) for role in roles)
    ]


def section_of(user: User, view_name: str) -> str:
    """Return the id of the section that belongs to a page; empty for a page without one."""
    rows = SECTIONS.get(view_name) or SECTIONS.get(view_name.partition(":")[0], ())
    ties = ties_of(user)
    held = [name for name, roles in GUIDES.items() if any(r.follows_from(ties) for r in roles)]
    return next((row for row in rows if any(row.startswith(f"{name}-") for name in held)), "")


def picture(name: str) -> Path | None:
    """Return the file of a picture of the guides, or None."""
    path = PICTURES_DIR / name
    return path if re.fullmatch(r"[a-z0-9-]+\.png", name) and path.is_file() else None


def _written(name: str) -> float:
    return (GUIDES_DIR / f"{name}.md").stat().st_mtime


@lru_cache(maxsize=2 * len(GUIDES))
def read(name: str, _changed_at: float) -> Read:
    """Return a guide as HTML, made again when its file has changed."""
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse((GUIDES_DIR / f"{name}.md").read_text())
    sections = [_named(tokens, at, name) for at, t in enumerate(tokens) if t.type == "heading_open"]
    for token in tokens:
        for inner in token.children or ():
            _lead_to_pictures(inner)
    html = markdown.renderer.render(tokens, markdown.options, {})
    # Written by us and escaped by the renderer, which lets no HTML through.
    return Read(name, mark_safe(html), tuple(sections))


def _named(tokens: list[Token], at: int, guide: str) -> str:
    """Give a heading the id of its words, e.g. guru-mengisi, and put it one level lower."""
    section = f"{guide}-{slugify(tokens[at + 1].content)}"
    tokens[at].attrSet("id", section)
    tokens[at].tag = tokens[at + 2].tag = f"h{int(tokens[at].tag[1]) + 1}"
    return section


def _lead_to_pictures(token: Token) -> None:
    source = str(token.attrGet("src") or "")
    if token.type == "image" and source.startswith(PICTURES_URL):
        name = source.removeprefix(PICTURES_URL)
        token.attrSet("src", f"?{PICTURE}={name}")
        token.attrSet("loading", "lazy")
        if path := picture(name):
            width, height = _size_of(path)
            token.attrSet("width", width)
            token.attrSet("height", height)


def _size_of(path: Path) -> tuple[int, int]:
    """Return the size at which a picture is shown, so that a page does not move as it loads.

    Those of a phone, higher than wide, are taken at 1.5 pixels to one of the page.
    """
    with path.open("rb") as file:
        width, height = struct.unpack(">II", file.read(24)[16:])
    return (width * 2 // 3, height * 2 // 3) if height > width else (width, height)

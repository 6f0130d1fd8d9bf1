"""Files as schools have them, and what becomes of one: sent, seen, applied."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from school.imports.answers import usual_day
from school.imports.kinds import KINDS
from school.imports.plan import Answers, Asked, Plan
from school.imports.reading import read
from school.models import Semester, Upload, User
from workflow.tests.browser_free import post, signed_in

Rows = Sequence[Sequence[Any]]


def book(*sheets: Rows, change: Callable[[Workbook], None] | None = None) -> bytes:
    """Return a workbook with these sheets."""
    made = Workbook()
    made.remove(made.active)
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    if change:
        change(made)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


PARENT = ("Nama", "Tahun Lahir", "Jenjang Pendidikan", "Pekerjaan", "Penghasilan", "NIK")
DAPODIK = (
    *("No", "Nama", "NIPD", "JK", "NISN", "Tempat Lahir", "Tanggal Lahir", "NIK", "Agama"),
    *("Alamat", "RT", "RW", "Dusun", "Keluarahan", "Kecamatan", "Kode Pos", "Telepon", "HP"),
    *("E-Mail", "Data Ayah", *[None] * 5, "Data Ibu", *[None] * 5, "Data Wali", *[None] * 5),
    *("Rombel Saat Ini", "Nomor KIP", "Bank", "Nomor Rekening Bank", "Lintang", "Bujur"),
    *("No KK", "Jml. Saudara\nKandung"),
)
SECRET = "3323884092466854"
"""A NIK, which must not turn up anywhere."""


def dapodik(people: Iterable[dict[str, Any]]) -> list[list[Any]]:
    """Return the rows of a "Daftar Peserta Didik", titles and head first."""
    below = [None] * len(DAPODIK)
    for title in ("Data Ayah", "Data Ibu", "Data Wali"):
        at = DAPODIK.index(title)
        below[at : at + 6] = PARENT
    titles = [["Daftar Peserta Didik"], ["SMAN 1 CONTOH"], ["Kecamatan Candiroto"]]
    return [
        *titles,
        ["Tanggal Unduh: 2021-07-13 08:15:22"],
        list(DAPODIK),
        below,
        *[_row(number, person) for number, person in enumerate(people, start=1)],
    ]


def _row(number: int, person: dict[str, Any]) -> list[Any]:
    row: list[Any] = [None] * len(DAPODIK)
    for name in ("NIK", "Nomor KIP", "Nomor Rekening Bank", "No KK"):
        row[DAPODIK.index(name)] = SECRET
    for title in ("Data Ayah", "Data Ibu"):
        row[DAPODIK.index(title) + 5] = SECRET
    row[0] = number
    for name, value in person.items():
        row[DAPODIK.index(name)] = value
    return row


BUDI = {
    "Nama": "Budi Santoso",
    "NIPD": "40001",
    "JK": "L",
    "NISN": "0051234567",
    "Tanggal Lahir": "2005-03-05",
    "Alamat": "Dsn. Krajan",
    "RT": 2,
    "RW": 3,
    "Dusun": "Krajan",
    "Keluarahan": "Muntung",
    "Kecamatan": "Kec. Candiroto",
    "HP": "081234567890",
    "E-Mail": "budi@siswa.sch.id",
    "Data Ayah": "Slamet",
    "Data Ibu": "Siti",
    "Rombel Saat Ini": " X  MIPA 3 ",
    "Lintang": -7.248407148451798,
    "Bujur": 110.0800994596245,
}
SAMPLE = Path(__file__).parent / "samples" / "dapodik_daftar_peserta_didik.xlsx"


def plan_for(
    content: bytes,
    by: User,
    *,
    on: date | None = None,
    kind: str = "",
    semester: Semester | None = None,
    kept: Iterable[str] = (),
    **given: str,
) -> Plan:
    """Return the plan of a file, as the page asks for it."""
    found = read(content, kind)
    semester = semester or Semester.objects.select_related("year").current()
    day = on or (usual_day(semester) if semester else None)
    first = semester.starts_on if semester and not on else None
    answers = Answers(semester, day, given, frozenset(kept), first)
    return KINDS[found.kind.code].plan_of(Asked(found.rows, frozenset(found.columns), answers, by))


def sent(client: Client, content: bytes, name: str = "data.xlsx", kind: str = "") -> Any:
    """Choose a file on the page of imports; return the answer."""
    file = SimpleUploadedFile(name, content)
    return post(client, reverse("school:imports"), {"file": file, "kind": kind})


def seen(client: Client, content: bytes, **more: Any) -> Any:
    """Choose a file; return the page of its plan."""
    answer = sent(client, content, **more)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer.headers["Location"])


def fields_of(page: Any) -> dict[str, Any]:
    """Return what the forms of a plan's page would send as they stand."""
    found: dict[str, Any] = {}
    for form in (page.context["basics"], page.context["questions"]):
        for field in form:
            value = field.value()
            if value is not None and value != []:
                found[field.name] = getattr(value, "pk", value)
    return found


def applied(client: Client, page: Any, **more: Any) -> Any:
    """Press Apply on the page of a plan; return the answer."""
    data = fields_of(page) | {"seal": page.context["plan"].seal} | more
    return post(client, page.request["PATH_INFO"], data)


def imported(by: User, content: bytes, **more: Any) -> Any:
    """Choose a file and apply it; return the answer."""
    client = signed_in(by)
    return applied(client, seen(client, content, **more))


def refuse_rows(table: str) -> None:
    """Let the database refuse new rows of a table, from the second one on at the latest."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT stop CHECK (id < 0) NOT VALID")
            return
        cursor.execute(f"SELECT COUNT(*) FROM {table}")
        size = int(cursor.fetchone()[0])
        cursor.execute(
            f"CREATE TRIGGER stop BEFORE INSERT ON {table} WHEN (SELECT COUNT(*) FROM {table})"
            f" > {size} BEGIN SELECT RAISE(ABORT, 'UNIQUE stop'); END"
        )


def last_upload() -> Upload:
    return Upload.objects.latest("pk")

"""Reports beside Tables 2 and 3: what they count, what a number opens, and their files."""

from decimal import Decimal
from typing import Any

import pytest

from cases.models import Case, CaseStatus, Cause, Evidence, EvidenceSource, Reason, Rung
from reports.facts import cases_of
from reports.kinds import KINDS
from reports.kinds.base import Asked
from reports.tables import CLASS, GRADE
from reports.tests.factories import case_of
from reports.tests.files import lines_of, sheets_of
from reports.tests.pages import figures_of, links_in, text_of
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from school.wording import NO_FIGURE
from workflow import clock
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

R = Reason
CASES: tuple[tuple[Rung, list[str], list[str], str], ...] = (
    (Rung.CONTACT, [R.NEVER_TOOK_PART], [Cause.FORGOT], CaseStatus.RESOLVED),
    (Rung.CONTACT, [R.LOW_ACTIVITY, R.WORK_MISSING], [Cause.FORGOT, Cause.NETWORK], "RESOLVED"),
    (Rung.SUMMONS, [R.WORK_MISSING], [Cause.NETWORK], CaseStatus.RESOLVED),
    (Rung.HOME_VISIT, [R.ECONOMY, R.FAMILY], [Cause.ECONOMY], CaseStatus.RESOLVED),
    (Rung.REVIEW, [], [], CaseStatus.OPEN),
    (Rung.CONTACT, [R.FAMILY], [], CaseStatus.DISMISSED),
)
"""Rung, reasons, causes and status of the cases of the school in these tests."""


@pytest.fixture
def cast() -> Cast:
    """Return a school with five cases that count and a false alarm, all of one class."""
    cast = small_school(len(CASES))
    for student, row in zip(cast.students, CASES, strict=True):
        _open(cast, student, *row)
    return cast


def _open(cast: Cast, student: Any, rung: int, reasons: list, causes: list, status: str) -> None:
    case = case_of(student, cast.semester, rung=rung, status=status, causes=causes)
    case.save()
    for reason in reasons:
        Evidence.objects.create(
            case=case,
            source=EvidenceSource.DIRECT,
            reasons=[reason],
            happened_at=case.opened_at,
            by=cast.bk,
        )


def grids(user: Any, cast: Cast, name: str, by: str = GRADE) -> dict[str, dict[str, list]]:
    """Return key of a table → label of a line → its figures, as `user` reads them."""
    kind = next(kind for kind in KINDS if kind.name == name)
    return figures_of(kind, Asked(user, [cast.semester], by))


def test_a_case_counts_at_each_of_its_reasons_and_once_in_all(cast: Cast) -> None:
    found = grids(cast.coordinator, cast, "reasons")
    # All, not yet handled, contact, summons, visit
    assert found["reasons_by_rung"] == {
        "Tidak pernah ikut tanpa keterangan": [1, 0, 1, 0, 0],
        "Keaktifan di bawah batas": [1, 0, 1, 0, 0],
        "Tugas tidak dikumpulkan": [2, 0, 1, 1, 0],
        "Latar belakang ekonomi": [1, 0, 0, 0, 1],
        "Masalah keluarga": [1, 0, 0, 0, 1],
        "Tanpa alasan tercatat": [1, 1, 0, 0, 0],
        "Semua kasus": [5, 1, 2, 1, 1],
    }
    grade = cast.own.grade
    assert found["reasons_by_row"] == {grade: [5, 1, 1, 2, 1, 1], "Jumlah": [5, 1, 1, 2, 1, 1]}


def test_a_cause_is_minor_by_contact_or_summons_and_complex_by_a_visit(cast: Cast) -> None:
    found = grids(cast.coordinator, cast, "causes", CLASS)
    # All, not yet handled, contact, summons, visit, minor, complex
    assert found["causes_by_rung"] == {
        "Lupa": [2, 0, 2, 0, 0, 2, 0],
        "Jaringan": [2, 0, 1, 1, 0, 2, 0],
        "Ekonomi": [1, 0, 0, 0, 1, 0, 1],
        "Belum ada penyebab dicatat": [1, 1, 0, 0, 0, 0, 0],
        "Semua kasus": [5, 1, 2, 1, 1, 3, 1],
    }
    # All, minor, complex, forgot, network, economy
    own, total = [5, 3, 1, 2, 2, 1], [5, 3, 1, 2, 2, 1]
    assert found["causes_by_row"] == {
        cast.own.name: own,
        cast.foreign.name: [0] * 6,
        "Jumlah": total,
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_number_of_a_report_opens_as_many_rows(cast: Cast, kind: Any) -> None:
    client = signed_in(cast.coordinator)
    content = kind.content(Asked(cast.coordinator, [cast.semester], CLASS))
    cells = [cell for grid in content.grids for line in grid.lines for cell in line.cells]
    opened = {cell.url: cell.value for cell in cells if cell.url}
    for url, number in opened.items():
        assert len(client.get(url).context["page"].object_list) == number, url


def test_the_principal_opens_no_reason_which_stands_in_no_list_of_theirs(cast: Cast) -> None:
    html = signed_in(cast.principal).get("/laporan/alasan/").content.decode()
    queries = links_in(html)["/kasus/"]
    assert queries
    assert [query for query in queries if "reason=" in query] == []


def test_a_homeroom_teacher_reads_the_own_class_alone(cast: Cast) -> None:
    _open(cast, cast.foreign_students[0], *CASES[0])
    facts = cases_of([cast.semester], cast.wali, frozenset({cast.own.pk}))
    assert len(facts) == 5
    text = text_of(signed_in(cast.wali).get("/laporan/alasan/").content.decode())
    assert "Semua kasus 5 1 2 1 1" in text
    assert cast.own.name in text


def test_any_two_semesters_stand_side_by_side(cast: Cast) -> None:
    first = make.SemesterFactory(
        year__label="2017/2018", starts_on=make.days_ago(900), ends_on=make.days_ago(800)
    )
    client = signed_in(cast.coordinator)
    asked = {"term": str(cast.semester.term), "beside": first.code}
    answer = client.get("/laporan/alasan/", asked)
    assert answer.context["selection"].semesters == [first, cast.semester]
    assert client.get("/laporan/", asked).context["selection"].semesters == [first, cast.semester]
    assert client.get("/laporan/", {"beside": "1999/2000-1"}).status_code == 404


@pytest.mark.parametrize("name", ["semester", *(kind.name for kind in KINDS)])
def test_a_file_has_the_figures_of_the_page(cast: Cast, name: str) -> None:
    client = signed_in(cast.coordinator)
    slug = {kind.name: f"{kind.slug}/" for kind in KINDS}.get(name, "")
    page = client.get(f"/laporan/{slug}", {"by": CLASS})
    keys = ("problem_rate", "handling")
    shown = (
        [page.context[key] for key in keys] if name == "semester" else page.context["content"].grids
    )
    expected = [
        [[line.label, *(cell.value for cell in line.cells)] for line in (*grid.lines, *grid.totals)]
        for grid in shown
    ]
    book = sheets_of(client.get(f"/laporan/{slug}berkas/", {"by": CLASS, "format": "xlsx"}))
    *sheets, about = book.values()
    assert [rows[-len(lines) :] for rows, lines in zip(sheets, expected, strict=True)] == [
        [[float(v) if isinstance(v, Decimal) else v for v in row] for row in lines]
        for lines in expected
    ]
    rows = {"load": None, "years": "Per tingkat"}.get(name, "Per kelas")
    assert dict(row[:2] for row in about).get("Baris") == rows
    csv = lines_of(client.get(f"/laporan/{slug}berkas/", {"by": CLASS, "format": "csv"}))
    said = [
        [label, *(text.replace(NO_FIGURE, "") for text, _url in cells)]
        for grid in shown
        for label, cells in (*grid.said_lines, *grid.said_totals)
    ]
    assert [row for row in csv if row in said] == said
    assert client.get(f"/laporan/{slug}berkas/", {"format": "doc"}).status_code == 404


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_report_asks_the_same_number_of_queries_of_many_classes(cast: Cast, kind: Any) -> None:
    client = signed_in(cast.coordinator)
    url = f"/laporan/{kind.slug}/?by=class"
    client.get(url)
    few = queries_of(client, url)
    for _n in range(30):
        stay = make.EnrolmentFactory(school_class__year=cast.semester.year)
        _open(cast, stay.student, *CASES[0])
    assert queries_of(client, url) == few


def test_a_false_alarm_counts_in_no_report(cast: Cast) -> None:
    Case.objects.update(status=CaseStatus.DISMISSED, ended_at=clock.now())
    text = text_of(signed_in(cast.coordinator).get("/laporan/alasan/").content.decode())
    assert "Semua kasus 0 0 0 0" in text

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports.tests.factories import case_of
from school.sheets.csv_text import safe
from school.tests import factories as make
from school.tests.cast import small_school

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def printed(*args: str) -> str:
    out = StringIO()
    call_command("semester_report", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def school():
    school = small_school(size=4)
    case_of(school.students[0], school.semester, rung=20).save()
    case_of(school.students[1], school.semester, rung=10, status="OPEN").save()
    return school


def test_json_has_the_shape_that_was_promised(school):
    assert json.loads(printed("2021/2022-1", "--format", "json", "--by", "class")) == {
        "semester": "2021/2022-1",
        "by": "class",
        "problem_rate": {
            "rows": [
                {"label": "X MIPA 3", "students": 4, "cases": 2, "rate": "50.00"},
                {"label": "X MIPA 4", "students": 2, "cases": 0, "rate": "0.00"},
            ],
            "total": {"label": "Jumlah", "students": 6, "cases": 2, "rate": "33.33"},
        },
        "handling": {
            "rows": [
                {
                    "label": "X MIPA 3",
                    "cases": 2,
                    "unhandled": 1,
                    "contact": 1,
                    "summons": 0,
                    "home_visit": 0,
                },
                {
                    "label": "X MIPA 4",
                    "cases": 0,
                    "unhandled": 0,
                    "contact": 0,
                    "summons": 0,
                    "home_visit": 0,
                },
            ],
            "total": {
                "label": "Jumlah",
                "cases": 2,
                "unhandled": 1,
                "contact": 1,
                "summons": 0,
                "home_visit": 0,
            },
        },
    }


def test_it_is_json_by_grade_unless_told_otherwise(school):
    data = json.loads(printed("2021/2022-1"))
    assert (data["by"], [row["label"] for row in data["handling"]["rows"]]) == ("grade", ["X"])


def test_csv_has_both_tables(school):
    rows = list(csv.reader(StringIO(printed("2021/2022-1", "--format", "csv"), newline="")))
    assert rows == [
        ["Tabel 2. Siswa bermasalah (2021/2022-1)"],
        ["Kelas", "Siswa", "Bermasalah", "Persen"],
        ["X", "6", "2", "33.33"],
        ["Jumlah", "6", "2", "33.33"],
        [],
        ["Tabel 3. Penanganan siswa bermasalah (2021/2022-1)"],
        ["Kelas", "Bermasalah", "Belum ditangani", "WA/telepon", "Panggilan", "Kunjungan"],
        ["X", "2", "1", "1", "0", "0"],
        ["Jumlah", "2", "1", "1", "0", "0"],
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_of_the_csv_starts_a_formula(school, name):
    assert safe(name) == "'" + name
    make.SchoolClassFactory(name=name, grade="X")
    rows = csv.reader(
        StringIO(printed("2021/2022-1", "--format", "csv", "--by", "class"), newline="")
    )
    assert all(
        not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )


def test_it_writes_to_a_file_when_asked(school, tmp_path):
    target = tmp_path / "report.json"
    assert printed("2021/2022-1", "--output", str(target)) == ""
    assert json.loads(target.read_text(encoding="utf-8"))["semester"] == "2021/2022-1"


def test_a_file_that_cannot_be_written_is_said(school, tmp_path):
    with pytest.raises(CommandError, match="Cannot write"):
        printed("2021/2022-1", "--output", str(tmp_path / "missing" / "report.json"))


@pytest.mark.parametrize(
    "code", ["2021/2022-2", "2021/2022", "2021/2022-²", "", "x" * 500, "2021/2022-" + "9" * 30]
)
def test_an_unknown_semester_is_refused_with_those_that_there_are(school, code):
    with pytest.raises(CommandError, match="There are: 2021/2022-1") as refused:
        printed(code)
    assert refused.value.returncode == 1


def test_without_any_semester_it_says_so(db):
    with pytest.raises(CommandError, match="There are: none"):
        printed("2021/2022-1")


@pytest.mark.parametrize("option", [("--format", "xls"), ("--by", "student")])
def test_an_unknown_format_or_table_is_refused(school, option):
    with pytest.raises(CommandError):
        printed("2021/2022-1", *option)


def test_json_says_the_change_from_the_semester_before(school):
    before = make.SemesterFactory(
        year__label="2020/2021", starts_on=make.days_ago(300), ends_on=make.days_ago(120)
    )
    for rung in (40, 40, 40, 20):
        case_of(make.StudentFactory(), before, rung=rung).save()
    case_of(school.students[2], school.semester, rung=40).save()
    assert json.loads(printed("2021/2022-1"))["change"] == {
        "since": "2020/2021-1",
        "cases": {"difference": -1, "percent": "-25.00"},
        "home_visits": {"difference": -2, "percent": "-66.67"},
        "points": None,
    }
    assert "change" not in json.loads(printed("2020/2021-1"))

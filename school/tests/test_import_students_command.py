"""`manage.py import_students` prints the plan, and does it unless a row is refused."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from school.models import Change, Student
from school.tests.cast import Cast, small_school
from school.tests.import_files import BUDI, SAMPLE, SECRET, book, dapodik, refuse_rows

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> Cast:
    return small_school()


def run(path: Path, *args: str) -> str:
    out = StringIO()
    call_command("import_students", str(path), *args, stdout=out)
    return out.getvalue()


def file(folder: Path, *people: dict[str, Any]) -> Path:
    path = folder / "siswa.xlsx"
    path.write_bytes(book(dapodik(people)))
    return path


def test_the_sample_is_imported_once(cast: Cast) -> None:
    assert "new: 64" in run(SAMPLE)
    assert Student.objects.count() == 64 + 6
    assert Change.objects.get().made_by == cast.operator
    again = run(SAMPLE)
    assert ("new: 0" in again, "unchanged: 64" in again, "Imported." in again) == (
        True,
        True,
        False,
    )


def test_a_dry_run_writes_nothing(cast: Cast) -> None:
    assert "new: 64" in run(SAMPLE, "--dry-run")
    assert Student.objects.count() == 6


def test_the_plan_is_made_in_the_transaction_that_writes_it(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        run(SAMPLE)
    asked = [query["sql"] for query in queries]
    opened = next(at for at, sql in enumerate(asked) if sql.startswith("SAVEPOINT"))
    students = next(at for at, sql in enumerate(asked) if 'FROM "school_student"' in sql)
    assert opened < students


def test_what_the_database_refuses_is_said_in_words(cast: Cast) -> None:
    refuse_rows("school_student")
    with pytest.raises(CommandError):
        run(SAMPLE)
    assert Student.objects.count() == 6


def test_a_bad_row_is_printed_and_nothing_is_imported(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_students", file(tmp_path, BUDI, {**BUDI, "JK": "X"}), stdout=out)
    assert "row 8: Budi Santoso" in out.getvalue()
    assert SECRET not in out.getvalue()
    assert Student.objects.count() == 6


def test_an_open_question_is_answered_by_an_option(cast: Cast, tmp_path: Path) -> None:
    path = file(tmp_path, {**BUDI, "Rombel Saat Ini": "Melati"})
    with pytest.raises(CommandError):
        run(path)
    run(path, "--answer", "class-melati=new:XI")
    assert Student.objects.get(name="Budi Santoso").enrolments.get().school_class.grade == "XI"


@pytest.mark.parametrize(
    "args",
    [
        ("/nowhere.xlsx",),
        (str(SAMPLE), "--semester", "1999/2000-1"),
        (str(SAMPLE), "--by", "guru"),
        (__file__,),
    ],
)
def test_what_cannot_be_is_said(cast: Cast, args: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("import_students", *args)

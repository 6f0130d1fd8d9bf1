"""Frozen reports of many schools in one table: what is read, what is left out, what is hidden."""

import csv
import json
import random
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.frozen import published
from reports.gathering import ALL, CASES, COLUMNS, gather
from reports.hiding import hidden_in, is_safe, single_answers, sums_of
from reports.schema import fault_of
from reports.tests.factories import over
from reports.workflow import freeze, unfreeze, write_texts
from school.tests.cast import small_school

GRADES = ("X", "XI", "XII")
RUNGS = COLUMNS[1:]


def report_of(name: str, counts: dict[str, list[int]], **frozen: Any) -> dict[str, Any]:
    """Return a frozen report; `counts` are students and cases by rung of each grade."""
    lines = {
        grade: (row[0], dict(zip(RUNGS, row[1:], strict=True))) for grade, row in counts.items()
    }
    lines[ALL] = (
        sum(students for students, _rungs in lines.values()),
        {rung: sum(rungs[rung] for _n, rungs in lines.values()) for rung in RUNGS},
    )
    rates, handling = [], []
    for label, (students, rungs) in lines.items():
        cases = sum(rungs.values())
        rate = f"{100 * cases / students:.2f}" if students else "0.00"
        rates.append({"label": label, "students": students, "cases": cases, "rate": rate})
        handling.append({"label": label, "cases": cases, **rungs})
    texts = dict.fromkeys(("introduction", "conclusion", "plans"), "")
    return {
        "semester": "2020/2021-1",
        "by": "grade",
        "problem_rate": {"rows": rates[:-1], "total": {**rates[-1], "label": "Jumlah"}},
        "handling": {"rows": handling[:-1], "total": {**handling[-1], "label": "Jumlah"}},
        "frozen": {
            "format": 1,
            "version": 1,
            "frozen_at": "2021-01-11T09:00:00+07:00",
            "school": {"name": name, "npsn": ""},
            "principal": {"name": "Dra. Sri", "nip": "-", "role": "Kepala Sekolah"},
            "starts_on": "2020-07-13",
            "ends_on": "2020-12-19",
            "texts": texts,
            **frozen,
        },
    }


def drawn(rng: random.Random, name: str) -> dict[str, Any]:
    return report_of(
        name,
        {
            grade: [
                rng.randint(60, 320),
                rng.choice((0, 0, 1)),
                *(rng.randint(0, n) for n in (24, 9, 6)),
            ]
            for grade in GRADES
        },
    )


def keep(folder: Path, file: str, report: object) -> None:
    (folder / file).write_text(json.dumps(report), encoding="utf-8")


def gathered(folder: Path, *args: str) -> tuple[str, list[str]]:
    """Return what the command prints, and what it says beside it."""
    out, beside = StringIO(), StringIO()
    call_command("gather", str(folder), *args, stdout=out, stderr=beside)
    return out.getvalue(), beside.getvalue().splitlines()


@pytest.mark.django_db
def test_a_real_frozen_report_is_as_the_schema_says(tmp_path):
    cast = small_school()
    over(cast.semester)
    texts = {"introduction": "Laporan", "conclusion": "Membaik", "plans": ""}
    write_texts(cast.semester, by=cast.coordinator, values=texts, read_at=0)
    freeze(cast.semester, by=cast.principal)
    unfreeze(cast.semester, by=cast.principal, reason="Keliru")
    report = published(freeze(cast.semester, by=cast.principal))
    assert fault_of(report) == ""
    printed = StringIO()
    call_command("semester_report", cast.semester.code, stdout=printed)
    assert json.loads(printed.getvalue()) == report
    by_class = StringIO()
    call_command("semester_report", cast.semester.code, "--by", "class", stdout=by_class)
    assert fault_of(json.loads(by_class.getvalue())) == ""
    keep(tmp_path, "satu.json", report)
    assert [school.version for school in gather(tmp_path).schools] == [2]


BROKEN: dict[str, tuple[Any, str]] = {
    "no JSON": ("{", "no readable JSON"),
    "a list": ([], "report is no object"),
    "another program's": ({"students": 3}, "report has no semester"),
    "not frozen": ("frozen", "report has no frozen"),
    "a negative number": ("cases", "report.problem_rate.rows[1].cases is less than 0"),
    "a number beyond any school": (
        "huge",
        "report.problem_rate.rows[1].cases is more than 1000000",
    ),
    "a number as text": ("students", "report.problem_rate.rows[1].students is no integer"),
    "an unknown field": ("more", "report has an unknown more"),
    "another total": ("total", "its tables do not add up"),
    "by class": ("by", "its rows are classes, not grades"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_or_foreign_file_is_named_with_the_reason_and_the_others_are_gathered(
    tmp_path, what
):
    given, why = BROKEN[what]
    report = report_of("SMA Satu", {"X": [100, 0, 20, 10, 6]})
    keep(tmp_path, "baik.json", report)
    bad: Any = json.loads(json.dumps(report))
    row = bad["problem_rate"]["rows"][0]
    change = {
        "frozen": lambda: bad.pop("frozen"),
        "cases": lambda: row.update(cases=-1),
        "huge": lambda: row.update(cases=10**27),
        "students": lambda: row.update(students="100"),
        "more": lambda: bad.update(more=1),
        "total": lambda: bad["handling"]["total"].update(contact=21),
        "by": lambda: bad.update(by="class"),
    }
    if isinstance(given, str) and given in change:
        change[given]()
        keep(tmp_path, "rusak.json", bad)
    elif isinstance(given, str):
        (tmp_path / "rusak.json").write_text(given)
    else:
        keep(tmp_path, "rusak.json", given)
    text, beside = gathered(tmp_path)
    assert beside == [f"left out: rusak.json: {why}", "gathered: 1, left out: 1"]
    assert len(list(csv.DictReader(StringIO(text)))) == 4


def test_of_two_versions_of_a_school_the_newer_one_counts(tmp_path):
    counts = {"X": [100, 0, 20, 10, 6]}
    for version in (2, 1, 3):
        report = report_of("SMA Satu", counts, version=version)
        keep(tmp_path, f"{version}.json", report)
    _text, beside = gathered(tmp_path)
    assert beside == [
        "left out: 1.json: 2.json is a newer one of this school",
        "left out: 2.json: 3.json is a newer one of this school",
        "gathered: 1, left out: 2",
    ]


def test_an_empty_folder_and_none_are_refused(tmp_path):
    with pytest.raises(CommandError, match="no frozen report"):
        gathered(tmp_path)
    with pytest.raises(CommandError, match="no folder"):
        gathered(tmp_path / "nowhere")


def test_a_school_by_hand(tmp_path):
    """Home visits of X (2) are hidden, with them those of XII (6), whose total is shown.

    In X and XII a second number goes with them: the summonses, the smallest that are left.
    """
    counts = {"X": [90, 0, 20, 7, 2], "XI": [90, 0, 15, 9, 8], "XII": [90, 0, 30, 8, 6]}
    keep(tmp_path, "satu.json", report_of("SMA Satu", counts))
    text, _beside = gathered(tmp_path)
    rows = {row["grade"]: row for row in csv.DictReader(StringIO(text)) if row["school"] != ALL}
    shown = {grade: [row[column] for column in COLUMNS] for grade, row in rows.items()}
    assert shown == {
        "X": ["29", "0", "20", "*", "*"],
        "XI": ["32", "0", "15", "9", "8"],
        "XII": ["44", "0", "30", "*", "*"],
        ALL: ["105", "0", "65", "24", "16"],
    }


def test_no_sum_gives_a_hidden_number_away(record_property):
    """In 2,000 tables each sum leaves at least two answers, and so do all sums together."""
    rng, hidden_cells = random.Random(7), 0
    rows = (ALL, *GRADES)
    for _n in range(2000):
        values = {
            (grade, rung): rng.choice((0, rng.randint(0, 9), rng.randint(0, 30)))
            for grade in GRADES
            for rung in RUNGS
        }
        for grade in GRADES:
            values[grade, CASES] = sum(values[grade, rung] for rung in RUNGS)
        for column in COLUMNS:
            values[ALL, column] = sum(values[grade, column] for grade in GRADES)
        hidden = hidden_in(values, rows, COLUMNS)
        assert {cell for cell, value in values.items() if 0 < value < 5} <= hidden
        places = {cell: at for at, cell in enumerate(sorted(hidden))}
        sums = sums_of(rows, COLUMNS)
        if {cell for cell, value in values.items() if value} != hidden:
            assert all(is_safe(values, one, hidden) for one in sums)
        equations = [
            {places[c]: -1 if c == one.whole else 1 for c in one.cells if c in hidden}
            for one in sums
        ]
        assert single_answers(equations) == set()
        hidden_cells += len(hidden)
    record_property("hidden cells", hidden_cells)
    assert hidden_cells > 5000


def test_all_schools_together_are_shown_only_if_they_give_nobody_away(tmp_path):
    keep(tmp_path, "satu.json", report_of("SMA Satu", {"X": [90, 0, 20, 7, 2]}))
    keep(tmp_path, "dua.json", report_of("SMA Dua", {"X": [90, 0, 20, 7, 9]}))
    text, _beside = gathered(tmp_path)
    whole = [row for row in csv.DictReader(StringIO(text)) if row["school"] == ALL]
    assert [row["home_visit"] for row in whole] == ["*", "*"]
    assert [row["students"] for row in whole] == ["180", "180"]


def test_a_small_number_of_all_schools_together_is_hidden_too(tmp_path):
    """In each of three schools summonses and visits hide each other: 4 visits in all."""
    for name, visits in (("Satu", 1), ("Dua", 1), ("Tiga", 2)):
        keep(tmp_path, f"{name}.json", report_of(f"SMA {name}", {"X": [90, 0, 20, 7, visits]}))
    text, _beside = gathered(tmp_path)
    whole = [row for row in csv.DictReader(StringIO(text)) if row["school"] == ALL]
    assert [(row["cases"], row["home_visit"]) for row in whole] == [("85", "*"), ("85", "*")]


def test_among_many_schools_the_sums_of_all_do_not_tell_one_of_them(tmp_path):
    """85 hide 2 + 7 on the lower rungs, 85 on the upper ones, and one between: it is a bridge."""
    lower, upper, between = [90, 2, 7, 20, 30], [90, 20, 30, 2, 7], [90, 40, 2, 7, 30]
    for n, counts in enumerate([*[lower, upper] * 85, between]):
        keep(tmp_path, f"{n}.json", report_of(f"SMA {n}", {"X": counts}))
    text, _beside = gathered(tmp_path)
    whole = [row for row in csv.DictReader(StringIO(text)) if row["school"] == ALL]
    assert [[row[column] for column in COLUMNS] for row in whole] == [["10109", *"****"]] * 2


@pytest.mark.trust
def test_ten_thousand_schools_are_gathered_within_thirty_seconds(tmp_path, record_property):
    rng = random.Random(1)
    for n in range(10_000):
        keep(tmp_path, f"{n:05d}.json", drawn(rng, f"SMA {n:05d}"))
    began = time.perf_counter()
    text, beside = gathered(tmp_path, "--format", "json")
    took = time.perf_counter() - began
    record_property("seconds", round(took, 1))
    assert beside == ["gathered: 10000, left out: 0"]
    lines = json.loads(text)["lines"]
    assert len(lines) == 4 * 10_001
    assert all(line["cases"] is not None for line in lines[-4:])
    assert took < 30

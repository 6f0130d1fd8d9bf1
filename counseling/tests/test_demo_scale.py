"""Demo schools of more years and more rows keep the rules of the demo school."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, Max

from cases.models import Case
from counseling.demo import scale, years
from counseling.tests import databases, oracle
from counseling.tests.conftest import DemoSchool
from counseling.tests.rows import KEYS, own_models
from homevisits.models import Visit
from recaps.models import HandOver, Knowledge, Recap
from school.models import (
    AcademicYear,
    Enrolment,
    LetterNumber,
    SchoolClass,
    Semester,
    Student,
    User,
)
from school.tests import factories as make
from workflow import triggers
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.trust]

YEARS, TIMES = 4, 2
ONE_FOR_ALL = {
    *("school_academicyear", "school_semester", "school_policy", "school_recapperiod"),
    *("school_subject", "school_schoolprofile", "workflow_clockoffset"),
    *("school_historicalsemester", "school_historicalpolicy", "school_historicalschoolprofile"),
    *("workflow_accessentry", "workflow_idempotentsubmit"),
    "homevisits_photo",  # its file is not copied
}


@pytest.fixture(scope="module")
def sizes(loaded_demo: DemoSchool, django_db_blocker: Any) -> Iterator[dict[str, Counter[str]]]:
    """Run the module in a demo school of four years, doubled; yield rows by table at each step."""
    name = databases.beside("demo_larger")
    with django_db_blocker.unblock():
        databases.copy(loaded_demo.database, name)
    with databases.living_in(name):
        with django_db_blocker.unblock():
            found = {"demo": counted()}
            years.go_back(YEARS)
            found["years"] = counted()
            scale.multiply(TIMES)
            found["times"] = counted()
        yield found
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(autouse=True)
def lives_in_the_larger_school(sizes: Any) -> None:
    """Run every test of this module in the larger school."""


def counted() -> Counter[str]:
    return Counter({model._meta.db_table: model._base_manager.count() for model in own_models()})


def test_each_year_before_has_the_rows_of_the_papers_year(sizes: Any) -> None:
    of_a_year = Recap.objects.values("period__semester__year__label").annotate(n=Count("pk"))
    found = dict(of_a_year.values_list("period__semester__year__label", "n"))
    assert {label: n for label, n in found.items() if label < "2021"} == {
        f"{year}/{year + 1}": (24 * 14 + 2) * 6 * TIMES for year in range(2018, 2021)
    }
    assert AcademicYear.objects.count() == YEARS


def test_what_was_known_went_to_bk_when_its_list_did() -> None:
    went = set(HandOver.objects.values_list("class_list", "at"))
    known = Knowledge.objects.exclude(handed_over=[]).values_list("class_list", "handed_over")
    moments = {
        (class_list, datetime.fromisoformat(told["at"]))
        for class_list, rows in known
        for told in rows
    }
    assert len({class_list for class_list, _at in moments}) > YEARS
    assert moments <= went


def test_all_but_years_subjects_and_head_is_there_so_many_times(sizes: Any) -> None:
    before, after = sizes["years"], sizes["times"]
    once = {name: before[name] for name in KEYS if name in ONE_FOR_ALL - {"workflow_accessentry"}}
    assert {name: after[name] for name in once} == once
    heads = 4
    held = ("school_user", "school_officeholding", "school_historicalofficeholding")
    people = dict.fromkeys(held, heads)
    several = {name: n for name, n in before.items() if name not in ONE_FOR_ALL}
    assert {name: after[name] for name in several} == {
        name: n * TIMES - people.get(name, 0) for name, n in several.items()
    }


def test_constraints_hold_between_the_tables() -> None:
    connection.check_constraints()


def test_the_rung_of_each_case_is_what_its_rows_say() -> None:
    assert oracle.stored_rungs() == oracle.rungs()


def test_every_status_is_what_the_log_says() -> None:
    assert oracle.states_of_the_rows() == oracle.states_of_the_log()


def test_the_log_is_still_append_only() -> None:
    assert triggers.installed(connection) == triggers.expected(connection)


@pytest.mark.parametrize("code", ["2018/2019-1", "2019/2020-2", "2020/2021-1"])
def test_each_semester_gives_the_papers_tables_so_many_times(code: str) -> None:
    told = Semester.objects.by_code(code)
    found = oracle.tables_2_and_3(told.pk)
    grades: dict[str, Counter[str]] = {}
    for name, row in found.items():
        grades.setdefault(name.split()[0], Counter()).update(row)
    papers = {
        "1": {"X": (37, 17, 13, 7), "XI": (23, 12, 6, 5), "XII": (39, 18, 9, 12)},
        "2": {"X": (9, 6, 2, 1), "XI": (13, 10, 2, 1), "XII": (14, 7, 4, 3)},
    }[code[-1]]
    assert {
        grade: tuple(row[key] for key in ("cases", "contact", "summons", "home_visit"))
        for grade, row in grades.items()
    } == {grade: tuple(n * TIMES for n in row) for grade, row in papers.items()}


def test_nobody_sits_in_two_classes_at_once() -> None:
    last: dict[int, date] = {}
    for student, starts_on, ends_on in Enrolment.objects.order_by(
        "student", "starts_on"
    ).values_list("student", "starts_on", "ends_on"):
        assert student not in last or last[student] <= starts_on, student
        last[student] = ends_on or date.max


def test_students_go_up_a_class_each_year() -> None:
    entered: dict[int, set[int]] = {}
    seats = Enrolment.objects.filter(ends_on__month__in=(6, 7)).values_list(
        "student", "school_class__grade", "school_class__year__label"
    )
    for student, grade, year in seats:
        entered.setdefault(student, set()).add(int(year[:4]) - ("X", "XI", "XII").index(grade))
    assert {len(found) for found in entered.values()} == {1}
    through_all = Counter(student for student, _grade, _year in seats)
    assert sum(n == 3 for n in through_all.values()) > 200 * TIMES


def test_nothing_of_the_years_before_is_open_and_who_left_is_gone() -> None:
    before = Case.objects.filter(semester__year__label__lt="2020/2021")
    assert before.filter(status="CLOSED").count() == 4 * (YEARS - 2) * TIMES
    assert not before.filter(status="OPEN").exists()
    here = Student.objects.with_class().filter(left_on=None)
    years = here.filter(class_id__in=SchoolClass.objects.filter(year__label="2021/2022"))
    assert here.count() == years.count()


def test_a_students_history_bears_the_students_name() -> None:
    for row in Student.history.values("id", "name", "nis").order_by("-id")[:300]:
        assert Student.objects.filter(pk=row["id"], name=row["name"], nis=row["nis"]).exists()


def test_a_visit_follows_one_of_the_same_case() -> None:
    following = Visit.objects.exclude(follows=None).select_related("follows")
    assert following.count() > 1
    assert [visit for visit in following if visit.case_id != visit.follows.case_id] == []


def test_letters_go_on_with_the_register() -> None:
    numbers = LetterNumber.objects.filter(kind="SUMMONS", year=2021)
    last = numbers.aggregate(last=Max("running"))["last"]
    assert f"{last + 1:03d}" in LetterNumber.objects.proposed("SUMMONS", date(2021, 10, 4))


def test_the_next_rows_get_keys_of_their_own() -> None:
    assert make.StudentFactory().pk > Student.objects.order_by("-pk")[1].pk


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("bk1.2", "/"),
        ("wali1.2", "/"),
        ("guru1.2", "/rekap/"),
        ("koordinator", "/kasus/?semester=all&status=all"),
        ("kepsek", "/laporan/?by=class"),
    ],
)
def test_its_pages_open(username: str, address: str) -> None:
    assert signed_in(User.objects.get(username=username)).get(address).status_code == 200


def test_a_school_that_is_there_is_not_made_larger() -> None:
    with pytest.raises(CommandError, match="already"):
        call_command("demo", scale=2)

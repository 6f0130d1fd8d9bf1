"""Schools with known tables; they are made in bulk, since tests need only their figures."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cases.models import Case, CaseStatus, Evidence, Rung
from reports.models import Aspect, Evaluation, FeedbackCount, Question
from reports.workflow import begin_evaluation, hand_over_evaluation, write_evaluation
from school.models import AcademicYear, Enrolment, SchoolClass, Semester, Student, User
from school.tests.factories import SemesterFactory, UserFactory
from workflow import clock

PAPER = json.loads((Path(__file__).parent / "paper_tables.json").read_text())
"""Tables 2 and 3 of the paper, as the app must show them."""

IN_SESSION = datetime(2021, 6, 1, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
"""A day in the paper's second semester."""
OVER = datetime(2021, 6, 25, 9, tzinfo=ZoneInfo("Asia/Jakarta"))
"""A day after it."""

STREAMS = [f"MIPA {n}" for n in range(1, 5)] + [f"IPS {n}" for n in range(1, 5)]
RUNGS = (Rung.CONTACT, Rung.SUMMONS, Rung.HOME_VISIT)


def paper_school() -> list[Semester]:
    """Make 810 students in 24 classes, and the cases of the paper's two semesters."""
    first = _semester(1, date(2020, 7, 13), date(2020, 12, 19))
    second = _semester(2, date(2021, 1, 4), date(2021, 6, 19))
    handled = {row[0]: row for row in PAPER["handling"]["rows"]}
    for grade, number, *_rest in PAPER["problem_rate"]["rows"]:
        students = _students(grade, number, first)
        for semester, offset in ((first, 0), (second, 1)):
            counts = [handled[grade][column + offset] for column in (3, 5, 7)]
            _cases(students, semester, dict(zip(RUNGS, counts, strict=True)))
    return [first, second]


def _semester(term: int, starts_on: date, ends_on: date) -> Semester:
    year, _made = AcademicYear.objects.get_or_create(label=PAPER["academic_year"])
    return SemesterFactory(year=year, term=term, starts_on=starts_on, ends_on=ends_on)


def _students(grade: str, number: int, semester: Semester) -> list[Student]:
    """Make `number` students of a grade, spread over its eight classes."""
    students = Student.objects.bulk_create(
        Student(name=f"Siswa {grade} {n:03d}", nis=f"{grade}{n:04d}", gender="L")
        for n in range(number)
    )
    classes = SchoolClass.objects.bulk_create(
        SchoolClass(year=semester.year, name=f"{grade} {stream}", grade=grade) for stream in STREAMS
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            student=student,
            school_class=classes[at % len(classes)],
            starts_on=semester.starts_on,
        )
        for at, student in enumerate(students)
    )
    return students


def _cases(students: list[Student], semester: Semester, counts: dict[Rung, int]) -> None:
    rungs = [rung for rung, number in counts.items() for _n in range(number)]
    Case.objects.bulk_create(
        case_of(student, semester, rung=rung)
        for student, rung in zip(students, rungs, strict=False)
    )


def case_of(
    student: Student,
    semester: Semester,
    *,
    rung: int = Rung.CONTACT,
    status: str = CaseStatus.RESOLVED,
    days: int = 16,
    **fields: Any,
) -> Case:
    """Return an unsaved case, opened on the semester's first day; unless open, it took `days`."""
    opened_at = clock.day_start(semester.starts_on)
    ended_at = None if status == CaseStatus.OPEN else opened_at + timedelta(days=days)
    return Case(
        student=student,
        semester=semester,
        rung=rung,
        status=status,
        opened_at=opened_at,
        ended_at=ended_at,
        **fields,
    )


def go_on(case: Case, earlier: Case) -> None:
    """Let a case go on from an earlier one, as if freezing had carried it over."""
    link(case, earlier)
    Evidence.objects.create(
        case=case, source="CARRIED", happened_at=case.opened_at, by=UserFactory()
    )


def link(case: Case, earlier: Case) -> None:
    """Link a case that was opened in its own semester to one that was carried over later."""
    Case.objects.filter(pk=case.pk).update(carried_from=earlier)


def over(semester: Semester) -> Semester:
    """Let the semester's last day be yesterday, and return it as it is now."""
    yesterday = clock.today() - timedelta(days=1)
    Semester.objects.filter(pk=semester.pk).update(ends_on=yesterday)
    semester.refresh_from_db()
    return semester


def answers(semester: Semester, service: str, respondent: str, steps: list[int]) -> None:
    """Let so many people answer each question by step 1, 2, 3 and 4."""
    of = {"semester": semester, "service": service, "respondent": respondent}
    for question in Question:
        for step, number in enumerate(steps, start=1):
            row, _made = FeedbackCount.objects.get_or_create(**of, question=question, step=step)
            FeedbackCount.objects.filter(pk=row.pk).update(number=row.number + number)


SUMMARY = "Rekap lebih cepat daripada semester lalu"


def judged(judgement: str = "GOOD", *, but: str = "") -> dict[str, Any]:
    """Return the values of a complete evaluation, in which the aspect `but` is not judged."""
    found = {aspect: {"judgement": judgement, "words": ""} for aspect in Aspect if aspect != but}
    return {"judgements": found, "improvements": "", "summary": SUMMARY}


def evaluation(semester: Semester, by: User, *, is_joint: bool = False) -> Evaluation:
    """Make a complete evaluation that is not handed over."""
    made = begin_evaluation(semester, by=by, is_joint=is_joint)
    return write_evaluation(made, by=by, values=judged(), read_at=made.version)


def handed_over_evaluation(semester: Semester, by: User, *, is_joint: bool = False) -> Evaluation:
    made = evaluation(semester, by, is_joint=is_joint)
    hand_over_evaluation(made, by=by)
    return made

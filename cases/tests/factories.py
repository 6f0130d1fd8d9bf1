"""Cases and their steps for tests, made by the project's own acts."""

from datetime import timedelta
from typing import Any

from cases.models import Case, ConfidentialNote, Contact, Reason, Summons
from cases.workflow import (
    confirm,
    issue_summons,
    log_contact,
    open_directly,
    record_outcome,
    write_note,
)
from recaps.tests.factories import ABSENT, handed_over_recap
from recaps.workflow import class_list_of, decide, hand_over_list
from school.models import Semester, User
from school.tests.cast import Cast
from school.tests.factories import SemesterFactory
from workflow import clock


def referred_case(cast: Cast, student: Any = None) -> Case:
    """Return a case from a class list: a student never took part in maths."""
    student = student or cast.students[0]
    handed_over_recap(cast.maths, cast.period, {student: ABSENT})
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, [student], "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    return Case.objects.get(student=student, semester=cast.semester)


def direct_case(
    cast: Cast, student: Any = None, *, confirmed: bool = True, days_ago: int = 0
) -> Case:
    """Return a case that the counselor opened and, by default, confirmed."""
    at = clock.now() - timedelta(days=days_ago) if days_ago else None
    student = student or cast.students[0]
    case = open_directly(
        student, cast.semester, by=cast.bk, reasons=[Reason.ECONOMY], happened_at=at
    )
    if confirmed:
        confirm(case, by=cast.bk, happened_at=at)
    return case


def tried_case(cast: Cast, student: Any = None, outcome: str = "NO_ANSWER") -> Case:
    """Return a confirmed case with one contact attempt."""
    case = direct_case(cast, student)
    attempt(case, cast.bk, outcome)
    return case


def attempt(case: Case, by: User, outcome: str = "NO_ANSWER", **fields: Any) -> Contact:
    given = {"channel": "PHONE", "party": "MOTHER", "outcome": outcome} | fields
    return log_contact(case, by=by, **given)


def note(case: Case, by: User, text: str = "Ayahnya sering pulang malam") -> ConfidentialNote:
    return write_note(case, by=by, text=text)


def summons(case: Case, by: User, *, is_over: bool = True, **fields: Any) -> Summons:
    """Issue a summons whose meeting was an hour ago, or is in two days."""
    today = clock.day_start(clock.today())
    an_hour_ago = max(clock.now() - timedelta(hours=1), today)
    given = {
        "issued_on": clock.today(),
        "meets_at": an_hour_ago if is_over else clock.now() + timedelta(days=2),
        "place": "Ruang BK",
        "to_meet": "Guru BK",
        "purpose": "Membicarakan perkembangan belajar putra/putri Bapak/Ibu",
    } | fields
    return issue_summons(case, by=by, **given)


def unattended_summons(case: Case, by: User) -> Summons:
    issued = summons(case, by)
    record_outcome(issued, by=by, attended=False)
    return issued


def next_semester(cast: Cast, *, begins_in: int = 0) -> Semester:
    """End the semester yesterday, and let the next one begin today or later."""
    today = clock.today()
    Semester.objects.filter(pk=cast.semester.pk).update(ends_on=today - timedelta(days=1))
    cast.semester.refresh_from_db()
    first = today + timedelta(days=begins_in)
    return SemesterFactory(
        year=cast.semester.year,
        term=2,
        starts_on=first,
        ends_on=first + timedelta(days=150),
    )

"""A student's page and its record for print, with each part only for people who may see it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from cases.acts import CASE_ACTS
from cases.models.case import SUMMARY
from cases.wording import first_messages
from counseling.record import record_of
from school.contacts import Reachable, people_of
from school.models import Enrolment, SchoolProfile, Student, User
from school.models.students import StudentQuerySet
from school.moves import leaving_of
from school.permissions import runs_the_school
from workflow import clock
from workflow.acts import Button
from workflow.views import acts_on


def _seen(user: User) -> StudentQuerySet:
    return Student.objects.visible_to(user).with_class().with_level_for(user)


def may_print(user: User, student: Student) -> bool:
    """The user knows the student's data, and is one who reads summaries of cases: no operator."""
    return student.shows_contacts and SUMMARY.shows_some(user)


@acts_on(Student, methods=("GET",), seen=_seen)
def student(request: HttpRequest, student: Student) -> HttpResponse:
    """Show who it is, how to reach the family, and the record by semester."""
    user = request.user
    context = {
        "student": student,
        "people": _people(student, user),
        "enrolments": _enrolments(student) if student.shows_contacts else [],
        "semesters": record_of(student, user),
        "may_print": may_print(user, student),
        "runs_the_school": runs_the_school(user),
        "leaving": leaving_of(student) if runs_the_school(user) else None,
        "open_case": None if student.left_on else _open_case(student, user),
    }
    return render(request, "counseling/student.html", context)


@acts_on(Student, may=may_print, methods=("GET",), seen=_seen)
def student_record(request: HttpRequest, student: Student) -> HttpResponse:
    """Show the record on paper, always in Indonesian."""
    with translation.override("id"):
        semesters = record_of(student, request.user, on_paper=True)
    context = {
        "student": student,
        "guardians": student.guardians.all(),
        "enrolments": _enrolments(student),
        "semesters": semesters,
        "school": SchoolProfile.current(),
        "printed_at": clock.now(),
    }
    return render(request, "counseling/student_record.html", context)


def _people(student: Student, user: User) -> list[Reachable]:
    if not student.shows_guardians:
        return []
    guardians, drafts = student.guardians.all(), first_messages(user)
    return people_of(student, guardians, {}, drafts, with_own=student.shows_contacts)


def _open_case(student: Student, user: User) -> Button | None:
    button = CASE_ACTS.button("open", user, student)
    return button if button.on else None


def _enrolments(student: Student) -> list[Enrolment]:
    """Return the student's classes, the last one first."""
    held = Enrolment.objects.filter(student=student).select_related("school_class__year")
    return sorted(held, key=lambda one: one.starts_on, reverse=True)

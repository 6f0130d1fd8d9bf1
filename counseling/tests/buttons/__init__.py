"""The URLs that change something, each with an object to press it on and a count of effects."""

from counseling.tests.buttons.account import of_account
from counseling.tests.buttons.assistance import of_assistance
from counseling.tests.buttons.button import Button
from counseling.tests.buttons.cases import of_cases, of_counselors, of_notes, of_summonses
from counseling.tests.buttons.classes import of_classes, of_groups, of_teaching
from counseling.tests.buttons.desk import of_records
from counseling.tests.buttons.files import of_files
from counseling.tests.buttons.google import of_google
from counseling.tests.buttons.life import of_enrolments, of_new_year
from counseling.tests.buttons.profile import of_profile
from counseling.tests.buttons.recaps import of_recaps, of_students
from counseling.tests.buttons.referrals import of_referrals
from counseling.tests.buttons.reports import of_evaluations, of_feedback
from counseling.tests.buttons.semester_reports import of_semester_reports
from counseling.tests.buttons.semesters import of_semesters
from counseling.tests.buttons.student_records import of_student_records
from counseling.tests.buttons.support import of_conferences, of_follow_ups
from counseling.tests.buttons.visits import of_photos, of_reports, of_visits
from counseling.tests.scenarios.students import Students
from school.tests.cast import Cast

__all__ = ["Button", "buttons_of"]


def buttons_of(cast: Cast) -> dict[str, Button]:
    """Return URL name → button, for every URL that changes something."""
    students = Students(cast, list(cast.students))
    return {
        **of_cases(students),
        **of_notes(students),  # before a class gives its cases back to the counselor
        **of_counselors(students),
        **of_summonses(students),
        **of_visits(students),
        **of_reports(students),
        **of_conferences(students),
        **of_follow_ups(students),
        **of_assistance(students),
        **of_photos(students),
        **of_referrals(students),
        **of_feedback(students),
        **of_evaluations(students),
        **of_recaps(students),
        **of_google(students),
        **of_students(students),
        **of_student_records(students),
        **of_records(students),
        **of_files(students),
        **of_classes(students),
        **of_enrolments(students),
        **of_new_year(students),
        **of_semesters(students),
        **of_teaching(students),
        **of_account(cast),
        **of_groups(students),
        **of_profile(students),
        **of_semester_reports(students),
    }

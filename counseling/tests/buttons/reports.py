"""The buttons of the reports of a semester: feedback."""

from cases.tests import factories as cases
from counseling.tests.buttons.button import Button, rows, url
from counseling.tests.scenarios import feedback
from counseling.tests.scenarios.students import Students
from reports.models import FeedbackCount, FeedbackLink, Question
from reports.served import served_in

ANSWER = dict.fromkeys(Question.values, 3)


def of_feedback(students: Students) -> dict[str, Button]:
    bk, case, answered = students.cast.bk, students.case(), students.case()
    for one in (case, answered):
        cases.attempt(one, bk, "REACHED")
    feedback.asked(answered, bk)
    chosen = {"service": served_in(case)[0].code, "respondent": "STUDENT"}
    return {
        "reports:ask_feedback": Button(
            bk, url("reports:ask_feedback", case.pk), chosen, rows(FeedbackLink, case=case)
        ),
        "reports:feedback": Button(
            bk, feedback.ADDRESS, ANSWER, rows(FeedbackCount, question="COMFORT", number=1)
        ),
    }

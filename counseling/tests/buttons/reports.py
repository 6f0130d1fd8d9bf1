"""The buttons of the reports of a semester: feedback, evaluation."""

from typing import Any

from cases.tests import factories as cases
from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios import feedback
from counseling.tests.scenarios.students import Students
from reports.models import Evaluation, FeedbackCount, FeedbackLink, Question
from reports.served import served_in
from reports.tests.factories import evaluation, handed_over_evaluation
from school.models import User
from school.roles import COUNSELOR
from school.tests import factories as make

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


def of_evaluations(students: Students) -> dict[str, Button]:
    cast = students.cast
    semester, bk, coordinator = cast.semester, cast.bk, cast.coordinator
    written, own = evaluation(semester, bk), Evaluation.objects.filter(author=coordinator)
    back = handed_over_evaluation(semester, cast.bk2)
    other = make.person(COUNSELOR, username="bk3", name="Yulia Astuti")

    def on(name: str, one: Evaluation, by: User, data: dict[str, Any], act: str) -> Button:
        return Button(by, url(f"reports:{name}", one.pk), data, acts(one, act))

    begin, joint = (
        url(f"reports:{name}", semester.pk) for name in ("begin_evaluation", "begin_joint")
    )
    return {
        "reports:begin_evaluation": Button(coordinator, begin, {}, own.count),
        "reports:begin_joint": Button(coordinator, joint, {}, rows(Evaluation, author=None)),
        "reports:write_evaluation": Button(
            bk,
            url("reports:write_evaluation", written.pk),
            {"summary": "Baik", "read_at": written.version},
            rows(Evaluation, pk=written.pk, version=written.version + 1),
        ),
        "reports:hand_over_evaluation": on(
            "hand_over_evaluation", evaluation(semester, other), other, {}, "hand_over"
        ),
        "reports:return_evaluation": on(
            "return_evaluation", back, coordinator, {"reason": "Tambahkan"}, "return"
        ),
    }

"""The acts on evaluations of the semester."""

from typing import Any

from counseling.tests.acts.act import DONE, act_on, of_school
from reports import workflow as reports
from reports.models import Evaluation
from reports.tests.factories import judged
from school.tests.cast import Cast


@of_school
def begin_evaluation(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Begin an own one, or seldom the school's."""
    reports.begin_evaluation(cast.semester, by=by, is_joint=choice == 7)
    return DONE


@act_on(Evaluation, "DRAFT", "RETURNED")
def write_evaluation(evaluation: Evaluation, by: Any, choice: int) -> None:
    values = judged(but="VISITS" if choice == 1 else "")
    values["improvements"] = f"Lebih cepat {choice}"
    read_at = evaluation.version - (choice == 2)
    reports.write_evaluation(evaluation, by=by, values=values, read_at=read_at)


@act_on(Evaluation, "DRAFT", "RETURNED")
def hand_over_evaluation(evaluation: Evaluation, by: Any, choice: int) -> None:
    reports.hand_over_evaluation(evaluation, by=by)


@act_on(Evaluation, "HANDED_OVER")
def return_evaluation(evaluation: Evaluation, by: Any, choice: int) -> None:
    reports.return_evaluation(evaluation, by=by, reason="Tambahkan" if choice % 4 else " ")

"""The acts of recaps and class lists."""

from typing import Any

from django.db import transaction

from counseling.tests.acts.act import DONE, act_on, of_school, pick
from recaps import workflow as recaps
from recaps.models import ClassList, Recap
from school.models import TeachingAssignment
from school.tests.cast import Cast


@of_school
def hand_over_recap(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Fill in one exception, then hand over."""
    teaching = TeachingAssignment.objects.select_related("group__school_class").order_by("pk")
    assignment = teaching[n % 5]
    student = [*cast.students[:4], cast.foreign_students[0]][choice % 5]
    with transaction.atomic():
        recaps.save_entry(
            assignment, cast.period, student.pk, by=by, values={"absent": 1 + choice % 5}, read_at=0
        )
        recap = Recap.objects.get(group=assignment.group, period=cast.period)
        recaps.hand_over(recap, by=by)
    return DONE


@act_on(Recap, "HANDED_OVER")
def withdraw_recap(recap: Recap, by: Any, choice: int) -> None:
    recaps.withdraw(recap, by=by)


@act_on(Recap, "HANDED_OVER")
def return_recap(recap: Recap, by: Any, choice: int) -> None:
    recaps.return_recap(recap, by=by, reason="Salah kelas" if choice % 4 else "")


@act_on(Recap, "HANDED_OVER")
def correct_recap(recap: Recap, by: Any, choice: int) -> None:
    recaps.begin_correction(recap, by=by, reason="Salah hitung" if choice % 4 else "")


@act_on(Recap, "CORRECTING")
def drop_correction(recap: Recap, by: Any, choice: int) -> None:
    recaps.drop_correction(recap, by=by)


@act_on(Recap, "DRAFT", "RETURNED", "CORRECTING")
def hand_over_again(recap: Recap, by: Any, choice: int) -> None:
    recaps.hand_over(recap, by=by)


@of_school
def decide(cast: Cast, by: Any, n: int, choice: int) -> Any:
    class_list = pick(ClassList, n, ("OPEN", "SUPPLEMENT"))
    if class_list is None:
        return None
    students = [*cast.students[:3], cast.foreign_students[0]][n % 4 : n % 4 + 1 + choice % 2]
    recaps.decide(class_list, students, ("REFER", "WATCH", "NO_CONCERN")[choice % 3], by=by)
    return DONE


@act_on(ClassList, "OPEN", "SUPPLEMENT")
def hand_over_list(class_list: ClassList, by: Any, choice: int) -> None:
    recaps.hand_over_list(class_list, by=by)

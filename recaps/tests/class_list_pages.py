"""Helpers for the tests of the class list: a list with a student to decide on, and its pages."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation

from recaps.models import ClassList, Decision
from recaps.tests import factories as make
from recaps.workflow import class_list_of, decide, hand_over_list
from school.tests.cast import Cast, small_school


def url_of(cast: Cast, name: str = "class_list", student: Any = None) -> str:
    args = [cast.own.pk, cast.period.pk] + ([student.pk] if student else [])
    return reverse(f"recaps:{name}", args=args)


def noted_school(size: int = 4) -> Cast:
    """Hand over maths, in which the first student never took part; two recaps are missing."""
    cast = small_school(size)
    make.handed_over_recap(cast.maths, cast.period, {cast.students[0]: make.ABSENT})
    return cast


def handed_over_school() -> tuple[Cast, ClassList]:
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, [cast.students[0]], "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    return cast, class_list


def decided() -> dict[Any, str]:
    return {d.student: d.choice for d in Decision.objects.standing()}


def page(client: Client, url: str) -> str:
    with translation.override("id"):
        response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()

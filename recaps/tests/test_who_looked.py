"""Who looked at a student: each page that shows one has the student's id in the access log."""

from typing import Any

import pytest
from django.urls import reverse

from recaps.tests import factories as make
from recaps.tests.class_list_pages import url_of
from recaps.workflow import class_list_of
from school.tests.cast import Cast, small_school
from workflow.models import AccessEntry
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

OF_LIST = ("class_list_student", "class_list_row", "class_list_knowledge")
FRAGMENT = {"HX-Request": "true"}


def logged() -> list[tuple[Any, ...]]:
    entries = AccessEntry.objects.order_by("pk")
    return list(entries.values_list("kind", "object_id", "student_id", "status"))


def row_of_recap(cast: Cast) -> str:
    keys = [cast.maths.pk, cast.period.pk, cast.students[0].pk]
    return reverse("recaps:recap_entry", args=keys)


@pytest.mark.parametrize("name", OF_LIST)
@pytest.mark.parametrize("is_begun", [False, True])
@pytest.mark.parametrize("headers", [{}, FRAGMENT])
def test_a_row_of_a_class_list_is_logged_with_its_student_also_when_refused(
    name: str, is_begun: bool, headers: dict[str, str]
) -> None:
    cast = small_school()
    list_id = class_list_of(cast.own, cast.period, by=cast.wali).pk if is_begun else None
    url, student = url_of(cast, name, cast.students[0]), cast.students[0].pk
    shown = 302 if name == "class_list_row" and not headers else 200
    assert signed_in(cast.wali).get(url, headers=headers).status_code == shown
    assert signed_in(cast.guru).get(url, headers=headers).status_code == 404
    assert logged() == [
        ("recaps.classlist", list_id, student, shown),
        ("recaps.classlist", list_id, student, 404),
    ]


def test_what_a_homeroom_teacher_writes_of_a_student_is_logged_with_the_student() -> None:
    cast = small_school()
    url = url_of(cast, "class_list_knowledge", cast.students[0])
    post(signed_in(cast.wali), url, {"family": "on", "read_at": 0})
    assert [entry[2] for entry in logged()] == [cast.students[0].pk]


@pytest.mark.parametrize("is_begun", [False, True])
def test_a_row_of_a_recap_is_logged_with_its_student_also_when_refused(is_begun: bool) -> None:
    cast = small_school()
    recap_id = make.handed_over_recap(cast.maths, cast.period).pk if is_begun else None
    assert signed_in(cast.guru).get(row_of_recap(cast)).status_code == 200
    assert signed_in(cast.guru2).get(row_of_recap(cast)).status_code == 404
    assert logged() == [
        ("recaps.recap", recap_id, cast.students[0].pk, 200),
        ("recaps.recap", recap_id, cast.students[0].pk, 404),
    ]


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("guru", "recaps:my_recaps"),
        ("wali", "recaps:class_lists"),
        ("bk", "recaps:class_lists"),
        ("wali", "school:students"),
        ("operator", "school:students"),
    ],
)
def test_a_list_is_logged_once_without_ids(who: str, name: str) -> None:
    cast = small_school()
    signed_in(getattr(cast, who)).get(reverse(name))
    assert [entry[1:3] for entry in logged()] == [(None, None)]

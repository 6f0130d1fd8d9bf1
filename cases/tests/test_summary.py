"""The shared summary: the counselor writes it, and two editors lose no text."""

import pytest

from cases.tests import factories as make
from cases.tests.acts import TOO_LONG, fresh, refused, send
from school.tests.cast import small_school
from workflow import clock

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_text_is_saved_and_can_be_emptied():
    cast = small_school()
    case = make.direct_case(cast)
    assert (
        send(cast.bk, "summary", case, {"summary": "Didampingi", "read_at": 1}).status_code == 303
    )
    assert (fresh(case).summary, fresh(case).version) == ("Didampingi", 2)
    assert send(cast.bk, "summary", case, {"summary": "", "read_at": 2}).status_code == 303
    assert fresh(case).summary == ""


def test_who_comes_later_sees_both_texts_and_may_save_again():
    cast = small_school()
    case = make.direct_case(cast)
    send(cast.coordinator, "summary", case, {"summary": "Dari koordinator", "read_at": 1})
    answer = send(cast.bk, "summary", case, {"summary": "Dari Retno", "read_at": 1})
    page = refused(answer)
    assert "Dari koordinator" in page
    assert "Dari Retno" in page
    assert fresh(case).summary == "Dari koordinator"
    again = {"summary": "Dari keduanya", "read_at": answer.context["form"].data["read_at"]}
    assert send(cast.bk, "summary", case, again).status_code == 303
    assert fresh(case).summary == "Dari keduanya"


def test_the_same_text_saved_again_is_no_conflict():
    cast = small_school()
    case = make.direct_case(cast)
    for person in (cast.bk, cast.coordinator):
        answer = send(person, "summary", case, {"summary": "Sama", "read_at": 1})
        assert answer.status_code == 303
    assert fresh(case).version == 2


@pytest.mark.parametrize(
    "data",
    [
        {"summary": TOO_LONG, "read_at": 1},
        {"summary": "x", "read_at": ""},
        {"summary": "x", "read_at": "-1"},
        {"summary": "x", "read_at": "satu"},
        {"summary": "x"},
    ],
)
def test_bad_input_saves_nothing(data):
    cast = small_school()
    case = make.direct_case(cast)
    refused(send(cast.bk, "summary", case, data))
    assert fresh(case).summary == ""


def test_a_frozen_semester_keeps_its_text():
    cast = small_school()
    case = make.direct_case(cast)
    cast.semester.frozen_at = clock.now()
    cast.semester.save(update_fields=["frozen_at"])
    refused(send(cast.bk, "summary", case, {"summary": "x", "read_at": 1}))
    assert fresh(case).summary == ""

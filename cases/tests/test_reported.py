"""A teacher knows of the cases of students whom they reported and still teaches them."""

import pytest

from cases.models import Case
from cases.tests import factories as make
from cases.workflow import open_directly
from recaps.workflow import save_entry
from school.models import GroupMember
from school.tests import factories as people
from school.tests.cast import small_school
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db


def known_to(person) -> set[str]:
    person.forget_ties()
    return {case.student.name for case in Case.objects.visible_to(person)}


def test_neither_a_filter_nor_an_order_tells_the_teacher_how_far_a_case_went():
    cast = small_school()
    first, second = cast.students[:2]
    make.handed_over_recap(cast.maths, cast.period, {first: make.ABSENT, second: make.ABSENT})
    make.attempt(make.direct_case(cast, first), cast.bk)
    make.direct_case(cast, second)
    client = signed_in(cast.guru)

    def listed(asked: str) -> list[str]:
        return [row.name for row in client.get(f"/kasus/?{asked}").context["rows"]]

    assert listed("sort=name") == [first.name, second.name]
    assert listed("sort=rung") == [first.name, second.name]
    assert listed("sort=-rung") == [second.name, first.name]
    assert listed("rung=CONTACT") == []
    page = client.get("/kasus/").content.decode()
    assert "rung=" not in page
    assert "sort=rung" not in page
    assert "sort=rung" in signed_in(cast.bk).get("/kasus/").content.decode()


def test_a_teacher_of_a_group_knows_the_cases_of_members_whom_they_reported():
    cast = small_school()
    teacher = people.person(name="Yohanes")
    first, second, other = cast.students[0], cast.students[1], cast.foreign_students[0]
    taught = people.mixed_group(teacher, [first, second, other], cast.own.year)
    for student, by in ((first, cast.bk), (second, cast.bk), (other, cast.bk2)):
        open_directly(student, cast.semester, by=by, reasons=["ECONOMY"])
    save_entry(taught, cast.period, first.pk, by=teacher, values=make.ABSENT, read_at=0)
    assert known_to(teacher) == set()
    recap = make.handed_over_recap(
        taught, cast.earlier_period, {first: make.ABSENT, other: make.ABSENT}
    )
    assert recap.status == "HANDED_OVER"
    assert known_to(teacher) == {first.name, other.name}
    of_foreign = signed_in(teacher).get("/kasus/", {"class": cast.foreign.pk}).content.decode()
    assert other.name in of_foreign
    assert first.name not in of_foreign
    GroupMember.objects.filter(student=other).update(ends_on=people.days_ago(1))
    assert known_to(teacher) == {first.name}
    taught.ends_on = people.days_ago(1)
    taught.save()
    assert known_to(teacher) == set()

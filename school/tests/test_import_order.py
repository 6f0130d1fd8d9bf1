"""In which order the rows of a plan are written."""

from school.imports.plan import CREATE, DELETE, UPDATE, Answers, Plan
from school.models import (
    Enrolment,
    Guardian,
    SchoolClass,
    Student,
    Subject,
    TeachingAssignment,
    TeachingGroup,
    User,
)


def test_rows_come_after_those_to_which_they_refer_and_after_what_makes_room() -> None:
    plan = Plan(Answers())
    plan.create(TeachingAssignment(), TeachingGroup(), Enrolment(), Guardian())
    plan.update(Enrolment(), "ends_on")
    plan.delete(TeachingAssignment())
    plan.create(Student(), SchoolClass(), Subject(), User())
    order = [(write.act, type(write.rows[0])) for write in plan.writes_in_order]
    first, then, last = set(order[:5]), order[5:7], set(order[7:])
    assert first == {(CREATE, t) for t in (Student, SchoolClass, Subject, User, TeachingGroup)}
    for before in (Subject, SchoolClass):
        assert order.index((CREATE, before)) < order.index((CREATE, TeachingGroup))
    assert then == [(DELETE, TeachingAssignment), (UPDATE, Enrolment)]
    assert last == {(CREATE, t) for t in (TeachingAssignment, Enrolment, Guardian)}

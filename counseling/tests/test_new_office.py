"""A new office is a constant and its rows: one that reads the cases of its grade alone."""

import pytest

from cases.models.case import KNOWN, SUMMARY
from cases.tests import factories as make_case
from school import access_docs
from school.models import SchoolClass
from school.reach import of_students
from school.roles import OFFICES, office
from school.tests import factories as make
from school.tests.cast import small_school
from workflow.tests.browser_free import signed_in


@pytest.fixture
def head_of_grade(monkeypatch):
    head = office("HEAD_OF_GRADE", "Head of grade X")
    classes = SchoolClass.objects.filter(grade="X")
    of_grade = of_students("grade X", lambda ties: classes.values_list("pk", flat=True))
    for sight in (KNOWN, SUMMARY):
        monkeypatch.setattr(sight, "rows", [*sight.rows, (head, of_grade)])
    yield make.person(head)
    del OFFICES[head.code]


@pytest.mark.django_db
def test_an_office_that_reads_the_cases_of_its_grade_alone(head_of_grade):
    cast = small_school()
    other = make.SchoolClassFactory(name="XI IPS 1", grade="XI", counselor=cast.bk)
    pupil = make.EnrolmentFactory(school_class=other).student
    theirs, foreign = make_case.direct_case(cast), make_case.direct_case(cast, pupil)
    browser = signed_in(head_of_grade)
    listed = browser.get("/kasus/").context
    assert [row.pk for row in listed["rows"]] == [theirs.pk]
    assert listed["shows_due"]
    page = browser.get(theirs.get_absolute_url())
    assert page.status_code == 200
    assert page.context["summary_lines"]
    assert "timeline" not in page.context
    assert browser.get(foreign.get_absolute_url()).status_code == 404
    assert "Head of grade X" in access_docs.text()

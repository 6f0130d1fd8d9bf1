"""The history of a shared computer names no student: titles of pages say what a page is."""

import re

import pytest

from counseling.tests.crawl import walked
from school.models import Guardian, Student
from school.tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walked")]

TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@pytest.mark.parametrize("who", ["guru", "wali", "bk", "principal"])
def test_no_title_names_a_student_or_a_guardian(every_state: Cast, who: str) -> None:
    names = {
        name
        for model in (Student, Guardian)
        for name in model.objects.values_list("name", flat=True)
    }
    titles = [
        (page.name, match[1])
        for page in walked(getattr(every_state, who))
        if (match := TITLE.search(page.html))
    ]
    assert len(titles) > 5
    assert [each for each in titles if any(name in each[1] for name in names)] == []

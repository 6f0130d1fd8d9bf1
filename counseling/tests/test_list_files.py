"""Each list as a file: the rows that its page shows to the person, and nothing more."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.filters import CaseFilter, TimelineFilter
from cases.models import Case, Evidence
from counseling.tests.crawl import all_names
from counseling.tests.test_filters import LISTS
from homevisits.calendar_filter import CalendarFilter
from homevisits.day_filter import DayListFilter
from homevisits.filters import ProgressCasesFilter, ProgressFilter, VisitFilter
from recaps.filters import ClassListFilter, EntryFilter, MyRecapsFilter
from reports.filters import LateFilter
from reports.selection import SelectionFilter
from reports.semester_page import ByFilter
from reports.tests.files import formulas_in, lines_of, sheets_of
from school.filters import ListFilter, OneSemester
from school.models import Student
from school.tests.cast import Cast
from school.views.classes import ClassFilter
from school.views.groups import GroupFilter
from school.views.people import PeopleFilter
from school.views.periods import PeriodFilter
from school.views.semesters import SemesterFilter
from school.views.students import StudentFilter
from school.views.subjects import SubjectFilter
from school.views.teaching import MatrixFilter
from support.assistance_filters import AssistanceFilter
from support.filters import FollowUpFilter
from workflow import progress
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

Asked = dict[str, str]
FILES: dict[type[ListFilter], tuple[Asked, ...]] = {
    CaseFilter: ({}, {"status": "all", "sort": "-class"}, {"rung": "SUMMONS"}),
    StudentFilter: ({}, {"status": "left"}, {"q": "Siswa 1"}),
    OneSemester: ({},),
    ClassListFilter: ({}, {"show": "all"}),
    MyRecapsFilter: ({},),
    VisitFilter: ({}, {"state": "recorded", "sort": "name"}),
    ProgressCasesFilter: ({}, {"rung": "CONTACT"}),
    FollowUpFilter: ({}, {"state": "all"}),
    AssistanceFilter: ({}, {"state": "all"}),
    PeopleFilter: ({}, {"account": "never"}),
    ClassFilter: ({},),
    GroupFilter: ({},),
    SubjectFilter: ({}, {"q": "a"}),
    PeriodFilter: ({},),
    SemesterFilter: ({},),
}
"""Lists → what is asked of them beside nothing."""
WITHOUT: dict[type[ListFilter], str] = {
    TimelineFilter: "the history of one case, which has summaries and minutes",
    EntryFilter: "the notes of the teachers on one student",
    CalendarFilter: "the visits of the list, by day; a calendar app gets its own file",
    DayListFilter: "the visits of a day, to take along on paper or phone",
    ProgressFilter: "figures, each of which opens to cases, which have a file",
    ByFilter: "the report of the semester, a paper; frozen it has its own JSON",
    SelectionFilter: "has files of its own: reports/files.py",
    LateFilter: "what is late at this moment, to be reminded of and not to be kept",
    MatrixFilter: "the file of lessons to fill in has what stands there",
}
"""Lists without a file of this kind, and why."""
NAME = re.compile(r'<a class="name"[^>]*>\s*(.*?)\s*</a>', re.DOTALL)
DRAWN: dict[type[ListFilter], Callable[[Any], list[Any]]] = {
    OneSemester: lambda page: [
        *(line.class_list.school_class for line in page["lines"]),
        *(line.class_name for line in page["outstanding"]),
        *(one.school_class for one in page["received"]),
    ],
    ClassListFilter: lambda page: [row.student.name for row in page["rows"]],
    MyRecapsFilter: lambda page: [line.assignment.group for line in page["lines"]],
}
"""Lists whose rows are no links by a name → what their first column shows."""
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


def opened(client: Client, listed: type[ListFilter], args: list[int], asked: Asked) -> Any:
    """Return the rows of the file of a list, without the heads."""
    answer = client.get(reverse(f"{LISTS[listed][1]}_file", args=args), asked)
    assert answer.status_code == 200, answer
    assert formulas_in(answer) == []
    rows, about = sheets_of(answer).values()
    assert ["Dibuat oleh", answer.wsgi_request.user.name] in about
    assert ["Baris", str(len(rows) - 1)] in about
    return rows[1:]


def test_every_list_has_a_file_or_a_reason_why_not() -> None:
    assert set(FILES) | set(WITHOUT) == set(LISTS)
    assert [FILES[listed] for listed in WITHOUT if listed in FILES] == []
    assert {f"{LISTS[listed][1]}_file" for listed in FILES} <= all_names()


@pytest.mark.parametrize(
    ("listed", "asked"),
    [(listed, asked) for listed, every in FILES.items() for asked in every],
    ids=lambda value: urlencode(value) if isinstance(value, dict) else value.__name__,
)
def test_a_file_has_the_rows_of_its_page_in_their_order(
    listed: type[ListFilter], asked: Asked, every_state: Cast
) -> None:
    who, name, args, _rows = LISTS[listed]
    client, of = signed_in(getattr(every_state, who)), args(every_state)
    page = client.get(reverse(name, args=of), asked)
    html = unescape(page.content.decode())
    shown = [" ".join(found.split()) for found in NAME.findall(html)]
    if listed in DRAWN:
        shown = list(map(str, DRAWN[listed](page.context)))
    else:
        assert len(shown) == page.context["page"].paginator.count
    assert shown
    assert [row[0] for row in opened(client, listed, of, asked)] == shown
    link = reverse(f"{name}_file", args=of)
    assert f'href="{link}?{urlencode(asked | {"format": "csv"})}"' in html


@pytest.mark.parametrize("listed", FILES, ids=lambda listed: listed.__name__)
def test_a_refused_filter_gives_no_row(listed: type[ListFilter], every_state: Cast) -> None:
    who, name, args, _rows = LISTS[listed]
    client = signed_in(getattr(every_state, who))
    url = reverse(f"{name}_file", args=args(every_state))
    for param in listed.base_filters:
        answer = client.get(url, {param: "nonsense"})
        assert answer.status_code == 404 or len(next(iter(sheets_of(answer).values()))) == 1, param
    assert client.get(url, {"format": "pdf"}).status_code == 404


def test_a_file_says_what_narrows_it_who_made_it_and_when(every_state: Cast) -> None:
    cast = every_state
    asked = {"q": cast.students[0].name, "class": str(cast.own.pk), "format": "csv"}
    answer = signed_in(cast.coordinator).get(reverse("cases:cases_file"), asked)
    name = answer["Content-Disposition"]
    assert name.endswith("Kasus%20berjalan%2C%20X%20MIPA%203.csv")  # a search may be a name
    about = lines_of(answer)[-9:]
    assert [line[0] for line in about] == [
        *("Isi", "Sekolah", "Cari", "Status", "Kelas", "Semester"),
        *("Baris", "Dibuat oleh", "Dibuat pada"),
    ]
    assert [line[1] for line in about[2:5]] == [f"“{asked['q']}”", "Berjalan", "X MIPA 3"]


def test_numbers_of_students_are_texts_and_notes_are_in_no_file(every_state: Cast) -> None:
    case = Case.objects.visible_to(every_state.coordinator).filter(status="OPEN").first()
    assert case is not None
    Student.objects.filter(pk=case.student_id).update(nis="0012")
    nothing = {"never": 0, "low": 0, "missing": 0, "reasons": []}
    Evidence.objects.filter(case=case).update(**nothing, note="Ibunya sakit keras")
    client, asked = signed_in(every_state.coordinator), {"q": "0012"}
    assert "Ibunya sakit" in client.get(reverse("cases:cases"), asked).content.decode()
    [row] = opened(client, CaseFilter, [], asked)
    assert row[1] == "0012"
    assert "Ibunya sakit" not in str(row)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(TEXT, min_size=3, max_size=3))
def test_no_name_becomes_a_formula(every_state: Cast, names: list[str]) -> None:
    for student, name in zip(every_state.students, names, strict=False):
        Student.objects.filter(pk=student.pk).update(name=f"={name}")
    assert opened(signed_in(every_state.coordinator), StudentFilter, [], {"q": "="})


def test_who_waits_for_a_file_is_told_when_it_is_done(every_state: Cast) -> None:
    cast, number = every_state, "00000000000040008000000000000001"
    url = reverse("school:students_file")
    signed_in(cast.coordinator).get(url, {"submit_id": number})
    signed_in(cast.coordinator).get(url, {"submit_id": "no number"})
    assert progress.told(cast.coordinator.pk, number) == (1, 1)
    assert progress.told(cast.bk.pk, number) == (0, 0)

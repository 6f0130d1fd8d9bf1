"""Filter values that no page offers are refused or find nothing, on every list of every room."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from django_filters import Filter

from cases.filters import CaseFilter, CasesOfClasses, TimelineFilter
from cases.models import Case
from counseling.tests.crawl import all_names
from homevisits.calendar_filter import CalendarFilter
from homevisits.day_filter import DayListFilter
from homevisits.filters import DayFilter, ProgressCasesFilter, ProgressFilter, VisitFilter
from recaps.filters import ClassListFilter, EntryFilter, MyRecapsFilter
from reports.filters import LateFilter
from reports.selection import SelectionFilter
from reports.semester_page import ByFilter
from school.filter_kinds import Search
from school.filters import ListFilter, OneSemester
from school.tests.cast import Cast
from school.tests.factories import SchoolClassFactory
from school.views.classes import ClassFilter
from school.views.groups import GroupFilter
from school.views.people import PeopleFilter
from school.views.periods import PeriodFilter
from school.views.semesters import SemesterFilter
from school.views.students import StudentFilter
from school.views.subjects import SubjectFilter
from school.views.teaching import MatrixFilter
from school.views.years import OfYear, OneYear
from support.assistance_filters import AssistanceFilter
from support.filters import FollowUpFilter
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

UNKNOWN = ("nonsense", "-1", "999999999", "9" * 30, "x" * 3000, "nol\0byte", "😀", "' OR 1=1 --")


def may_be_empty(known: Filter) -> bool:
    """The filter is typed, so a form sends it empty too."""
    return isinstance(known, (Search, DayFilter))


def of_a_class(cast: Cast) -> list[int]:
    return [cast.own.pk, cast.period.pk]


def of_a_student(cast: Cast) -> list[int]:
    noted = cast.students[0]
    return [*of_a_class(cast), noted.pk]


def of_a_case(cast: Cast) -> list[int]:
    case = Case.objects.filter(counselor=cast.bk, confirmed_at__isnull=False).first()
    assert case is not None
    return [case.pk]


def of_the_semester(cast: Cast) -> list[str]:
    return [cast.semester.code]


def of_nothing(_cast: Cast) -> list[int]:
    return []


Lists = tuple[str, str, Callable[[Cast], list[Any]], str]
LISTS: dict[type[ListFilter], Lists] = {
    CaseFilter: ("coordinator", "cases:cases", of_nothing, "rows"),
    TimelineFilter: ("bk", "cases:case", of_a_case, "timeline"),
    FollowUpFilter: ("coordinator", "support:follow_ups", of_nothing, "rows"),
    VisitFilter: ("coordinator", "homevisits:visits", of_nothing, "page"),
    DayListFilter: ("bk", "homevisits:day", of_nothing, "rows"),
    CalendarFilter: ("coordinator", "homevisits:month", of_nothing, "rows"),
    AssistanceFilter: ("coordinator", "support:assistances", of_nothing, "page"),
    ProgressFilter: ("principal", "homevisits:progress", of_nothing, "progress"),
    ProgressCasesFilter: ("principal", "homevisits:progress_cases", of_nothing, "page"),
    MyRecapsFilter: ("guru", "recaps:my_recaps", of_nothing, "lines"),
    OneSemester: ("wali", "recaps:class_lists", of_nothing, "lines"),
    ClassListFilter: ("wali", "recaps:class_list", of_a_class, "rows"),
    EntryFilter: ("wali", "recaps:class_list_student", of_a_student, "entries"),
    LateFilter: ("principal", "reports:late", of_nothing, "entries"),
    SelectionFilter: ("principal", "reports:semester", of_nothing, "handling"),
    ByFilter: ("principal", "reports:semester_report", of_the_semester, "shown"),
    StudentFilter: ("coordinator", "school:students", of_nothing, "page"),
    ClassFilter: ("operator", "school:classes", of_nothing, "rows"),
    GroupFilter: ("operator", "school:groups", of_nothing, "rows"),
    MatrixFilter: ("operator", "school:teaching_matrix", of_nothing, "rows"),
    PeopleFilter: ("operator", "school:people", of_nothing, "rows"),
    PeriodFilter: ("operator", "school:recap_periods", of_nothing, "rows"),
    SemesterFilter: ("operator", "school:semesters", of_nothing, "rows"),
    SubjectFilter: ("operator", "school:subjects", of_nothing, "rows"),
}
"""Filters → reader of the list, its URL name and arguments, and the context name of its rows."""
SHARED = {CasesOfClasses, OfYear, OneYear}


def every_filter(of: type[ListFilter] = ListFilter) -> Iterator[type[ListFilter]]:
    for kind in of.__subclasses__():
        if kind.__module__.split(".")[1:2] != ["tests"]:
            yield kind
            yield from every_filter(kind)


def test_every_list_stands_in_the_table() -> None:
    assert all_names()  # so that the pages are loaded whose lists nothing else names
    assert set(every_filter()) - SHARED == set(LISTS)


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.__name__)
def test_an_unknown_value_of_any_filter_finds_nothing(
    listed: type[ListFilter], every_state: Cast
) -> None:
    who, name, args, rows = LISTS[listed]
    client = signed_in(getattr(every_state, who))
    url = reverse(name, args=args(every_state))

    def shown(query: dict[str, str]) -> Any:
        response = client.get(url, query)
        assert response.status_code in {200, 404}, (query, response)
        return response.context[rows] if response.status_code == 200 else None

    start = {} if listed is not ClassListFilter else {"show": "all"}
    assert shown(start), "the list is empty from the start"
    empty = {param: "" for param, known in listed.base_filters.items() if not may_be_empty(known)}
    faults = [param for param, value in empty.items() if shown(start | {param: value})]
    faults += [
        (param, value)
        for param in listed.base_filters
        for value in UNKNOWN
        if shown(start | {param: value})
    ]
    assert not faults


@pytest.mark.parametrize(("language", "words"), [("id", "Pilih salah satu"), ("en", "Select a")])
def test_a_refusal_is_said_in_both_languages(language: str, words: str, every_state: Cast) -> None:
    client = signed_in(every_state.coordinator)
    client.cookies["django_language"] = language
    page = client.get(reverse("cases:cases"), {"rung": "nonsense"})
    assert words in page.content.decode()


def test_classes_are_offered_in_the_order_that_people_read(every_state: Cast) -> None:
    order = {"XI IPS 1": 1, "X MIPA 10": 10, "X MIPA 2": 2, "IX A": 1}
    for name, at in order.items():
        grade, year = name.split()[0], every_state.semester.year
        SchoolClassFactory(name=name, grade=grade, order=at, year=year)
    page = signed_in(every_state.coordinator).get(reverse("cases:cases"))
    offered = [name for _pk, name, _grade in page.context["asked"].classes]
    made = {"IX A", "X MIPA 2", "X MIPA 10", "XI IPS 1"}
    assert [name for name in offered if name in made] == [
        *("IX A", "X MIPA 2", "X MIPA 10", "XI IPS 1")
    ]


@pytest.mark.parametrize("name", ["cases:cases", "homevisits:visits", "school:students"])
def test_a_search_that_the_network_cuts_off_says_so(name: str, every_state: Cast) -> None:
    html = signed_in(every_state.coordinator).get(reverse(name)).content.decode()
    assert "js/in_place" in html
    assert re.search(r'<form class="search[^>]*data-in-place="Jaringan', html)

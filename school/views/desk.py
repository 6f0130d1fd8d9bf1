"""The operator's desk: what there is of the school, and where it is changed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from school.checklist import is_over, steps_of
from school.readiness import readiness
from school.views.for_operator import for_operator
from workflow.errors import Text


@dataclass(frozen=True)
class Line:
    """A page of the desk: its title, what it is for, and the name of its URL."""

    label: Text
    more: Text
    icon: str
    url_name: str


@dataclass(frozen=True)
class Group:
    title: Text
    lines: tuple[Line, ...]


GROUPS = (
    Group(
        _("The school"),
        (
            Line(
                _("School profile"),
                _("Name, numbers, place, paper"),
                "info-circle",
                "school:profile",
            ),
            Line(
                _("Letterhead"),
                _("Address and logos, as papers print them"),
                "file-earmark-text",
                "school:letterhead",
            ),
            Line(
                _("Letter numbers"),
                _("How the next number is made"),
                "list-check",
                "school:letter_numbers",
            ),
            Line(
                _("Semesters"),
                _("Days, recap periods, holidays, policy"),
                "calendar3",
                "school:semesters",
            ),
        ),
    ),
    Group(
        _("Files"),
        (
            Line(
                _("Files in"),
                _("Students, staff, phones and more, from Dapodik or a spreadsheet"),
                "file-earmark-text",
                "school:imports",
            ),
        ),
    ),
    Group(
        _("People"),
        (
            Line(
                _("Teachers and staff"), _("Names, roles and accounts"), "person", "school:people"
            ),
            Line(
                _("Requests"),
                _("What waits for a yes, and the answers"),
                "check2-circle",
                "school:office_requests",
            ),
        ),
    ),
    Group(
        _("Classes and lessons"),
        (
            Line(
                _("Classes"),
                _("Names, students, order"),
                "people",
                "school:classes",
            ),
            Line(
                _("Homeroom teachers"),
                _("Of all classes on one page"),
                "clipboard-check",
                "school:homerooms",
            ),
            Line(_("Subjects"), _("What is taught"), "journal-text", "school:subjects"),
            Line(
                _("Teaching assignments"),
                _("Who teaches which class what"),
                "clipboard-check",
                "school:teaching",
            ),
            Line(
                _("Groups"),
                _("Religion, electives: members of several classes"),
                "people",
                "school:groups",
            ),
            Line(
                _("Counselors of the classes"),
                _("How many students each has"),
                "person",
                "school:counselors",
            ),
        ),
    ),
    Group(
        _("The course of a year"),
        (
            Line(
                _("New school year"),
                _("Who goes up, repeats or graduates"),
                "calendar-plus",
                "school:new_year",
            ),
            Line(
                _("History of changes"),
                _("Imports and moves, and how to undo them"),
                "clock",
                "school:changes",
            ),
        ),
    ),
)
"""In the order of the page. A group without lines is left out."""


@for_operator("GET")
def desk(request: HttpRequest) -> HttpResponse:
    """Show where everything of the school is changed."""
    found = readiness()
    steps = steps_of(found)
    context = {
        "groups": GROUPS,
        "steps": steps,
        "done": sum(step.is_done for step in steps),
        "is_over": is_over(found, steps),
    }
    return render(request, "school/desk.html", context)

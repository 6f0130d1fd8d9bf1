"""The changes that the operator made to many rows at once, and how one is undone."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from school.changes_said import said
from school.models import Change, User
from school.permissions import runs_the_school
from school.views.for_operator import for_operator
from school.workflow.changes import undo, why_not_undone
from workflow.submits import Answer, done
from workflow.views import acts_on, logs_access, say_done

ON_A_PAGE = 50
LINES = 100
"""What became of so many is shown on the page of a change."""
SHOWN = ("made_by", "undone_by", "upload")
"""What is said of a change beside its own columns."""


def _all(_user: User) -> QuerySet[Change]:
    return Change.objects.select_related(*SHOWN).defer("upload__packed")


@logs_access("school.change")
@for_operator("GET")
def changes(request: HttpRequest) -> HttpResponse:
    """List what was done, the newest first."""
    page = Paginator(_all(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "changes": said(list(page.object_list))}
    return render(request, "school/changes.html", context)


@acts_on(Change, may=runs_the_school, methods=("GET",), seen=_all)
def change(request: HttpRequest, change: Change) -> HttpResponse:
    """Show what a change did, and whether it can still be undone."""
    (one,) = said([change])
    context = {
        "said": one,
        "lines": one.lines[:LINES],
        "more": max(0, len(one.lines) - LINES),
        "off": why_not_undone(change),
    }
    return render(request, "school/change.html", context)


@acts_on(Change, may=runs_the_school, methods=("POST",), seen=_all)
def undo_change(request: HttpRequest, change: Change) -> Answer:
    """Put every row back as it was before the change."""
    undo(change, by=request.user)
    say_done(request, _("Undone."))
    return done("school:changes")

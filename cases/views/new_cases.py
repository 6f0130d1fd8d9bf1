"""The list of new cases: one reads what each rests on, and confirms many at once.

list      id of the class list that brought them; without it all that wait for the person's review
"""

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import workflow
from cases.models import Case
from cases.models.case import CaseQuerySet
from cases.new_cases import new_cases, to_review
from recaps.models import ClassList
from school.permissions import is_counselor
from workflow.chosen import acts_on_chosen, chosen
from workflow.ids import read_id
from workflow.rows import one_of
from workflow.submits import Answer, done, refused
from workflow.views import say_done


@acts_on_chosen("cases.case", may=is_counselor)
def new(request: HttpRequest) -> Answer:
    """Confirm all chosen cases or none, after one question that says how many."""
    if request.method != "POST":
        return _page(request)
    cases = chosen(request, "case", to_review(request.user))
    if not cases:
        messages.error(request, _("Choose at least one case that is not confirmed yet."))
        return _page(request)
    if "sure" not in request.POST:
        return _ask(request, cases)
    workflow.confirm_all(cases, by=request.user)
    said = ngettext("%(n)d case confirmed.", "%(n)d cases confirmed.", len(cases))
    say_done(request, said % {"n": len(cases)}, undo_of=cases, action="confirm")
    return done("home" if not _listed(request).exists() else request.get_full_path())


def _listed(request: HttpRequest) -> CaseQuerySet:
    if "list" not in request.GET:
        return to_review(request.user)
    brought_by = _brought_by(request)
    return to_review(request.user, brought_by) if brought_by else Case.objects.none()


def _brought_by(request: HttpRequest) -> ClassList | None:
    """Return the class list of the address, if the person may read it."""
    asked = read_id(request.GET.get("list", ""))
    seen = ClassList.objects.visible_to(request.user).select_related("school_class")
    return one_of(seen.filter(pk=asked)) if asked is not None else None


def _ask(request: HttpRequest, cases: list[Case]) -> Answer:
    asked = to_review(request.user).filter(pk__in=[case.pk for case in cases])
    return refused(render(request, "cases/new_confirm.html", {"rows": new_cases(asked)}))


def _page(request: HttpRequest) -> Answer:
    rows, waiting = new_cases(_listed(request)), to_review(request.user).count()
    context = {"rows": rows, "others": waiting - len(rows), "brought_by": _brought_by(request)}
    return refused(render(request, "cases/new.html", context))

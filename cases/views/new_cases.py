"""The list of new cases: one reads what each rests on, and confirms many at once.

list      id of the class list that brought them; without it all that wait for the person's review
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cases import workflow
from cases.models import Case
from cases.models.case import CaseQuerySet
from cases.models.evidence import to_review_from
from cases.new_cases import new_cases, to_review
from recaps.models import ClassList
from school.permissions import is_counselor
from workflow.access_log import Access
from workflow.ids import read_id
from workflow.rows import one_of
from workflow.submits import Answer, done, refused
from workflow.views import recorded, submit


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    access = Access(request, "cases.case")
    return recorded(access, lambda: _new(request, access))


def _new(request: HttpRequest, access: Access) -> HttpResponse:
    if not is_counselor(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request).response
    return submit(request, lambda: _confirm(request), access)


def _confirm(request: HttpRequest) -> Answer:
    """Confirm all chosen cases or none, after one question that says how many."""
    ids = [pk for text in request.POST.getlist("case") if (pk := read_id(text)) is not None]
    chosen = to_review(request.user).filter(pk__in=ids)
    if not chosen.exists():
        messages.error(request, _("Choose at least one case that is not confirmed yet."))
        return _page(request)
    if "sure" not in request.POST:
        return _ask(request, chosen)
    # Each is fetched by itself, since each is an act on its own case.
    each = (chosen.filter(pk=pk).first() for pk in list(chosen.values_list("pk", flat=True)))
    count = workflow.confirm_all(filter(None, each), by=request.user)
    said = ngettext("%(n)d case confirmed.", "%(n)d cases confirmed.", count) % {"n": count}
    messages.success(request, said)
    return done("home" if not _listed(request).exists() else request.get_full_path())


def _listed(request: HttpRequest) -> CaseQuerySet:
    if "list" not in request.GET:
        return to_review(request.user)
    brought_by = _brought_by(request)
    if brought_by is None:
        return Case.objects.none()
    return Case.objects.filter(to_review_from(brought_by, request.user))


def _brought_by(request: HttpRequest) -> ClassList | None:
    """Return the class list of the address, if the person may read it."""
    asked = read_id(request.GET.get("list", ""))
    seen = ClassList.objects.visible_to(request.user).select_related("school_class")
    return one_of(seen.filter(pk=asked)) if asked is not None else None


def _ask(request: HttpRequest, chosen: CaseQuerySet) -> Answer:
    context = {"rows": new_cases(chosen)}
    return refused(render(request, "cases/new_confirm.html", context))


def _page(request: HttpRequest) -> Answer:
    rows, waiting = new_cases(_listed(request)), to_review(request.user).count()
    context = {"rows": rows, "others": waiting - len(rows), "brought_by": _brought_by(request)}
    return refused(render(request, "cases/new.html", context))

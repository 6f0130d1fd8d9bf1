"""Feedback: the link that a counselor makes, the open page behind it, and the results."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cases.models import Case
from cases.permissions import is_counselor_of
from cases.views.act_page import SHOWN, act_page
from reports.feedback_results import results_of, shown_from
from reports.forms.feedback import AskForm, FeedbackForm
from reports.models import FeedbackLink, Respondent
from reports.permissions import may_read_evaluations
from reports.served import served_in
from reports.wording import asks_for_feedback
from reports.workflow import answer_feedback, ask_feedback
from reports.workflow.feedback import open_until, why_not_now
from school.contacts import Drafts, people_of
from school.filters import OneSemester
from school.models import Guardian
from workflow.lifecycle import Offer
from workflow.submits import FIELD, Answer, shown_once
from workflow.views import acts_on, logs_access, tried

KEY = "kunci"
NOT_FOUND = 404
NOBODY = _lazy(
    "Nobody has taken part in anything yet: first a contact, meeting or visit is needed."
)


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def ask(request: HttpRequest, case: Case) -> Answer:
    """Make a link for one person and one service, and show it this once."""
    served = served_in(case)
    form = AskForm(request.POST or None, served=served)
    keys: list[str] = []
    if form.is_valid() and tried(
        form, lambda: keys.append(ask_feedback(case, by=request.user, **form.cleaned_data))
    ):
        page = _link(request, case, keys[0], form.cleaned_data["respondent"])
        return shown_once(page, case.get_absolute_url())
    why = why_not_now(case) or ("" if served else NOBODY)
    return act_page(
        request,
        case,
        form,
        title=_("Ask how it was"),
        submit=_("Make the link"),
        follows=_(
            "They answer three questions without a name. You see only the counts of the whole "
            "semester, after it has ended: nobody sees who answered what."
        ),
        offer=Offer("feedback", "", not why, why),
    )


def _link(request: HttpRequest, case: Case, key: str, respondent: str) -> HttpResponse:
    """Show the link, with drafts to the numbers of those who are asked."""
    address = f"{request.build_absolute_uri(reverse('reports:feedback'))}?{KEY}={key}"
    until = open_until(case)
    draft = asks_for_feedback(address, until)
    is_parent = respondent == Respondent.PARENT
    guardians = Guardian.objects.filter(student=case.student_id) if is_parent else ()
    people = people_of(case.student, guardians, {}, Drafts(draft, draft), with_own=not is_parent)
    context = {"case": case, "address": address, "until": until, "people": people}
    return render(request, "reports/feedback_link.html", context)


@login_not_required  # a student or a parent has no account: the key in the address stands for it
@require_http_methods(["HEAD", "GET", "POST"])
@never_cache
def feedback(request: HttpRequest) -> HttpResponse:
    """Ask the three questions; a key that is used, over or unknown gets one and the same page.

    The key is a part of the query, since Django writes the path of what is not found to its log.
    """
    link = FeedbackLink.objects.of_key(request.GET.get(KEY, ""))
    sent = _sent(request)
    if link is None or not (link.is_open or (sent and link.used_by == sent)):
        return _over(request)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if sent and form.is_valid():
        took = answer_feedback(link, sent, form.steps)
        return redirect("reports:feedback_thanks") if took else _over(request)
    return _unlisted(render(request, "reports/feedback.html", {"form": form}))


def _over(request: HttpRequest) -> HttpResponse:
    return _unlisted(render(request, "reports/feedback_over.html", status=NOT_FOUND))


@login_not_required  # who has answered has no account either
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return _unlisted(render(request, "reports/feedback_thanks.html"))


@logs_access("reports.feedback")
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show the counts of a semester once all its links are over."""
    if not may_read_evaluations(request.user):
        raise PermissionDenied(_("Counselors and the principal can read the evaluation."))
    asked = OneSemester(request)
    semester = asked.chosen
    if semester is None and request.GET.get("semester"):
        raise Http404
    context = {
        "asked": asked,
        "semester": semester,
        "results": results_of(semester) if semester else None,
        "shown_from": shown_from(semester) if semester else None,
    }
    return render(request, "reports/feedback_results.html", context)


def _sent(request: HttpRequest) -> UUID | None:
    """Return the random number of the form that was sent; None if there is none."""
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _unlisted(page: HttpResponse) -> HttpResponse:
    """Return the page, marked so that no search engine lists it."""
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page

"""The text that the counselor writes for those who read the shared summary."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases import workflow
from cases.forms.case import SummaryForm
from cases.models import Case
from cases.permissions import is_counselor_of
from cases.views.act_page import SHOWN, act_page
from cases.workflow.case import is_in_time
from workflow.errors import EditConflict
from workflow.lifecycle import Offer
from workflow.submits import Answer, done
from workflow.views import acts_on, say_done, tried


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def summary(request: HttpRequest, case: Case) -> Answer:
    """Saved at the version it was read at; who comes later sees both texts."""
    form = SummaryForm(request.POST) if request.POST else SummaryForm.of(case)
    try:
        if form.is_valid() and tried(form, lambda: _save(request, case, form)):
            say_done(request, _("The summary is saved."))
            return done(case)
    except _BothTexts as conflict:
        return _summary_page(request, case, conflict.form, theirs=conflict.theirs)
    return _summary_page(request, case, form)


class _BothTexts(Exception):
    """Somebody saved first: `theirs` stands, and the form holds what was typed."""

    def __init__(self, theirs: str, form: SummaryForm) -> None:
        self.theirs = theirs
        self.form = form


def _save(request: HttpRequest, case: Case, form: SummaryForm) -> None:
    try:
        workflow.write_summary(case, by=request.user, **form.cleaned_data)
    except EditConflict as conflict:
        typed = {"text": form.cleaned_data["text"], "read_at": conflict.current.version}
        again = SummaryForm(typed)
        again.add_error(None, str(conflict))
        case.refresh_from_db(fields=["summary"])
        raise _BothTexts(case.summary, again) from conflict


def _summary_page(request: HttpRequest, case: Case, form: SummaryForm, theirs: str = "") -> Answer:
    is_over = is_in_time(case)
    return act_page(
        request,
        case,
        form,
        title=_("Shared summary"),
        submit=_("Save"),
        follows=_("Homeroom teacher and principal read this. Write nothing told in confidence."),
        offer=Offer("summary", "", not is_over, is_over or ""),
        theirs=theirs,
        template="cases/summary.html",
    )

"""The counselor's text in the shared summary."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases import workflow
from cases.forms.case import SummaryForm
from cases.models import Case
from cases.permissions import is_counselor_of
from cases.views.act_page import SHOWN, act_page
from cases.workflow.conditions import is_in_time
from school.head import naming_head
from school.versioned import save
from workflow.lifecycle import Offer
from workflow.submits import Answer
from workflow.views import acts_on, say_done


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def summary(request: HttpRequest, case: Case) -> Answer:
    """Save the text if it still has the version that was read; else show both texts."""
    if request.method != "POST":
        return _summary_page(request, case, SummaryForm.of(case))
    form = SummaryForm(request.POST)
    answer = save(
        request,
        form,
        lambda: workflow.write_summary(
            case, by=request.user, text=form.cleaned_data["summary"], read_at=form.read_at
        ),
        page=lambda: _summary_page(request, case, form).response,
        then=case.get_absolute_url,
    )
    if answer.is_done:
        say_done(request, _("Summary saved."))
    return answer


def _summary_page(request: HttpRequest, case: Case, form: SummaryForm) -> Answer:
    is_over = is_in_time(case)
    return act_page(
        request,
        case,
        form,
        title=_("Shared summary"),
        submit=_("Save"),
        follows=naming_head(
            _(
                "The homeroom teacher and the %(head)s read this. Leave out anything told in "
                "confidence."
            )
        ),
        offer=Offer("summary", "", not is_over, is_over or ""),
    )

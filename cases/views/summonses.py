"""The acts on a summons: issue, number, deliver, reschedule, record the outcome, withdraw."""

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import workflow
from cases.forms.summons import (
    DeliveryForm,
    IssueForm,
    MeetingForm,
    NumberForm,
    OutcomeForm,
    WithdrawForm,
    meeting_of,
)
from cases.models import Case, Summons
from cases.models.summons import LAST_SEQUENCE, ROMAN
from cases.permissions import is_counselor_of
from cases.views.act_page import SHOWN, act_page
from cases.wording import usual_host, usual_purpose
from cases.workflow import SUMMONS
from cases.workflow.summons import next_sequence
from school.models import LetterNumber, SchoolProfile
from school.models.letters import LetterKind
from workflow import clock
from workflow.lifecycle import Offer, offer
from workflow.submits import Answer, done
from workflow.views import acts_on, say_done, tried


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def issue_summons(request: HttpRequest, case: Case) -> Answer:
    """Issue a letter with proposed values, and open it."""
    form = IssueForm(request.POST or None, case=case, reader=request.user, initial=_proposed(case))
    issued: list[Summons] = []
    if form.is_valid() and tried(
        form,
        lambda: issued.append(workflow.issue_summons(case, by=request.user, **form.cleaned_data)),
    ):
        say_done(request, _("The letter is ready."))
        return done("cases:summons", issued[0].pk)
    return act_page(
        request,
        case,
        form,
        title=_("Issue summons %(sequence)s") % {"sequence": _roman(next_sequence(case))},
        submit=_("Create the letter"),
        follows=_("The number goes into the register. You can withdraw a letter that is not sent."),
        offer=offer(SUMMONS["issue"], request.user, case),
    )


def _roman(sequence: int) -> str:
    """Return I, II or III; empty if no sequence is left, which the page then says."""
    return ROMAN[sequence] if sequence <= LAST_SEQUENCE else ""


def _proposed(case: Case) -> dict[str, object]:
    return {
        "number": LetterNumber.objects.proposed(LetterKind.SUMMONS, clock.today()),
        "place": SchoolProfile.current().counseling_room,
        "to_meet": usual_host(case),
        "purpose": usual_purpose(),
    }


@acts_on(Summons, may=is_counselor_of)
def fill_number(request: HttpRequest, summons: Summons) -> Answer:
    form = NumberForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.fill_number(summons, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Number saved. Print the letter again."))
        return done("cases:summons", summons.pk)
    return _page(
        request,
        summons,
        form,
        "number",
        title=_("Fill in the number"),
        submit=_("Save"),
        follows=_("This makes a new version of the letter."),
    )


@acts_on(Summons, may=is_counselor_of)
def reschedule(request: HttpRequest, summons: Summons) -> Answer:
    """Set a new day for the same number and sequence, and ask for the receipt again."""
    form = MeetingForm(
        request.POST or None,
        case=summons.case,
        reader=request.user,
        summons=summons,
        initial=meeting_of(summons),
    )
    if form.is_valid() and tried(
        form, lambda: workflow.reschedule(summons, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Meeting rescheduled. Print the letter again."))
        return done("cases:summons", summons.pk)
    return _page(
        request,
        summons,
        form,
        "reschedule",
        title=_("Reschedule the meeting"),
        submit=_("Reschedule"),
        follows=_("This makes a new version of the letter, which must be delivered again."),
    )


@acts_on(Summons, may=is_counselor_of)
def summons_delivery(request: HttpRequest, summons: Summons) -> Answer:
    """Record the tear-off receipt."""
    form = DeliveryForm(request.POST or None, case=summons.case)
    if form.is_valid() and tried(
        form, lambda: workflow.record_delivery(summons, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Delivery recorded."), undo_of=summons, action="deliver")
        return done(summons.case)
    return _page(
        request,
        summons,
        form,
        "deliver",
        title=_("Delivery of summons %(sequence)s") % {"sequence": summons.roman},
        submit=_("Save"),
    )


@acts_on(Summons, may=is_counselor_of)
def summons_outcome(request: HttpRequest, summons: Summons) -> Answer:
    """Record that they came, with whom and what was said, or that they did not."""
    form = OutcomeForm(request.POST or None, semester=summons.case.semester)
    if form.is_valid() and tried(
        form, lambda: workflow.record_outcome(summons, by=request.user, **form.cleaned_data)
    ):
        action = "attended" if form.cleaned_data["attended"] else "not_attended"
        say_done(request, _("Outcome recorded."), undo_of=summons, action=action)
        return done(summons.case)
    return _page(
        request,
        summons,
        form,
        "attended",
        title=_("Outcome of summons %(sequence)s") % {"sequence": summons.roman},
        submit=_("Save the outcome"),
    )


@acts_on(Summons, may=is_counselor_of)
def withdraw_summons(request: HttpRequest, summons: Summons) -> Answer:
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.withdraw_summons(summons, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Summons withdrawn."))
        return done(summons.case)
    return _page(
        request,
        summons,
        form,
        "withdraw",
        title=_("Withdraw summons %(sequence)s") % {"sequence": summons.roman},
        submit=_("Withdraw"),
        follows=_(
            "This cannot be undone. Its number stays in the register as cancelled, its "
            "place in the sequence becomes free again, and the rung follows the steps that "
            "remain."
        ),
    )


def _page(
    request: HttpRequest,
    summons: Summons,
    form: BaseForm,
    name: str,
    *,
    title: str,
    submit: str,
    follows: str = "",
) -> Answer:
    """Draw the page of the act `name`, which is off once the summons has an outcome."""
    gone = Offer(name, "", False, _("This summons already has an outcome or was withdrawn."))
    letter = reverse("cases:summons", args=[summons.pk])
    found = SUMMONS.offer_of(name, request.user, summons) or gone
    return act_page(
        request,
        summons.case,
        form,
        title=title,
        submit=submit,
        follows=follows,
        offer=found,
        cancel_url=letter,
    )

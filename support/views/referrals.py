"""The acts on a referral out: prepare, consent, send, number, answer, withdraw."""

from functools import partial

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases.forms.summons import NumberForm, WithdrawForm
from cases.models import Case
from cases.permissions import is_counselor_of
from cases.views.act_page import SHOWN, act_page
from school.models import Guardian, LetterNumber
from school.models.letters import LetterKind
from school.versioned import READ_AT, save
from support import workflow
from support.forms.referral import AnswerForm, ConsentForm, EditForm, PrepareForm, SendForm
from support.models import Referral
from support.workflow import REFERRAL
from workflow import clock
from workflow.lifecycle import Offer, offer
from workflow.submits import Answer, done
from workflow.views import acts_on, say_done, tried

on_referral = partial(
    acts_on, Referral, may=is_counselor_of, related=tuple(f"case__{name}" for name in SHOWN)
)
"""A view by which the case's counselor acts on one referral."""


@acts_on(Case, may=is_counselor_of, related=SHOWN)
def prepare_referral(request: HttpRequest, case: Case) -> Answer:
    """Write to whom the case goes and why; the letter comes after the parents' consent."""
    form = PrepareForm(request.POST or None, semester=case.semester)
    made: list[Referral] = []
    if form.is_valid() and tried(
        form,
        lambda: made.append(workflow.prepare_referral(case, by=request.user, **form.cleaned_data)),
    ):
        say_done(request, _("Referral prepared. Ask the parents next."))
        return done(made[0])
    return act_page(
        request,
        case,
        form,
        title=_("Refer the case out"),
        submit=_("Prepare"),
        follows=_("Nothing is sent yet. First record the parents' consent, then send the letter."),
        offer=offer(REFERRAL["prepare"], request.user, case),
    )


@on_referral()
def edit_referral(request: HttpRequest, referral: Referral) -> Answer:
    """Change what the letter will say, if nobody has changed it since it was read."""
    if request.method != "POST":
        return _edit_page(request, referral, EditForm.of(referral))
    form = EditForm(request.POST)
    answer = save(
        request,
        form,
        lambda: workflow.edit_referral(
            referral,
            by=request.user,
            read_at=form.read_at,
            **{name: form.cleaned_data[name] for name in form.texts},
        ),
        page=lambda: _edit_page(request, referral, form).response,
        then=referral.get_absolute_url,
    )
    if answer.is_done:
        say_done(request, _("Referral changed."))
    return answer


def _edit_page(request: HttpRequest, referral: Referral, form: EditForm) -> Answer:
    agreed = _("The parents have agreed already: tell them what changes.")
    return _page(
        request,
        referral,
        form,
        "edit",
        title=_("Change the referral"),
        follows=agreed if referral.consent_on else "",
    )


@on_referral()
def referral_consent(request: HttpRequest, referral: Referral) -> Answer:
    guardian = Guardian.objects.filter(student=referral.case.student_id).first()
    form = ConsentForm(request.POST or None, referral=referral, guardian=guardian)
    if form.is_valid() and tried(
        form, lambda: workflow.record_consent(referral, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Consent recorded."), undo_of=referral, action="consent")
        return done(referral)
    return _page(
        request,
        referral,
        form,
        "consent",
        title=_("Consent of the parents"),
        follows=_("Keep a written consent with the papers of the case."),
    )


@on_referral()
def send_referral(request: HttpRequest, referral: Referral) -> Answer:
    """Send the letter that was read, without the parents' consent only for a written reason."""
    found = offer(REFERRAL["send"], request.user, referral)
    missing = found.reason if found.needs_reason else ""
    proposed = LetterNumber.objects.proposed(LetterKind.REFERRAL, clock.today())
    form = SendForm(
        request.POST or None, referral=referral, missing=missing, initial={"number": proposed}
    )
    if form.is_valid() and tried(
        form, lambda: workflow.send_referral(referral, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("The letter is ready."))
        return done(referral)
    if form.non_field_errors() or READ_AT in form.errors:
        form.show_again(referral)
    return _page(
        request,
        referral,
        form,
        "send",
        title=_("Letter of the referral"),
        submit=_("Create the letter"),
        follows=_("The number goes into the register. Until an answer comes you can withdraw it."),
        template="support/send_referral.html",
    )


@on_referral()
def referral_number(request: HttpRequest, referral: Referral) -> Answer:
    form = NumberForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.fill_referral_number(referral, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Number saved. Print the letter again."))
        return done(referral)
    return _page(request, referral, form, "number", title=_("Fill in the number"))


@on_referral()
def referral_answer(request: HttpRequest, referral: Referral) -> Answer:
    """Record what came back, or that they did not take the case on."""
    form = AnswerForm(request.POST or None, referral=referral)
    if form.is_valid() and tried(
        form, lambda: workflow.record_answer(referral, by=request.user, **form.cleaned_data)
    ):
        taken_on = form.cleaned_data["taken_on"]
        said = _("Answer recorded.") if taken_on else _after_refusal(referral.case)
        say_done(request, said, undo_of=referral, action="answer" if taken_on else "refuse")
        return done(referral.case)
    return _page(request, referral, form, "answer", title=_("Answer to the referral"))


def _after_refusal(case: Case) -> str:
    if case.is_open:
        return _("Recorded: they did not take it on.")
    return _("Recorded. Nobody outside has the case now: reopen it if the school goes on.")


@on_referral()
def withdraw_referral(request: HttpRequest, referral: Referral) -> Answer:
    form = WithdrawForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.withdraw_referral(referral, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Referral withdrawn."))
        return done(referral.case)
    return _page(
        request,
        referral,
        form,
        "withdraw",
        title=_("Withdraw the referral"),
        submit=_("Withdraw"),
        follows=_("Its number stays in the register as cancelled."),
    )


def _page(
    request: HttpRequest,
    referral: Referral,
    form: BaseForm,
    act: str,
    *,
    title: str,
    submit: str = "",
    follows: str = "",
    template: str = "cases/act.html",
) -> Answer:
    offered = REFERRAL.offer_of(act, request.user, referral)
    return act_page(
        request,
        referral.case,
        form,
        title=title,
        submit=submit or _("Save"),
        follows=follows,
        offer=offered or Offer(act, title, False, _("Not possible in this state.")),
        cancel_url=referral.get_absolute_url(),
        template=template,
        referral=referral,
    )

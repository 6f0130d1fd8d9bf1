"""Contact attempts: log them, and void those logged by mistake."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cases import workflow
from cases.forms.contact import ContactForm, VoidForm
from cases.models import Case, Contact
from cases.people import BAD_NUMBER, bad_numbers, best_to_call
from cases.permissions import may_log_contact, may_void_contact
from cases.siblings import siblings_of
from cases.views.act_page import SHOWN, act_page
from cases.wording import first_messages
from cases.workflow import CONTACT
from school.contacts import people_of
from school.models import Guardian
from workflow.lifecycle import offer
from workflow.submits import Answer, done
from workflow.views import acts_on, say_done, tried


@acts_on(Case, may=may_log_contact, related=SHOWN)
def log_contact(request: HttpRequest, case: Case) -> Answer:
    """Log an attempt and its outcome; if the number was bad, offer to correct it."""
    guardians = list(Guardian.objects.filter(student=case.student_id))
    attempts = list(Contact.objects.visible_to(request.user).counting().filter(case=case))
    people = people_of(case.student, guardians, bad_numbers(attempts), first_messages(request.user))
    usual = best_to_call(people, attempts)
    form = ContactForm(request.POST or None, case=case, guardians=guardians, usual=usual)
    if form.is_valid() and tried(form, lambda: _log(request, case, form)):
        return done(case)
    return act_page(
        request,
        case,
        form,
        title=_("Log a contact"),
        submit=_("Save"),
        offer=offer(CONTACT["log"], request.user, case),
        template="cases/contact.html",
        people=people,
        siblings=siblings_of(case, guardians, request.user),
    )


def _log(request: HttpRequest, case: Case, form: ContactForm) -> None:
    contact = workflow.log_contact(case, by=request.user, **form.cleaned_data)
    said = _("Attempt logged.")
    if contact.outcome in BAD_NUMBER:
        said = _("Attempt logged. Correct the number below if you know it.")
    say_done(request, said, undo_of=contact, action="log")


@acts_on(Contact, may=may_void_contact)
def void_contact(request: HttpRequest, contact: Contact) -> Answer:
    form = VoidForm(request.POST or None)
    if form.is_valid() and tried(
        form, lambda: workflow.void_contact(contact, by=request.user, **form.cleaned_data)
    ):
        say_done(request, _("Attempt voided."))
        return done(contact.case)
    return act_page(
        request,
        contact.case,
        form,
        title=_("Void an attempt"),
        submit=_("Void"),
        follows=_(
            "It stays in the history, struck through, but no longer counts towards the rung."
        ),
        offer=CONTACT.offer_of("void", request.user, contact),
    )

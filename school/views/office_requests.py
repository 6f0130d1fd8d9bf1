"""What operators ask for and who answers: one list for all of them, and a page for each request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from school.forms.office import AnswerForm, AskForm
from school.models import OfficeRequest, Told, User
from school.models.office_request import REQUESTS, Asked
from school.permissions import runs_the_school
from school.views.first_passwords import slips
from school.views.for_operator import for_operator
from school.views.people import people_of_today, signed_in, works_as
from school.workflow import office_request as acts
from school.workflow.told import read_all
from workflow.lifecycle import Offer
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, back, say_done, submit, tried

NEWEST = 50


@require_http_methods(["GET", "HEAD", "POST"])
def office_requests(request: HttpRequest) -> HttpResponse:
    """Show what waits for an answer, what one was told, and what was answered."""
    if not REQUESTS.shows_some(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return submit(request, lambda: _read(request))
    rows = OfficeRequest.objects.visible_to(request.user).select_related(
        "person", "asked_by", "answered_by"
    )
    told = Told.objects.filter(to=request.user, read_at=None)
    context = {
        "waiting": rows.waiting(),
        "answered": rows.exclude(pk__in=rows.waiting().values("pk"))[:NEWEST],
        "told": told.select_related("about", "by", "request"),
        "back": reverse("school:desk" if runs_the_school(request.user) else "home"),
    }
    return render(request, "school/office_requests.html", context)


def _read(request: HttpRequest) -> Answer:
    read_all(request.user)
    return done("school:office_requests")


@acts_on(OfficeRequest, methods=("GET",), related=("person", "asked_by", "answered_by"))
def office_request(request: HttpRequest, asked: OfficeRequest) -> HttpResponse:
    return _page(request, asked, AnswerForm())


@acts_on(OfficeRequest, may=acts.may_answer, methods=("POST",), related=("person", "asked_by"))
def answer_office_request(request: HttpRequest, asked: OfficeRequest) -> Answer:
    """Agree or refuse. A first password is shown to who agrees, and to nobody else."""
    form = AnswerForm(request.POST)
    then = reverse("school:office_requests")
    if not form.is_valid():
        return refused(_page(request, asked, form))
    answer = form.cleaned_data["answer"]
    if request.POST.get("act") == "refuse":
        acts.refuse(asked, by=request.user, answer=answer)
        say_done(request, _("Refused."))
        return done(then)
    if request.POST.get("act") != "agree":
        return refused(_page(request, asked, form))
    given = acts.agree(asked, by=request.user, answer=answer)
    say_done(request, _("Agreed and done."))
    return slips(request, [given], then) if given else done(then)


@acts_on(OfficeRequest, may=acts.may_withdraw, methods=("POST",), related=("person",))
def withdraw_office_request(request: HttpRequest, asked: OfficeRequest) -> Answer:
    """Take the request back, and lead to the page from which that was done."""
    acts.withdraw(asked, by=request.user)
    say_done(request, _("Withdrawn."))
    return done(back(request, "school:office_requests"))


@for_operator("GET", "POST")
def ask(request: HttpRequest, pk: int) -> Answer:
    """Ask for what the operator may not do to this person alone."""
    person = get_object_or_404(User, pk=pk)
    choices = acts.what_to_ask_by(request.user, person)
    nothing = _("There is nothing for which a yes is needed.")
    if acts.what_to_ask(person):
        nothing = _("You cannot do this to your own account. Ask another operator.")
    form = AskForm(request.POST or None, person=person, choices=choices)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: acts.ask(person, form.wish, by=request.user, reason=reason)):
            say_done(
                request,
                _("Asked. It takes effect with the yes of the coordinator or the principal."),
            )
            return done("school:person", pk)
    context = {
        "form": form,
        "person": person,
        "title": _("Make a request"),
        "submit": _("Make the request"),
        "person_url": reverse("school:person", args=[pk]),
        "off": "" if choices else nothing,
    }
    return refused(render(request, "school/office.html", context))


def _page(request: HttpRequest, asked: OfficeRequest, form: AnswerForm) -> HttpResponse:
    offers: dict[str, Offer] = {
        offer.name: offer for offer in acts.OFFICE_REQUEST.offers(request.user, asked)
    }
    person = people_of_today().get(pk=asked.person_id)
    first = person.history.order_by("history_date").first()
    context = {
        "asked": asked,
        "form": form,
        "offers": offers,
        "made_on": first.history_date if first else None,
        "works_as": works_as(person),
        "signed_in": signed_in(person),
        "effects": effects(asked),
    }
    return render(request, "school/office_request.html", context)


SLIP = gettext_lazy(
    "You print a slip with a first password and hand it to %(name)s yourself. The password that "
    "%(name)s has now stops working."
)
DOES = {
    Asked.OFFICE: gettext_lazy(
        "%(name)s becomes %(office)s, and sees cases of students as this role does."
    ),
    Asked.PASSWORD: SLIP,
    Asked.SECOND_FACTOR: gettext_lazy(
        "The codes and passkeys of %(name)s stop working, and new ones are set up at the next "
        "sign-in. Ask %(name)s before you agree."
    ),
    Asked.ENABLE: gettext_lazy("%(name)s can sign in again, with the password from before."),
    Asked.USER_NAME: gettext_lazy(
        "%(name)s signs in as %(user_name)s from then on, with the same password."
    ),
    Asked.TEACH: gettext_lazy(
        "%(name)s stays an operator, and works with own lessons and classes too: writes recaps, "
        "and as a homeroom teacher sees of the own class what these see, cases too."
    ),
}


def effects(asked: OfficeRequest) -> list[str]:
    """Return what the yes does, in words."""
    said = [DOES[Asked(asked.what)]]
    if asked.what == Asked.OFFICE and acts.gives_password(asked):
        said.append(SLIP)
    words = {
        "name": asked.person.called,
        "office": asked.title,
        "user_name": asked.user_name,
    }
    return [str(line) % words for line in said]

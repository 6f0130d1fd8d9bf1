"""What an operator asks for, and the yes or no of the coordinator or the principal.

Nobody answers what they asked for, or what is about themselves. The yes does it, in one step.
Whoever gets a guarded office for the first time gets a first password with it, and loses their
second factor: until then the operator could have known both. The slip is shown to the one who says
yes, so the operator never holds a password of somebody who sees cases.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from school.models import OfficeRequest, Told, User
from school.models.office_request import Asked, RequestStatus
from school.permissions import is_coordinator, is_guarded, is_operator, is_principal, may_teach
from school.roles import OFFICES
from school.workflow import accounts
from school.workflow.accounts import FirstPassword, has_second_factor
from school.workflow.offices import (
    GUARDED_CODES,
    NOT_BEFORE_TODAY,
    give_office,
    let_teach,
    why_not,
)
from school.workflow.told import answerers, tell
from workflow import clock
from workflow.errors import NotAllowed, NotNow, Text
from workflow.lifecycle import NEW, Lifecycle, Note, Transition
from workflow.run import make, run
from workflow.versions import held, save_versioned

S = RequestStatus
KIND = "school.officerequest"
FOR_ONESELF = {Asked.TEACH}
"""What an operator may ask for themselves: it opens nothing before the yes, as no other does."""
OF_GUARDED = {Asked.PASSWORD, Asked.SECOND_FACTOR, Asked.ENABLE, Asked.USER_NAME}


def may_ask(user: User, _person: User) -> bool:
    """The user is an operator; for themselves they ask for own lessons and classes alone."""
    return is_operator(user)


def may_answer(user: User, request: OfficeRequest) -> bool:
    """The user is the coordinator or the principal; neither asked for it nor is it about them."""
    answers = is_coordinator(user) or is_principal(user)
    return answers and user.pk not in {request.asked_by_id, request.person_id}


def may_withdraw(user: User, request: OfficeRequest) -> bool:
    """The user is an operator, and it is not about themselves unless they asked for it."""
    return is_operator(user) and (user.pk != request.person_id or user.pk == request.asked_by_id)


def somebody_can_answer(person: User) -> Text | None:
    """There is a coordinator or principal beside the person."""
    if answerers() - {person.pk}:
        return None
    return _(
        "There is nobody who could agree: no coordinator and no principal can sign in. Whoever "
        "runs the server makes the first one (manage.py make_bk)."
    )


def can_be_done(request: OfficeRequest) -> Text | None:
    """What is asked for is still possible, and still needs a yes."""
    person = request.person
    if request.what == Asked.OFFICE:
        return _why_no_account(person) or _why_no_office(request)
    if request.what == Asked.ENABLE and person.is_active:
        return _("The account is enabled already.")
    if request.what == Asked.SECOND_FACTOR and not has_second_factor(person):
        return _("There is no two-step sign-in to reset.")
    if request.what == Asked.USER_NAME and _is_taken(request):
        return _("Somebody has this user name already.")
    if request.what == Asked.TEACH and not is_operator(person):
        return _("%(name)s is no operator.") % {"name": person.called}
    return None


OFFICE_REQUEST = Lifecycle(
    KIND,
    _("Request of an operator"),
    RequestStatus,
    (
        Transition("ask", _("Ask for it"), (NEW,), S.ASKED, may_ask, (somebody_can_answer,)),
        Transition(
            "agree",
            _("Agree"),
            (S.ASKED,),
            S.AGREED,
            may_answer,
            (can_be_done,),
            note=Note.MAY,
        ),
        Transition("refuse", _("Refuse"), (S.ASKED,), S.REFUSED, may_answer, note=Note.MUST),
        Transition("withdraw", _("Withdraw"), (S.ASKED,), S.WITHDRAWN, may_withdraw),
    ),
    root=lambda request: request.person,
)


@dataclass(frozen=True)
class Wish:
    """What is asked for; the fields of an office or the new user name where it has them."""

    what: str
    office: str = ""
    acting: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    user_name: str = ""


def ask(person: User, wish: Wish, *, by: User, reason: str) -> OfficeRequest:
    """Ask coordinator and principal for it. Raises NotAllowed, NotNow."""
    if by.pk == person.pk and wish.what not in FOR_ONESELF:
        raise NotAllowed

    def create() -> OfficeRequest:
        request = OfficeRequest(
            person=person, reason=reason, asked_by=by, asked_at=clock.now(), **vars(wish)
        )
        if why := _why_not_ask(request) or can_be_done(request):
            raise NotNow(why)
        request.save()
        return request

    try:
        with transaction.atomic():
            return make(KIND, "ask", person, create, by=by)
    except IntegrityError:
        raise NotNow(_("This was asked for already, and waits for an answer.")) from None


@transaction.atomic
def agree(request: OfficeRequest, *, by: User, answer: str = "") -> FirstPassword | None:
    """Say yes and do it. Returns the first password that the person gets, if they get one.

    Raises NotAllowed, WrongState, NotNow.
    """
    values = {"starts_on": request.first_day} if request.what == Asked.OFFICE else {}
    _answer(request, "agree", by, answer, values)
    given = _do(request, by)
    tell(Told.What.AGREED, request.person, by=by, request=request, also=[request.asked_by_id])
    return given


@transaction.atomic
def refuse(request: OfficeRequest, *, by: User, answer: str) -> None:
    """Say no, and why. Raises NotAllowed, WrongState, NotNow."""
    _answer(request, "refuse", by, answer, {})
    tell(Told.What.REFUSED, request.person, by=by, request=request, also=[request.asked_by_id])


def withdraw(request: OfficeRequest, *, by: User) -> None:
    """Take the request back. Raises NotAllowed, WrongState."""
    run(request, "withdraw", by=by)


def what_to_ask(person: User) -> list[Asked]:
    """Return what an operator can ask for about the person."""
    found = []
    if is_guarded(person):
        found = [Asked.PASSWORD, Asked.USER_NAME]
        if has_second_factor(person):
            found.append(Asked.SECOND_FACTOR)
        if not person.is_active:
            found.append(Asked.ENABLE)
    if is_operator(person) and not may_teach(person):
        found.append(Asked.TEACH)
    return found


def what_to_ask_by(user: User, person: User) -> list[Asked]:
    """Return what this operator can ask for about the person: less about themselves."""
    is_own = user.pk == person.pk
    return [one for one in what_to_ask(person) if one in FOR_ONESELF or not is_own]


def _answer(
    request: OfficeRequest, name: str, by: User, answer: str, values: Mapping[str, object]
) -> None:
    said = {"answered_by": by, "answered_at": clock.now(), "answer": answer.strip()}
    run(request, name, by=by, note=answer, values={**values, **said})


def _do(request: OfficeRequest, by: User) -> FirstPassword | None:
    person = held(request.person)
    if request.what == Asked.OFFICE:
        return _give(person, request, by)
    if request.what == Asked.PASSWORD:
        return FirstPassword(person, accounts.give_first_password(person, by=by))
    if request.what == Asked.SECOND_FACTOR:
        accounts.reset_second_factor(person, by=by)
    elif request.what == Asked.ENABLE:
        accounts.enable(person, by=by)
    elif request.what == Asked.USER_NAME:
        save_versioned(person, {"username": request.user_name}, read_at=person.version)
    else:
        let_teach(person, by=by)
    return None


def _give(person: User, request: OfficeRequest, by: User) -> FirstPassword | None:
    """Give the office; a new password too, unless only the person can know theirs.

    That is so of who holds a guarded office already. A second open request does not count.
    """
    renews = gives_password(request)
    give_office(
        person,
        OFFICES[request.office],
        by=by,
        starts_on=request.first_day,
        ends_on=request.ends_on,
        acting=request.acting,
    )
    return accounts.make_new(person, by=by) if renews else None


def gives_password(request: OfficeRequest) -> bool:
    """The yes gives the person a new first password."""
    holds = User.objects.holding_guarded().filter(pk=request.person_id)
    return request.what == Asked.PASSWORD or (request.what == Asked.OFFICE and not holds.exists())


def _is_taken(request: OfficeRequest) -> bool:
    others = User.objects.exclude(pk=request.person_id)
    return others.filter(username__iexact=request.user_name).exists()


def _why_no_office(request: OfficeRequest) -> Text | None:
    """Return why the person cannot get the office now, or from the day that is asked for."""
    if request.ends_on and request.ends_on < clock.today():
        return _("The last day asked for has passed: ask again with other days.")
    office, first = OFFICES[request.office], request.first_day
    return why_not(request.person, office, first, request.ends_on, request.acting)


def _why_no_account(person: User) -> Text | None:
    return None if person.is_active else _("The account is disabled: enable it first.")


def _why_not_ask(request: OfficeRequest) -> Text | None:
    """Return why there is nothing to ask: the operator can do it alone."""
    if request.what == Asked.OFFICE and request.office in GUARDED_CODES:
        is_past = request.starts_on and request.starts_on < clock.today()
        return NOT_BEFORE_TODAY if is_past else None
    if request.what == Asked.TEACH or (request.what in OF_GUARDED and is_guarded(request.person)):
        return None
    return _("This needs nobody's yes: do it at once.")

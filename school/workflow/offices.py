"""Giving and ending offices. Whether it waits for a yes is asked in `office_request`.

`give_office` itself asks nobody, so that a command can make the first coordinator and principal.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from school.models import OfficeHolding, Told, User
from school.permissions import is_guarded
from school.roles import GUARDED, OPERATOR, PRINCIPAL, Role
from school.wording import full_day
from school.workflow import accounts
from school.workflow.accounts import FirstPassword
from school.workflow.told import answerers, tell
from workflow import clock
from workflow.errors import NotNow, Text, WrongState
from workflow.run import lock, log_act

GUARDED_CODES = frozenset(office.code for office in GUARDED)
NOT_BEFORE_TODAY = _("From today on, or later: what was signed until now stays as it is.")


@transaction.atomic
def give_office(
    person: User,
    office: Role,
    *,
    by: User,
    starts_on: date | None = None,
    ends_on: date | None = None,
    acting: str = "",
) -> OfficeHolding:
    """Let `person` hold `office` from a day, today by default. Raises NotNow if they cannot."""
    starts_on = starts_on or clock.today()
    lock(person)
    if why := why_not(person, office, starts_on, ends_on, acting):
        raise NotNow(why)
    holding = OfficeHolding.objects.create(
        user=person, office=office.code, starts_on=starts_on, ends_on=ends_on, acting=acting
    )
    log_act(holding, "give_office", by=by)
    person.forget_ties()
    return holding


def why_not(
    person: User, office: Role, starts_on: date, ends_on: date | None, acting: str
) -> Text | None:
    """Return why the person cannot hold the office on these days; None if they can."""
    if starts_on < clock.today():
        return NOT_BEFORE_TODAY
    if ends_on and ends_on < starts_on:
        return _("The last day is before the first one.")
    if acting and (office != PRINCIPAL or not ends_on):
        return _("Acting is for the principal alone, and needs a last day.")
    held = OfficeHolding.objects.between(starts_on, ends_on or date.max)
    if before := held.filter(user=person, office=office.code).first():
        words = _("%(name)s is %(office)s already, from %(day)s on.")
        day = full_day(before.starts_on)
        return words % {"name": person.called, "office": office.label, "day": day}
    return None


@transaction.atomic
def make_first(person: User, office: Role) -> FirstPassword:
    """Give `office`, and an account that opens with the returned password alone.

    For who runs the server, whom the log does not name. Raises NotNow while somebody can agree.
    """
    if answerers():
        raise NotNow(_("Somebody can agree to it: the operator asks for it in the browser."))
    server = User()
    held = OfficeHolding.objects.today().filter(user=person, office=office.code)
    if not held.exists():
        give_office(person, office, by=server)
    if not person.is_active:
        accounts.enable(person, by=server)
    return accounts.make_new(person, by=server)


@transaction.atomic
def open_operator(person: User) -> FirstPassword:
    """Give an operator an account that opens with the returned password alone.

    For who runs the server, whom the log does not name. Raises NotNow for somebody who is no
    operator, or whose account waits for a yes while another operator can ask for it.
    """
    operators = OfficeHolding.objects.today().filter(office=OPERATOR.code)
    if not operators.filter(user=person).exists():
        raise NotNow(_("%(name)s is no operator.") % {"name": person.called})
    others = operators.filter(user__is_active=True).exclude(user=person)
    if is_guarded(person) and others.exists():
        raise NotNow(_("%(name)s sees cases too: make a request.") % {"name": person.called})
    server = User()
    if not person.is_active:
        accounts.enable(person, by=server)
    return accounts.make_new(person, by=server)


@transaction.atomic
def end_office(holding: OfficeHolding, *, last_day: date, by: User) -> None:
    """End an office on a day, yesterday at the earliest; one that has not begun is taken back.

    Raises NotNow for one's own office, and for a day after the one on which it ends anyway: more
    days are given, not left over. Raises WrongState if it has ended.
    """
    rows = OfficeHolding.objects.from_today().select_for_update()
    held = rows.filter(pk=holding.pk).first()
    if held is None:
        raise WrongState
    if held.user_id == by.pk:
        raise NotNow(_("You cannot do this to your own account. Ask another operator."))
    log_act(held, "end_office", by=by)
    if held.starts_on > clock.today():
        held.delete()
    else:
        _end(held, last_day)
    holding.user.forget_ties()
    if held.office in GUARDED_CODES:
        tell(Told.What.ENDED, held.user, by=by, office=held.office)


def _end(held: OfficeHolding, last_day: date) -> None:
    earliest = max(held.starts_on, clock.today() - timedelta(days=1))
    if last_day < earliest:
        raise NotNow(_("%(day)s at the earliest.") % {"day": full_day(earliest)})
    if held.ends_on and last_day > held.ends_on:
        raise NotNow(_("It ends on %(day)s already.") % {"day": full_day(held.ends_on)})
    held.ends_on = last_day
    held.save(update_fields=["ends_on"])


@transaction.atomic
def let_teach(person: User, *, by: User) -> None:
    """Let an operator's lessons and classes count. Raises NotNow if they are no operator."""
    holdings = OfficeHolding.objects.from_today().filter(user=person, office=OPERATOR.code)
    held = list(holdings.select_for_update())
    for one in held:
        one.also_teaches = True
        one.save(update_fields=["also_teaches"])
    if not held:
        raise NotNow(_("%(name)s is no operator.") % {"name": person.called})
    log_act(person, "let_teach", by=by)
    person.forget_ties()

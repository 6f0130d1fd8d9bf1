"""Contact attempts as steps of a case."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.acts import CONTACT_ACTS
from cases.models import Case, Channel, Contact, ContactOutcome, Rung
from cases.models.contact import ContactStatus
from cases.steps import (
    Cases,
    Ids,
    Line,
    Moment,
    NextStep,
    OpenCase,
    StepKind,
    Steps,
    Wait,
    by_case,
)
from cases.waits import CONTACT_AGAIN, DECIDE
from school.models import User
from workflow import clock
from workflow.acts import Button
from workflow.errors import Text

KIND = "contact"
ICONS: dict[str, str] = {
    Channel.WHATSAPP: "whatsapp",
    Channel.FACE: "people",
    Channel.MESSAGE: "chat-left-text",
}


class Attempt(Protocol):
    """The fields of a contact that decide what comes next."""

    status: str
    happened_at: datetime
    outcome: str


class ContactSteps(StepKind[Contact]):
    name = KIND
    label = _("Contacts")
    icon = "telephone"
    rung = Rung.CONTACT
    waits = (CONTACT_AGAIN, DECIDE)

    def counting(self, cases: Cases) -> dict[int, list[date]]:
        found: dict[int, list[date]] = {}
        rows = Contact.objects.counting().filter(case__in=cases)
        for case_id, at in rows.order_by("happened_at").values_list("case", "happened_at"):
            found.setdefault(case_id, []).append(clock.day_of(at))
        return found

    def of(self, cases: Sequence[Case]) -> dict[int, list[Contact]]:
        prefetch_related_objects(cases, Prefetch("contacts", Contact.objects.known()))
        return {case.pk: list(case.contacts.all()) for case in cases}

    def latest(self, cases: Ids) -> Steps:
        made = Contact.objects.counting().filter(case__in=cases).order_by("happened_at", "pk")
        return by_case(made.values_list("case_id", "status", "happened_at", "outcome", named=True))

    def reached(self, case: Case, steps: list[Contact]) -> bool:
        return any(map(_reached, steps))

    def done(self, case: Case, steps: list[Contact]) -> list[datetime]:
        return [made.happened_at for made in steps if made.status == ContactStatus.LOGGED]

    def coming(self, case: OpenCase, steps: Sequence[Attempt]) -> NextStep | None:
        """Return the next attempt in a few days or, if somebody was reached, the next step."""
        made = [attempt for attempt in steps if attempt.status == ContactStatus.LOGGED]
        return _after(case, made) if made and case.confirmed_at else None

    def summary(self, case: Case, steps: list[Contact]) -> list[Line]:
        return [_line(contact) for contact in steps if contact.status == ContactStatus.LOGGED]

    def timeline(self, case: Case, steps: list[Contact]) -> list[Moment]:
        return [_moment(contact, case_is_open=case.is_open) for contact in steps]

    def acts(self, case: Case, steps: list[Contact], user: User) -> list[Button]:
        return [CONTACT_ACTS.button("log", user, case)] if case.is_open else []


def _after(case: OpenCase, made: Sequence[Attempt]) -> NextStep:
    last, url = made[-1], case.url
    on = clock.day_of(last.happened_at)
    due = case.policy.due(on, case.policy.attempt_days)
    if last.outcome == ContactOutcome.REACHED:
        said, how = _("Reached: resolve the case or carry on"), _("reached by contact")
        return _next(said, due, url, on, DECIDE, how)
    count, url = len(made), CONTACT_ACTS.url("log", case)
    words = {"count": count}
    tried = ngettext(
        "Try again: %(count)s attempt, not reached",
        "Try again: %(count)s attempts, not reached",
        count,
    )
    not_reached = ngettext(
        "%(count)s attempt, not reached", "%(count)s attempts, not reached", count
    )
    text, detail = tried % words, not_reached % words
    return _next(text, due, url, on, CONTACT_AGAIN, detail)


def _next(text: Text, due: date, url: str, on: date, wait: Wait, detail: Text) -> NextStep:
    """Return what follows an attempt on the day `on`; a list says it as all such cases."""
    return NextStep(
        *(text, due, url, KIND),
        short=wait.label,
        detail=detail,
        in_list=wait.label,
        follows_on=on,
        wait=wait,
        since=on,
    )


def _moment(contact: Contact, *, case_is_open: bool) -> Moment:
    is_void = contact.status == ContactStatus.VOID
    can_be_void = case_is_open and not is_void
    return Moment(
        contact.happened_at,
        contact.said,
        contact.note,
        contact.by.called,
        url=CONTACT_ACTS.url("void", contact) if can_be_void else "",
        link=_("Void") if can_be_void else "",
        icon=ICONS.get(contact.channel, ""),
        is_void=is_void,
    )


def _reached(contact: Contact) -> bool:
    is_logged = contact.status == ContactStatus.LOGGED
    return is_logged and contact.outcome == ContactOutcome.REACHED


def _line(contact: Contact) -> Line:
    said = _("reached") if _reached(contact) else _("not reached")
    text = format_lazy("{}: {}", contact.get_channel_display(), said)
    return clock.day_of(contact.happened_at), text

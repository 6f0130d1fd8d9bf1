"""Contact attempts as the case sees them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.acts import CONTACT_ACTS
from cases.models import Case, CaseStatus, Channel, Contact, ContactOutcome, Rung
from cases.models.contact import ContactStatus
from cases.steps import Cases, Line, Moment, NextStep, StepKind
from school.models import User
from workflow.acts import Button


class ContactSteps(StepKind[Contact]):
    name = "contact"
    label = _("Contacts")
    icon = "telephone"
    rung = Rung.CONTACT

    def counting(self, cases: Cases) -> dict[int, list[date]]:
        found: dict[int, list[date]] = {}
        rows = Contact.objects.counting().filter(case__in=cases)
        for case_id, at in rows.order_by("happened_at").values_list("case", "happened_at"):
            found.setdefault(case_id, []).append(timezone.localdate(at))
        return found

    def reached(self, cases: Sequence[Case]) -> set[int]:
        return {case_id for case_id, made in self.of(cases).items() if any(map(_reached, made))}

    def coming(self, cases: Cases) -> dict[int, NextStep]:
        """Ask, after an attempt, to try again in a few days or, if reached, to go on."""
        rows = (
            Contact.objects.counting()
            .filter(case__in=cases, case__status=CaseStatus.OPEN, case__confirmed_at__isnull=False)
            .order_by("happened_at", "pk")
            .values_list("case", "happened_at", "outcome", "case__semester__policy__attempt_days")
        )
        made: dict[int, list[tuple[datetime, str, int]]] = {}
        for case_id, at, outcome, days in rows:
            made.setdefault(case_id, []).append((at, outcome, days))
        return {case_id: _after(case_id, attempts) for case_id, attempts in made.items()}

    def of(self, cases: Sequence[Case]) -> dict[int, list[Contact]]:
        prefetch_related_objects(cases, Prefetch("contacts", Contact.objects.select_related("by")))
        return {case.pk: list(case.contacts.all()) for case in cases}

    def summary(self, case: Case, steps: list[Contact]) -> list[Line]:
        return [_line(contact) for contact in steps if contact.status == ContactStatus.LOGGED]

    def timeline(self, case: Case, steps: list[Contact]) -> list[Moment]:
        return [_moment(contact, case_is_open=case.is_open) for contact in steps]

    def acts(self, case: Case, steps: list[Contact], user: User) -> list[Button]:
        return [CONTACT_ACTS.button("log", user, case)] if case.is_open else []


def _after(case_id: int, attempts: list[tuple[datetime, str, int]]) -> NextStep:
    at, outcome, days = attempts[-1]
    due = timezone.localdate(at) + timedelta(days=days)
    url = Case(pk=case_id).get_absolute_url()
    if outcome == ContactOutcome.REACHED:
        text, short = _("Reached: resolve, or go on"), _("Decide the next step")
        detail = _("reached by contact")
        return NextStep(text, due, url, short=short, detail=detail, in_list=short)
    count, short = len(attempts), _("Contact again")
    words = {"count": count}
    tried = ngettext(
        "Try again: %(count)s attempt, not reached",
        "Try again: %(count)s attempts, not reached",
        count,
    )
    made = ngettext("%(count)s attempt, not reached", "%(count)s attempts, not reached", count)
    return NextStep(tried % words, due, url, short=short, detail=made % words, in_list=short)


def _moment(contact: Contact, *, case_is_open: bool) -> Moment:
    is_void = contact.status == ContactStatus.VOID
    can_be_void = case_is_open and not is_void
    words = {
        "channel": contact.get_channel_display(),
        "party": contact.get_party_display(),
        "outcome": contact.get_outcome_display().lower(),
    }
    return Moment(
        contact.happened_at,
        _("%(channel)s to %(party)s: %(outcome)s") % words,
        contact.note,
        contact.by.short_name,
        url=CONTACT_ACTS.url("void", contact) if can_be_void else "",
        link=_("Void") if can_be_void else "",
        icon="whatsapp" if contact.channel == Channel.WHATSAPP else "telephone",
        is_void=is_void,
    )


def _reached(contact: Contact) -> bool:
    is_logged = contact.status == ContactStatus.LOGGED
    return is_logged and contact.outcome == ContactOutcome.REACHED


def _line(contact: Contact) -> Line:
    said = _("reached") if _reached(contact) else _("not reached")
    text = format_lazy("{}: {}", contact.get_channel_display(), said)
    return timezone.localdate(contact.happened_at), text

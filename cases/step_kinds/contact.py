"""Contact attempts as the case sees them."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cases.models.case import CaseStatus, Rung
from cases.models.contact import Channel, Contact, ContactOutcome, ContactStatus
from cases.permissions import is_counselor_of
from cases.step_kinds.offers import case_verb
from cases.steps import Cases, Moment, NextStep, Steps, Verb
from cases.workflow.contact import attempts_of
from workflow.errors import Text


def counting(cases: Cases) -> dict[int, list[date]]:
    found: dict[int, list[date]] = {}
    rows = Contact.objects.counting().filter(case__in=cases)
    for case_id, at in rows.order_by("happened_at").values_list("case", "happened_at"):
        found.setdefault(case_id, []).append(timezone.localdate(at))
    return found


def reached(case: Any) -> bool:
    return any(contact.outcome == ContactOutcome.REACHED for contact in attempts_of(case))


def next_step(cases: Cases) -> dict[int, NextStep]:
    """After an attempt: try again in a few days, or, when reached, decide what follows."""
    rows = (
        Contact.objects.counting()
        .filter(case__in=cases, case__status=CaseStatus.OPEN, case__confirmed_at__isnull=False)
        .order_by("happened_at", "pk")
        .values_list("case", "happened_at", "outcome", "case__semester__policy__attempt_days")
    )
    attempts: dict[int, list[Any]] = {}
    for case_id, *row in rows:
        attempts.setdefault(case_id, []).append(row)
    return {case_id: _after(case_id, made) for case_id, made in attempts.items()}


def _after(case_id: int, made: list[Any]) -> NextStep:
    at, outcome, days = made[-1]
    due = timezone.localdate(at) + timedelta(days=days)
    url = reverse("cases:case", args=[case_id])
    if outcome == ContactOutcome.REACHED:
        text = _("Reached: resolve, or go on")
        short, detail = _("Decide the next step"), _("reached by contact")
        return NextStep(text, due, url, "contact", short=short, detail=detail)
    tried = ngettext_lazy(
        "Try again: %(count)s attempt, not reached",
        "Try again: %(count)s attempts, not reached",
        "count",
    )
    made_words = ngettext_lazy(
        "%(count)s attempt, not reached", "%(count)s attempts, not reached", "count"
    )
    words = {"count": len(made)}
    short = _("Contact again")
    return NextStep(tried % words, due, url, "contact", short=short, detail=made_words % words)


def timeline(case: Any, user: Any) -> list[Moment]:
    if not is_counselor_of(user, case):
        return []
    return [_moment(contact, case.is_open) for contact in case.contacts.all()]


def _moment(contact: Contact, case_is_open: bool) -> Moment:
    is_void = contact.status == ContactStatus.VOID
    can_be_void = case_is_open and not is_void
    whom = contact.get_party_display()
    return Moment(
        contact.happened_at,
        "contact",
        "whatsapp" if contact.channel == Channel.WHATSAPP else "telephone",
        _("%(channel)s to %(party)s: %(outcome)s")
        % {
            "channel": contact.get_channel_display(),
            "party": whom,
            "outcome": contact.get_outcome_display().lower(),
        },
        contact.note,
        contact.by.short_name,
        url=reverse("cases:void_contact", args=[contact.pk]) if can_be_void else "",
        link=_("Void") if can_be_void else "",
        is_void=is_void,
    )


def verbs(case: Any, user: Any) -> list[Verb]:
    if not case.is_open:
        return []
    return [case_verb("cases.contact", "log", user, case, "telephone", main=20)]


def summary(case: Any) -> list[tuple[date, Text]]:
    return [
        (
            timezone.localdate(contact.happened_at),
            format_lazy(
                "{}: {}",
                contact.get_channel_display(),
                _("reached") if contact.outcome == ContactOutcome.REACHED else _("not reached"),
            ),
        )
        for contact in attempts_of(case)
    ]


CONTACT_STEPS = Steps(
    name="contact",
    rung=Rung.CONTACT,
    counting=counting,
    open=lambda case: None,
    reached=reached,
    next_step=next_step,
    timeline=timeline,
    verbs=verbs,
    summary=summary,
)

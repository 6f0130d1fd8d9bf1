"""Contact attempts: logged with their outcome, void if logged by mistake."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.contact import FITTING, Contact, ContactStatus
from cases.models.rung import Rung
from cases.permissions import (
    may_log_contact,
    may_void_contact,
    office_in_case,
)
from cases.workflow.conditions import case_is_open
from cases.workflow.rungs import lifts_to, rung_follows
from school.dates import Ground, act_moment
from school.models import Guardian, User
from workflow import clock
from workflow.errors import NotNow
from workflow.lifecycle import NEW, Lifecycle, Note, Transition, undoable
from workflow.rows import each_of
from workflow.run import make, run

S = ContactStatus
DOES_NOT_FIT = _("This outcome does not fit the channel: choose another one.")


def attempts_of(case: Case) -> list[Contact]:
    """Return the attempts of a case that count, in order."""
    return [contact for contact in case.contacts.all() if contact.status == ContactStatus.LOGGED]


CONTACT = Lifecycle(
    kind="cases.contact",
    title=_("Contact attempt"),
    statuses=ContactStatus,
    root=lambda contact: contact.case,
    office=office_in_case,
    transitions=(
        *undoable(
            Transition(
                "log",
                _("Log contact"),
                (NEW,),
                S.LOGGED,
                may_log_contact,
                holds=(case_is_open,),
                effect=lifts_to(Rung.CONTACT),
            ),
            back_to=S.VOID,
            holds=(case_is_open,),
            effect=rung_follows,
        ),
        Transition(
            "void",
            _("Void"),
            (S.LOGGED,),
            S.VOID,
            may_void_contact,
            holds=(case_is_open,),
            note=Note.MAY,
            effect=rung_follows,
        ),
    ),
)


def log_contact(
    case: Case,
    *,
    by: User,
    channel: str,
    party: str,
    outcome: str,
    guardian: Guardian | None = None,
    note: str = "",
    happened_at: datetime | None = None,
) -> Contact:
    """Log one attempt with its outcome. Raises NotNow for an outcome that does not fit the channel,
    a foreign guardian or a bad date."""
    if outcome not in FITTING.get(channel, ()):
        raise NotNow(DOES_NOT_FIT)
    if guardian is not None and guardian.student_id != case.student_id:
        raise NotNow(_("This guardian is recorded for another student."))
    # By the day: a call is often made before the case is typed in.
    opened_on = clock.day_of(case.opened_at)
    moment = act_moment(case.semester, happened_at, {Ground.OPENING: opened_on})
    return make(
        "cases.contact",
        "log",
        case,
        lambda: Contact.objects.create(
            case=case,
            channel=channel,
            party=party,
            guardian=guardian,
            kinship=guardian.kinship if guardian else "",
            outcome=outcome,
            note=note.strip(),
            happened_at=moment,
            by=by,
        ),
        by=by,
        happened_at=moment,
    )


def log_contacts(
    cases: Iterable[Case],
    *,
    by: User,
    channel: str,
    party: str,
    outcome: str,
    note: str = "",
    happened_at: datetime | None = None,
) -> list[Contact]:
    """Log one attempt that was made for several cases: one contact each, or none at all.

    Raises NotNow with the student whose case cannot have it.
    """
    log = partial(log_contact, by=by, channel=channel, party=party, outcome=outcome, note=note)
    found = []
    with transaction.atomic():
        for case in each_of(Case.objects.all(), [case.pk for case in cases]):
            try:
                found.append(log(case, happened_at=happened_at))
            except NotNow as refused:
                words = {"name": case.student.name, "why": refused}
                raise NotNow(_("%(name)s: %(why)s Nothing was logged.") % words) from refused
    return found


def void_contact(contact: Contact, *, by: User, reason: str = "") -> None:
    """Void an attempt logged by mistake: it stays readable, but no longer counts."""
    run(contact, "void", by=by, note=reason)

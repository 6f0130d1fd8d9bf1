"""Contact attempts: logged with their outcome, void where logged by mistake."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.contact import Contact, ContactStatus
from cases.permissions import is_counselor_of, is_counselor_of_its_case, office_in_case
from cases.workflow.rung import refresh_rung
from school.dates import act_moment, not_frozen
from school.models import Guardian
from workflow.errors import NotNow, Text
from workflow.lifecycle import NEW, Lifecycle, Note, Transition, undoable
from workflow.run import make, run

S = ContactStatus


def case_is_open(case: Case) -> Text | None:
    if not case.is_open:
        return _("The case has ended. Reopen it first.")
    return not_frozen(case.semester)


def its_case_is_open(part: Any) -> Text | None:
    return case_is_open(part.case)


def refresh_its_case(part: Any, by: Any) -> None:
    """An effect: the rung of the part's case is what its steps show now."""
    refresh_rung(part.case)


def attempts_of(case: Case) -> list[Contact]:
    """The attempts of a case that count, in order."""
    return [contact for contact in case.contacts.all() if contact.status == ContactStatus.LOGGED]


CONTACT = Lifecycle(
    kind="cases.contact",
    title=_("Contact attempt"),
    statuses=ContactStatus,
    root=lambda contact: contact.case,
    office=lambda user, contact: office_in_case(user, contact.case),
    transitions=(
        *undoable(
            Transition(
                "log",
                _("Log contact"),
                (NEW,),
                S.LOGGED,
                is_counselor_of,
                holds=(case_is_open,),
                effect=refresh_its_case,
            ),
            back_to=S.VOID,
            who=is_counselor_of_its_case,
            holds=(its_case_is_open,),
            effect=refresh_its_case,
        ),
        Transition(
            "void",
            _("Void"),
            (S.LOGGED,),
            S.VOID,
            is_counselor_of_its_case,
            holds=(its_case_is_open,),
            note=Note.MAY,
            effect=refresh_its_case,
        ),
    ),
)


def log_contact(
    case: Case,
    *,
    by: Any,
    channel: str,
    party: str,
    outcome: str,
    guardian: Guardian | None = None,
    note: str = "",
    happened_at: datetime | None = None,
) -> Contact:
    """Log one attempt with its outcome. Raises NotNow for a foreign guardian or a bad date."""
    if guardian is not None and guardian.student_id != case.student_id:
        raise NotNow(_("This guardian belongs to another student."))
    moment = act_moment(case.semester, happened_at)
    return make(
        "cases.contact",
        "log",
        case,
        lambda: Contact.objects.create(
            case=case,
            channel=channel,
            party=party,
            guardian=guardian,
            outcome=outcome,
            note=note.strip(),
            happened_at=moment,
            by=by,
        ),
        by=by,
        happened_at=moment,
    )


def void_contact(contact: Contact, *, by: Any, reason: str = "") -> None:
    """Logged by mistake: it stays to be read and no longer counts."""
    run(contact, "void", by=by, note=reason)

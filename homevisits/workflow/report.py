"""The report: saved while the visit is scheduled, finished by recording it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from cases import follow_ups
from cases.follow_ups import Agreed
from homevisits.models import Commitment, Visit, VisitOutcome, VisitReport, VisitStatus
from homevisits.permissions import may_record
from school.dates import Ground, act_moment
from school.models import User
from workflow import clock
from workflow.errors import NotAllowed, NotNow, WrongState
from workflow.run import lock, run
from workflow.versions import save_versioned

LOOKED_AT_AFTER = 14
"""Days after the visit on which a promise without a day of its own is looked at."""


def report_of(visit: Visit) -> VisitReport:
    """Return the report, or an unsaved one with what is known already."""
    found = VisitReport.objects.filter(visit=visit).first()
    return found or VisitReport(visit=visit, version=0, address=visit.case.student.address)


def save_report(
    visit: Visit, *, by: User, values: Mapping[str, object], read_at: int
) -> VisitReport:
    """Save the values; `read_at` is 0 if there was no report. Raises EditConflict, WrongState."""
    with transaction.atomic():
        _lock_for_writing(visit, by)
        report, is_new = VisitReport.objects.get_or_create(
            visit=visit, defaults={"address": visit.case.student.address}
        )
        return save_versioned(report, values, read_at=report.version if is_new else read_at)


def add_commitment(
    visit: Visit, *, by: User, text: str, by_whom: str = "", due_on: date | None = None
) -> Commitment:
    """Add a commitment of the parents, and return it."""
    if not text.strip():
        raise NotNow(_("Write what was promised."))
    with transaction.atomic():
        _lock_for_writing(visit, by)
        report, _is_new = VisitReport.objects.get_or_create(
            visit=visit, defaults={"address": visit.case.student.address}
        )
        return Commitment.objects.create(
            report=report, text=text.strip(), by_whom=by_whom.strip(), due_on=due_on
        )


def remove_commitment(commitment: Commitment, *, by: User) -> None:
    with transaction.atomic():
        _lock_for_writing(commitment.report.visit, by)
        commitment.delete()


def record(
    visit: Visit, *, by: User, outcome: str = "", happened_at: datetime | None = None
) -> None:
    """Finish the report: the visit counts as made. Raises NotNow while the outcome is missing."""
    grounds = {Ground.PROPOSAL: visit.proposed_on}
    moment = act_moment(visit.case.semester, happened_at or visit.scheduled_for, grounds)
    with transaction.atomic():
        lock(visit.case)  # locks in the order of every other act on a case
        lock(visit)
        report = VisitReport.objects.filter(visit=visit).first()
        outcome = outcome or (report.outcome if report else "")
        if outcome not in VisitOutcome.values:
            raise NotNow(_("Choose the outcome of the visit first."))
        if outcome == VisitOutcome.MET and not (report and report.met):
            raise NotNow(_("Choose whom you met."))
        if report is None:
            report = VisitReport.objects.create(visit=visit, address=visit.case.student.address)
        VisitReport.objects.filter(pk=report.pk).update(outcome=outcome)
        run(
            visit,
            "record",
            by=by,
            happened_at=moment,
            values={"outcome": outcome, "happened_at": moment},
        )
        _follow_up(visit, report, by=by, at=moment)


def _follow_up(visit: Visit, report: VisitReport, *, by: User, at: datetime) -> None:
    """Hand on what was promised; without a day it is looked at a while after the visit."""
    on = clock.day_of(at)
    usual = visit.case.semester.policy.due(on, LOOKED_AT_AFTER)
    with override(settings.LANGUAGE_CODE):  # it is kept in the language of the school's papers
        family = gettext("The family")
    agreed = [
        Agreed(
            one.text,
            max(one.due_on or usual, on),
            one.by_whom or family,
            f"{one._meta.label_lower} {one.pk}",
        )
        for one in Commitment.objects.filter(report=report).order_by("pk")
    ]
    follow_ups.promised(visit.case, agreed, by=by, at=at)


def _lock_for_writing(visit: Visit, by: User) -> None:
    if not may_record(by, visit):
        raise NotAllowed
    lock(visit)
    visit.refresh_from_db()
    if visit.status != VisitStatus.SCHEDULED:
        raise WrongState(_("The report is finished or the visit is not scheduled."))

"""The semester report: drafted, frozen by the principal, unfrozen with a reason.

While it is frozen, its semester takes no acts (`school.dates.not_frozen`).
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.workflow import carry_over
from reports.blockers import Blockers, in_a_line
from reports.frozen import content_of
from reports.models import TEXTS, ReportStatus, SemesterReport
from reports.permissions import begins_report, freezes_report, writes_report
from school.dates import not_frozen
from school.models import Semester, User
from school.roles import COORDINATOR, COUNSELOR, PRINCIPAL
from workflow import clock, standstill
from workflow.errors import NotAllowed, NotNow, Text, WrongState
from workflow.lifecycle import NEW, SAME, Lifecycle, Note, Transition, asked_of, failing
from workflow.models import ActionNote
from workflow.rows import one_of
from workflow.run import hold, make, run
from workflow.versions import run_versioned

S = ReportStatus
TEXTS_CHANGED = _("The texts have changed since you read them. Read them again, then freeze.")
KIND = "reports.semesterreport"


@asked_of(Semester)
def nothing_holds_it_up(semester: Semester) -> Text | None:
    """The semester is over, and each of its open cases can end or go on in the next one."""
    return in_a_line(Blockers(semester)) or None


@asked_of(Semester)
def takes_acts(semester: Semester) -> Text | None:
    return not_frozen(semester)


def _office(user: User, semester: Semester) -> str:
    offices = (PRINCIPAL, COORDINATOR, COUNSELOR)
    return next((office.code for office in offices if office.held_by(user)), "")


SEMESTER_REPORT = Lifecycle(
    kind=KIND,
    title=_("Semester report"),
    statuses=ReportStatus,
    root=lambda report: report.semester,
    office=_office,
    transitions=(
        Transition("begin", _("Begin"), (NEW,), S.DRAFT, begins_report, holds=(takes_acts,)),
        Transition(
            "write",
            _("Write the texts"),
            (S.DRAFT,),
            SAME,
            writes_report,
            holds=(takes_acts,),
        ),
        Transition(
            "freeze",
            _("Freeze the report"),
            (S.DRAFT,),
            S.FROZEN,
            freezes_report,
            holds=(takes_acts, nothing_holds_it_up),
        ),
        Transition(
            "unfreeze",
            _("Unfreeze the report"),
            (S.FROZEN,),
            S.EARLIER,
            freezes_report,
            note=Note.MUST,
        ),
    ),
)


def report_of(semester: Semester) -> SemesterReport:
    """Return the current report of a semester, or an unsaved draft if nobody has begun it."""
    found = one_of(SemesterReport.objects.current().filter(semester=semester))
    if found is None:
        return SemesterReport(semester=semester, version=0)
    found.semester = semester
    return found


def write_texts(
    semester: Semester, *, by: User, values: Mapping[str, object], read_at: int
) -> SemesterReport:
    """Save the texts of the draft; `read_at` is 0 if it was not begun when they were read.

    Raises NotAllowed, NotNow, EditConflict if somebody else saved first.
    """
    if not writes_report(by):
        raise NotAllowed
    with transaction.atomic():
        report, is_new = _draft(semester, by=by)
        read_at = report.version if is_new else read_at
        return run_versioned(report, "write", by=by, values=values, read_at=read_at)


def freeze(semester: Semester, *, by: User, read_at: int | None = None) -> SemesterReport:
    """Freeze the report as it stands now: its figures, texts and names; return it.

    Cases that are still open go on in the next semester (`cases/workflow/carrying.py`).
    `read_at` is the version of the texts that the principal read, 0 if there were none. No act of
    anybody overlaps it. Raises NotAllowed, NotNow with what is missing, WrongState if the texts
    were changed since, Busy.
    """
    with transaction.atomic():
        standstill.alone()
        report, is_new = _draft(semester, by=by)
        if not freezes_report(by, report):
            raise NotAllowed
        if read_at not in {None, 0 if is_new else report.version}:
            raise WrongState(TEXTS_CHANGED)
        if why := failing(SEMESTER_REPORT["freeze"].holds, report):
            raise NotNow(why)
        moment = clock.now()
        carry_over(semester, by=by, at=moment)
        content = content_of(report, by=by, at=moment)
        values = {"content": content, "frozen_at": moment, "frozen_by": by.pk}
        run(report, "freeze", by=by, happened_at=moment, values=values)
        _mark(semester, moment)
    return report


def unfreeze(semester: Semester, *, by: User, reason: str) -> SemesterReport:
    """Let the semester take acts again; return the new draft, which begins with the same texts.

    The old version stays as it was frozen. What was carried into the next semester stays there.
    Raises NotAllowed, NotNow without a reason, WrongState if it is not frozen.
    """
    with transaction.atomic():
        standstill.alone()
        hold(semester)
        old = report_of(semester)
        if old.pk is None:
            raise WrongState
        run(old, "unfreeze", by=by, note=reason)
        _mark(semester, None)
        texts = {name: getattr(old, name) for name in TEXTS}
        return _begin(semester, by=by, number=old.number + 1, **texts)


def why_unfrozen(semester: Semester) -> dict[int, str]:
    """Return version, by its id → the reason for which it was unfrozen."""
    notes = ActionNote.objects.filter(
        entry__kind=KIND,
        entry__action="unfreeze",
        entry__root_kind=semester._meta.label_lower,
        entry__root_id=semester.pk,
    )
    return dict(notes.values_list("entry__object_id", "text"))


def _draft(semester: Semester, *, by: User) -> tuple[SemesterReport, bool]:
    """Return the draft of a semester, and whether it was only begun now; its semester is held."""
    hold(semester)
    if why := not_frozen(semester):
        raise NotNow(why)
    report = report_of(semester)
    return (report, False) if report.pk else (_begin(semester, by=by), True)


def _begin(semester: Semester, *, by: User, number: int = 1, **texts: str) -> SemesterReport:
    def create() -> SemesterReport:
        return SemesterReport.objects.create(semester=semester, number=number, **texts)

    return make(KIND, "begin", semester, create, by=by)


def _mark(semester: Semester, moment: object) -> None:
    """Note on the semester whether it is frozen, which every act of it asks."""
    Semester.objects.filter(pk=semester.pk).update(frozen_at=moment)
    semester.refresh_from_db(fields=["frozen_at"])

"""A case is opened by referral or directly; if there is one already, it gets the evidence."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case, CaseStatus
from cases.models.evidence import Evidence, EvidenceSource, Reason
from cases.permissions import may_open_directly
from recaps.models.class_list import Decision, Knowledge
from school.dates import Ground, act_moment, rests_on, still_takes_acts
from school.models import Enrolment, Semester, Student, User, last_class
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.run import lock, make, run


def refer(decision: Decision, known: Knowledge | None, *, by: User, at: datetime) -> Case:
    """Open the student's case, or add evidence to the existing one.

    A dismissed case opens again, not confirmed; an ended one is offered to be reopened. Raises
    NotNow for a moment before the student's enrolment.
    """
    semester = decision.class_list.period.semester
    rests_on(at, {Ground.ENROLMENT: _first_day(decision.student, semester)})
    figures = decision.figures
    evidence = Evidence(
        source=EvidenceSource.CLASS_LIST,
        decision=decision,
        reasons=_reasons(decision, known),
        never=figures.never,
        low=figures.low,
        missing=figures.missing,
        subjects_in=decision.subjects_in,
        note=known.note if known else "",
        happened_at=at,
        by=by,
    )
    with transaction.atomic():
        return _bring(evidence, decision.student, semester, "refer", on=decision, by=by)


def open_directly(
    student: Student,
    semester: Semester,
    *,
    by: User,
    reasons: list[str],
    note: str = "",
    happened_at: datetime | None = None,
) -> Case:
    """Open a case between lists, for a reason that no recap shows. Raises NotAllowed, NotNow."""
    if not may_open_directly(by, student):
        raise NotAllowed
    still_takes_acts(semester)
    if not set(reasons) & set(Reason.values):
        raise NotNow(_("Choose at least one of the five reasons."))
    first_day = _first_day(student, semester)
    if first_day is None:
        raise NotNow(_("The student was not enrolled in this semester."))
    evidence = Evidence(
        source=EvidenceSource.DIRECT,
        reasons=reasons,
        note=note.strip(),
        happened_at=act_moment(semester, happened_at, {Ground.ENROLMENT: first_day}),
        by=by,
    )
    with transaction.atomic():
        return _bring(evidence, student, semester, "open", on=student, by=by)


def _bring(
    evidence: Evidence,
    student: Student,
    semester: Semester,
    name: str,
    *,
    on: Decision | Student,
    by: User,
) -> Case:
    """Return the case of student and semester with the evidence; make it if there is none."""
    lock(student)
    case = Case.objects.filter(student=student, semester=semester).first()
    if case is None:
        case = make(
            "cases.case",
            name,
            on,
            lambda: Case.objects.create(
                student=student,
                semester=semester,
                counselor_id=_counselor_of(student, semester),
                opened_at=evidence.happened_at,
            ),
            by=by,
            happened_at=evidence.happened_at,
        )
    evidence.case = case
    evidence.save()
    if case.status == CaseStatus.DISMISSED:
        # On the day of the evidence, which may be typed in later; but not before the dismissal.
        moment = max(filter(None, (evidence.happened_at, case.ended_at)))
        values = {"ended_at": None, "confirmed_at": None}
        run(case, "refer_again", by=by, happened_at=moment, values=values)
    return case


def _first_day(student: Student, semester: Semester) -> date | None:
    """Return the first day of the first stay of those on a day of the semester."""
    stays = Enrolment.objects.between(semester.starts_on, semester.ends_on).filter(student=student)
    return stays.order_by("starts_on").values_list("starts_on", flat=True).first()


def _counselor_of(student: Student, semester: Semester) -> int | None:
    """Return the counselor of the student's last class in the semester until today, if it has one.

    A move that was entered ahead of its day does not count yet.
    """
    until = min(semester.ends_on, clock.today())
    counts = last_class.counts_in(semester.starts_on, until)
    enrolment = Enrolment.objects.filter(counts, student=student)
    return enrolment.values_list("school_class__counselor", flat=True).first()


def _reasons(decision: Decision, known: Knowledge | None) -> list[str]:
    figures = decision.figures
    shown = (
        (Reason.NEVER_TOOK_PART, figures.never),
        (Reason.LOW_ACTIVITY, figures.low),
        (Reason.WORK_MISSING, figures.missing),
        (Reason.ECONOMY, known and known.economy),
        (Reason.FAMILY, known and known.family),
    )
    return [reason.value for reason, holds in shown if holds]

"""Case conferences that wait for a person: those to which they are invited, and their own."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef
from django.utils.translation import gettext as _

from cases.models.case import HANDLED
from school.models import User
from school.permissions import possible_counselors
from school.tasks import Task
from school.ties import ties_of
from support.acts import CONFERENCE_ACTS
from support.models import Conference, ConferenceStatus
from support.models.conference import INVITED
from workflow import clock

S = ConferenceStatus
ASKED = (
    *("meets_at", "place", "status"),
    *("case__counselor", "case__status", "case__student__name"),
    *("case__semester__policy__free_weekdays", "case__semester__policy__holidays"),
    "case__semester__policy__visit_report_days",
)


def conferences_waiting(user: User) -> list[Task]:
    """Return the tasks in one query, for whoever can be invited."""
    invited = INVITED.where(ties_of(user), "")
    rows = Conference.objects.visible_to(user).under_way()
    known = rows.with_class().annotated(
        is_ours=HANDLED.flag(user, "case"),
        is_invited=ExpressionWrapper(invited, output_field=BooleanField()),
        has_host=Exists(possible_counselors().filter(pk=OuterRef("case__counselor"))),
    )
    known = known.select_related("case__student", "case__semester__policy").only(*ASKED)
    return [_task(one, user) for one in known.order_by()]


def _task(one: Conference, user: User) -> Task:
    """Return the line; a coordinator is invited to a counselor's conference as anybody is.

    Unless that counselor has left: then it is for whoever handles the case.
    """
    is_guest = one.is_invited and one.has_host and one.case.counselor_id != user.pk
    return _ours(one) if one.is_ours and not is_guest else _invitation(one)


def _invitation(one: Conference) -> Task:
    """Return the line of who is invited: to the meeting, then to the minutes until it is closed."""
    is_held = one.status == S.HELD
    return Task(
        what=_("Read the minutes") if is_held else _("Case conference"),
        whom=one.case.student.name,
        url=one.get_absolute_url(),
        icon="people",
        look="contact",
        group=one.class_name or "",
        more=_("case conference") if is_held else one.place,
        at=None if is_held else one.meets_at,
        place="conferences",
    )


def _ours(one: Conference) -> Task:
    """Return the counselor's line: the meeting, then to record it, then to close it.

    One that is still planned when its case has ended is to be cancelled, or held all the same.
    """
    if one.is_needless:
        return _needless(one)
    policy, on = one.case.semester.policy, clock.day_of(one.meets_at)
    is_to_come = one.status == S.PLANNED and one.meets_at > clock.now()
    what, act = _("Case conference"), ""
    if not is_to_come:
        is_planned = one.status == S.PLANNED
        what = _("Record the conference") if is_planned else _("Finish the conference")
        act = "hold" if is_planned else ""
    return Task(
        what=what,
        whom=one.case.student.name,
        url=CONFERENCE_ACTS.url(act, one) if act else one.get_absolute_url(),
        icon="people" if is_to_come else "journal-text",
        look="contact",
        group=one.class_name or "",
        more=one.place if is_to_come else "",
        due_on=on if is_to_come else policy.due(on, policy.visit_report_days),
        at=one.meets_at if is_to_come else None,
        place="conferences",
        whose=one.case.counselor_id,
    )


def _needless(one: Conference) -> Task:
    return Task(
        what=_("Cancel the conference of an ended case"),
        whom=one.case.student.name,
        url=one.get_absolute_url(),
        icon="people",
        look="contact",
        group=one.class_name or "",
        more=one.place,
        at=one.meets_at,
        place="conferences",
        whose=one.case.counselor_id,
    )

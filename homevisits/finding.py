"""The visits and their assignment letters that the search over everything finds."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from homevisits.models import Visit
from homevisits.models.choices import WITH_REPORT
from homevisits.models.visit import REPORT, VisitQuerySet
from homevisits.standing import standing_of
from school import finding, wording
from school.finding import Found, Group
from school.models import User
from school.models.students import called_or_numbered
from school.roles import PRINCIPAL
from school.sight import ALL, Sight
from workflow.addresses import address

VISITS = Group("visits", gettext_lazy("Visits"), "door-open", 3)
TO_STUDENT = "case__student__"
VILLAGE = Sight("visit: village, in the search", [*REPORT.rows, (PRINCIPAL, ALL)])


def visits(user: User, words: str, most: int) -> list[Found]:
    """Return visits by their student or the village where the family lives, the newest first."""
    lives_there = Q(VILLAGE.where(user), **{f"{TO_STUDENT}village__icontains": words})
    found = called_or_numbered(words, TO_STUDENT) | lives_there
    return [_visit(visit) for visit in _seen(user).filter(found)[:most]]


def _seen(user: User) -> VisitQuerySet:
    return (
        Visit.objects.visible_to(user)
        .with_class_then()
        .annotated(shows_village=VILLAGE.flag(user))
        .select_related("case__student", "case__semester__policy", "number")
        .order_by("-proposed_on", "-pk")
    )


def _visit(visit: Visit) -> Found:
    at = visit.happened_at or visit.scheduled_for
    when = wording.day_of_any_year(at or visit.proposed_on)
    student = visit.case.student
    village = student.village if visit.shows_village else ""
    detail = " · ".join(filter(None, (visit.class_name, village, when)))
    return Found(student.name, detail, visit.get_absolute_url(), standing_of(visit, visit.state))


def letters(user: User, words: str, most: int) -> list[Found]:
    """Return assignment letters by their number, the newest first."""
    if not any(sign.isdigit() for sign in words):
        return []
    rows = _seen(user).filter(number__text__icontains=words)
    return [_letter(visit) for visit in rows[:most]]


def _letter(visit: Visit) -> Found:
    """Return a number with its paper; that of a visit that was cancelled leads to the visit."""
    has_paper = visit.status in WITH_REPORT
    url = address("homevisits:assignment_letter", visit.pk) if has_paper else ""
    said = _("Assignment letter")
    if not has_paper:
        said = f"{said} ({visit.get_status_display().lower()})"
    on = visit.letter_on or visit.proposed_on
    detail = (said, visit.case.student.name, wording.day_of_any_year(on))
    number = visit.number.text if visit.number else ""
    return Found(number, " · ".join(detail), url or visit.get_absolute_url())


def register_all() -> None:
    finding.register(VISITS, visits)
    finding.register(finding.LETTERS, letters)

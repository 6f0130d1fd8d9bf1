"""The cases and the letters to parents that the search over everything finds."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Case, Summons, SummonsStatus
from school import finding, wording
from school.finding import Found, Group
from school.models import User
from school.models.students import called_or_numbered
from school.models.users import CALLED
from workflow.addresses import address

CASES = Group("cases", gettext_lazy("Cases"), "folder2", 2)
SHOWN = (
    *("status", "rung", "student__name", "student__nis"),
    *("semester__term", "semester__year__label"),
    *(f"counselor__{column}" for column in CALLED),
)


def cases(user: User, words: str, most: int) -> list[Found]:
    """Return cases by their student, those of the newest semester first."""
    seen = Case.objects.visible_to(user).filter(called_or_numbered(words, "student__"))
    rows = (
        seen.with_sees_summary(user)
        .with_class("class_name")
        .select_related("student", "semester__year", "counselor")
        .only(*SHOWN)
        .order_by("-semester__starts_on", "student__name", "student__nis")
    )
    return [_case(case) for case in rows[:most]]


def _case(case: Case) -> Found:
    detail = " · ".join(filter(None, (case.class_name, str(case.semester))))
    return Found(case.student.name, detail, case.get_absolute_url(), case.standing_seen)


def letters(user: User, words: str, most: int) -> list[Found]:
    """Return summonses by their letter number, the newest first."""
    if not any(sign.isdigit() for sign in words):
        return []
    seen = Summons.objects.printable_for(user).filter(number__text__icontains=words)
    rows = seen.select_related("case__student", "number").order_by("-issued_on", "-pk")
    return [_letter(letter) for letter in rows[:most]]


def _letter(letter: Summons) -> Found:
    said = _("Summons %(sequence)s") % {"sequence": letter.roman}
    if letter.status == SummonsStatus.WITHDRAWN:
        said = f"{said} ({letter.get_status_display().lower()})"
    detail = (said, letter.case.student.name, wording.day_of_any_year(letter.issued_on))
    number = letter.number.text if letter.number else ""
    return Found(number, " · ".join(detail), address("cases:summons", letter.pk))


def register_all() -> None:
    finding.register(CASES, cases)
    finding.register(finding.LETTERS, letters)

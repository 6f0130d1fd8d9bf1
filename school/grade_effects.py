"""Whether an act lets students go to another grade in the middle of a year, which may be a slip."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from school.effects import Effects, Scope
from school.models import Enrolment
from workflow.errors import Text


def look(scope: Scope) -> Effects:
    """Look at the grades of the students on the day of an act."""
    before = _grades(scope)

    def effects() -> Sequence[Text]:
        after = _grades(scope)
        words = _("From grade %(was)s to grade %(now)s in the same year. Is that right?")
        changed = {
            (was[1], now[1])
            for student, was in before.items()
            if (now := after.get(student)) and now[0] == was[0] and now[1] != was[1]
        }
        return [words % {"was": was, "now": now} for was, now in sorted(changed)]

    return effects


def _grades(scope: Scope) -> dict[int, tuple[int, str]]:
    """Return student → year and grade."""
    stays = Enrolment.objects.on(scope.on).filter(student__in=scope.students)
    found = stays.values_list("student", "school_class__year", "school_class__grade")
    return {student: (year, grade) for student, year, grade in found}

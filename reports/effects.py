"""What an act of the operator does to the denominators of Table 2."""

from collections import Counter
from collections.abc import Sequence
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from school import wording
from school.effects import Effects, Scope, register
from school.models import Enrolment, Semester
from workflow import clock
from workflow.errors import Text

Counted = dict[int, str]
"""Student → name of the class in which a semester counts them."""


class Kind(Enum):
    """How the class in which somebody counts differs."""

    NEW, LOST, MOVED, SAME = range(4)


OF_ONE = {
    Kind.NEW: _lazy("Table 2 of %(semester)s: counts in %(now)s from now on."),
    Kind.LOST: _lazy("Table 2 of %(semester)s: no longer counts in %(was)s."),
    Kind.MOVED: _lazy("Table 2 of %(semester)s: counts in %(now)s, no longer in %(was)s."),
    Kind.SAME: _lazy("Table 2 of %(semester)s: still counts in %(now)s."),
}
OF_MANY = {
    Kind.NEW: _lazy("Table 2 of %(semester)s: %(students)s count in %(now)s from now on."),
    Kind.LOST: _lazy("Table 2 of %(semester)s: %(students)s no longer count in %(was)s."),
    Kind.MOVED: _lazy(
        "Table 2 of %(semester)s: %(students)s count in %(now)s, no longer in %(was)s."
    ),
    Kind.SAME: _lazy("Table 2 of %(semester)s: %(students)s still count in %(now)s."),
}


def look(scope: Scope) -> Effects:
    """Look at the classes in which Table 2 counts the students, in semesters not over yet."""
    semesters = _semesters(scope)
    before = [_counted(scope, semester) for semester in semesters]

    def effects() -> Sequence[Text]:
        return [
            text
            for semester, was in zip(semesters, before, strict=True)
            for text in _said(scope, semester, was, _counted(scope, semester))
        ]

    return effects


def _semesters(scope: Scope) -> list[Semester]:
    found = Semester.objects.filter(frozen_at=None, ends_on__gte=scope.on).select_related("year")
    return list(found.filter(starts_on__lte=max(scope.on, clock.today())).order_by("starts_on"))


def _counted(scope: Scope, semester: Semester) -> Counted:
    counted = Enrolment.objects.of_semester(semester).filter(student__in=scope.students)
    return dict(counted.values_list("student", "school_class__name"))


def _said(scope: Scope, semester: Semester, before: Counted, after: Counted) -> list[str]:
    changes = Counter((before.get(one, ""), after.get(one, "")) for one in {*before, *after})
    said = []
    for (was, now), number in sorted(changes.items()):
        texts = OF_ONE if scope.is_of_one_student else OF_MANY
        words = {
            "semester": semester,
            "was": was,
            "now": now,
            "students": wording.students(number),
        }
        said.append(str(texts[_kind(was, now)]) % words)
    if said and semester.ends_on < clock.today():
        text = _("%(semester)s is over, and its figures change with this.")
        said.append(text % {"semester": semester})
    return said


def _kind(was: str, now: str) -> Kind:
    if not (was and now):
        return Kind.LOST if was else Kind.NEW
    return Kind.SAME if was == now else Kind.MOVED


def register_all() -> None:
    register(look)

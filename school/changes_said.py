"""The changes that the operator made, as people read them: about whom, and how much, in words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from school import wording
from school.models import Change, ChangedRow, Enrolment, Student
from school.models.change import ChangeKind
from school.tasks import joined
from workflow.errors import Text

OF_STUDENTS = (ChangeKind.MOVE, ChangeKind.ARRIVAL, ChangeKind.LEAVING)
"""Acts on one student."""
ENROLMENT = "school.enrolment"
COUNTS: dict[str, Text] = {
    "new": ngettext_lazy("%(n)d new", "%(n)d new", "n"),
    "changed": ngettext_lazy("%(n)d changed", "%(n)d changed", "n"),
    "recorded": ngettext_lazy("%(n)d recorded", "%(n)d recorded", "n"),
    "gone": ngettext_lazy("%(n)d removed", "%(n)d removed", "n"),
    "ended": ngettext_lazy("%(n)d ended", "%(n)d ended", "n"),
    "lessons": ngettext_lazy("%(n)d lesson", "%(n)d lessons", "n"),
    "homerooms": ngettext_lazy("%(n)d homeroom class", "%(n)d homeroom classes", "n"),
    "classes": ngettext_lazy("%(n)d class", "%(n)d classes", "n"),
    "deleted": ngettext_lazy("%(n)d deleted", "%(n)d deleted", "n"),
    "promoted": ngettext_lazy("%(n)d goes up", "%(n)d go up", "n"),
    "repeating": ngettext_lazy("%(n)d repeats", "%(n)d repeat", "n"),
    "elsewhere": ngettext_lazy("%(n)d to another class", "%(n)d to other classes", "n"),
    "graduated": ngettext_lazy("%(n)d graduates", "%(n)d graduate", "n"),
    "left": ngettext_lazy("%(n)d leaves", "%(n)d leave", "n"),
    "students": ngettext_lazy("%(n)d student", "%(n)d students", "n"),
}
"""Key of `Change.counts` → its words."""


@dataclass
class Said:
    """A change with the students it is about, where these are few enough to be named."""

    change: Change
    students: list[Student] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.change.get_kind_display()

    @property
    def about(self) -> str:
        """Return whom it is about, else how much it was."""
        return ", ".join(student.name for student in self.students) or self.counted

    @property
    def line(self) -> str:
        """Return about whom it is, who did it and when."""
        day = wording.day_of_any_year(self.change.made_at)
        at = f"{day}, {wording.clock_time(self.change.made_at)}"
        return joined(self.about, self.change.made_by.called, at)

    @property
    def state(self) -> str:
        return _("undone") if self.change.undone_at else ""

    @property
    def counted(self) -> str:
        """Return "3 baru, 2 berubah"."""
        counts = self.change.counts.items()
        words = [str(COUNTS[key] % {"n": n}) for key, n in counts if key in COUNTS and n]
        return ", ".join(words) or _("nothing")


def said(changes: Sequence[Change]) -> list[Said]:
    """Return the changes with the names that belong to them; three queries at most."""
    found = {change.pk: Said(change) for change in changes}
    named = [change.pk for change in changes if change.kind in OF_STUDENTS]
    if named:
        for pk, students in _students_of(named).items():
            found[pk].students = students
    return list(found.values())


def _students_of(changes: Iterable[int]) -> dict[int, list[Student]]:
    rows = ChangedRow.objects.filter(change__in=changes, table=ENROLMENT)
    ids: dict[int, set[int]] = defaultdict(set)
    unknown: dict[int, int] = {}
    for row in rows:
        written = {**(row.before or {}), **(row.after or {})}
        if "student_id" in written:
            ids[row.change_id].add(written["student_id"])
        else:
            unknown[row.row_id] = row.change_id
    stays = Enrolment.objects.filter(pk__in=unknown).values_list("pk", "student")
    for stay, student in stays:
        ids[unknown[stay]].add(student)
    students = Student.objects.in_bulk({one for of_change in ids.values() for one in of_change})
    return {
        pk: [students[one] for one in sorted(of_change) if one in students]
        for pk, of_change in ids.items()
    }

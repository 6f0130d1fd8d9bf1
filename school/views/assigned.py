"""What the pages share on which classes get teachers: who is proposed, and what would change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from school import lookups
from school.forms.by_class import TEACHERS, ByClassForm
from school.forms.people import told_apart
from school.models import HomeroomAssignment, TeachingAssignment, User
from school.permissions import possible_teachers
from school.wording import full_day


@dataclass(frozen=True)
class Difference:
    """What changes for a class, of its subject or as a whole."""

    school_class: str
    was: str
    now: str
    subject: str = ""


def teachers_besides(now: Collection[int]) -> lookups.Lookup:
    """Return who can be chosen, and besides them who holds something now."""
    people = list(possible_teachers() | User.objects.filter(pk__in=now))
    return lookups.teachers(people, told_apart(people))


def proposed(form: ByClassForm) -> dict[str, object]:
    """Return the names that a browser proposes, and the id of their list."""
    return {"names": form.teachers.labels.values(), "list": TEACHERS}


def with_days(
    row: HomeroomAssignment | TeachingAssignment, teachers: lookups.Lookup, on: date
) -> str:
    """Return who holds it; with the days, if it is new or comes later but not on `on`, or ends."""
    name = teachers.labels.get(row.teacher_id) or row.teacher.called
    is_said = row.starts_on > on or (row.pk is None and row.starts_on < on)
    first = _("from %(day)s on") % {"day": full_day(row.starts_on)} if is_said else ""
    until = _("until %(day)s") % {"day": full_day(row.ends_on)} if row.ends_on else ""
    days = " ".join(filter(None, (first, until)))
    return f"{name} ({days})" if days else name

"""Students as the operator keeps them: a new one, and guardians that are no longer theirs."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from school.models import Enrolment, Guardian, SchoolClass, Student
from school.models.change import ChangeKind
from school.models.users import User
from school.workflow.changes import recording
from school.years import check_day
from workflow.errors import NotThere
from workflow.run import log_act


def add_student(
    values: Mapping[str, object], *, by: User, to: SchoolClass | None = None, on: date | None = None
) -> Student:
    """Return a new student, in a class from a day if one is given. Raises NotNow."""
    with recording(ChangeKind.ARRIVAL, by=by, on=on if to else None) as change:
        (student,) = change.create([Student(**values)])
        if to and on:
            check_day(to.year, on)
            change.create([Enrolment(student=student, school_class=to, starts_on=on)])
        change.counts = {"students": 1}
    return student


@transaction.atomic
def remove_guardian(guardian: Guardian, *, by: User) -> None:
    """Remove a guardian; the history keeps who it was. Raises NotThere if somebody just did."""
    found = Guardian.objects.select_for_update().filter(pk=guardian.pk).first()
    if found is None:
        raise NotThere
    log_act(guardian.student, "remove_guardian", by=by)
    found.delete()

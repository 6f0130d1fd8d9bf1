"""The rows of a file to fill in with the absences of a month of a class."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from recaps.queries.attendance import ClassMonth
from recaps.queries.attendance_rows import Members, written_day
from recaps.workflow.attendance import enrolled, standing_in
from school.models import Student, User
from school.reach import CONTACTS


def template_of(month: ClassMonth, user: User) -> Iterator[list[str]]:
    """Yield the head, and a row for each absence in the class or for a student without one.

    Sent back as it is, the file changes nothing; three queries. Of who has moved to another class
    the person no longer sees the NISN.
    """
    yield ["NISN", "NIS", _("Name"), _("Date"), pgettext("attendance", "Code")]
    members = Members(enrolled(month.school_class, month.period))
    absences: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for (pk, day), code in sorted(standing_in(month.period, members.students).items()):
        if day in month.days and members.has(pk, day):
            absences[pk].append((day, code))
    listed = Student.objects.filter(pk__in=members.students)
    known = set(CONTACTS.of(listed, user).values_list("pk", flat=True))
    for pk, student in members.students.items():
        nisn = student.nisn if pk in known else None
        who = [nisn or "", student.nis, student.name]
        for day, code in absences[pk]:
            yield [*who, written_day(day), code]
        if not absences[pk]:
            yield [*who, "", ""]

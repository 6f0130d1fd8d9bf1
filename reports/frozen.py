"""What a frozen semester report keeps: figures, texts, and who held which office.

It is data that every later version of this software can read (`docs/semester-report.schema.json`):
nothing in it refers to a row that may change.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from reports.exports import Table, as_data
from reports.models import TEXTS, SemesterReport
from reports.tables import CLASS, GRADE, reports_of
from school.models import SchoolProfile, Semester, User
from school.roles import COORDINATOR, COUNSELOR
from school.signing import head_signs

FORMAT = 1
"""Grows when a reader of an older format could no longer read what is written."""
Content = dict[str, Any]
Section = dict[str, Any]
"""A further table: title, heads, lines, totals."""
SECTIONS: tuple[Callable[[Semester], list[Section]], ...] = ()
"""What adds tables of its own to the frozen report, in the order in which it shows them."""


def content_of(report: SemesterReport, *, by: User, at: datetime) -> Content:
    """Return what the report keeps if `by` freezes it at that moment, in the school's language."""
    semester = report.semester
    with override(settings.LANGUAGE_CODE):
        before = semester_before(semester)
        figures = {by_: _tables(semester, before, by_) for by_ in (GRADE, CLASS)}
        return {
            "format": FORMAT,
            "semester": semester.code,
            "starts_on": semester.starts_on.isoformat(),
            "ends_on": semester.ends_on.isoformat(),
            "version": report.number,
            "frozen_at": timezone.localtime(at).isoformat(timespec="seconds"),
            "school": _school(),
            "people": _people(by),
            "texts": {name: getattr(report, name) for name in TEXTS},
            "by_grade": figures[GRADE],
            "by_class": figures[CLASS],
            "sections": [one for section in SECTIONS for one in section(semester)],
        }


def semester_before(semester: Semester) -> Semester | None:
    earlier = Semester.objects.filter(starts_on__lt=semester.starts_on)
    return earlier.select_related("year").order_by("starts_on").last()


def _tables(semester: Semester, before: Semester | None, by: str) -> dict[str, Table | Any]:
    """Return Tables 2 and 3, and the change from the semester before."""
    *earlier, last = reports_of([*filter(None, [before]), semester], by)
    return as_data(last, earlier[0] if earlier else None)


def _school() -> dict[str, str]:
    school = SchoolProfile.current()
    names = ("name", "npsn", "nss", "accreditation", "address", "place", "head_title")
    return {name: getattr(school, name) for name in names}


def _people(by: User) -> dict[str, Any]:
    """Return the names as papers print them; the principal with what they act as."""
    head = head_signs(SchoolProfile.current(), decided_by=by)
    coordinator = User.objects.who_signs(COORDINATOR)
    counselors = User.objects.holding(COUNSELOR).order_by("name", "pk")
    return {
        "principal": {**_person(by), "role": head.role},
        "coordinator": _person(coordinator) if coordinator else None,
        "counselors": [_person(one) for one in counselors],
    }


def _person(person: User) -> dict[str, str]:
    return {"name": person.full_name, "nip": person.nip_written}

"""What a frozen semester report keeps: figures, texts, and who held which office.

It is data that every later version of this software can read (`docs/semester-report.schema.json`):
nothing in it refers to a row that may change.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from cases.models import Rung
from reports.exports import as_data
from reports.grid_data import data_of
from reports.kept_evaluation import evaluation_data
from reports.kinds import KINDS
from reports.kinds.base import Asked, ReportKind
from reports.models import TEXTS, SemesterReport
from reports.tables import CLASS, GRADE, Report, reports_of
from school.models import SchoolProfile, Semester, User
from school.roles import COORDINATOR, COUNSELOR
from school.signing import head_signs

FORMAT = 1
"""Grows when a reader of an older format could no longer read what is written."""
Content = dict[str, Any]
KEPT_KINDS: Sequence[ReportKind] = KINDS
"""The reports beside Tables 2 and 3 whose tables it keeps, in the order in which it shows them."""


def content_of(report: SemesterReport, *, by: User, at: datetime) -> Content:
    """Return what the report keeps if `by` freezes it at that moment, in the school's language."""
    semester = report.semester
    with override(settings.LANGUAGE_CODE):
        before = semester_before(semester)
        *earlier, grades = reports_of([*filter(None, [before]), semester], GRADE)
        classes = reports_of([semester], CLASS)[0]
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
            "by_grade": as_data(grades, earlier[0] if earlier else None),
            "by_class": as_data(classes),
            "before": _before(earlier[0]) if earlier else None,
            "reports": [_report(kind, semester) for kind in KEPT_KINDS],
            "evaluation": evaluation_data(semester),
        }


def published(report: SemesterReport, by: str = GRADE) -> Content:
    """Return what goes out of a frozen report: the tables by grade, or by class; no counselor.

    It has the shape of `semester_report --format json`, with what says whose and when it is.
    """
    content = report.content or {}
    return {
        **content[f"by_{by}"],
        "frozen": {
            "format": content["format"],
            "version": content["version"],
            "frozen_at": content["frozen_at"],
            "school": content["school"],
            "principal": content["people"]["principal"],
            "starts_on": content["starts_on"],
            "ends_on": content["ends_on"],
            "texts": content["texts"],
        },
    }


def semester_before(semester: Semester) -> Semester | None:
    earlier = Semester.objects.filter(starts_on__lt=semester.starts_on)
    return earlier.select_related("year").order_by("starts_on").last()


def _before(before: Report) -> Content:
    """Return what the figures are compared with."""
    handling = {rung.column: before.total.tally.at(rung) for rung in Rung}
    return {
        "semester": before.semester.code,
        "name": str(before.semester),
        "students": before.total.tally.students,
        "handling": handling,
    }


def _report(kind: ReportKind, semester: Semester) -> Content:
    """Return the tables of a kind of report, whose numbers open nothing."""
    drawn = {by: kind.content(_asked(kind, semester, by)).grids for by in (GRADE, CLASS)}
    return {
        "name": kind.name,
        "title": str(kind.title),
        **{f"by_{by}": [data_of(grid) for grid in grids] for by, grids in drawn.items()},
    }


def _asked(kind: ReportKind, semester: Semester, by: str) -> Asked:
    """Return the semester by grade or class; over the years all until then, by grade alone."""
    if not kind.is_over_years:
        return Asked(None, [semester], by)
    until = Semester.objects.filter(starts_on__lte=semester.starts_on)
    return Asked(None, list(until.select_related("year", "policy").order_by("starts_on")), GRADE)


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

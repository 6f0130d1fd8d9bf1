"""Factories of people, classes and semesters for the tests of every room."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import factory
from PIL import Image

from school.models import (
    AcademicYear,
    Enrolment,
    GroupMember,
    Guardian,
    HomeroomAssignment,
    Logo,
    NewYear,
    OfficeHolding,
    Policy,
    RecapPeriod,
    SchoolClass,
    Semester,
    Student,
    Subject,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.models.semesters import Term
from school.models.students import Relation
from school.roles import COORDINATOR, Role
from school.school_years import Days, label_of, year_of
from school.workflow.new_year import propose
from workflow import clock

LONG_AGO = timedelta(days=400)


def group_of(school_class: SchoolClass | None, subject: Subject | None) -> TeachingGroup:
    """Return the group of a whole class and a subject, made if there is none."""
    school_class = school_class or SchoolClassFactory()
    keys = {"school_class": school_class, "subject": subject or SubjectFactory()}
    group, _is_new = TeachingGroup.objects.get_or_create(**keys, year=school_class.year)
    return group


def mixed_group(
    teacher: User,
    students: Iterable[Student],
    year: AcademicYear,
    *,
    subject: Subject | None = None,
    name: str = "Kristen X",
) -> TeachingAssignment:
    """Let a teacher teach a group of students of one class or several; they joined long ago."""
    subject = subject or SubjectFactory(name="Pendidikan Agama")
    group = TeachingGroup.objects.create(year=year, subject=subject, name=name)
    GroupMember.objects.bulk_create(
        GroupMember(group=group, student=student, starts_on=days_ago(90)) for student in students
    )
    teacher.forget_ties()
    return TeachingAssignmentFactory(teacher=teacher, group=group)


def days_ago(days: int) -> Any:
    return clock.today() - timedelta(days=days)


def planned_year(year: AcademicYear, last_day: date) -> NewYear:
    """Return the usual plan for the end of a year, with two short semesters after its last day."""
    first = last_day + timedelta(days=30)
    odd, even = (Days(first + timedelta(days=n), first + timedelta(days=n + 19)) for n in (0, 25))
    plan = replace(propose(year), label=label_of(year_of(first)), odd=odd, even=even)
    return NewYear.objects.create(ends=year, plan=plan.as_json)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"Sri Wahyuni {n}")
    honorific = "IBU"
    phone = "6281234567890"


class AcademicYearFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AcademicYear
        django_get_or_create = ("label",)

    label = "2021/2022"


class SemesterFactory(factory.django.DjangoModelFactory):
    """A semester that began 90 days ago and lasts 90 more."""

    class Meta:
        model = Semester
        skip_postgeneration_save = True

    year = factory.SubFactory(AcademicYearFactory)
    term = Term.ODD
    starts_on = factory.LazyFunction(lambda: days_ago(90))
    ends_on = factory.LazyFunction(lambda: days_ago(-90))
    policy = factory.RelatedFactory("school.tests.factories.PolicyFactory", "semester")


class PolicyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Policy

    semester = factory.SubFactory(SemesterFactory)
    free_weekdays: list[str] = []
    """Every day is a school day, so that due dates do not depend on the weekday of the run."""


class RecapPeriodFactory(factory.django.DjangoModelFactory):
    """A period of 30 days that ended three days ago."""

    class Meta:
        model = RecapPeriod

    semester = factory.SubFactory(SemesterFactory)
    starts_on = factory.LazyFunction(lambda: days_ago(33))
    ends_on = factory.LazyFunction(lambda: days_ago(3))


class SubjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Subject

    name = factory.Sequence(lambda n: f"Subject {n}")


class SchoolClassFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchoolClass

    year = factory.SubFactory(AcademicYearFactory)
    # Above those of `small_school`, in whose year it may stand.
    name = factory.Sequence(lambda n: f"X MIPA {n + 20}")
    grade = "X"


class StudentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Student

    name = factory.Sequence(lambda n: f"Bagas Setiawan {n}")
    nis = factory.Sequence(lambda n: f"{31000 + n}")
    gender = "L"
    phone = "6285712345678"
    street = "Dsn. Krajan"
    rt = "02"
    rw = "03"
    village = "Muntung"
    district = "Candiroto"


class GuardianFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Guardian

    student = factory.SubFactory(StudentFactory)
    name = "Suminah"
    relation = Relation.MOTHER
    phone = "6281298765432"


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    student = factory.SubFactory(StudentFactory)
    school_class = factory.SubFactory(SchoolClassFactory)
    starts_on = factory.LazyFunction(lambda: days_ago(90))


class TeachingAssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeachingAssignment

    teacher = factory.SubFactory(UserFactory)
    starts_on = factory.LazyFunction(lambda: days_ago(90))

    @classmethod
    def _adjust_kwargs(cls, **given: Any) -> dict[str, Any]:
        """Find the group of a `school_class` and `subject` that are given in its place."""
        school_class, subject = given.pop("school_class", None), given.pop("subject", None)
        return given if "group" in given else given | {"group": group_of(school_class, subject)}


class HomeroomAssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HomeroomAssignment

    teacher = factory.SubFactory(UserFactory)
    school_class = factory.SubFactory(SchoolClassFactory)
    starts_on = factory.LazyFunction(lambda: days_ago(90))


def person(office: Role | None = None, **fields: Any) -> User:
    """Make a person, who has held `office` for long."""
    user = UserFactory(**fields)
    if office:
        holding(user, office).save()
    return user


def holding(user: User, office: Role) -> OfficeHolding:
    return OfficeHolding(user=user, office=office.code, starts_on=clock.today() - LONG_AGO)


def coordinator(**fields: Any) -> User:
    return person(COORDINATOR, **fields)


def student_in_classes(stays: Iterable[tuple[str, date, date | None]]) -> Student:
    """Return a student with stays: class, first day, last day."""
    student = StudentFactory()
    for name, starts_on, ends_on in stays:
        of_class = SchoolClassFactory(name=name, grade=name.split()[0])
        EnrolmentFactory(
            student=student, school_class=of_class, starts_on=starts_on, ends_on=ends_on
        )
    return student


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """Return a file with a red picture."""
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()


def logo() -> Logo:
    return Logo.objects.create(picture=picture("WEBP"))

"""The people of a small school in the middle of its semester."""

from dataclasses import dataclass, field
from functools import partial

from simple_history.utils import bulk_create_with_history

from school.models import (
    Enrolment,
    Guardian,
    HomeroomAssignment,
    OfficeHolding,
    RecapPeriod,
    SchoolClass,
    SchoolProfile,
    Semester,
    Student,
    Subject,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.roles import COORDINATOR, COUNSELOR, OPERATOR, PRINCIPAL, STUDENT_AFFAIRS, Role
from school.tests import factories as make
from school.tests.once import once

FOREIGN = range(101, 103)
"""Numbers of the students of the other class."""


@dataclass
class Cast:
    """Two classes, X MIPA 3 with `size` students (own) and X MIPA 4 with two (foreign).

    guru teaches two subjects in X MIPA 3, guru2 one there and one in X MIPA 4.
    """

    semester: Semester
    earlier_period: RecapPeriod
    period: RecapPeriod
    own: SchoolClass
    foreign: SchoolClass
    students: list[Student]
    foreign_students: list[Student]
    guru: User
    guru2: User
    wali: User
    wali2: User
    bk: User
    bk2: User
    coordinator: User
    principal: User
    student_affairs: User
    operator: User
    maths: TeachingAssignment
    physics: TeachingAssignment
    english: TeachingAssignment
    foreign_english: TeachingAssignment
    everybody: list[User] = field(default_factory=list)


PEOPLE: dict[str, tuple[Role | None, dict[str, str]]] = {
    "guru": (None, {"name": "Hadi Susanto", "honorific": "BAPAK"}),
    "guru2": (None, {"name": "Sri Lestari"}),
    "wali": (None, {"name": "Agus Santoso", "honorific": "BAPAK"}),
    "wali2": (None, {"name": "Budi Utomo", "honorific": "BAPAK"}),
    "bk": (COUNSELOR, {"name": "Retno Wulandari"}),
    "bk2": (COUNSELOR, {"name": "Bambang Irawan"}),
    "coordinator": (COORDINATOR, {"username": "koordinator", "name": "Endang Rahayu"}),
    "principal": (PRINCIPAL, {"username": "kepsek", "name": "Sri Wahyuni"}),
    "student_affairs": (STUDENT_AFFAIRS, {"username": "waka", "name": "Joko Purnomo"}),
    "operator": (OPERATOR, {"name": "Tri Hartono"}),
}
SUBJECTS = ("Matematika", "Fisika", "Bahasa Inggris")


def small_school(size: int = 4) -> Cast:
    """Make the small school, with a guardian for each student; nothing has happened yet.

    Nearly every test begins with it.
    """
    return once(partial(_small_school, size), "small school", size)


def _small_school(size: int) -> Cast:
    SchoolProfile.objects.create(pk=1, name="SMA Negeri 1 Candiroto", place="Candiroto")
    semester = make.SemesterFactory()
    people = _people()
    own = make.SchoolClassFactory(name="X MIPA 3", counselor=people["bk"])
    foreign = make.SchoolClassFactory(name="X MIPA 4", counselor=people["bk2"])
    HomeroomAssignment.objects.bulk_create(
        make.HomeroomAssignmentFactory.build(teacher=people[name], school_class=school_class)
        for name, school_class in (("wali", own), ("wali2", foreign))
    )
    earlier_period, period = RecapPeriod.objects.bulk_create(
        make.RecapPeriodFactory.build(semester=semester, **days)
        for days in ({"starts_on": make.days_ago(64), "ends_on": make.days_ago(34)}, {})
    )
    numbers = (*range(1, size + 1), *FOREIGN)
    students = _students({n: foreign if n in FOREIGN else own for n in numbers})
    return Cast(
        semester=semester,
        earlier_period=earlier_period,
        period=period,
        own=own,
        foreign=foreign,
        students=students[:size],
        foreign_students=students[size:],
        everybody=list(people.values()),
        **people,
        **_teaching(people, own, foreign),
    )


def _people() -> dict[str, User]:
    people = {
        name: make.UserFactory.build(**{"username": name, **fields})
        for name, (_office, fields) in PEOPLE.items()
    }
    User.objects.bulk_create(people.values())
    OfficeHolding.objects.bulk_create(
        make.holding(people[name], office) for name, (office, _fields) in PEOPLE.items() if office
    )
    return people


def _students(classes: dict[int, SchoolClass]) -> list[Student]:
    """Enrol a student of each number, with a guardian; their history is written too."""
    students = bulk_create_with_history(
        [make.StudentFactory.build(name=f"Siswa {n:03d}", nis=f"{21000 + n}") for n in classes],
        Student,
    )
    Enrolment.objects.bulk_create(
        make.EnrolmentFactory.build(student=student, school_class=school_class)
        for student, school_class in zip(students, classes.values(), strict=True)
    )
    bulk_create_with_history(
        [make.GuardianFactory.build(student=student) for student in students], Guardian
    )
    return students


def _teaching(
    people: dict[str, User], own: SchoolClass, foreign: SchoolClass
) -> dict[str, TeachingAssignment]:
    maths, physics, english = Subject.objects.bulk_create(
        make.SubjectFactory.build(name=name) for name in SUBJECTS
    )
    taught = {
        "maths": ("guru", own, maths),
        "physics": ("guru", own, physics),
        "english": ("guru2", own, english),
        "foreign_english": ("guru2", foreign, english),
    }
    groups = TeachingGroup.objects.bulk_create(
        TeachingGroup(year=of_class.year, school_class=of_class, subject=subject)
        for _who, of_class, subject in taught.values()
    )
    assignments = TeachingAssignment.objects.bulk_create(
        make.TeachingAssignmentFactory.build(teacher=people[who], group=group)
        for (who, _class, _subject), group in zip(taught.values(), groups, strict=True)
    )
    return dict(zip(taught, assignments, strict=True))

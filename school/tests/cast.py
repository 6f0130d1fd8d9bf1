"""The people of a small school in the middle of its semester."""

from dataclasses import dataclass, field

from simple_history.utils import bulk_create_with_history

from school.models import (
    Enrolment,
    Guardian,
    RecapPeriod,
    SchoolClass,
    SchoolProfile,
    Semester,
    Student,
    TeachingAssignment,
    User,
)
from school.roles import COORDINATOR, COUNSELOR, OPERATOR, PRINCIPAL, STUDENT_AFFAIRS
from school.tests import factories as make


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


def small_school(size: int = 4) -> Cast:
    """Make the small school, with a guardian for each student; nothing has happened yet."""
    SchoolProfile.objects.create(pk=1, name="SMA Negeri 1 Candiroto", place="Candiroto")
    semester = make.SemesterFactory()
    people = {
        "guru": make.person(username="guru", name="Hadi Susanto", honorific="BAPAK"),
        "guru2": make.person(username="guru2", name="Sri Lestari"),
        "wali": make.person(username="wali", name="Agus Santoso", honorific="BAPAK"),
        "wali2": make.person(username="wali2", name="Budi Utomo", honorific="BAPAK"),
        "bk": make.person(COUNSELOR, username="bk", name="Retno Wulandari"),
        "bk2": make.person(COUNSELOR, username="bk2", name="Bambang Irawan"),
        "coordinator": make.person(COORDINATOR, username="koordinator", name="Endang Rahayu"),
        "principal": make.person(PRINCIPAL, username="kepsek", name="Sri Wahyuni"),
        "student_affairs": make.person(STUDENT_AFFAIRS, username="waka", name="Joko Purnomo"),
        "operator": make.person(OPERATOR, username="operator", name="Tri Hartono"),
    }
    own = make.SchoolClassFactory(name="X MIPA 3", counselor=people["bk"])
    foreign = make.SchoolClassFactory(name="X MIPA 4", counselor=people["bk2"])
    make.HomeroomAssignmentFactory(teacher=people["wali"], school_class=own)
    make.HomeroomAssignmentFactory(teacher=people["wali2"], school_class=foreign)
    maths, physics, english = (
        make.SubjectFactory(name=name) for name in ("Matematika", "Fisika", "Bahasa Inggris")
    )
    return Cast(
        semester=semester,
        earlier_period=make.RecapPeriodFactory(
            semester=semester, starts_on=make.days_ago(64), ends_on=make.days_ago(34)
        ),
        period=make.RecapPeriodFactory(semester=semester),
        own=own,
        foreign=foreign,
        students=_students(own, range(1, size + 1)),
        foreign_students=_students(foreign, range(101, 103)),
        maths=_teaching(people["guru"], own, maths),
        physics=_teaching(people["guru"], own, physics),
        english=_teaching(people["guru2"], own, english),
        foreign_english=_teaching(people["guru2"], foreign, english),
        everybody=list(people.values()),
        **people,
    )


def _students(school_class: SchoolClass, numbers: range) -> list[Student]:
    """Enrol students in the class, each with a guardian; their history is written too."""
    students = bulk_create_with_history(
        [make.StudentFactory.build(name=f"Siswa {n:03d}", nis=f"{21000 + n}") for n in numbers],
        Student,
    )
    Enrolment.objects.bulk_create(
        make.EnrolmentFactory.build(student=student, school_class=school_class)
        for student in students
    )
    bulk_create_with_history(
        [make.GuardianFactory.build(student=student) for student in students], Guardian
    )
    return students


def _teaching(teacher: User, school_class: SchoolClass, subject: object) -> TeachingAssignment:
    return make.TeachingAssignmentFactory(
        teacher=teacher, school_class=school_class, subject=subject
    )

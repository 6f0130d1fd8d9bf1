"""Who may read which figures. Predicates read as sentences."""

from school import permissions as may
from school.models import User


def may_see_every_class(user: User) -> bool:
    """Tables by class, and what became of the cases: the counselors and the principal."""
    return may.is_counselor(user) or may.is_principal(user)


def may_read_tables(user: User) -> bool:
    """Tables 2 and 3 by grade: the published report."""
    return may_see_every_class(user) or may.is_student_affairs(user) or may.is_homeroom_today(user)


def may_read_by_class(user: User) -> bool:
    """All classes, or the own one."""
    return may_see_every_class(user) or may.is_homeroom_today(user)


def may_open_rows(user: User) -> bool:
    """Whether a number leads on to the rows behind it. Student affairs read figures alone."""
    return may_read_by_class(user)

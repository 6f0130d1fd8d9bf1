"""Who may read which figures. Predicates read as sentences."""

from school.models import User
from school.roles import COUNSELOR, HOMEROOM, PRINCIPAL, STUDENT_AFFAIRS
from school.sight import ALL, Sight, some

CLASSES = Sight(
    "report: tables by class, what became of the cases",
    [
        (HOMEROOM, some("own class", pk__in=lambda ties: ties.own_classes)),
        (COUNSELOR, ALL),
        (PRINCIPAL, ALL),
    ],
)
GRADES = Sight(
    "report: Tables 2 and 3 by grade",
    [(HOMEROOM, ALL), (COUNSELOR, ALL), (PRINCIPAL, ALL), (STUDENT_AFFAIRS, ALL)],
)


def may_see_every_class(user: User) -> bool:
    return CLASSES.shows_all(user)


def may_read_tables(user: User) -> bool:
    return GRADES.shows_some(user)


def may_read_by_class(user: User) -> bool:
    """The user may read the tables of all classes or of their own class."""
    return CLASSES.shows_some(user)


def may_open_rows(user: User) -> bool:
    """The user may open the rows behind a number; student affairs may not."""
    return may_read_by_class(user)

"""Who may read which figures. Predicates read as sentences."""

from reports.models.evaluation import Evaluation
from reports.models.semester_report import SemesterReportQuerySet
from school import permissions as may
from school.models import User
from school.roles import COORDINATOR, COUNSELOR, HOMEROOM, PRINCIPAL, STUDENT_AFFAIRS
from school.sight import ALL, Sight, some
from school.ties import ties_of

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
YEARS = Sight("report: over the years", [(COUNSELOR, ALL), (PRINCIPAL, ALL)])
WITHOUT_NAMES = Sight(
    "report: by class, reasons, causes, without names and with small numbers hidden",
    [(STUDENT_AFFAIRS, ALL)],
)
EVALUATIONS = Sight("report: evaluation, feedback in counts", [(COUNSELOR, ALL), (PRINCIPAL, ALL)])

LOADS = Sight("report: BK's load by counselor", [(COUNSELOR, ALL), (PRINCIPAL, ALL)])


def may_see_every_class(user: User) -> bool:
    return CLASSES.shows_all(user)


def may_read_tables(user: User) -> bool:
    return GRADES.shows_some(user)


def may_read_by_class(user: User) -> bool:
    """The user may read the tables of all classes or of their own class."""
    return CLASSES.shows_some(user)


def reads_without_names(user: User) -> bool:
    """The user reads figures by class, but none that gives a student away."""
    return WITHOUT_NAMES.shows_some(user) and not CLASSES.shows_some(user)


def may_choose_classes(user: User) -> bool:
    """The user may read tables by class, with or without small numbers."""
    return may_read_by_class(user) or reads_without_names(user)


def may_open_rows(user: User) -> bool:
    """The user may open the rows behind a number; student affairs may not."""
    return may_read_by_class(user)


def reads_reports(user: User) -> bool:
    """The user may read semester reports: drafts too, or only frozen ones."""
    return SemesterReportQuerySet.sight.shows_some(user)


def reads_drafts(user: User, obj: object = None) -> bool:
    """The user reads the report of each semester, with the names that it keeps."""
    return SemesterReportQuerySet.sight.shows_all(user)


def writes_report(user: User, obj: object = None) -> bool:
    """The user is the coordinator, or any counselor if there is none."""
    if may.is_coordinator(user):
        return True
    return may.is_counselor(user) and not COORDINATOR.holders(ties_of(user))


def freezes_report(user: User, obj: object = None) -> bool:
    """The user is the principal or acts for them; both hold the office."""
    return may.is_principal(user)


def begins_report(user: User, obj: object = None) -> bool:
    """The user writes the report or freezes it."""
    return writes_report(user) or freezes_report(user)


def may_read_who_owes(user: User) -> bool:
    """The user reads of all classes who handed over and when: the coordinator and the principal."""
    return may.is_coordinator(user) or may.is_principal(user)


def may_read_evaluations(user: User) -> bool:
    """The user is a counselor or the principal; student affairs read what is frozen."""
    return EVALUATIONS.shows_some(user)


def writes_evaluation(user: User, evaluation: Evaluation) -> bool:
    """The user is its author and a counselor; of the joint one, who writes the semester report."""
    if evaluation.is_joint:
        return writes_report(user)
    return evaluation.author_id == user.pk and may.is_counselor(user)


def returns_evaluation(user: User, evaluation: Evaluation) -> bool:
    """The user is whom it was handed over to: the coordinator; of the joint one the principal."""
    return may.is_principal(user) if evaluation.is_joint else writes_report(user)

"""What a subject teacher hands over: one recap per group and period."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import BooleanField, Exists, IntegerField, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from recaps.models.arithmetic import COUNTS
from recaps.models.noted import NOTED, NOTED_BY_NEWEST, noted_of_class, stood_at, stood_by
from recaps.models.origins import FromFiles
from school.models import RecapPeriod, Student, Subject, TeachingGroup, User
from school.models.groups import has_member
from school.models.written import Written
from school.roles import ANYONE, COORDINATOR, COUNSELOR, HOMEROOM, TEACHER, Role
from school.sight import ALL, Part, SeenQuerySet, Sight, some
from school.ties import Ties
from workflow.addresses import address
from workflow.rows import one_of

MOST = 99


def counted_at(moment: datetime | None) -> Q:
    """Return the filter for entries of the versions that count, or that counted at a moment."""
    if moment is None:
        return Q(sheet__stands=True)
    later = Sheet.objects.filter(
        recap=OuterRef("sheet__recap"),
        number__gt=OuterRef("sheet__number"),
        handed_over_at__lte=moment,
    )
    is_in = {"sheet__recap__status__in": STANDING, "sheet__handed_over_at__lte": moment}
    return Q(~Exists(later), **is_in)


class RecapStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    HANDED_OVER = "HANDED_OVER", _("Handed over")
    RETURNED = "RETURNED", _("Returned")
    CORRECTING = "CORRECTING", _("Being corrected")


STANDING = (RecapStatus.HANDED_OVER, RecapStatus.CORRECTING)
WRITABLE = (RecapStatus.DRAFT, RecapStatus.RETURNED, RecapStatus.CORRECTING)


def _handed_over(ties: Ties, at: str) -> Q:
    sheets = Sheet.objects.filter(recap=OuterRef(f"{at}pk"), handed_over_by=ties.person)
    return Q(Exists(sheets))


def _of_classes(
    words: str, class_ids: Callable[[Ties], Iterable[int]], statuses: Iterable[str], to_recap: str
) -> Part:
    """Return the part of recaps of classes, and of other groups those that have their students.

    Or the part of entries on them, from which `to_recap` leads to the recap: of another group only
    those of the students of the classes.
    """

    def where(ties: Ties, at: str) -> Q:
        recap, classes = f"{at}{to_recap}", list(class_ids(ties))
        paths = {"first": "period__starts_on", "last": "period__ends_on", "group": "group"}
        student = f"{at}student" if to_recap else ""
        members = has_member(
            classes, student=student, **{name: f"{recap}{path}" for name, path in paths.items()}
        )
        of_class = Q(**{f"{recap}group__school_class__in": classes})
        of_others = Q(**{f"{recap}group__school_class": None}) & Q(members)
        return Q(**{f"{recap}status__in": list(statuses)}) & (of_class | of_others)

    return Part(words, where)


def _readers(to_recap: str = "") -> list[tuple[Role, Part]]:
    """Return who reads what stands of recaps, or of entries, from which `to_recap` leads there."""
    of_guided = (*STANDING, RecapStatus.RETURNED)
    return [
        (TEACHER, some("own", **{f"{to_recap}group__in": lambda ties: ties.teaching})),
        (
            HOMEROOM,
            _of_classes(
                "own class, handed over or returned",
                lambda ties: ties.own_classes,
                of_guided,
                to_recap,
            ),
        ),
        (
            COUNSELOR,
            _of_classes(
                "assigned, handed over", lambda ties: ties.counseled_classes, STANDING, to_recap
            ),
        ),
        (COORDINATOR, ALL),
    ]


RECAPS = Sight("recap", [*_readers(), (ANYONE, Part("handed over by them", _handed_over))])
ENTRIES = Sight("recap: what stands of a student", _readers("sheet__recap__"))


class RecapQuerySet(SeenQuerySet["Recap"]):
    sight = RECAPS

    def with_what_stands(self, as_of: datetime | None = None) -> "RecapQuerySet":
        """Annotate with `stood_at`: since when a version stands, or the one that stood `as_of`.

        And with `stood_by`: the id of the person who handed it over.
        """
        return self.annotated(stood_at=stood_at(as_of), stood_by=stood_by(as_of))

    def with_noted_of(self, class_id: int, as_of: datetime | None = None) -> "RecapQuerySet":
        """Annotate with `noted`: of how many students of a class it notes something."""
        return self.annotated(noted=noted_of_class(class_id, as_of))

    def with_newest(self) -> "RecapQuerySet":
        """Annotate with `noted`, how many students the newest version notes."""
        return self.annotated(noted=Written(NOTED_BY_NEWEST, IntegerField()))


class Recap(models.Model):
    group = models.ForeignKey(TeachingGroup, models.PROTECT, related_name="+")
    period = models.ForeignKey(RecapPeriod, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=RecapStatus.choices, default=RecapStatus.DRAFT)
    return_reason = models.TextField(blank=True)
    is_rewritten = models.BooleanField(default=False)
    """Whether its teacher has changed it since it was returned."""

    stood_at: datetime | None
    stood_by: int | None
    noted: int
    """Filled by `with_what_stands` and `with_noted_of`; `noted` also by `with_newest`."""

    objects = RecapQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["group", "period"], name="one_recap_per_group_and_period"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.group} {self.period}"

    def get_absolute_url(self) -> str:
        return address("recaps:recap", self.pk)

    @property
    def subject(self) -> Subject:
        return self.group.subject

    @cached_property
    def class_ids(self) -> frozenset[int]:
        """Return the classes on whose lists it stands: those with a member in the period."""
        return self.group.class_ids(self.period.starts_on, self.period.ends_on)

    @property
    def standing_sheet(self) -> "Sheet | None":
        """Return the version that was handed over and counts, if any."""
        return one_of(self.sheets.filter(stands=True))

    @property
    def open_sheet(self) -> "Sheet | None":
        """Return the version being written, if any."""
        if self.status not in WRITABLE:
            return None
        return self.sheets.filter(stands=False).order_by("-number").first()


class Sheet(FromFiles):
    """A version of a recap: its header (meetings, assignments of the period) and its entries."""

    recap = models.ForeignKey(Recap, models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField(default=1)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    meetings = models.PositiveSmallIntegerField(
        _("meetings"), default=4, validators=[MaxValueValidator(MOST)]
    )
    assignments = models.PositiveSmallIntegerField(
        _("assignments"), default=2, validators=[MaxValueValidator(MOST)]
    )
    reason = models.TextField(blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    stands = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["recap", "number"], name="one_sheet_per_number"),
            models.UniqueConstraint(
                fields=["recap"], condition=Q(stands=True), name="one_standing_sheet"
            ),
            models.CheckConstraint(
                condition=Q(stands=False) | Q(handed_over_at__isnull=False),
                name="standing_sheet_was_handed_over",
            ),
            models.CheckConstraint(
                condition=Q(meetings__lte=MOST, assignments__lte=MOST), name="sheet_header_range"
            ),
        )

    def __str__(self) -> str:
        return f"sheet {self.number} of {self.recap_id}"


class Activity(models.TextChoices):
    FROM_ATTENDANCE = "ATTENDANCE", _("From attendance")
    BELOW = "BELOW", _("Below the limit")
    NOT_BELOW = "NOT_BELOW", _("At or above the limit")


class Entry(FromFiles):
    """What a teacher noted of one student; a student without an entry was active.

    `own_meetings` and `own_assignments` stand for the header's where the student came late or
    left early.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="entries")
    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    sick = models.PositiveSmallIntegerField(_("sick"), default=0)
    permitted = models.PositiveSmallIntegerField(_("excused"), default=0)
    absent = models.PositiveSmallIntegerField(_("absent without notice"), default=0)
    dispensed = models.PositiveSmallIntegerField(_("exempted"), default=0)
    late = models.PositiveSmallIntegerField(_("late"), default=0)
    missing_work = models.PositiveSmallIntegerField(_("work not handed in"), default=0)
    late_work = models.PositiveSmallIntegerField(_("work handed in late"), default=0)
    activity = models.CharField(
        max_length=10, choices=Activity.choices, default=Activity.FROM_ATTENDANCE
    )
    own_meetings = models.PositiveSmallIntegerField(null=True, blank=True)
    own_assignments = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(_("note for the homeroom teacher"), max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = (
            models.UniqueConstraint(fields=["sheet", "student"], name="one_entry_per_student"),
            models.CheckConstraint(
                condition=Q(**{f"{name}__lte": MOST for name in COUNTS}), name="entry_range"
            ),
        )

    def __str__(self) -> str:
        return f"{self.student_id} on {self.sheet_id}"

    @property
    def is_plainly_active(self) -> bool:
        """Return whether nothing is noted, so that the row says no more than a missing one."""
        return (
            not any(getattr(self, name) for name in COUNTS)
            and self.activity != Activity.BELOW
            and not self.note
        )

    @classmethod
    def noted(cls) -> Written:
        """Return the filter for entries that are not plainly active."""
        return Written(NOTED, BooleanField())

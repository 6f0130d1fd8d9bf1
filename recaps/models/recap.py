"""What a subject teacher hands over: one recap per group and period."""

from collections.abc import Iterable
from datetime import datetime

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Value,
)
from django.utils.translation import gettext_lazy as _

from recaps.models.arithmetic import COUNTS
from school.models import RecapPeriod, Student, Subject, TeachingGroup, User
from school.models.written import Written
from school.roles import ANYONE, COORDINATOR, COUNSELOR, HOMEROOM, TEACHER
from school.sight import ALL, Part, SeenQuerySet, Sight, some
from school.ties import Ties
from workflow.addresses import address
from workflow.versions import Versioned

MOST = 99
COUNTED = " + ".join(f"{{{name}}}" for name in COUNTS)
NOTED = f"({{activity}} = 'BELOW' OR {{note}} <> '' OR {COUNTED} > 0)"
"""SQL for an entry that is not plainly active; see `Entry.is_plainly_active`."""
NOTED_ENTRY = NOTED.format(**{name: f"entry.{name}" for name in ("activity", "note", *COUNTS)})


def _noted_on(sheet: str) -> str:
    """Return as SQL how many students the version notes whose id `sheet` selects."""
    of_sheet = f"{NOTED_ENTRY} AND entry.sheet_id = ({sheet})"
    return f"(SELECT COUNT(*) FROM recaps_entry entry WHERE {of_sheet})"  # noqa: S608  (constants)


STOOD_AT = "(SELECT handed_over_at FROM recaps_sheet WHERE recap_id = {id} AND stands)"
THEN = """(SELECT {column} FROM recaps_sheet WHERE recap_id = {{id}}
AND handed_over_at <= {{moment}} ORDER BY number DESC LIMIT 1)"""
STOOD_THEN = THEN.format(column="handed_over_at")
NOTED_THEN = _noted_on(THEN.format(column="id"))
NOTED_BY_STANDING = _noted_on("SELECT id FROM recaps_sheet WHERE recap_id = {id} AND stands")
NOTED_BY_NEWEST = _noted_on(
    "SELECT id FROM recaps_sheet WHERE recap_id = {id} ORDER BY number DESC LIMIT 1"
)
REPORTED = f"""EXISTS (SELECT 1 FROM recaps_entry entry
JOIN recaps_sheet sheet ON sheet.id = entry.sheet_id
JOIN recaps_recap recap ON recap.id = sheet.recap_id
JOIN school_recapperiod period ON period.id = recap.period_id
JOIN school_teachinggroup taught ON taught.id = recap.group_id
WHERE entry.student_id = {{student}} AND period.semester_id = {{semester}}
AND sheet.handed_over_by_id = {{person}} AND {NOTED_ENTRY} AND taught.school_class_id IN """  # noqa: S608


def is_reported(
    student: str, semester: str, *, by: int | None, class_ids: Iterable[int]
) -> Written:
    """Return whether a person noted a student in the semester, in a recap of one of the classes.

    `student` and `semester` are paths to their ids.
    """
    ids = ", ".join(map(str, sorted(class_ids))) or "NULL"
    person = Value(by, output_field=models.BigIntegerField())
    sql = f"{REPORTED}({ids}))"
    return Written(sql, BooleanField(), student=F(student), semester=F(semester), person=person)


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


WHAT_STANDS = Sight(
    "recap: what stands of it, whoever handed it over",
    [
        (TEACHER, some("own", group__in=lambda ties: ties.teaching)),
        (
            HOMEROOM,
            some(
                "own class, handed over or returned",
                group__school_class__in=lambda ties: ties.own_classes,
                status__in=lambda _: (*STANDING, RecapStatus.RETURNED),
            ),
        ),
        (
            COUNSELOR,
            some(
                "assigned, handed over",
                group__school_class__in=lambda ties: ties.counseled_classes,
                status__in=lambda _: STANDING,
            ),
        ),
        (COORDINATOR, ALL),
    ],
)
RECAPS = Sight("recap", [*WHAT_STANDS.rows, (ANYONE, Part("handed over by them", _handed_over))])


class RecapQuerySet(SeenQuerySet["Recap"]):
    sight = RECAPS

    def with_what_stands(self, as_of: datetime | None = None) -> "RecapQuerySet":
        """Annotate with what stands: `stood_at`, since when, `noted`, of how many students.

        Or with what stood at the moment `as_of` of recaps that are in now.
        """
        if as_of is None:
            return self.annotated(
                stood_at=Written(STOOD_AT, DateTimeField()),
                noted=Written(NOTED_BY_STANDING, IntegerField()),
            )
        moment = Value(as_of, output_field=DateTimeField())
        return self.annotated(
            stood_at=Written(STOOD_THEN, DateTimeField(), moment=moment),
            noted=Written(NOTED_THEN, IntegerField(), moment=moment),
        )

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
    noted: int
    """Filled by `with_what_stands`; `noted` also by `with_newest`."""

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

    @property
    def standing_sheet(self) -> "Sheet | None":
        """Return the version that was handed over and counts, if any."""
        return self.sheets.filter(stands=True).first()

    @property
    def open_sheet(self) -> "Sheet | None":
        """Return the version being written, if any."""
        if self.status not in WRITABLE:
            return None
        return self.sheets.filter(stands=False).order_by("-number").first()


class Sheet(Versioned):
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
    NOT_BELOW = "NOT_BELOW", _("Not below the limit")


class Entry(Versioned):
    """What a teacher noted of one student; a student without an entry was active.

    `own_meetings` and `own_assignments` stand for the header's where the student came late or
    left early.
    """

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="entries")
    student = models.ForeignKey(Student, models.CASCADE, related_name="+")
    sick = models.PositiveSmallIntegerField(_("sick"), default=0)
    permitted = models.PositiveSmallIntegerField(_("permitted"), default=0)
    absent = models.PositiveSmallIntegerField(_("absent without notice"), default=0)
    dispensed = models.PositiveSmallIntegerField(_("dispensed"), default=0)
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

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from school import wording
from school.days import Calendar, Weekday, calendar_of
from school.fields import CodesField
from school.models.history import kept_history
from school.models.holidays import HolidaysField
from workflow import clock
from workflow.versions import Versioned


class AcademicYear(models.Model):
    label = models.CharField(max_length=9, unique=True)

    class Meta:
        ordering = ("label",)

    def __str__(self) -> str:
        return self.label


class Term(models.IntegerChoices):
    ODD = 1, _("First semester")
    EVEN = 2, _("Second semester")


class SemesterQuerySet(models.QuerySet["Semester"]):
    def current(self) -> "Semester | None":
        """Return the semester of today, else the last one that began, else the first there is."""
        begun = self.filter(starts_on__lte=clock.today()).order_by("-starts_on").first()
        return begun or self.order_by("starts_on").first()

    def by_code(self, code: str) -> "Semester":
        """Return the semester of a code like "2020/2021-1". Raises Semester.DoesNotExist."""
        year, _dash, term = code.partition("-")
        if not term.isdecimal():
            raise Semester.DoesNotExist
        return self.get(year__label=year, term=int(term))


class Semester(Versioned):
    """Ganjil (July to December) or Genap (January to June) of a year; takes acts until frozen."""

    year = models.ForeignKey(AcademicYear, models.PROTECT, related_name="semesters")
    term = models.PositiveSmallIntegerField(choices=Term.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = SemesterQuerySet.as_manager()
    history = kept_history(but=["frozen_at"])

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            models.UniqueConstraint(fields=["year", "term"], name="one_semester_per_term"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="semester_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return f"{self.term_name} {self.year.label}"

    @property
    def term_name(self) -> str:
        """Return Ganjil or Genap, in English "First semester" or "Second semester"."""
        if self.term == Term.ODD:
            return pgettext("term", "First semester")
        return pgettext("term", "Second semester")

    @property
    def code(self) -> str:
        """Return e.g. "2020/2021-1"."""
        return f"{self.year.label}-{self.term}"


def free_on_sundays() -> list[str]:
    return [Weekday.SUNDAY.value]


class Policy(Versioned):
    """What this school decided for a semester. Shares in percent, times in days.

    A holiday may lie after the last day of the semester, since due dates do too.
    """

    semester = models.OneToOneField(Semester, models.CASCADE, related_name="policy")
    activity_below = models.PositiveSmallIntegerField(
        default=50, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    missing_work_above = models.PositiveSmallIntegerField(
        default=50, validators=[MaxValueValidator(99)]
    )
    attempts_before_summons = models.PositiveSmallIntegerField(default=1)
    visits_need_approval = models.BooleanField(default=True)
    small_cell = models.PositiveSmallIntegerField(default=5)
    recap_days = models.PositiveSmallIntegerField(default=5)
    list_days = models.PositiveSmallIntegerField(default=3)
    review_days = models.PositiveSmallIntegerField(default=5)
    attempt_days = models.PositiveSmallIntegerField(default=2)
    summons_outcome_days = models.PositiveSmallIntegerField(default=1)
    visit_report_days = models.PositiveSmallIntegerField(default=2)
    retention_years = models.PositiveSmallIntegerField(default=5)
    free_weekdays = CodesField(codes=Weekday, default=free_on_sundays)
    holidays = HolidaysField(blank=True, default=tuple)

    history = kept_history()

    class Meta:
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return f"policy {self.semester_id}"

    @property
    def holiday_rows(self) -> list[list[str]]:
        """Return first day, last day and name of each holiday, the days in ISO format."""
        return [[first.isoformat(), last.isoformat(), name] for first, last, name in self.holidays]

    @property
    def calendar(self) -> Calendar:
        return calendar_of(tuple(self.free_weekdays), tuple(self.holidays))

    def due(self, day: date, days: int) -> date:
        """Return the day `days` after `day`, or the next school day if there is no school then."""
        return self.calendar.on_or_after(day + timedelta(days=days))


class RecapPeriod(Versioned):
    """The days that one recap covers, mostly a month."""

    semester = models.ForeignKey(Semester, models.PROTECT, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()

    history = kept_history()

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            models.UniqueConstraint(fields=["semester", "starts_on"], name="one_period_per_start"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="period_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return wording.month(self.ends_on)

    @property
    def recap_due_on(self) -> date:
        policy = self.semester.policy
        return policy.due(self.ends_on, policy.recap_days)

    @property
    def list_due_on(self) -> date:
        policy = self.semester.policy
        return policy.due(self.recap_due_on, policy.list_days)

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from school import names, reach
from school.models import last_class
from school.models.classes import Enrolment
from school.models.groups import TeachingGroup, members_in
from school.models.history import kept_history
from school.models.semesters import RecapPeriod, Semester
from school.models.users import User
from school.sight import SeenQuerySet, Sight
from workflow.addresses import address
from workflow.versions import Versioned


class Gender(models.TextChoices):
    MALE = "L", _("Male")
    FEMALE = "P", _("Female")


def letter_of(gender: str) -> str:
    """Return L or P, in English M or F."""
    return pgettext("gender", "M") if gender == Gender.MALE else pgettext("gender", "F")


# Constraints use only what any SQLite has, so that other tools can check the database.
WITHOUT_DIGITS = Func(
    F("nisn"), Value("0123456789"), function="TRIM", output_field=models.CharField()
)


APOSTROPHES = "'’‘`´ʼ"


def called_or_numbered(text: str, at: str = "") -> Q:
    """Return the filter for a student whose name holds each word, or whose NIS begins with it.

    `at` is the path that leads to the student, e.g. "case__student__". An apostrophe is found
    whichever it is: a phone types another one than an import brings.
    """
    named = Q()
    for word in text.split():
        plain = word.translate({ord(mark): "'" for mark in APOSTROPHES})
        spellings = {plain.replace("'", mark) for mark in APOSTROPHES[:2]}
        named &= reduce(or_, (Q(**{f"{at}name__icontains": each}) for each in sorted(spellings)))
    return named | Q(**{f"{at}nis__startswith": text})


class StudentQuerySet(SeenQuerySet["Student"]):
    sight = reach.NAME

    def with_class(self) -> "StudentQuerySet":
        """Annotate with `class_id`, `class_name`, `grade` of today, else of the last class.

        And with `left_on`, the day since when the student is in no class; else None.
        """
        columns = ("class_id", "class_name", "grade", "left_on")
        return self.annotated(**{name: last_class.of_today(name, "pk") for name in columns})

    def in_semester(self, semester: Semester) -> "StudentQuerySet":
        """Return the students of a semester, each once, with the same columns as of then."""
        first, last = semester.starts_on, semester.ends_on
        columns = ("class_id", "class_name", "grade", "left_on")
        then = {name: last_class.of_span(name, "pk", first, last) for name in columns}
        counted = Enrolment.objects.of_semester(semester).values("student")
        return self.filter(pk__in=counted).annotated(**then)

    def with_known_to(self, user: User) -> "StudentQuerySet":
        """Annotate with `is_known`: whether `user` may open the student's page."""
        return self.annotated(is_known=reach.NAME.flag(user))

    def with_level_for(self, user: User) -> "StudentQuerySet":
        """Annotate with `level`: how much of a student whom `user` sees they may know."""
        return self.annotated(level=reach.level_of(user))

    def found_by(self, text: str) -> "StudentQuerySet":
        """Return those whose name holds each word of `text`, or whose NIS begins with it."""
        text = text.replace("\x00", "").strip()
        return self.filter(called_or_numbered(text)) if text else self

    def found_by_number(self, text: str, user: User) -> "StudentQuerySet":
        """Return those found by `text`, or by the NISN where `user` may know it."""
        by_nisn = Q(nisn__startswith=text) & reach.CONTACTS.where(user)
        is_number = text.isascii() and text.isdigit()
        return self.filter(
            called_or_numbered(text) | by_nisn if is_number else called_or_numbered(text)
        )

    def of_class(self, class_id: int, period: RecapPeriod) -> "StudentQuerySet":
        """Return those enrolled in the class on at least one day of the period."""
        enrolled = Enrolment.objects.between(period.starts_on, period.ends_on)
        return self.filter(pk__in=enrolled.filter(school_class=class_id).values("student"))

    def of_group(
        self, group: TeachingGroup, period: RecapPeriod, class_ids: Iterable[int] | None = None
    ) -> "StudentQuerySet":
        """Return the members of a group on a day of the period, or those of some classes."""
        if group.school_class_id is not None:
            return self.of_class(group.school_class_id, period)
        return self.filter(pk__in=members_in(group, period.starts_on, period.ends_on, class_ids))


class Student(Versioned):
    """A student. NIK, KK, bank and KIP numbers are never stored."""

    name = models.CharField(_("name"), max_length=120)
    nis = models.CharField("NIS", max_length=20, unique=True)
    nisn = models.CharField("NISN", max_length=10, null=True, blank=True, unique=True)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender.choices)
    birth_date = models.DateField(null=True, blank=True)
    phone = models.CharField(_("student's phone"), max_length=20, blank=True)
    email = models.EmailField(_("email"), max_length=120, blank=True)
    street = models.CharField(_("hamlet or street"), max_length=120, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    village = models.CharField(_("village"), max_length=80, blank=True)
    district = models.CharField(_("district"), max_length=80, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    class_id: int | None
    class_name: str | None
    grade: str | None
    left_on: date | None
    """Filled by `with_class`."""
    is_known: bool
    """Filled by `with_known_to`."""
    level: int
    """A place in `reach.LEVELS`; filled by `with_level_for`, and needed for what follows from it:
    `shows_address`, `shows_guardians`, `shows_contacts`, `is_correctable`."""

    objects = StudentQuerySet.as_manager()
    history = kept_history()

    class Meta:
        ordering = ("name", "nis")
        constraints = (
            models.CheckConstraint(
                condition=Q(nisn=None)
                | Q(Exact(Length("nisn"), 10), Exact(WITHOUT_DIGITS, Value(""))),
                name="nisn_has_10_digits",
            ),
        )
        # A search looks through the names in this order, and need not see the rows for it.
        indexes = (models.Index(fields=["name", "nis"], name="student_name"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("student", self.pk)

    @property
    def shows_address(self) -> bool:
        return self._is_shown(reach.ADDRESS)

    @property
    def shows_guardians(self) -> bool:
        return self._is_shown(reach.GUARDIANS)

    @property
    def shows_contacts(self) -> bool:
        return self._is_shown(reach.CONTACTS)

    @property
    def is_correctable(self) -> bool:
        return self._is_shown(reach.CORRECTS)

    def _is_shown(self, level: Sight) -> bool:
        return self.level >= reach.LEVELS.index(level)

    @property
    def gender_letter(self) -> str:
        """Return L or P, in English M or F."""
        return letter_of(self.gender)

    @property
    def point(self) -> tuple[Decimal, Decimal] | None:
        """Return latitude and longitude of the home, None where either is unknown."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def student_id(self) -> int:
        return self.pk

    @property
    def address(self) -> str:
        """Return one line: "Dsn. Krajan RT 02/RW 03, Muntung, Candiroto"."""
        rt = f" RT {self.rt}/RW {self.rw}" if self.rt and self.rw else ""
        return ", ".join(filter(None, (f"{self.street}{rt}".strip(), self.village, self.district)))

    @property
    def short_address(self) -> str:
        """Return hamlet and village, for a line in a list."""
        return ", ".join(filter(None, (self.street, self.village)))


class Relation(models.TextChoices):
    FATHER = "FATHER", _("father")
    MOTHER = "MOTHER", _("mother")
    GUARDIAN = "GUARDIAN", _("guardian")


class GuardianQuerySet(SeenQuerySet["Guardian"]):
    sight = reach.GUARDIANS.of_its("student", "guardian")


class Guardian(Versioned):
    """A parent or guardian and how to reach them."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="guardians")
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(_("relation"), max_length=10, choices=Relation.choices)
    kinship = models.CharField(_("relation in words"), max_length=30, blank=True)
    form_of_address = models.CharField(_("form of address"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    occupation = models.CharField(_("occupation"), max_length=60, blank=True)

    objects = GuardianQuerySet.as_manager()
    history = kept_history()

    class Meta:
        ordering = ("student", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """Return the name as one says it: "Bu Suminah"; without a known address the name alone."""
        usual = {Relation.MOTHER.value: names.BU, Relation.FATHER.value: names.PAK}
        title = self.form_of_address or usual.get(self.relation, "")
        return f"{title} {self.name}".strip()

    @property
    def relation_said(self) -> str:
        """Return "nenek" where somebody has written it, else the relation."""
        return self.kinship or self.get_relation_display()

import re
from datetime import date

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from school.models.profile import SchoolProfile
from workflow.errors import NotNow

RUNNING, MONTH, YEAR = "{urut}", "{bulan_romawi}", "{tahun}"
ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


class LetterKind(models.TextChoices):
    SUMMONS = "SUMMONS", _("Summons")
    ASSIGNMENT = "ASSIGNMENT", _("Assignment letter")
    REFERRAL = "REFERRAL", _("Referral letter")


PATTERNS = {
    LetterKind.SUMMONS: "summons_number_pattern",
    LetterKind.ASSIGNMENT: "assignment_number_pattern",
    LetterKind.REFERRAL: "referral_number_pattern",
}
"""Kind → the field of the school's profile with the pattern of its numbers."""


class LetterNumberQuerySet(models.QuerySet["LetterNumber"]):
    def proposed(self, kind: str, on: date) -> str:
        """Return the next number of `kind` in the year of `on`, in the school's pattern."""
        return self.next_in(_pattern(kind), kind, on)

    def next_in(self, pattern: str, kind: str, on: date) -> str:
        """Return the number that would be proposed if this were the school's pattern."""
        last = self.filter(kind=kind, year=on.year).aggregate(last=models.Max("running"))["last"]
        return (
            pattern.replace(RUNNING, f"{(last or 0) + 1:03d}")
            .replace(MONTH, ROMAN_MONTHS[on.month - 1])
            .replace(YEAR, str(on.year))
        )

    def take(self, kind: str, text: str, on: date) -> "LetterNumber":
        """Enter `text` in the register. Raises NotNow if the year has that number already."""
        running = _running(text, _pattern(kind))
        try:
            with transaction.atomic():
                return self.create(kind=kind, year=on.year, text=text, running=running)
        except IntegrityError:
            raise NotNow(
                _("The letter number %(number)s is taken this year. Type another one.")
                % {"number": text}
            ) from None


class LetterNumber(models.Model):
    """The register: a number is unique for its kind and year; a withdrawn letter keeps it."""

    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    year = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=60)
    running = models.PositiveIntegerField(null=True)
    is_cancelled = models.BooleanField(default=False)

    objects = LetterNumberQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "year", "text"], name="one_letter_per_number"),
        )

    def __str__(self) -> str:
        return self.text


def _pattern(kind: str) -> str:
    pattern: str = getattr(SchoolProfile.current(), PATTERNS[LetterKind(kind)])
    return pattern


def _running(text: str, pattern: str) -> int | None:
    """Return the running number of "422/031/BK/X/2021", where the pattern has {urut}."""
    for part, slot in zip(text.split("/"), pattern.split("/"), strict=False):
        if RUNNING in slot:
            before, _slot, after = (re.escape(fixed) for fixed in slot.partition(RUNNING))
            as_it_stands = f"(?<={before})\\d{{1,6}}(?={after})"
            found = re.search(as_it_stands, part) or re.search(r"\d{1,6}", part)
            return int(found.group()) if found else None
    return None

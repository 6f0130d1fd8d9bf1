from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from school.models.history import kept_history
from school.models.logos import Logo
from workflow.rows import one_of
from workflow.versions import Versioned


class PaperSize(models.TextChoices):
    F4 = "F4", "F4 (215,9 × 330,2 mm)"
    A4 = "A4", "A4 (210 × 297 mm)"


class SchoolProfile(Versioned):
    """The school itself, its letterhead and its letter numbers. One row."""

    ONLY = 1

    name = models.CharField(_("school"), max_length=120)
    npsn = models.CharField("NPSN", max_length=8, blank=True)
    nss = models.CharField("NSS", max_length=12, blank=True)
    accreditation = models.CharField(_("accreditation"), max_length=10, blank=True)
    government_line = models.CharField(max_length=120, blank=True)
    department_line = models.CharField(max_length=120, blank=True)
    left_logo = models.ForeignKey(
        Logo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("left logo")
    )
    right_logo = models.ForeignKey(
        Logo, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("right logo")
    )
    address = models.CharField(max_length=200, blank=True)
    contact_line = models.CharField(max_length=200, blank=True)
    head_title = models.CharField(_("title of the head"), max_length=40, default="Kepala Sekolah")
    place = models.CharField(_("place of signature"), max_length=60, blank=True)
    time_zone_label = models.CharField(max_length=5, default="WIB")
    paper_size = models.CharField(max_length=2, choices=PaperSize.choices, default=PaperSize.F4)
    summons_number_pattern = models.CharField(
        max_length=60, default="422/{urut}/BK/{bulan_romawi}/{tahun}"
    )
    assignment_number_pattern = models.CharField(max_length=60, default="421.3/{urut}/{tahun}")
    referral_number_pattern = models.CharField(
        max_length=60, default="422/{urut}/ATK/{bulan_romawi}/{tahun}"
    )
    counseling_room = models.CharField(max_length=60, default="Ruang BK")
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    history = kept_history(but=["is_demo"])

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_school"),)

    def __str__(self) -> str:
        return self.name

    @property
    def point(self) -> tuple[Decimal, Decimal] | None:
        """Return latitude and longitude of the school, None where either is unknown."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude

    @property
    def numbers_line(self) -> str:
        """Return NSS, NPSN and accreditation as the letterhead prints them, where known."""
        named = (("NSS", self.nss), ("NPSN", self.npsn), ("Terakreditasi", self.accreditation))
        return " · ".join(f"{name} {value}" for name, value in named if value)

    @classmethod
    def current(cls) -> "SchoolProfile":
        """Return the school, or an unsaved blank one before set-up."""
        return one_of(cls.objects.all()) or cls(pk=cls.ONLY, name="")

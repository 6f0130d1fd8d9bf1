"""Photos of a visit."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from homevisits.models.visit import REPORT, Visit
from school.models import User
from school.private_files import PrivateFiles
from school.roles import PRINCIPAL
from school.sight import Part, SeenQuerySet, Sight
from workflow.versions import Versioned

SMALL = "-s"
SUFFIX = ".webp"


class PhotoStatus(models.TextChoices):
    KEPT = "KEPT", _("Kept")
    REMOVED = "REMOVED", _("Removed")


PHOTOS = REPORT.of_its("visit", "visit report: photos")
SIGNED = Sight(
    "visit report: photos ticked for print",
    [
        *PHOTOS.rows_at("visit"),
        (
            PRINCIPAL,
            Part("of recorded visits", lambda ties, at: Q(**{f"{at}visit__status": "RECORDED"})),
        ),
    ],
)


class PhotoQuerySet(SeenQuerySet["Photo"]):
    sight = PHOTOS

    def kept(self) -> "PhotoQuerySet":
        return self.filter(status=PhotoStatus.KEPT)

    def of(self, visit: Visit) -> "PhotoQuerySet":
        """Return those of a visit that were not removed, in their order."""
        return self.kept().filter(visit=visit).order_by("place", "pk")

    def ticked(self) -> "PhotoQuerySet":
        """Return those that the counselor has put on the signed report."""
        return self.kept().filter(is_ticked=True)

    def printed_for(self, user: User) -> "PhotoQuerySet":
        """Return those ticked ones that `user` finds on a report to print."""
        return SIGNED.of(self.ticked(), user)


class Photo(Versioned):
    """A photo of a visit. Once removed, its files are gone and the row says who it was and why.

    Its version is that of its caption.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")
    status = models.CharField(max_length=8, choices=PhotoStatus.choices, default=PhotoStatus.KEPT)
    key = models.UUIDField()
    """Of the browser that sent it: sent again, it is the same photo."""
    name = models.CharField(max_length=40, unique=True)
    """Of its file, drawn by chance."""
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    caption = models.CharField(_("Caption"), max_length=200, blank=True)
    place = models.PositiveSmallIntegerField()
    """Its order among the photos of the visit."""
    is_ticked = models.BooleanField(default=False)
    """Whether it is printed with the report."""
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PhotoQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["visit", "key"], name="a_photo_counts_once"),
            models.CheckConstraint(
                condition=Q(status=PhotoStatus.KEPT) | Q(is_ticked=False),
                name="what_is_removed_is_not_printed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.visit_id} {self.status}"

    @property
    def student_id(self) -> int:
        return self.visit.case.student_id

    @property
    def files(self) -> tuple[str, str]:
        """Return the names of its picture and of the small one."""
        return self.name + SUFFIX, self.name + SMALL + SUFFIX


def _known(names: Iterable[str]) -> set[str]:
    """Return those of the names that are files of a photo that is kept."""
    asked = {file: file.removesuffix(SUFFIX).removesuffix(SMALL) for file in names}
    kept = Photo.objects.kept().filter(name__in=set(asked.values()))
    there = set(kept.values_list("name", flat=True))
    return {file for file, name in asked.items() if name in there}


PHOTO_FILES = PrivateFiles("photos", _known)

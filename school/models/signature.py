"""A signature of somebody who has no account: a parent, a receiver."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from school.models.users import User
from school.signature_path import Drawing, read_signature


class SignedWay(models.TextChoices):
    """How somebody signs."""

    DRAWN = "DRAWN", _("On this screen")
    TYPED = "TYPED", _("By name")
    PAPER = "PAPER", _("On paper")


class Signature(models.Model):
    """What every signature holds; a room makes a table of it, with the paper that was signed.

    A row never changes, but for the key of its seal. Who signs again makes a new one, which is
    shown; the old one stays.
    """

    signer = models.CharField(_("Name of who signs"), max_length=120)
    signer_relation = models.CharField(_("Relation"), max_length=60, blank=True)
    signed_way = models.CharField(_("How it is signed"), max_length=5, choices=SignedWay.choices)
    path = models.TextField(blank=True)
    """The lines, as `signature_path` has written them; empty if nothing was drawn."""
    signed_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(Q(signed_way=SignedWay.DRAWN), ~Q(path=""))
                | Q(~Q(signed_way=SignedWay.DRAWN), path=""),
                name="%(app_label)s_%(class)s_drawn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.signed_way} {self.pk}"

    @property
    def drawing(self) -> Drawing | None:
        """Return the lines to show; None if nothing was drawn."""
        return read_signature(self.path) if self.path else None

    @property
    def signer_said(self) -> str:
        """Return "Siti Aminah (ibu)"."""
        return f"{self.signer} ({self.signer_relation})" if self.signer_relation else self.signer

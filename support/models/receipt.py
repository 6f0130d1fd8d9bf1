"""The signature of who received assistance, on the screen, by name or on paper."""

from django.db import models

from school.models.signature import Signature
from school.sight import SeenQuerySet
from support.models.assistance import HANDED, Assistance


class ReceiptSignatureQuerySet(SeenQuerySet["ReceiptSignature"]):
    sight = HANDED.of_its("assistance", "assistance: signature of the receiver")

    def newest(self, assistance: Assistance) -> "ReceiptSignature | None":
        """Return the signature that stands on the receipt; older ones are kept."""
        return self.filter(assistance=assistance).order_by("-pk").first()


class ReceiptSignature(Signature):
    assistance = models.ForeignKey(Assistance, models.CASCADE, related_name="+")

    objects = ReceiptSignatureQuerySet.as_manager()

    @property
    def student_id(self) -> int:
        return self.assistance.case.student_id

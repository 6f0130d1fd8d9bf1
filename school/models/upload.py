"""A file that somebody has sent, between its preview and its taking over."""

import json
import zlib
from collections.abc import Iterable
from typing import Self

from django.db import models
from django.utils.translation import gettext as _

from school.models.change import Change, kinds
from school.models.users import User
from school.roles import OPERATOR
from school.sheets.table import Row
from school.sight import SeenQuerySet, Sight, some


class UploadQuerySet(SeenQuerySet["Upload"]):
    sight = Sight(
        "file before it is taken over",
        [(OPERATOR, some("sent by them", made_by=lambda ties: ties.person))],
    )

    def waiting(self) -> Self:
        """Return the files that nobody has taken over yet."""
        return self.filter(change=None)


class Upload(models.Model):
    """What was read of a file: the columns of its layout and nothing else. Kept for a day.

    Once it is taken over, only its name is kept, beside the change that it made.
    """

    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=kinds)
    name = models.CharField(max_length=100)
    """The name of the file; "" for a text that was pasted."""
    columns = models.JSONField(default=list)
    """Those that its head has."""
    packed = models.BinaryField()
    length = models.PositiveIntegerField()
    """How many rows were read."""
    remarks = models.JSONField(default=list)
    """What was left out in reading, in words."""
    change = models.OneToOneField(
        Change, models.CASCADE, null=True, blank=True, related_name="upload"
    )
    """What was done by taking it over."""

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_pasted(self) -> bool:
        """Return whether it is a text that was pasted, which has no name."""
        return not self.name

    @property
    def source(self) -> str:
        return self.name or _("Pasted text")

    @property
    def rows(self) -> list[Row]:
        """Return what `pack` has packed."""
        read = json.loads(zlib.decompress(bytes(self.packed)))
        return [Row(number, cells, more, tuple(hidden)) for number, cells, more, hidden in read]


def pack(rows: Iterable[Row]) -> bytes:
    """Return rows as they are stored."""
    plain = [[row.number, row.cells, row.has_more, row.hidden] for row in rows]
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode())

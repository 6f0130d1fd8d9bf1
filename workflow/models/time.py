from datetime import timedelta

from django.db import models


class ClockOffset(models.Model):
    """The offset of a demo school from real time. At most one row; a real school has none."""

    ONLY = 1

    offset = models.DurationField(default=timedelta(0))

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_clock_offset"),)

    def __str__(self) -> str:
        return str(self.offset)

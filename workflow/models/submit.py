from django.conf import settings
from django.db import models


class IdempotentSubmit(models.Model):
    """A submit that had its effect: repeated, it gets the same answer but has no second effect.

    It holds only the status and the location of a success, for 24 hours of real time. `digest` is a
    hash of address and body, to detect another submit with the same UUID.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    submit_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "submit_id"], name="one_effect_per_submit"),
        )
        indexes = (models.Index(fields=["created_at"], name="replay_age"),)

    def __str__(self) -> str:
        return f"{self.submit_id} → {self.status}"

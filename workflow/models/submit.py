from django.conf import settings
from django.db import models


class IdempotentSubmit(models.Model):
    """A submit that had its effect: its answer is given again, its effect is not.

    Holds the status and the location of a success only, for 24 hours of real time. `digest` tells
    what was sent, and where to, from what else may come with the same UUID; nobody reads it back.
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

"""The secret link at which a calendar app reads somebody's visits."""

from hashlib import sha256

from django.db import models

from school.models import User
from workflow.rows import one_of


def hashed(key: str) -> str:
    """Return the hash of a key, which alone is kept; 256 random bits need no salt."""
    return sha256(key.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def of_key(self, key: str) -> "CalendarFeed | None":
        """Return the link of a key. The time it takes says nothing about other keys."""
        return one_of(self.filter(key_hash=hashed(key)).select_related("person"))


class CalendarFeed(models.Model):
    """A link of one person. A new one replaces it, and revoking deletes it."""

    person = models.OneToOneField(User, models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"

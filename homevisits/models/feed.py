"""The secret link at which a calendar app reads somebody's visits."""

from hashlib import sha256

from django.db import models
from django.db.models import Exists, OuterRef

from school.models import User
from workflow.models import ActionEntry
from workflow.rows import one_of

ENDED_BY = ("disable", "give_first_password")
"""Acts after which nothing opens the account that did before: a link neither."""


def hashed(key: str) -> str:
    """Return the hash of a key, which alone is kept; 256 random bits need no salt."""
    return sha256(key.encode()).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def standing(self) -> "CalendarFeedQuerySet":
        """Return those that nothing has ended since they were made.

        Who is let in again after that makes a new link, as they sign in anew.
        """
        acts = ActionEntry.objects.filter(kind=User._meta.label_lower, action__in=ENDED_BY)
        since = acts.filter(object_id=OuterRef("person"), logged_at__gte=OuterRef("made_at"))
        return self.exclude(Exists(since))

    def of_key(self, key: str) -> "CalendarFeed | None":
        """Return the link of a key. The time it takes says nothing about other keys."""
        found = self.standing().filter(key_hash=hashed(key))
        return one_of(found.select_related("person"))


class CalendarFeed(models.Model):
    """A link of one person. A new one replaces it, and revoking deletes it."""

    person = models.OneToOneField(User, models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"

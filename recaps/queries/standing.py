"""What stands of recaps, as far as a person may read it."""

from django.db.models import Q, QuerySet

from recaps.models import Entry
from recaps.models.recap import ENTRIES
from school.models import User


def standing_for(user: User) -> "QuerySet[Entry]":
    """Return the entries that stand and that `user` may read.

    Of a recap that now belongs to another teacher, a former one reads what they handed over.
    """
    standing = Entry.objects.filter(sheet__stands=True)
    if ENTRIES.shows_all(user):
        return standing
    return standing.filter(ENTRIES.where(user) | Q(sheet__handed_over_by=user))

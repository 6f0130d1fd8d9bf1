from django.db import models
from django.utils.translation import gettext as _

from workflow import clock


class Logo(models.Model):
    """A picture for the letterhead, as WebP. It never changes: another one is another row.

    It stands in the database, so that a copy of that is all there is to keep.
    """

    picture = models.BinaryField()
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return _("Picture %(n)s") % {"n": self.pk}

"""What coordinator, principal and operators are told of roles and accounts."""

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.models.office_request import OfficeRequest
from school.models.users import User
from school.roles import OFFICES, office_choices


class Told(models.Model):
    """A line for one person of what happened to an account or an office, until they read it."""

    class What(models.TextChoices):
        AGREED = "AGREED", gettext_lazy("agreed")
        REFUSED = "REFUSED", gettext_lazy("refused")
        ENDED = "ENDED", gettext_lazy("ended")
        DISABLED = "DISABLED", gettext_lazy("account disabled")
        PASSWORD = (
            "PASSWORD",
            gettext_lazy("a homeroom teacher or home visitor got a new first password"),
        )
        HOMEROOM = "HOMEROOM", gettext_lazy("an account opened lately got a class")

    to = models.ForeignKey(User, models.CASCADE, related_name="told")
    what = models.CharField(max_length=20, choices=What.choices)
    about = models.ForeignKey(User, models.CASCADE, related_name="+")
    request = models.ForeignKey(OfficeRequest, models.CASCADE, null=True, related_name="+")
    office = models.CharField(max_length=20, choices=office_choices, blank=True)
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.what} {self.about_id}"

    @property
    def title(self) -> str:
        """Return what happened: "Guru BK: disetujui", "Akun dinonaktifkan"."""
        of = self.request.title if self.request else self.office and str(OFFICES[self.office].label)
        said = str(self.What(self.what).label)
        return _("%(what)s: %(whom)s") % {"what": of, "whom": said} if of else capfirst(said)

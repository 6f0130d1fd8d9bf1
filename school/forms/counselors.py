"""The form by which the classes of a counselor go to another one, or to nobody for now."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from school.forms.choices import Lines, RowsField
from school.forms.foreseen import ForeseenForm
from school.forms.layout import Data
from school.forms.people import PersonField
from school.models import SchoolClass, User
from school.permissions import possible_counselors
from school.years import running_year


class PassClassesForm(ForeseenForm):
    """Which classes of a counselor go to whom, from today on."""

    classes = RowsField(queryset=SchoolClass.objects.none(), label=_("Classes"), widget=Lines)
    to = PersonField(
        label=_("Goes to"),
        required=False,
    )
    layout = ("classes", "to")

    def __init__(self, data: Data = None, *, counselor: User) -> None:
        super().__init__(data)
        held = classes_of(counselor)
        classes, to = self.fields["classes"], self.fields["to"]
        assert isinstance(classes, RowsField)
        assert isinstance(to, PersonField)
        classes.queryset = held
        self.initial["classes"] = [one.pk for one in held]
        to.offer(possible_counselors().exclude(pk=counselor.pk))
        to.help_text = _("Empty: for now to nobody. The coordinator then sees the new cases.")


def classes_of(counselor: User) -> QuerySet[SchoolClass]:
    """Return the classes of a counselor in the running year and later ones."""
    running = running_year()
    held = SchoolClass.objects.filter(counselor=counselor)
    return held.filter(year__label__gte=running.label) if running else held

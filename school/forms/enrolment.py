"""Forms for a student's change of class, coming and leaving."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from school.forms.choices import RowField
from school.forms.foreseen import ForeseenForm
from school.forms.inputs import DayField
from school.forms.layout import Data
from school.in_use import is_in_use
from school.models import SchoolClass, Semester
from workflow import clock


class ClassField(RowField):
    """A class, with its year where classes of several years are offered."""

    with_year = False

    def label_from_instance(self, obj: SchoolClass) -> str:
        return f"{obj.name} ({obj.year})" if self.with_year else obj.name

    def offer(self, classes: QuerySet[SchoolClass]) -> None:
        self.queryset = classes.select_related("year")
        self.with_year = len(set(classes.order_by().values_list("year", flat=True))) > 1


class MoveForm(ForeseenForm):
    """The new class, and the first day in it."""

    to = ClassField(label=_("New class"))
    on = DayField(label=_("First day in the new class"))
    layout = ("to", "on")

    def __init__(self, data: Data = None, *, now_in: SchoolClass | None) -> None:
        super().__init__(data, initial={"on": clock.today()})
        year = now_in.year_id if now_in else None
        same_year = SchoolClass.objects.filter(is_in_use(clock.today()), year=year)
        to = self.fields["to"]
        assert isinstance(to, ClassField)
        to.offer(same_year.exclude(pk=now_in.pk) if now_in else same_year.none())


class ArriveForm(ForeseenForm):
    """The class of a student who comes, and the first day in it."""

    to = ClassField(label=_("Class"))
    on = DayField(label=_("First day at the school"))
    layout = ("to", "on")

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, initial={"on": clock.today()})
        to = self.fields["to"]
        assert isinstance(to, ClassField)
        to.offer(classes_to_enter())


class LeaveForm(ForeseenForm):
    on = DayField(label=_("Last day at the school"))
    layout = ("on",)

    def __init__(self, data: Data = None) -> None:
        super().__init__(data, initial={"on": clock.today()})


def classes_to_enter() -> QuerySet[SchoolClass]:
    """Return the classes that a student can come into, of the running years."""
    return SchoolClass.objects.filter(is_in_use(clock.today()), year__in=running_years())


def running_years() -> set[int]:
    """Return the year of the current semester, and those with a semester that is not over."""
    current = Semester.objects.current()
    coming = Semester.objects.filter(ends_on__gte=clock.today())
    return {*([current.year_id] if current else []), *coming.values_list("year", flat=True)}

"""The school year of an operator's page: the running one unless the address names another."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from school.filter_kinds import Choice
from school.models import AcademicYear, SchoolClass
from school.years import running_year


class YearChoice(Choice):
    """The school year of a row, by its label; the running one by default."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("School year"),
            "year__label",
            choices=(),
            empty_label=None,
            resets=["grade"],
        )

    @property
    def field(self) -> object:
        self.extra["choices"] = [(year.label, year.label) for year in self.parent.years]
        return super().field


def classes_of(years: Iterable[AcademicYear], label: str | None) -> QuerySet[SchoolClass]:
    """Return the classes of the year with this label; none if there is no such year."""
    named = next((year for year in years if year.label == label), None)
    return SchoolClass.objects.filter(year=named)


def year_in_view(request: HttpRequest) -> AcademicYear | None:
    """Return the year that the address names, else the running one."""
    asked = request.GET.get("year", "").replace("\x00", "")
    return AcademicYear.objects.filter(label=asked).first() or running_year()

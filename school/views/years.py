"""The school year of an operator's page: the running one unless the address names another."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from school.filter_kinds import Choice
from school.filters import ListFilter
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


class OfYear(ListFilter):
    """Rows of a school year: of the running one unless the address names another."""

    year = YearChoice()

    def __init__(self, request: HttpRequest, rows: QuerySet) -> None:
        super().__init__(request, rows)
        self.years = list(AcademicYear.objects.order_by("-label"))
        self.running_year = running_year()
        self.set_usual("year", self.running_year.label if self.running_year else "")

    @property
    def named(self) -> AcademicYear | None:
        """Return the year that the address names or means; None if there is no such year."""
        return next((year for year in self.years if year.label == self.data["year"]), None)

    def classes_in_view(self) -> QuerySet[SchoolClass]:
        return SchoolClass.objects.filter(year=self.named)


class OneYear(OfYear):
    """The school year of a page that has no other filter."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, AcademicYear.objects.none())

    @property
    def chosen(self) -> AcademicYear | None:
        """Return the year that is named, else the running one."""
        return self.named or self.running_year


def year_in_view(request: HttpRequest) -> AcademicYear | None:
    """Return the year that the address names, else the running one."""
    asked = request.GET.get("year", "").replace("\x00", "")
    return AcademicYear.objects.filter(label=asked).first() or running_year()

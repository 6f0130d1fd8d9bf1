"""Fetch a teacher's own recap with rights: by its assignment and period, begun or not."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from recaps.models import Recap
from recaps.queries.recap_sheet import OwnRecap
from school.models import RecapPeriod, TeachingAssignment
from workflow import clock


def recap_of(*, assignment: int, period: int, **rest: int) -> int | None:
    """Return the id of the recap at an address, for the access log."""
    of_pair = TeachingAssignment.objects.filter(
        pk=assignment, school_class=OuterRef("school_class"), subject=OuterRef("subject")
    )
    found = Recap.objects.filter(Exists(of_pair), period=period)
    return found.values_list("pk", flat=True).first()


def place_of(request: HttpRequest, assignment: int, period: int) -> OwnRecap:
    """Return the recap that an address names.

    Raises Http404 unless the person holds the assignment today and the period is of its year.
    """
    held = TeachingAssignment.objects.today().filter(teacher=request.user, pk=assignment)
    found = held.select_related("school_class", "subject").first()
    if found is None:
        raise Http404(_("You do not teach this class and subject today."))
    periods = RecapPeriod.objects.select_related("semester__policy", "semester__year")
    of_year = periods.filter(pk=period, semester__year=found.school_class.year_id)
    begun = of_year.filter(starts_on__lte=clock.today()).first()
    if begun is None:
        raise Http404(_("This period has not begun yet, so there is nothing to note."))
    return OwnRecap(found, begun)

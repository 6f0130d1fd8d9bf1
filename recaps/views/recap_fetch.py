"""Fetch a teacher's own recap with rights: by its assignment and period, begun or not."""

from functools import partial

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.translation import gettext as _

from recaps.models import Recap
from recaps.queries.recap_sheet import OwnRecap
from school.models import RecapPeriod, TeachingAssignment, User
from workflow import clock
from workflow.views import acts_on_found


def own_recap(user: User, assignment: int, period: int) -> OwnRecap:
    """Return the recap that an address names.

    Raises Http404 unless the person holds the assignment today and the period is of its year.
    """
    held = TeachingAssignment.objects.today().filter(teacher=user, pk=assignment)
    found = held.select_related("school_class", "subject").first()
    if found is None:
        raise Http404(_("You do not teach this class and subject today."))
    periods = RecapPeriod.objects.select_related("semester__policy", "semester__year")
    of_year = periods.filter(pk=period, semester__year=found.school_class.year_id)
    begun = of_year.filter(starts_on__lte=clock.today()).first()
    if begun is None:
        raise Http404(_("This period has not begun yet, so there is nothing to note."))
    return OwnRecap(found, begun)


def recap_at(assignment: int, period: int) -> Recap | None:
    """Return the recap at an address whoever asks, for the access log."""
    of_pair = TeachingAssignment.objects.filter(
        pk=assignment, school_class=OuterRef("school_class"), subject=OuterRef("subject")
    )
    return Recap.objects.filter(Exists(of_pair), period=period).first()


on_own_recap = partial(acts_on_found, "recaps.recap", ("assignment", "period"), own_recap, recap_at)
"""A view on a teacher's own recap, which it gets in place of `assignment` and `period`."""

"""Views on a teacher's own recap, at the address of its assignment and period."""

from functools import partial

from recaps.queries.recap_sheet import own_recap, recap_at
from workflow.views import acts_on_found

on_own_recap = partial(acts_on_found, "recaps.recap", ("assignment", "period"), own_recap, recap_at)
"""A view on one own recap, which it gets in place of `assignment` and `period`."""

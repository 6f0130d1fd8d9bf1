"""A new school year: what is proposed, planned, shown and then begun, all of it or nothing."""

from school.workflow.new_year.begin import begin
from school.workflow.new_year.lists import plan_from
from school.workflow.new_year.plan import Fate, Going, NextClass, Plan
from school.workflow.new_year.planning import keep, keep_days, plan_after
from school.workflow.new_year.proposal import propose
from school.workflow.new_year.seats import Seat, seats_of

__all__ = [
    "Fate",
    "Going",
    "NextClass",
    "Plan",
    "Seat",
    "begin",
    "keep",
    "keep_days",
    "plan_after",
    "plan_from",
    "propose",
    "seats_of",
]

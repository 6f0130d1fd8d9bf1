"""The page, icon and weight of each act of this room."""

from django.utils.translation import gettext_lazy as _

from cases.models import Case, Rung, Summons
from cases.workflow import CASE, CONTACT, SUMMONS
from workflow import clock
from workflow.acts import Acts, Shape

CASE_ACTS = Acts(
    CASE,
    {
        "open": Shape("cases:open", "flag", label=_("Open a case directly")),
        "confirm": Shape(
            "cases:confirm", "clipboard-check", weight=30, is_post=True, hides_off=True
        ),
        "resolve": Shape("cases:resolve", "check2-circle", "done", weight=26),
        "refer_out": Shape("cases:refer_out", "box-arrow-right", "done", weight=24, hides_off=True),
        "dismiss": Shape("cases:dismiss", "slash-circle", hides_off=True),
        "close": Shape("cases:close", "box-arrow-right", weight=40, hides_off=True),
        "reopen": Shape("cases:reopen", "arrow-repeat"),
        "hand_over": Shape("cases:hand_over", "person", weight=35),
    },
)

CONTACT_ACTS = Acts(
    CONTACT,
    {
        "log": Shape("cases:log_contact", "telephone", "contact", weight=20),
        "void": Shape("cases:void_contact", "x-lg", "contact"),
    },
)


def _leads_upwards(case: Case) -> int:
    return 10 if case.rung < Rung.HOME_VISIT else 0


def _is_over(summons: Summons) -> int:
    return 50 if summons.meets_at <= clock.now() else 25


SUMMONS_ACTS = Acts(
    SUMMONS,
    {
        "deliver": Shape("cases:summons_delivery", "file-earmark-text", "summons", weight=26),
        "attended": Shape(
            "cases:summons_outcome",
            "journal-text",
            "summons",
            weight=_is_over,
            label=_("Record the outcome of the summons"),
        ),
        "number": Shape("cases:fill_number", "pencil", "summons", hides_off=True),
        "reschedule": Shape("cases:reschedule", "calendar3", "summons"),
        "withdraw": Shape("cases:withdraw_summons", "x-lg", "summons"),
        "issue": Shape("cases:issue_summons", "envelope", "summons", weight=_leads_upwards),
    },
)
"""One page records both outcomes of a summons."""

"""The page, icon and weight of each act of this room."""

from support.workflow import FOLLOW_UP
from workflow.acts import Acts, Shape

FOLLOW_UP_ACTS = Acts(
    FOLLOW_UP,
    {
        "finish": Shape("support:finish", "check-lg", "done"),
        "put_off": Shape("support:put_off", "calendar3", "contact"),
        "drop": Shape("support:drop", "slash-circle", "review"),
        "agree": Shape("support:agree", "calendar-plus", "contact"),
    },
)

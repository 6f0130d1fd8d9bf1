"""The lifecycle tables of this room and its acts."""

from recaps.workflow.class_list import CLASS_LIST, class_list_of, hand_over_list
from recaps.workflow.decision import DECISION, decide
from recaps.workflow.knowledge import write_knowledge
from recaps.workflow.recap import (
    RECAP,
    begin_correction,
    drop_correction,
    hand_over,
    misfit,
    return_recap,
    withdraw,
)
from recaps.workflow.sheet import (
    fill_sheet,
    open_sheet,
    recap_of,
    save_entry,
    save_header,
    usual_header,
)

__all__ = [
    "CLASS_LIST",
    "DECISION",
    "RECAP",
    "begin_correction",
    "class_list_of",
    "decide",
    "drop_correction",
    "fill_sheet",
    "hand_over",
    "hand_over_list",
    "misfit",
    "open_sheet",
    "recap_of",
    "return_recap",
    "save_entry",
    "save_header",
    "usual_header",
    "withdraw",
    "write_knowledge",
]

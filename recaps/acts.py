"""The page, icon and label of each act of this room."""

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from recaps.models import ClassList, ClassListStatus
from recaps.workflow import CLASS_LIST, RECAP
from school.models import RecapPeriod, TeachingAssignment
from workflow.acts import Acts, Shape
from workflow.errors import Text


class Owned(Protocol):
    """A recap of an assignment and a period, begun or not."""

    @property
    def assignment(self) -> TeachingAssignment: ...
    @property
    def period(self) -> RecapPeriod: ...


def _of_sheet(own: Owned) -> tuple[int, int]:
    """Return what the address of a sheet names."""
    return own.assignment.pk, own.period.pk


RECAP_ACTS = Acts(
    RECAP,
    {
        "begin": Shape("recaps:recap_sheet", "list-check", args=_of_sheet),
        "hand_over": Shape("recaps:recap_sheet", "pencil", args=_of_sheet),
        "withdraw": Shape("recaps:withdraw_recap", "arrow-counterclockwise", is_post=True),
        "return": Shape("recaps:return_recap", "arrow-counterclockwise"),
        "correct": Shape("recaps:correct_recap", "pencil"),
        "drop_correction": Shape("recaps:drop_correction", "x-lg", is_post=True),
    },
)


def _of_list(class_list: ClassList) -> tuple[int, int]:
    return class_list.school_class_id, class_list.period_id


def _as_supplement(class_list: ClassList) -> Text:
    is_supplement = class_list.status == ClassListStatus.SUPPLEMENT
    return _("Hand over supplement") if is_supplement else ""


CLASS_LIST_ACTS = Acts(
    CLASS_LIST,
    {
        "hand_over": Shape(
            "recaps:class_list_hand_over",
            "clipboard-check",
            label=_as_supplement,
            args=_of_list,
        ),
    },
)
"""A decision is a choice of three for one or many: the rows of the list draw it."""

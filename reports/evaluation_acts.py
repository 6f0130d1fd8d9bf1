"""The page, icon and weight of each act on an evaluation."""

from reports.workflow import EVALUATION
from workflow.acts import Acts, Shape

EVALUATION_ACTS = Acts(
    EVALUATION,
    {
        "hand_over": Shape(
            "reports:hand_over_evaluation",
            "check-lg",
            "done",
            weight=lambda evaluation: 20 if evaluation.is_complete else 0,
            is_post=True,
        ),
        "write": Shape("reports:write_evaluation", "pencil", "contact", weight=10),
        "return": Shape("reports:return_evaluation", "arrow-counterclockwise", "review"),
    },
)

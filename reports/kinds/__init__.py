"""The kinds of reports beside Tables 2 and 3, in the order in which a page lists them."""

from reports.kinds import (
    causes,
    discipline,
    effectiveness,
    load,
    participation,
    reasons,
    years,
)
from reports.kinds.base import ReportKind

KINDS: tuple[ReportKind, ...] = (
    reasons.KIND,
    causes.KIND,
    effectiveness.KIND,
    discipline.KIND,
    participation.KIND,
    load.KIND,
    years.KIND,
)

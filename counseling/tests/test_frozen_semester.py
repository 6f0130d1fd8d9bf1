"""A frozen semester takes no act in any room, and says why; nor is one undone in it."""

from typing import Any

import pytest

from cases.tests import factories as cases
from cases.workflow import open_directly, write_review_note
from counseling.tests.scenarios import objects
from counseling.tests.who_may import WHO_MAY
from homevisits.workflow import describe_photo, move_photo
from recaps.workflow import write_knowledge
from school.models import Semester
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.errors import NotNow
from workflow.lifecycle import LIFECYCLES, failing
from workflow.run import make, run

pytestmark = [pytest.mark.once, pytest.mark.django_db]

OUTLIVES = {
    "school.officerequest": "asks for an account, and belongs to no semester",
    "cases.confidentialnote": "is its author's alone, and counts nowhere",
    "support.assistance": "comes back when the case has long ended (0036)",
    "support.conference": "its minutes and decisions count nowhere",
    "support.followup": "is done whenever it is due (0035)",
    "homevisits.photo remove": "a family may ask for it at any time",
    "homevisits.visit acknowledge": "the principal takes note of it whenever it is read",
    "reports.semesterreport unfreeze": "is the way back",
    # rows that an act begins which is refused itself
    "cases.case refer": "by handing over the class list",
    "cases.case open": "see ACTS",
    "cases.case go_on": "by carrying over the old case",
    "recaps.recap begin": "by saving the sheet",
    "recaps.classlist begin": "by any act on the list",
    "recaps.decision replace": "by another decision",
    "recaps.decision stand_again": "by undoing another decision",
}
"""Kind, or kind and act → why it does not ask whether the semester is frozen."""
NEEDS_THE_CASE = {
    *("support.assistance ask", "support.conference plan", "support.followup agree"),
}
"""What nevertheless begins only in a semester that takes acts."""


def asks(kind: str, act: str) -> bool:
    outlives = kind in OUTLIVES or f"{kind} {act}" in OUTLIVES
    return not outlives or f"{kind} {act}" in NEEDS_THE_CASE


ROWS = [
    (table, row)
    for table in LIFECYCLES.values()
    for row in table.transitions
    if asks(table.kind, row.reverses or row.name) and not (row.reverses and table.kind in OUTLIVES)
]


def frozen(cast: Cast) -> None:
    Semester.objects.filter(pk=cast.semester.pk).update(frozen_at=clock.now())
    cast.semester.refresh_from_db()


@pytest.mark.parametrize(
    ("table", "row"), ROWS, ids=[f"{table.kind}-{row.name}" for table, row in ROWS]
)
def test_an_act_is_refused_because_its_semester_is_frozen(table, row):
    cast = small_school()
    if row.makes:
        it = objects.hangs_on(table.kind, row.name, cast)
    else:
        it = objects.in_state(table.kind, row.sources[0], cast)
    frozen(cast)
    it.refresh_from_db()
    if row.reverses:
        assert "dibekukan" in str(failing(row.holds, it))
        return
    said = {"by": getattr(cast, WHO_MAY[table.kind][row.name].split()[0]), "note": "why"}
    with pytest.raises(NotNow, match="dibekukan"):
        _do(table, row, it, reason="why", **said)


def _do(table: Any, row: Any, it: Any, **said: Any) -> None:
    if row.makes:
        make(table.kind, row.name, it, type(it), **said)
    else:
        run(it, row.name, **said)


ACTS: dict[str, Any] = {
    "open a case": lambda cast: (
        lambda: open_directly(cast.students[1], cast.semester, by=cast.bk, reasons=["FAMILY"])
    ),
    "note to a review": lambda cast: _review(cast, objects.new_case(cast)),
    "knowledge of a student": lambda cast: _knowledge(cast, objects.class_list(cast)),
    "caption of a photo": lambda cast: _caption(cast, objects.photo(cast)),
    "order of photos": lambda cast: _order(cast, objects.photo(cast)),
}
"""Acts without a lifecycle → what makes it ready; those of `school/` are tested there."""


def _review(cast: Cast, case: Any) -> Any:
    return lambda: write_review_note(case, by=cast.bk, text="Kami cek lagi")


def _knowledge(cast: Cast, of: Any) -> Any:
    values = {"family": True}
    return lambda: write_knowledge(of, cast.students[0], by=cast.wali, values=values, read_at=0)


def _caption(cast: Cast, photo: Any) -> Any:
    return lambda: describe_photo(photo, by=cast.bk, caption="Depan rumah", read_at=1)


def _order(cast: Cast, photo: Any) -> Any:
    return lambda: move_photo(photo, by=cast.bk, is_up=True)


@pytest.mark.parametrize("what", ACTS)
def test_what_has_no_lifecycle_is_refused_too(what):
    """Also on an object that was read before it was frozen."""
    cast = small_school()
    act = ACTS[what](cast)
    Semester.objects.filter(pk=cast.semester.pk).update(frozen_at=clock.now())
    with pytest.raises(NotNow, match="dibekukan"):
        act()


def test_what_outlives_its_semester_does_not_ask():
    """Else it would not stand in OUTLIVES any more."""
    cast = small_school()
    rows = {f"{kind} {row.name}" for kind, table in LIFECYCLES.items() for row in table.transitions}
    assert {*OUTLIVES, *NEEDS_THE_CASE} <= {*LIFECYCLES, *rows}
    lent = objects.in_state("support.assistance", "HANDED_OVER", cast)
    frozen(cast)
    run(lent, "return", by=cast.bk, values={"ended_on": clock.today()})
    assert cases.Case.objects.get().semester.frozen_at

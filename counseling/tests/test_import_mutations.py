"""Bent files of every kind: never a 500, nothing by halves, each bad row named, all undone."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from simple_history.models import HistoricalChanges

from counseling.tests.mutations import Mutant, mutant, samples
from school.imports.answers import usual_day
from school.imports.kinds import KINDS
from school.imports.plan import Answers, Plan
from school.imports.reading import read
from school.models import Change, Upload
from school.sheets.errors import NotReadable
from school.tests.cast import Cast, small_school
from school.tests.import_files import SECRET, applied, sent
from school.workflow.changes import undo
from school.workflow.imports import keep, plan_of, take_over
from workflow.tests.browser_free import rolled_back, signed_in

pytestmark = pytest.mark.django_db
MUTANTS = 500 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 10
"""Of each kind."""
ENOUGH = 25
"""Of so many some are bent in each way."""
OVER_HTTP = 10
"""One of so many is sent by a browser."""
FAILS = 3
"""One of so many of those that could be written meets an error of the database."""
ROOMS = ("school", "recaps")
PASSING = {"school.upload"}
ON_RECORD = {"school.change", "school.changedrow", "school.told"}
"""What was done stays on record when it is undone, and whoever was told of it stays told."""


def everything() -> list[Any]:
    """Return all rows of the rooms that files write to."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    kept = [model for model in models if model._meta.label_lower not in PASSING]
    return [list(model._base_manager.order_by("pk").values_list()) for model in kept]


def as_undone() -> dict[str, list[dict[str, Any]]]:
    """Return table → rows, without versions, histories and the record of changes."""
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    left_out = PASSING | ON_RECORD
    kept = [model for model in models if model._meta.label_lower not in left_out]
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name != "version"}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in kept
        if not issubclass(model, HistoricalChanges)
    }


def answered(upload: Upload, cast: Cast) -> tuple[Answers, Plan]:
    """Return the plan with each question answered by its first choice."""
    day = usual_day(cast.semester)
    given: dict[str, str] = {}
    while True:
        answers = Answers(cast.semester, day, given)
        plan = plan_of(upload, answers, by=cast.operator)
        if not plan.open_questions:
            return answers, plan
        given |= {q.key: q.choices[0][0] for q in plan.open_questions}


def breaks(after: int) -> Callable[[int, int], None]:
    """Return a listener that lets the database fail when so many batches are written."""
    left = [after]

    def tell(_done: int, _all: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            with connection.cursor() as cursor:
                cursor.execute("SELECT nothing FROM nowhere")

    return tell


def judge(found: Mutant, kind: str, cast: Cast, number: int) -> str:
    """Send a file through reading, plan and applying; return what became of it."""
    try:
        said = read(found.content, kind)
    except NotReadable as why:
        if found.is_read or not str(why):
            raise
        return "refused as a whole"
    before, plain = everything(), as_undone()
    upload = keep(said, "file", by=cast.operator)
    answers, plan = answered(upload, cast)
    spoken = repr([plan.new, plan.changed, plan.refusals, plan.remarks, plan.questions])
    assert SECRET not in spoken + repr(upload.rows)
    if found.broken:
        named = {refusal.row for refusal in plan.refusals}
        assert found.broken in named, f"row {found.broken} is not among {named}"
    if plan.is_possible and number % FAILS == 0:
        with pytest.raises(DatabaseError), transaction.atomic():
            take_over(upload, answers, plan.seal, by=cast.operator, tell=breaks(number % 3))
        assert everything() == before, "written by halves"
        return "failed halfway"
    change = take_over(upload, answers, plan.seal, by=cast.operator)
    if change is None:
        assert not plan.is_possible
        assert everything() == before, "written, though refused"
        return "refused by rows" if plan.refusals else "nothing to do"
    again = plan_of(keep(said, "file", by=cast.operator), answers, by=cast.operator)
    assert (again.writes, again.refusals) == ([], []), "not the same the second time"
    undo(change, by=cast.operator)
    assert as_undone() == plain, "not as before when undone"
    return "applied and undone"


def asked(client: Client, found: Mutant, kind: str) -> None:
    """Send a file as a browser does, look at its plan, and apply it."""
    before, changes = everything(), Change.objects.count()
    answer = sent(client, found.content, kind=kind)
    assert answer.status_code in {200, 302}
    if answer.status_code == 302:
        page = client.get(answer.headers["Location"])
        assert page.status_code == 200
        assert SECRET not in page.content.decode()
        assert applied(client, page).status_code in {200, 302}
    if Change.objects.count() == changes:
        assert everything() == before
    assert client.get(reverse("school:imports")).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_bent_files_are_taken_whole_or_refused_by_row(kind: str, record_property: Any) -> None:
    cast = small_school()
    client = signed_in(cast.operator)
    sample, faults, outcomes = samples(cast)[kind], [], dict[str, int]()
    for number in range(MUTANTS):
        found = mutant(sample, f"{kind} {number}")
        with rolled_back():
            try:
                if number % OVER_HTTP == 0:
                    asked(client, found, kind)
                    outcome = "sent by a browser"
                else:
                    outcome = judge(found, kind, cast, number)
            except Exception as fault:
                faults.append(f"{kind} {number} {found.done}: {type(fault).__name__} {fault}"[:400])
                continue
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    record_property("files, bent in many ways", MUTANTS)
    for outcome, count in outcomes.items():
        record_property(f"files: {outcome}", count)
    assert not faults, "\n".join(faults)
    wanted = {"applied and undone", "failed halfway"}
    # Few files of a kind may have no row that is broken.
    assert outcomes.keys() >= (wanted | {"refused by rows"} if MUTANTS >= ENOUGH else wanted)

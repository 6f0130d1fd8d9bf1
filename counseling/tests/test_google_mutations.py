"""Bent files of Google: never a 500, nothing by halves, bad rows named, the second time nothing."""

import os
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from counseling.tests.google_mutations import KINDS, mutant
from counseling.tests.mutations import Mutant
from recaps.models import Entry, GoogleFill, KnownColumns, KnownName, Recap, Sheet
from recaps.models.google import PURPOSE
from recaps.tests.google_pages import Pages
from school.tests.cast import Cast, small_school
from school.tests.import_files import SECRET, refuse_rows
from workflow.encryption import decrypt
from workflow.tests.browser_free import rolled_back

pytestmark = pytest.mark.django_db
MUTANTS = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 5
"""Of each layout."""
ENOUGH = 25
"""Of so many some are bent in each way."""
FAILS = 3
"""One of so many meets an error of the database while it is saved."""
WRITTEN = (Recap, Sheet, Entry)
RENAMING = {"formulas", "misspelled", "secrets"}
"""Bends after which the school does not know the names of its other students."""
STEPS = 6
"""More than there are."""


def standing() -> list[Any]:
    return [list(model.objects.order_by("pk").values_list()) for model in WRITTEN]


def all_answered(pages: Pages) -> bool:
    """Answer each step: missing, the first student, there; return whether nothing is open."""
    for _step in range(STEPS):
        page = pages.client.get(pages.url())
        assert page.status_code == 200
        assert SECRET not in page.content.decode()
        if (step := page.context["step"]) is None:
            return True
        answers = {name: "missing" for name in step.fields if name[:2] in {"e-", "z-"}}
        answers |= {name: "H" for name in step.fields if name.startswith("s-")}
        answers |= {
            name: str(pages.cast.period.ends_on) for name in step.fields if name[:2] == "d-"
        }
        for name, field in step.fields.items():
            if name.startswith("w-"):
                groups = [choice for choice in field.choices if isinstance(choice[1], list)]
                answers[name] = groups[0][1][0][0] if groups else "out"
        assert pages.answer(**answers).status_code in {200, 302}
    return False


def judge(found: Mutant, pages: Pages, number: int) -> str:
    """Send a file, answer what is asked, save; return what became of it."""
    before = standing()
    answer = pages.send({f"{pages.cast.period.ends_on} 07-30.csv": found.content})
    assert answer.status_code in {200, 302}
    if answer.status_code == 200:
        said = answer.context["files"].errors["chosen"]
        assert said, "refused without a word"
        assert not found.is_read or found.broken, said
        assert not found.broken or f"Baris {found.broken}:" in said[0], said
        assert not GoogleFill.objects.exists()
        return "refused by rows" if found.broken else "refused as a whole"
    assert not found.broken, f"row {found.broken} was taken"
    packed = decrypt(GoogleFill.objects.get().packed, purpose=PURPOSE)
    assert SECRET not in packed
    if found.is_read and not RENAMING.intersection(found.done):
        assert pages.cast.foreign_students[0].name not in packed
    if not all_answered(pages):
        assert standing() == before
        return "left open"
    page = pages.client.get(pages.url("google_fill"))
    assert page.status_code == 200
    if number % FAILS == 0 and len(page.context["plan"].changed) > 1:
        with pytest.raises(DatabaseError):
            _failing(pages)
        assert standing() == before, "written by halves"
        return "failed halfway"
    assert pages.save().status_code in {200, 302}
    return "the same the second time" if again(found, pages) else "saved"


def _failing(pages: Pages) -> None:
    with transaction.atomic():
        refuse_rows("recaps_entry")
        pages.save()


def again(found: Mutant, pages: Pages) -> bool:
    """Send the same file again; nothing changes."""
    saved = standing()
    pages.send({f"{pages.cast.period.ends_on} 07-30.csv": found.content})
    if not GoogleFill.objects.exists() or not all_answered(pages):
        return False
    assert not pages.client.get(pages.url("google_fill")).context["plan"].is_possible
    pages.save()
    assert standing() == saved
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_bent_google_files_are_saved_whole_or_refused_by_row(
    kind: str, record_property: Any
) -> None:
    cast: Cast = small_school()
    pages, faults, outcomes = Pages(cast), [], dict[str, int]()
    for number in range(MUTANTS):
        found = mutant(kind, cast, f"{kind} {number}")
        with rolled_back():
            try:
                outcome = judge(found, pages, number)
            except Exception as fault:
                faults.append(f"{kind} {number} {found.done}: {type(fault).__name__} {fault}"[:400])
                continue
            for model in (KnownName, KnownColumns):
                assert "siswa" not in str(list(model.objects.values_list()))
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    record_property("files of Google, bent in many ways", MUTANTS)
    for outcome, count in outcomes.items():
        record_property(f"files of Google: {outcome}", count)
    assert not faults, "\n".join(faults)
    if MUTANTS >= ENOUGH:
        assert outcomes.keys() >= {
            "failed halfway",
            "refused as a whole",
            "the same the second time",
        }

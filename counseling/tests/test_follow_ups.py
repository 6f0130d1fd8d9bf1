"""What a family promised on a home visit is followed up."""

from datetime import timedelta
from typing import Any

import pytest

from cases.tests import factories as cases
from counseling.tasks import tasks_of
from homevisits.models import Visit
from homevisits.tests import factories as visits
from homevisits.workflow import add_commitment, record, save_report
from school.tests.cast import Cast, small_school
from support.models import FollowUp
from workflow import clock

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def visited(cast: Cast, *promised: dict[str, Any], by: Any = None) -> Visit:
    """Record a visit on which this was promised, and return it."""
    case, bk = cases.direct_case(cast), cast.bk
    visit = visits.scheduled_visit(case, bk, cast.principal, visitors=[bk, cast.wali])
    save_report(visit, by=bk, values={"outcome": "MET", "met": ["MOTHER"]}, read_at=0)
    for one in promised:
        add_commitment(visit, by=bk, **one)
    record(visit, by=by or bk)
    return visit


def test_what_was_promised_on_a_visit_is_followed_up_whoever_records_it() -> None:
    cast = small_school()
    due_on = clock.today() + timedelta(days=4)
    promised = {"text": "Beri jam belajar", "by_whom": "Ibu Suminah", "due_on": due_on}
    visited(cast, promised, {"text": "Beli kuota"}, by=cast.wali)
    kept = FollowUp.objects.order_by("pk").values_list("what", "doer_name", "due_on", "source")
    in_two_weeks = cast.semester.policy.due(clock.today(), 14)
    assert list(kept) == [
        ("Beri jam belajar", "Ibu Suminah", due_on, "VISIT"),
        ("Beli kuota", "Keluarga", in_two_weeks, "VISIT"),
    ]
    waiting = {person: tasks_of(person) for person in (cast.bk, cast.wali)}
    found = {
        person: [t.title for t in (*w.today, *w.later) if t.place == "follow_ups"]
        for person, w in waiting.items()
    }
    assert found == {cast.bk: ["Cek tindak lanjut: Siswa 001"] * 2, cast.wali: []}


def test_a_promise_handed_over_again_is_kept_once() -> None:
    cast = small_school()
    visit = visited(cast, {"text": "Beri jam belajar"})
    Visit.objects.filter(pk=visit.pk).update(status="SCHEDULED")
    visit.refresh_from_db()
    record(visit, by=cast.bk)
    assert FollowUp.objects.count() == 1

"""The lines of home about conferences: the own, those one is invited to, those one oversees."""

from datetime import timedelta
from typing import Any

import pytest

from cases.tests import factories as cases
from cases.workflow import resolve
from school.models import OfficeHolding
from school.tests.cast import small_school
from support.conference_tasks import conferences_waiting
from support.tests import factories as make
from support.workflow.conference import cancel, hold
from workflow import clock
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

MINUTES = {"present": "Pak Hadi", "problem": "Sering alpa", "conclusion": "Didampingi"}


def titles(user: Any) -> list[str]:
    return [task.title for task in conferences_waiting(user)]


def test_a_conference_that_is_planned_when_its_case_ends_is_to_be_cancelled() -> None:
    cast = small_school()
    case = cases.tried_case(cast, outcome="REACHED")
    one = make.conference(case, cast.bk, invited=[cast.guru])
    assert titles(cast.bk) == ["Konferensi kasus: Siswa 001"]
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    assert titles(cast.bk) == ["Batalkan konferensi, kasus sudah berakhir: Siswa 001"]
    page = signed_in(cast.bk).get(one.get_absolute_url())
    assert [act.name for act in page.context["main"]] == ["cancel"]
    assert "masih menantikan" in page.content.decode()
    assert "masih menantikan" not in (
        signed_in(cast.guru).get(one.get_absolute_url()).content.decode()
    )
    cancel(one, by=cast.bk, reason="Sudah tuntas")
    assert (titles(cast.bk), titles(cast.guru)) == ([], [])


def test_a_coordinator_who_is_invited_finds_it_among_the_own_tasks() -> None:
    cast = small_school()
    one = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    [overseen] = conferences_waiting(cast.coordinator)
    assert overseen.whose == cast.bk.pk
    one.invited.add(cast.coordinator)
    [invited] = conferences_waiting(cast.coordinator)
    assert (invited.whose, invited.at) == (None, one.meets_at)
    assert conferences_waiting(cast.bk)[0].whose == cast.bk.pk
    hold(make.over(one), by=cast.bk, **MINUTES)
    assert titles(cast.coordinator) == ["Baca berita acara: Siswa 001"]
    assert titles(cast.bk) == ["Selesaikan konferensi: Siswa 001"]


def test_what_a_counselor_who_left_has_begun_is_finished_by_whoever_was_invited_and_may() -> None:
    cast = small_school()
    one = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.coordinator, cast.guru])
    hold(make.over(one), by=cast.bk, **MINUTES)
    OfficeHolding.objects.filter(user=cast.bk).update(ends_on=clock.today() - timedelta(days=1))
    assert titles(cast.coordinator) == ["Selesaikan konferensi: Siswa 001"]
    assert titles(cast.guru) == ["Baca berita acara: Siswa 001"]

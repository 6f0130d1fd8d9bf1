"""What the page of a follow-up says to whoever does it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cases.tests import factories as cases
from school.tests.cast import small_school
from support.models import FollowUp
from support.tests import factories as make
from support.workflow import finish
from workflow import clock
from workflow.run import undo
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def page(user: Any, one: FollowUp) -> Any:
    return signed_in(user).get(reverse("support:follow_up", args=[one.pk]))


def test_its_doer_reads_what_came_of_it_only_in_their_own_words() -> None:
    cast = small_school()
    one = make.follow_up(cases.direct_case(cast), cast.bk, doer=cast.guru)
    finish(one, by=cast.bk, outcome="Ayahnya dipenjara")
    assert "dipenjara" in page(cast.bk, one).content.decode()
    assert "dipenjara" not in page(cast.guru, one).content.decode()
    undo(one, "finish", by=cast.bk)
    finish(one, by=cast.guru, outcome="Sudah diajak bicara")
    assert "Sudah diajak bicara" in page(cast.guru, one).content.decode()


def test_it_is_put_off_to_no_earlier_day_than_its_own() -> None:
    cast = small_school()
    due_on = clock.today() + timedelta(days=9)
    one = make.follow_up(cases.direct_case(cast), cast.bk, due_on=due_on)
    given = {"due_on": due_on - timedelta(days=4), "reason": "Sakit"}
    answer = post(signed_in(cast.bk), reverse("support:put_off", args=[one.pk]), given)
    assert "Batasnya sekarang setelah hari itu" in answer.content.decode()
    assert FollowUp.objects.get(pk=one.pk).due_on == due_on

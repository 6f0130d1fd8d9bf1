"""Answers to requests: a no with its reason, the day that counts, and where a request is shown."""

import pytest

from school.models import OfficeHolding, OfficeRequest
from school.roles import OPERATOR
from school.tests import factories as make
from school.tests.asking import REQUESTS, answer, asked, give
from school.tests.cast import small_school
from school.workflow.office_request import Wish, agree, refuse
from workflow import clock
from workflow.errors import NotNow
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast():
    return small_school(2)


@pytest.mark.parametrize("words", ["", "  "])
def test_a_no_needs_its_reason(cast, words):
    request = asked(cast)
    page = answer(cast.principal, request, "refuse", answer=words)
    assert list(page.context["form"].errors) == ["answer"]
    with pytest.raises(NotNow):
        refuse(request, by=cast.principal, answer=words)
    request.refresh_from_db()
    assert request.waits


def test_the_operator_reads_why_it_was_refused(cast):
    request = asked(cast)
    answer(cast.principal, request, "refuse", answer="Tunggu SK")
    client = signed_in(cast.operator)
    for page in (REQUESTS, f"{REQUESTS}{request.pk}/"):
        assert "Tunggu SK" in client.get(page).content.decode()


def test_a_first_day_that_has_passed_is_not_asked_for(cast):
    yesterday = make.days_ago(1)
    page = give(cast, cast.guru, starts_on=yesterday.isoformat())
    assert list(page.context["form"].errors) == ["starts_on"]
    with pytest.raises(NotNow):
        asked(cast, wish=Wish("OFFICE", "COUNSELOR", starts_on=yesterday))
    assert not OfficeRequest.objects.exists()


def test_a_yes_that_comes_late_counts_from_its_day_and_the_request_says_so(cast):
    request = asked(cast)
    OfficeRequest.objects.update(starts_on=make.days_ago(5))
    request.refresh_from_db()
    assert request.held_from == clock.today()
    agree(request, by=cast.principal)
    assert OfficeHolding.objects.get(user=cast.guru).starts_on == clock.today()
    request.refresh_from_db()
    assert request.held_from == request.starts_on == clock.today()


def test_a_refused_request_keeps_the_day_that_was_asked_for(cast):
    request = asked(cast)
    OfficeRequest.objects.update(starts_on=make.days_ago(5))
    refuse(request, by=cast.principal, answer="Tunggu SK")
    request.refresh_from_db()
    assert request.held_from == make.days_ago(5)


def test_what_waits_is_on_the_persons_page_and_withdrawn_there(cast):
    request = asked(cast)
    client, page = signed_in(cast.operator), f"/sekolah/orang/{cast.guru.pk}/"
    assert list(client.get(page).context["waiting"]) == [request]
    assert f'href="{REQUESTS}{request.pk}/"' in client.get(page).content.decode()
    withdraw_at = f"{REQUESTS}{request.pk}/tarik/"
    assert f'action="{withdraw_at}"' in client.get(page).content.decode()
    gone = post(client, withdraw_at, {"next": page})
    assert gone["Location"] == page
    assert not client.get(page).context["waiting"]


def test_nobody_withdraws_on_their_own_page(cast):
    second = make.UserFactory()
    make.holding(second, OPERATOR).save()
    request = asked(cast, cast.operator, by=second)
    page = signed_in(cast.operator).get(f"/sekolah/orang/{cast.operator.pk}/").content.decode()
    assert f'href="{REQUESTS}{request.pk}/"' in page
    assert f"{REQUESTS}{request.pk}/tarik/" not in page

"""Plt. and Plh.: on their days they are the principal, on approvals, papers, home and dashboard."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.tests import factories as cases
from homevisits.models import Visit
from homevisits.tests import factories as visits
from school.models import OfficeRequest, SchoolProfile, User
from school.permissions import is_principal
from school.signing import head_signs
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FIRST, LAST = 1, 3
"""Days from today."""


def in_days(days):
    return clock.today() + timedelta(days=days)


def on_day(days):
    return clock.shifted_to(clock.now() + timedelta(days=days))


@pytest.fixture
def cast():
    """The small school, with guru2 as Plh. for three days, agreed to by the principal."""
    cast = small_school(3)
    sent = {
        "office": "PRINCIPAL",
        "acting": "Plh.",
        "starts_on": in_days(FIRST).isoformat(),
        "ends_on": in_days(LAST).isoformat(),
        "reason": "Kepala sekolah dinas luar",
    }
    asked = post(signed_in(cast.operator), f"/sekolah/orang/{cast.guru2.pk}/jabatan/", sent)
    assert asked.status_code == 302
    answer = reverse("school:answer_office_request", args=[OfficeRequest.objects.get().pk])
    post(signed_in(cast.principal), answer, {"act": "agree"})
    User.objects.update(must_change_password=False)
    return cast


def opened(cast, *names):
    """Return the statuses of pages for who is acting."""
    client = signed_in(User.objects.get(pk=cast.guru2.pk))
    return [client.get(reverse(name)).status_code for name in names]


@pytest.mark.parametrize(
    ("day", "is_acting"), [(FIRST - 1, False), (FIRST, True), (LAST, True), (LAST + 1, False)]
)
def test_they_are_principal_on_their_days_alone(cast, day, is_acting):
    visits.proposed_visit(cases.direct_case(cast), cast.bk)
    with on_day(day):
        acting = User.objects.get(pk=cast.guru2.pk)
        signs = head_signs(SchoolProfile.current())
        assert is_principal(acting) is is_acting
        assert (signs.person, signs.acting) == (
            (acting, "Plh.") if is_acting else (cast.principal, "")
        )
        status = 200 if is_acting else 403
        assert opened(cast, "homevisits:proposals", "reports:semester") == [status, status]
        home = signed_in(acting).get("/").content.decode()
        assert ("Putuskan 1 kunjungan" in home) is is_acting


def test_what_they_approved_keeps_their_name_and_can_be_decided_no_more(cast):
    visit = visits.proposed_visit(cases.direct_case(cast), cast.bk)
    sent = {"visit": [visit.pk], "act": "approve"}
    with on_day(FIRST):
        post(signed_in(User.objects.get(pk=cast.guru2.pk)), reverse("homevisits:proposals"), sent)
        visit.refresh_from_db()
        assert (visit.status, visit.decided_by) == ("APPROVED", cast.guru2)
        visits.planned(visit, cast.bk)
    letter = reverse("homevisits:assignment_letter", args=[visit.pk])
    with on_day(LAST + 1):
        page = signed_in(cast.bk).get(letter).content.decode()
        assert "Plh. Kepala Sekolah" in page
        assert cast.guru2.name in page
        other = visits.proposed_visit(cases.direct_case(cast, cast.students[1]), cast.bk)
        again = post(
            signed_in(User.objects.get(pk=cast.guru2.pk)),
            reverse("homevisits:proposals"),
            sent | {"visit": [other.pk]},
        )
        assert again.status_code == 403
        assert Visit.objects.get(pk=other.pk).status == "PROPOSED"

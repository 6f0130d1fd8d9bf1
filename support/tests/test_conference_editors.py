"""Two who change the plan of a conference at once: neither loses what they typed."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.tests import factories as cases
from school.tests.cast import Cast, small_school
from support.models import Conference
from support.tests import factories as make
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.django_db


def plan_of(one: Conference, **changed: Any) -> dict[str, Any]:
    """Return what the form of the plan sends, as it was first read."""
    at = timezone.localtime(one.meets_at + timedelta(days=1))
    plan = {"meets_at": f"{at:%Y-%m-%dT%H:%M}", "place": one.place, "why": one.why, "guests": ""}
    return {**plan, "anyway": "on", "read_at": 1, **changed}


@pytest.fixture
def cast() -> Cast:
    return small_school()


def test_who_changes_the_plan_later_sees_both(cast: Cast) -> None:
    one = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    url = reverse("support:reschedule", args=[one.pk])
    first = plan_of(one, place="Ruang guru", invited=[cast.guru.pk, cast.wali.pk])
    second = plan_of(one, place="Perpustakaan", invited=[cast.guru.pk])
    assert post(signed_in(cast.coordinator), url, first).status_code == 303
    answer = post(signed_in(cast.bk), url, second)
    assert answer.status_code == 200
    shown = {row.label: (row.standing, row.typed) for row in answer.context["form"].conflict}
    both = ", ".join(sorted([cast.guru.name, cast.wali.name]))
    assert shown == {
        "Tempat": ("Ruang guru", "Perpustakaan"),
        "Yang diundang": (both, cast.guru.name),
    }
    now = Conference.objects.get()
    assert (now.place, set(now.invited.all())) == ("Ruang guru", {cast.guru, cast.wali})
    assert post(signed_in(cast.bk), url, second | {"read_at": 2}).status_code == 303
    now = Conference.objects.get()
    assert (now.place, set(now.invited.all())) == ("Perpustakaan", {cast.guru})


def test_the_same_plan_twice_is_no_conflict(cast: Cast) -> None:
    one = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    url = reverse("support:reschedule", args=[one.pk])
    plan = plan_of(one, invited=[cast.wali.pk])
    for person in (cast.coordinator, cast.bk):
        assert post(signed_in(person), url, plan).status_code == 303
    assert Conference.objects.get().version == 2


def test_a_script_gets_the_plan_that_stands(cast: Cast) -> None:
    one = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    url = reverse("support:reschedule", args=[one.pk])
    first = plan_of(one, place="Ruang guru", invited=[cast.wali.pk])
    assert post(signed_in(cast.coordinator), url, first).status_code == 303
    answer = post(
        signed_in(cast.bk),
        url,
        plan_of(one, place="Aula", invited=[cast.guru.pk]),
        HTTP_ACCEPT="application/json",
    )
    assert answer.status_code == 409
    said = answer.json()
    assert said["version"] == 2
    assert (said["current"]["place"], said["current"]["invited"]) == ("Ruang guru", [cast.wali.pk])


def test_a_page_from_before_versions_is_to_be_loaded_again(cast: Cast) -> None:
    one = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    url = reverse("support:reschedule", args=[one.pk])
    plan = plan_of(one, place="Aula", invited=[cast.guru.pk])
    del plan["read_at"]
    answer = post(signed_in(cast.bk), url, plan).content.decode()
    assert "<li>Halaman ini sudah lama. Salin yang Anda ketik, lalu muat ulang.</li>" in answer
    assert "Aula" in answer
    assert Conference.objects.get().place == one.place

"""The principal decides on home visits and on assistance, one or many, of both kinds at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.approvals import Line, Listed
from cases.tests import factories as cases
from homevisits.models import Visit
from homevisits.tests import factories as visits
from school.tests.cast import Cast, small_school
from support.approvals import AssistanceApprovals
from support.models import Assistance
from support.tests import factories as support
from support.workflow import withdraw_assistance
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> Cast:
    return small_school()


def asked_for(cast: Cast, count: int = 1) -> tuple[list[Visit], list[Assistance]]:
    """Return so many proposed visits, each with a request for assistance in its case."""
    found = [
        visits.proposed_visit(cases.direct_case(cast, s), cast.bk) for s in cast.students[:count]
    ]
    return found, [support.asked(visit.case, cast.bk) for visit in found]


def decide(client: Client, act: str, *rows: Any, **fields: Any) -> Any:
    sent: dict[str, Any] = {"visit": [], "assistance": [], "act": act, **fields}
    for row in rows:
        sent["visit" if isinstance(row, Visit) else "assistance"].append(row.pk)
    return post(client, reverse("homevisits:proposals"), sent)


def statuses(*rows: Any) -> list[str]:
    return [type(row).objects.get(pk=row.pk).status for row in rows]


def test_both_kinds_are_approved_at_once(cast: Cast) -> None:
    (visit,), (assistance,) = asked_for(cast)
    client = signed_in(cast.principal)
    page = client.get(reverse("homevisits:proposals")).content.decode()
    assert "HP satu-satunya dibawa ayah merantau" in page
    decide(client, "approve", visit, assistance, note="Segera")
    assert statuses(visit, assistance) == ["APPROVED", "APPROVED"]
    said = client.get(reverse("homevisits:proposals")).content.decode()
    assert "1 kunjungan disetujui. 1 bantuan disetujui." in said
    assert reverse("support:withdraw_assistance_approval", args=[assistance.pk]) in said


def test_both_kinds_are_declined_with_one_note(cast: Cast) -> None:
    (visit,), (assistance,) = asked_for(cast)
    client = signed_in(cast.principal)
    question = decide(client, "decline", visit, assistance)
    assert [[line.pk for line in lines] for _kind, lines in question.context["groups"]] == [
        [visit.pk],
        [assistance.pk],
    ]
    assert decide(client, "decline", visit, assistance, confirmed="1").status_code == 200
    decide(client, "decline", visit, assistance, confirmed="1", note="Tunggu")
    assert statuses(visit, assistance) == ["DECLINED", "DECLINED"]
    assert Assistance.objects.get().decision_note == "Tunggu"


def test_one_that_cannot_be_decided_on_holds_all_back_and_keeps_the_ticks(cast: Cast) -> None:
    (visit, other), (assistance, gone) = asked_for(cast, 2)
    withdraw_assistance(gone, by=cast.bk)
    answer = decide(signed_in(cast.principal), "approve", visit, assistance, gone)
    assert answer.context["form"].non_field_errors()
    assert statuses(visit, assistance) == ["PROPOSED", "ASKED"]
    ticked = {kind.name: picked for kind, _lines, picked in answer.context["groups"]}
    assert ticked == {"visit": {visit.pk}, "assistance": {assistance.pk, gone.pk}}
    assert statuses(other) == ["PROPOSED"]


def test_bk_reads_the_own_requests_there_and_nothing_of_other_counselors(cast: Cast) -> None:
    asked_for(cast)
    url = reverse("homevisits:proposals")
    assert "HP satu-satunya" in signed_in(cast.bk).get(url).content.decode()
    foreign = signed_in(cast.bk2).get(url)
    assert "HP satu-satunya" not in foreign.content.decode()
    assert [kind.name for kind, _lines, _picked in foreign.context["groups"]] == ["visit"]


def test_the_page_asks_the_same_number_of_queries_at_1_and_at_30() -> None:
    cast = small_school(30)
    client, url = signed_in(cast.principal), reverse("homevisits:proposals")
    asked_for(cast)
    few = queries_of(client, url)
    for student in cast.students[1:]:
        support.asked(cases.direct_case(cast, student), cast.bk)
    assert queries_of(client, url) == few
    assert client.get(url).context["count"] == 31


def test_what_went_ahead_is_drawn_by_its_own_kind(cast: Cast, monkeypatch: Any) -> None:
    _visits, (asked,) = asked_for(cast)
    line = Line(asked.pk, "Siswa 001", "", asked)
    monkeypatch.setattr(AssistanceApprovals, "went_ahead", "Bantuan mendesak", raising=False)
    monkeypatch.setattr(
        AssistanceApprovals, "listed", lambda _kind, _user: Listed([], [], went_ahead=[line])
    )
    page = signed_in(cast.principal).get(reverse("homevisits:proposals")).content.decode()
    assert "Bantuan mendesak" in page
    assert "HP satu-satunya dibawa ayah merantau" in page

"""The principal decides on one visit or on many at once, all or none of them."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Case
from cases.tests import factories as cases
from homevisits.models import Visit
from homevisits.tests import factories as make
from workflow.models import ActionEntry, ActionNote
from workflow.submits import FIELD
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def visits(cast):
    return [
        make.proposed_visit(cases.direct_case(cast, student), cast.bk)
        for student in cast.students[:3]
    ]


def decide(client, visits, act="approve", **fields):
    return post(
        client,
        reverse("homevisits:proposals"),
        {"visit": [visit.pk for visit in visits], "act": act} | fields,
    )


def statuses(visits):
    return [Visit.objects.get(pk=visit.pk).status for visit in visits]


def test_many_are_approved_at_once_with_a_count_and_a_note(cast, visits):
    client = signed_in(cast.principal)
    assert decide(client, visits[:2], note="Bawa surat tugas").status_code == 302
    assert statuses(visits) == ["APPROVED", "APPROVED", "PROPOSED"]
    assert Visit.objects.get(pk=visits[0].pk).decision_note == "Bawa surat tugas"
    page = client.get(reverse("homevisits:proposals")).content.decode()
    assert "2 kunjungan disetujui." in page


def test_declining_asks_once_and_wants_a_reason(cast, visits):
    client = signed_in(cast.principal)
    question = decide(client, visits[:2], "decline")
    assert question.status_code == 200
    ((_kind, lines),) = question.context["groups"]
    assert [line.pk for line in lines] == [v.pk for v in visits[:2]]
    empty = decide(client, visits[:2], "decline", confirmed="1", note="  ")
    assert "note" in empty.context["form"].errors
    assert statuses(visits) == ["PROPOSED"] * 3
    decide(client, visits[:2], "decline", confirmed="1", note="Hubungi dulu")
    assert statuses(visits) == ["DECLINED", "DECLINED", "PROPOSED"]
    assert {note.text for note in ActionNote.objects.filter(entry__action="decline")} == {
        "Hubungi dulu"
    }
    assert list(Case.objects.order_by("pk").values_list("rung", flat=True)) == [10, 10, 40]


def test_what_was_typed_with_decline_is_kept_in_the_question(cast, visits):
    question = decide(signed_in(cast.principal), visits[:1], "decline", note="Hubungi dulu")
    assert question.context["form"]["note"].value() == "Hubungi dulu"


def test_one_that_was_decided_meanwhile_holds_all_back(cast, visits):
    make.approve(visits[:1], by=cast.principal)
    response = decide(signed_in(cast.principal), visits, note="Segera")
    assert response.context["form"].non_field_errors()
    assert response.context["form"]["note"].value() == "Segera"
    assert statuses(visits) == ["APPROVED", "PROPOSED", "PROPOSED"]


@pytest.mark.parametrize("ids", [[], ["x"], ["-1"], ["999999"], ["9" * 40]])
def test_nothing_that_is_there_chosen_is_said(cast, visits, ids):
    url = reverse("homevisits:proposals")
    response = post(signed_in(cast.principal), url, {"visit": ids, "act": "approve"})
    assert response.context["form"].non_field_errors()


def test_a_note_that_is_too_long_is_said_and_kept(cast, visits):
    response = decide(signed_in(cast.principal), visits, note="x" * 501)
    assert "note" in response.context["form"].errors
    ((_kind, _lines, picked),) = response.context["groups"]
    assert picked == {visit.pk for visit in visits}


@pytest.mark.parametrize("person", ["bk", "coordinator"])
def test_bk_reads_the_list_and_does_not_decide(cast, visits, person):
    client = signed_in(getattr(cast, person))
    page = client.get(reverse("homevisits:proposals"))
    assert page.context["count"] == 3
    assert "data-choice" not in page.content.decode()
    assert decide(client, visits).status_code == 403
    assert statuses(visits) == ["PROPOSED"] * 3


def test_an_approval_sent_twice_is_one(cast, visits):
    client = signed_in(cast.principal)
    same = {"visit": [visits[0].pk], "act": "approve", FIELD: str(uuid4())}
    url = reverse("homevisits:proposals")
    assert [client.post(url, same).status_code for _ in range(2)] == [302, 302]
    assert ActionEntry.objects.filter(action="approve").count() == 1


def test_an_approval_is_withdrawn_until_the_visit_is_scheduled(cast, visits):
    make.approve(visits[:2], by=cast.principal)
    client = signed_in(cast.principal)
    urls = [reverse("homevisits:withdraw_approval", args=[visit.pk]) for visit in visits]
    assert urls[0] in client.get(reverse("homevisits:proposals")).content.decode()
    assert post(client, urls[0], {"note": "Tunda dulu"}).status_code == 302
    make.planned(Visit.objects.get(pk=visits[1].pk), cast.bk)
    post(client, urls[1])
    assert statuses(visits) == ["PROPOSED", "SCHEDULED", "PROPOSED"]


def test_an_urgent_visit_stands_there_until_it_is_acknowledged(cast):
    visit = make.proposed_visit(
        cases.direct_case(cast), cast.bk, urgent_reason="Tidak pulang dua hari"
    )
    make.planned(visit, cast.bk)
    client = signed_in(cast.principal)
    url = reverse("homevisits:proposals")
    ((_kind, lines),) = client.get(url).context["urgent"]
    assert [line.pk for line in lines] == [visit.pk]
    assert post(client, reverse("homevisits:acknowledge", args=[visit.pk])).status_code == 302
    assert client.get(url).context["urgent"] == []

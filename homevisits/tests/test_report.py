"""The visit report: saved while typing, two editors see both texts, recording finishes it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.tests import factories as cases
from homevisits.models import Commitment, Visit, VisitReport
from homevisits.tests import factories as make
from workflow import clock
from workflow.submits import FIELD
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SCRIPT = {"headers": {"accept": "application/json"}}
TYPED = {
    "outcome": "MET",
    "met": ["STUDENT", "MOTHER"],
    "causes": ["ECONOMY", "DEVICE"],
    "service_area": ["LEARNING"],
    "direct_intervention": "HP rusak sejak Agustus.\r\nMembantu ayah di ladang.",
    "informal_interaction": "",
    "family_support": "",
    "topic": "Tidak pernah ikut",
    "parties": "Ibu",
    "problem": "Tidak ada HP",
    "address": "Dsn. Krajan",
    "minutes_spent": "45",
    "family_members": "Ibu, nenek",
    "evaluation_plan": "",
    "follow_up": "",
    "special_note": "",
}


def page_of(visit, name="report", *args):
    return reverse(f"homevisits:{name}", args=[visit.pk, *args])


def typed(read_at=0, **fields):
    return TYPED | {"read_at": read_at} | fields


def save(person, visit, data, **extra):
    return post(signed_in(person), page_of(visit, "report_draft"), data, **extra)


def test_a_visitor_of_any_office_saves_as_they_go(cast, visit):
    assert save(cast.guru2, visit, typed()).headers["Location"] == page_of(visit)
    report = VisitReport.objects.get()
    assert (report.outcome, report.met, report.causes) == (
        "MET",
        ["STUDENT", "MOTHER"],
        ["ECONOMY", "DEVICE"],
    )
    assert report.direct_intervention == "HP rusak sejak Agustus.\nMembantu ayah di ladang."
    assert (report.minutes_spent, report.version) == (45, 2)


def test_a_script_is_answered_the_new_version(cast, visit):
    saved = save(cast.bk, visit, typed(), **SCRIPT)
    assert (saved.status_code, saved.json()["version"]) == (200, 2)


def test_the_page_says_what_is_still_empty_and_how_it_is_counted(cast, visit):
    save(cast.bk, visit, typed())
    page = signed_in(cast.bk).get(page_of(visit))
    assert page.context["empty"] == "3 dari 14 bagian kosong"
    counted = page.context["counted"]
    assert (counted["known"], counted["some"]) == (0, "{n} dari 14 bagian kosong")
    assert sum(not page.context["form"][name].value() for name in counted["fields"]) == 3


def test_a_save_that_is_sent_again_changes_nothing(cast, visit):
    client = signed_in(cast.bk)
    same = typed() | {FIELD: str(uuid4())}
    url = page_of(visit, "report_draft")
    assert [client.post(url, same, **SCRIPT).json()["version"] for _ in range(2)] == [2, 2]
    assert VisitReport.objects.get().version == 2
    assert save(cast.bk, visit, typed(read_at=1), **SCRIPT).json()["version"] == 2
    assert VisitReport.objects.get().version == 2


def test_the_later_of_two_editors_sees_both_texts_and_loses_none(cast, visit):
    save(cast.bk, visit, typed())
    mine = typed(read_at=0, topic="Sering terlambat")
    refused = save(cast.guru2, visit, mine, **SCRIPT)
    assert refused.status_code == 409
    answer = refused.json()
    assert (answer["version"], answer["current"]["topic"]) == (2, "Tidak pernah ikut")
    page = save(cast.guru2, visit, mine)
    assert page.status_code == 200
    differences = page.context["form"].conflict
    assert [(one.standing, one.typed) for one in differences] == [
        ("Tidak pernah ikut", "Sering terlambat")
    ]
    assert "Tidak pernah ikut" in page.content.decode()
    assert page.context["form"]["topic"].value() == "Sering terlambat"
    again = typed(read_at=page.context["form"]["read_at"].value(), topic="Sering terlambat")
    assert save(cast.guru2, visit, again).status_code == 303
    assert VisitReport.objects.get().topic == "Sering terlambat"


BAD = (
    ({"outcome": "PARTY"}, "outcome"),
    ({"met": ["DOG"]}, "met"),
    ({"causes": ["x"]}, "causes"),
    ({"minutes_spent": "-1"}, "minutes_spent"),
    ({"minutes_spent": "721"}, "minutes_spent"),
    ({"minutes_spent": "lama"}, "minutes_spent"),
    ({"topic": "x" * 301}, "topic"),
    ({"direct_intervention": "x" * 4001}, "direct_intervention"),
    ({"special_note": "x" * 2001}, "special_note"),
    ({"read_at": ""}, "read_at"),
    ({"read_at": "-1"}, "read_at"),
    ({"read_at": "satu"}, "read_at"),
)


@pytest.mark.parametrize(("fields", "where"), BAD)
def test_bad_input_is_said_and_nothing_typed_is_lost(cast, visit, fields, where):
    page = save(cast.bk, visit, typed(**fields))
    assert page.status_code == 200
    form = page.context["form"]
    assert where in form.errors
    assert form[where].value() == fields[where]
    refused = save(cast.bk, visit, typed(**fields), **SCRIPT)
    assert refused.status_code == 422
    assert refused.json()["error"]
    assert not VisitReport.objects.exists()


def test_a_text_that_comes_after_the_end_stays_in_view(cast, visit):
    make.record(visit, by=cast.bk, outcome="NOBODY")
    version = VisitReport.objects.get().version
    refused = save(cast.guru2, visit, typed(read_at=version))
    assert refused.status_code == 200
    assert "Tidak pernah ikut" in refused.content.decode()
    assert save(cast.guru2, visit, typed(read_at=version), **SCRIPT).status_code == 409
    assert VisitReport.objects.get().topic == ""


def test_who_is_no_visitor_saves_nothing(cast, visit):
    answers = {p: save(getattr(cast, p), visit, typed()).status_code for p in ("guru", "bk2")}
    assert answers == {"guru": 404, "bk2": 404}
    assert save(cast.principal, visit, typed()).status_code == 403
    assert not VisitReport.objects.exists()


# Commitments


def promise(person, visit, **fields):
    data = {"text": "Hadir tiap Senin", "by_whom": "Ibu Sri", "due_on": ""} | fields
    return post(signed_in(person), page_of(visit, "commitment", uuid4()), data)


def test_a_commitment_is_added_and_removed(cast, visit):
    due = clock.today() + timedelta(days=10)
    promise(cast.guru2, visit, due_on=due.isoformat())
    made = Commitment.objects.get()
    assert (made.text, made.by_whom, made.due_on) == ("Hadir tiap Senin", "Ibu Sri", due)
    url = reverse("homevisits:remove_commitment", args=[made.pk])
    assert post(signed_in(cast.guru), url).status_code == 404
    assert post(signed_in(cast.bk), url).status_code == 302
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"by_whom": "x" * 121}, "by_whom"),
        ({"due_on": "lusa"}, "due_on"),
        ({"due_on": "2099-01-01"}, "due_on"),
        ({"due_on": "0001-01-01"}, "due_on"),
    ],
)
def test_a_bad_commitment_is_said_and_kept_in_view(cast, visit, fields, where):
    page = promise(cast.bk, visit, **fields)
    assert where in page.context["commitment"].errors
    assert page.context["commitment"][where].value() == fields[where]
    assert not Commitment.objects.exists()


def test_after_the_end_nothing_is_promised_or_removed(cast, visit):
    promise(cast.bk, visit)
    make.record(visit, by=cast.bk, outcome="REFUSED")
    assert promise(cast.bk, visit).context["commitment"].non_field_errors()
    post(
        signed_in(cast.bk),
        reverse("homevisits:remove_commitment", args=[Commitment.objects.get().pk]),
    )
    assert Commitment.objects.count() == 1


# Recording


def finish(person, visit, moment=None, **fields):
    at = timezone.localtime(moment or visit.scheduled_for)
    data = {"day": at.date().isoformat(), "at": at.strftime("%H:%M")} | fields
    return post(signed_in(person), page_of(visit, "record"), data)


def test_finishing_leads_to_the_question_and_then_records(cast, visit):
    asked = save(cast.guru2, visit, typed(then="finish"))
    assert asked.headers["Location"] == page_of(visit, "record")
    page = signed_in(cast.guru2).get(page_of(visit, "record"))
    assert page.context["empty"] == "3 dari 14 bagian kosong"
    assert finish(cast.guru2, visit).headers["Location"] == visit.get_absolute_url()
    visit.refresh_from_db()
    assert (visit.status, visit.outcome, visit.happened_at) == (
        "RECORDED",
        "MET",
        visit.scheduled_for,
    )


@pytest.mark.parametrize(
    ("values", "fields", "where"),
    [
        ({}, {}, "__all__"),
        ({"outcome": "MET"}, {}, "__all__"),
        ({"outcome": "NOBODY"}, {"day": ""}, "day"),
        ({"outcome": "NOBODY"}, {"at": "x"}, "at"),
        ({"outcome": "NOBODY"}, {"day": 1}, "__all__"),
        ({"outcome": "NOBODY"}, {"day": -100}, "__all__"),
    ],
)
def test_what_is_missing_is_said_and_the_visit_stays_open(cast, visit, values, fields, where):
    if values:
        make.save_report(visit, by=cast.bk, values=values, read_at=0)
    shift = {
        name: (clock.today() + timedelta(days=value)).isoformat()
        if isinstance(value, int)
        else value
        for name, value in fields.items()
    }
    page = finish(cast.bk, visit, **shift)
    assert where in page.context["form"].errors
    visit.refresh_from_db()
    assert visit.status == "SCHEDULED"


def test_before_its_time_the_report_is_written_but_not_finished(cast):
    case = cases.direct_case(cast, cast.students[1])
    visit = make.planned_visit(case, cast.bk, cast.principal)
    assert save(cast.bk, visit, typed()).status_code == 303
    page = signed_in(cast.bk).get(page_of(visit))
    assert not page.context["finish"].on
    assert finish(cast.bk, visit, moment=clock.now()).status_code == 200
    visit.refresh_from_db()
    assert visit.status == "SCHEDULED"


def test_a_recorded_report_is_read_by_its_visitors_who_still_hold_an_office(cast, visit):
    save(cast.bk, visit, typed())
    finish(cast.bk, visit)
    for person in (cast.bk, cast.guru2, cast.coordinator):
        page = signed_in(person).get(page_of(visit)).content.decode()
        assert "HP rusak sejak Agustus." in page
        assert "<textarea" not in page
    cast.guru2.teaching.all().delete()
    assert signed_in(cast.guru2).get(page_of(visit)).status_code == 404
    assert signed_in(cast.principal).get(page_of(visit)).status_code == 403


def test_a_visit_that_is_not_scheduled_has_no_report_yet(cast):
    visit = make.approved_visit(cases.direct_case(cast), cast.bk, cast.principal)
    page = signed_in(cast.bk).get(page_of(visit), follow=True)
    assert page.redirect_chain[0][0] == visit.get_absolute_url()
    assert save(cast.bk, visit, typed()).status_code == 200
    assert not VisitReport.objects.exists()


def test_the_report_finished_twice_is_recorded_once(cast, visit):
    save(cast.bk, visit, typed(outcome="NOBODY"))
    at = timezone.localtime(visit.scheduled_for)
    same = {"day": at.date().isoformat(), "at": at.strftime("%H:%M"), FIELD: str(uuid4())}
    client = signed_in(cast.bk)
    url = page_of(visit, "record")
    assert [client.post(url, same).status_code for _ in range(2)] == [302, 302]
    assert finish(cast.bk, visit).status_code == 200
    assert Visit.objects.get().outcome == "NOBODY"

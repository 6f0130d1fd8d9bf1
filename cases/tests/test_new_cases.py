"""The list of new cases: what each rests on, and many confirmed at once."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Case
from cases.tests import factories as make
from cases.tests.acts import fresh
from cases.workflow import dismiss
from recaps.workflow import class_list_of, decide, hand_over_list, write_knowledge
from school.models import Enrolment
from school.tests.cast import Cast, small_school
from workflow.models import AccessEntry, ActionEntry
from workflow.submits import FIELD
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LIST = "/kasus/baru/"


def referred_cases(count: int) -> tuple[Cast, list[Case]]:
    """Return the cases that one class list brought, the first with a note."""
    cast = small_school(max(count, 4))
    chosen = cast.students[:count]
    make.handed_over_recap(cast.maths, cast.period, dict.fromkeys(chosen, make.ABSENT))
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    knows = {"family": True, "note": "Tinggal dengan nenek"}
    write_knowledge(class_list, chosen[0], by=cast.wali, values=knows, read_at=0)
    decide(class_list, chosen, "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    return cast, list(Case.objects.order_by("student__nis"))


def test_a_row_says_what_the_case_rests_on():
    cast, (case, *_rest) = referred_cases(2)
    make.attempt(case, cast.wali, "PASSED_ON", channel="MESSAGE")
    page = signed_in(cast.bk).get(LIST).content.decode()
    for words in ("Tinggal dengan nenek", "Masalah keluarga", "Pak Agus", "X MIPA 3"):
        assert words in page
    assert "Titip pesan untuk ibu: disampaikan" in page
    row = signed_in(cast.bk).get(LIST).context["rows"][0]
    assert row.figures == [("Tidak pernah ikut", 1)]
    assert row.due_on is not None


def test_the_chosen_ones_are_confirmed_after_a_question_that_counts_them():
    cast, cases = referred_cases(3)
    chosen = {"case": [case.pk for case in cases[:2]]}
    asked = post(signed_in(cast.bk), LIST, chosen).content.decode()
    assert "Konfirmasi 2 kasus?" in asked
    assert not any(fresh(case).confirmed_at for case in cases)
    answer = post(signed_in(cast.bk), LIST, {**chosen, "sure": "1"})
    assert (answer.status_code, answer.url) == (302, LIST)
    assert [bool(fresh(case).confirmed_at) for case in cases] == [True, True, False]
    assert not any(row.noticed_at is None for case in cases[:2] for row in case.evidence.all())
    assert ActionEntry.objects.filter(kind="cases.case", action="confirm").count() == 2


def confirmed(count: int) -> tuple[Cast, list[Case], Any, str]:
    """Confirm new cases at once; return them, the person's browser, and the undo on its page."""
    cast, cases = referred_cases(count)
    client = signed_in(cast.bk)
    sure = {"case": [case.pk for case in cases], "sure": "1", FIELD: str(uuid4())}
    page = client.post(LIST, sure, follow=True).content.decode()
    url = reverse("undo", args=["cases.case", [case.pk for case in cases], "confirm"])
    assert f'action="{url}"' in page
    return cast, cases, client, url


def test_one_tap_undoes_all_that_were_confirmed_at_once():
    _cast, cases, client, url = confirmed(3)
    page = client.post(url, {FIELD: str(uuid4()), "next": LIST}, follow=True)
    assert [row.case for row in page.context["rows"]] == cases
    assert "Diurungkan." in page.content.decode()
    assert "tidak diurungkan" not in page.content.decode()
    assert not any(fresh(case).confirmed_at for case in cases)
    assert all(row.noticed_at is None for case in cases for row in case.evidence.all())


def test_what_can_be_undone_is_and_the_others_are_named_by_their_number():
    cast, cases, client, url = confirmed(3)
    make.attempt(cases[1], cast.bk)
    page = client.post(url, {FIELD: str(uuid4()), "next": LIST}, follow=True).content.decode()
    assert "Diurungkan." in page
    assert "1 tidak diurungkan. Tidak dapat diurungkan lagi:" in page
    assert [bool(fresh(case).confirmed_at) for case in cases] == [False, True, False]


def test_where_none_can_be_undone_it_says_why_and_changes_nothing():
    cast, cases, client, url = confirmed(2)
    for case in cases:
        make.attempt(case, cast.bk)
    page = client.post(url, {FIELD: str(uuid4()), "next": LIST}, follow=True).content.decode()
    assert "Tidak dapat diurungkan lagi:" in page
    assert "Diurungkan." not in page
    assert all(fresh(case).confirmed_at for case in cases)


def test_what_one_no_longer_sees_is_said_not_to_be_undone():
    cast, cases, client, url = confirmed(2)
    Case.objects.filter(pk=cases[0].pk).update(counselor=cast.bk2)
    Enrolment.objects.filter(student=cases[0].student).update(school_class=cast.foreign)
    page = client.post(url, {FIELD: str(uuid4()), "next": LIST}, follow=True).content.decode()
    assert "1 tidak diurungkan." in page
    assert [bool(fresh(case).confirmed_at) for case in cases] == [True, False]
    assert post(signed_in(cast.bk2), url).status_code == 302
    assert post(signed_in(cast.operator), url).status_code == 404
    assert fresh(cases[0]).confirmed_at


def test_the_last_ones_confirmed_lead_home():
    cast, cases = referred_cases(6)
    sure = {"case": [case.pk for case in cases], "sure": "1"}
    assert post(signed_in(cast.bk), LIST, sure).url == "/"
    assert all(fresh(case).confirmed_at for case in cases)


@pytest.mark.parametrize("given", [[], ["nonsense"], ["99999999999999999999"]])
def test_without_a_choice_nothing_happens(given):
    cast, cases = referred_cases(1)
    page = post(signed_in(cast.bk), LIST, {"case": given, "sure": "1"})
    assert page.status_code == 200
    assert "Pilih minimal satu kasus" in page.content.decode()
    assert fresh(cases[0]).confirmed_at is None


def test_when_somebody_was_faster_with_one_of_them_none_is_confirmed():
    cast, cases = referred_cases(3)
    dismiss(cases[1], by=cast.coordinator, reason="Sakit")
    sure = {"case": [case.pk for case in cases], "sure": "1", FIELD: str(uuid4()), "next": LIST}
    page = signed_in(cast.bk).post(LIST, sure, follow=True).content.decode()
    assert "Isinya sudah berubah" in page
    assert not any(fresh(case).confirmed_at for case in cases)


def test_nobody_confirms_the_cases_of_another_counselor():
    cast, cases = referred_cases(2)
    sure = {"case": [case.pk for case in cases], "sure": "1"}
    assert signed_in(cast.bk2).get(LIST).context["rows"] == []
    post(signed_in(cast.bk2), LIST, sure)
    for person in (cast.wali, cast.principal, cast.guru, cast.operator):
        assert post(signed_in(person), LIST, sure).status_code == 403
    assert not any(fresh(case).confirmed_at for case in cases)
    post(signed_in(cast.coordinator), LIST, sure)
    assert all(fresh(case).confirmed_at for case in cases)


def test_the_address_can_name_the_class_list_that_brought_them():
    cast, (case, *_rest) = referred_cases(2)
    make.direct_case(cast, cast.students[3], confirmed=False)
    brought_by = case.evidence.get().decision.class_list_id
    client = signed_in(cast.bk)
    assert len(client.get(LIST).context["rows"]) == 3
    some = client.get(f"{LIST}?list={brought_by}")
    assert (len(some.context["rows"]), some.context["others"]) == (2, 1)
    assert client.get(f"{LIST}?list=nonsense").context["rows"] == []


@pytest.mark.sqlite
def test_the_list_asks_as_often_for_thirty_cases_as_for_one():
    cast = small_school(30)
    counts = []
    for students in (cast.students[:1], cast.students[1:]):
        for student in students:
            mother = student.guardians.get()
            case = make.direct_case(cast, student, confirmed=False)
            make.attempt(case, cast.wali, guardian=mother, party=mother.relation)
        counts.append(queries_of(signed_in(cast.bk), LIST))
    assert counts[0] == counts[1] <= 14


def test_looking_at_the_list_is_logged_once_without_ids():
    cast, _cases = referred_cases(2)
    signed_in(cast.bk).get(LIST)
    entry = AccessEntry.objects.get()
    assert (entry.kind, entry.object_id, entry.status) == ("cases.case", None, 200)

"""The list of assistance and the receipt: what they show, to whom, with how many queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cases.tests import factories as cases
from school.models import SchoolProfile, User
from school.tests.cast import small_school
from school.tests.signatures import SIGNS_BY_NAME, typed_signature
from school.wording import full_day
from support.assistance_tasks import assistance_waiting
from support.models import ReceiptSignature
from support.tests import factories as make
from support.workflow import hand_over_assistance, put_off_return, sign_receipt
from workflow import clock
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast():
    return small_school()


def test_the_list_begins_with_what_is_on_loan_and_each_reads_the_own(cast):
    late = make.overdue(cases.direct_case(cast), cast.bk, cast.principal)
    make.returned(late.case, cast.bk, cast.principal)
    url = reverse("support:assistances")
    listed = {
        person: [one.pk for one in signed_in(getattr(cast, person)).get(url).context["page"]]
        for person in ("bk", "bk2", "coordinator")
    }
    assert listed == {"bk": [late.pk], "bk2": [], "coordinator": [late.pk]}
    html = signed_in(cast.bk).get(url).content.decode()
    assert "lewat 3 hari" in html
    numbers = signed_in(cast.bk).get(url).context["asked"].counts["state"]
    assert (numbers["loan"], numbers["late"], numbers["back"], numbers["all"]) == (1, 1, 1, 2)
    assert signed_in(cast.principal).get(url).status_code == 403


def test_list_home_and_case_ask_the_same_number_of_queries_at_1_and_at_30():
    cast = small_school(30)
    client, url = signed_in(cast.bk), reverse("support:assistances")
    first = make.overdue(cases.direct_case(cast), cast.bk, cast.principal)
    few = queries_of(client, url), len(assistance_waiting_queries(cast))
    for student in cast.students[1:]:
        make.overdue(cases.direct_case(cast, student), cast.bk, cast.principal)
    assert (queries_of(client, url), len(assistance_waiting_queries(cast))) == few
    of_case = queries_of(client, first.case.get_absolute_url())
    for _n in range(9):
        make.handed_over(first.case, cast.bk, cast.principal)
    assert queries_of(client, first.case.get_absolute_url()) == of_case


def assistance_waiting_queries(cast):
    with CaptureQueriesContext(connection) as asked:
        assert assistance_waiting(User.objects.get(pk=cast.bk.pk))
    return asked.captured_queries


def test_the_receipt_says_what_and_shows_the_signature_of_the_receiver(cast):
    lent = make.handed_over(cases.direct_case(cast), cast.bk, cast.principal)
    paper = reverse("support:receipt", args=[lent.pk])
    client = signed_in(cast.bk)
    assert "Tanda tangan" not in client.get(paper).content.decode()
    answer = post(client, reverse("support:sign_receipt", args=[lent.pk]), SIGNS_BY_NAME)
    assert answer.status_code == 302
    html = client.get(paper).content.decode()
    assert ("IMEI 35…17" in html, "Siti Aminah" in html, "Sri Wahyuni" in html) == (True,) * 3
    with translation.override("id"):
        day = full_day(lent.handed_on)
    assert f"<p>{SchoolProfile.current().place}, {day}</p><p>Penerima,</p>" in html
    lent.refresh_from_db()
    assert lent.is_signed


def test_the_receipt_is_printed_with_room_for_the_day_before_the_hand_over(cast):
    granted = make.approved(cases.direct_case(cast), cast.bk, cast.principal)
    html = signed_in(cast.bk).get(reverse("support:receipt", args=[granted.pk])).content.decode()
    assert ", ……………………</p><p>Penerima,</p>" in html


def test_a_receipt_says_that_the_day_of_return_is_not_the_one_that_was_signed(cast):
    lent = make.handed_over(cases.direct_case(cast), cast.bk, cast.principal)
    client, paper = signed_in(cast.bk), reverse("support:receipt", args=[lent.pk])
    said, later = "diubah setelah penerima menandatangani", clock.today() + timedelta(days=9)
    put_off_return(lent, by=cast.bk, due_on=later)
    sign_receipt(lent, by=cast.bk, signed=typed_signature())
    assert said not in client.get(paper).content.decode()
    put_off_return(lent, by=cast.bk, due_on=later + timedelta(days=1))
    assert said in client.get(paper).content.decode()
    sign_receipt(lent, by=cast.bk, signed=typed_signature())
    assert said not in client.get(paper).content.decode()


def test_a_receipt_that_is_signed_on_paper_is_not_signed_on_the_screen_too(cast):
    on_paper = make.approved(cases.direct_case(cast), cast.bk, cast.principal)
    given = {"given": "HP", "receiver": "Sri Wahyuni", "relation": "ibu", "is_signed": True}
    hand_over_assistance(on_paper, by=cast.bk, **given)
    client, url = signed_in(cast.bk), reverse("support:sign_receipt", args=[on_paper.pk])
    assert url not in client.get(on_paper.get_absolute_url()).content.decode()
    assert "sudah ditandatangani di kertas" in client.get(url).content.decode()
    post(client, url, SIGNS_BY_NAME)
    assert not ReceiptSignature.objects.exists()

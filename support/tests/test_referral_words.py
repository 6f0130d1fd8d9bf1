"""What a referral's letter says: it changes until it is sent, and is sent as it was read."""

import pytest
from django.urls import reverse

from cases.models import Case
from cases.tests import factories as cases
from school.tests.cast import Cast, small_school
from support.models import Referral
from support.tests import factories as make
from support.workflow import edit_referral, record_consent, send_referral
from workflow import clock
from workflow.errors import WrongState
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.django_db
DANGER = "Dipukuli di rumah"


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def case(cast: Cast) -> Case:
    return cases.direct_case(cast)


def agree(referral: Referral, cast: Cast) -> None:
    given = {"consent_on": clock.today(), "consent_by": "Sri Wahyuni", "relation": "ibu"}
    record_consent(referral, by=cast.bk, how="PHONE", **given)


def page_and_letter(referral: Referral, cast: Cast) -> tuple[str, str]:
    page = signed_in(cast.bk).get(referral.get_absolute_url()).content.decode()
    return page, page.partition("<article")[2].partition("</article>")[0]


WORDS = {"kind": "HEALTH", "recipient": "Puskesmas", "reason": "Pingsan", "handed_over": ""}


def test_what_is_prepared_can_be_changed_until_the_letter_is_sent(cast, case):
    referral = make.consented_referral(case, cast.bk)
    edit_referral(referral, by=cast.bk, read_at=1, **WORDS)
    assert {name: getattr(referral, name) for name in WORDS} == WORDS
    assert (referral.status, referral.version) == ("PREPARED", 2)
    edit_referral(referral, by=cast.bk, read_at=1, **WORDS)
    assert referral.version == 2
    send_referral(referral, by=cast.bk, sent_on=clock.today(), read_at=2)
    with pytest.raises(WrongState):
        edit_referral(referral, by=cast.bk, read_at=2, **WORDS | {"reason": "Lain"})


def test_of_two_who_change_it_the_later_one_sees_both_texts(cast, case):
    referral = make.prepared_referral(case, cast.bk, reason="Menarik diri")
    url = reverse("support:edit_referral", args=[referral.pk])
    edit_referral(referral, by=cast.coordinator, read_at=1, **WORDS)
    page = post(signed_in(cast.bk), url, WORDS | {"reason": "Sulit tidur", "read_at": 1})
    assert page.status_code == 200
    shown = [(each.standing, each.typed) for each in page.context["form"].conflict]
    assert shown == [("Pingsan", "Sulit tidur")]
    assert [signed_in(who).get(url).status_code for who in (cast.bk2, cast.wali)] == [404, 404]
    again = post(signed_in(cast.bk), url, WORDS | {"reason": "Sulit tidur", "read_at": 2})
    assert again.url == referral.get_absolute_url()
    referral.refresh_from_db()
    assert (referral.reason, referral.version) == ("Sulit tidur", 3)


def test_a_consent_after_the_letter_leaves_the_letter_as_it_was_sent(cast, case):
    referral = make.prepared_referral(case, cast.bk)
    send_referral(referral, by=cast.bk, sent_on=clock.today(), reason=DANGER, read_at=1)
    agree(referral, cast)
    page, letter = page_and_letter(referral, cast)
    assert "demi keselamatan anak" in letter
    assert "telah disetujui" not in letter
    assert DANGER not in letter
    assert page.count(DANGER) == 1
    assert "Sri Wahyuni" in page


def test_a_consent_recorded_while_the_letter_is_sent_without_one_stands_in_the_letter(cast, case):
    read = make.prepared_referral(case, cast.bk)
    agree(Referral.objects.get(pk=read.pk), cast)
    send_referral(read, by=cast.bk, sent_on=clock.today(), reason=DANGER, read_at=1)
    assert read.without_consent == ""
    page, letter = page_and_letter(read, cast)
    assert "telah disetujui oleh Sri Wahyuni" in letter
    assert "keselamatan anak" not in page


def test_a_letter_that_was_changed_since_it_was_read_is_shown_before_it_is_sent(cast, case):
    referral = make.consented_referral(case, cast.bk)
    url = reverse("support:send_referral", args=[referral.pk])
    client, letter = signed_in(cast.bk), {"sent_on": clock.today().isoformat(), "number": "422/7"}
    assert client.get(url).context["form"]["read_at"].value() == 1
    edit_referral(referral, by=cast.coordinator, read_at=1, **WORDS)
    page = post(client, url, letter | {"read_at": 1})
    html = page.content.decode()
    assert page.status_code == 200
    for words in ("sudah berubah", "Puskesmas", "Pingsan", 'value="422/7"'):
        assert words in html
    referral.refresh_from_db()
    assert (referral.status, referral.number) == ("PREPARED", None)
    assert page.context["form"]["read_at"].value() == "2"
    assert post(client, url, letter | {"read_at": 2}).url == referral.get_absolute_url()
    referral.refresh_from_db()
    assert (referral.status, referral.number.text) == ("SENT", "422/7")


def test_a_form_that_is_sent_back_for_its_date_still_asks_for_the_words_it_was_read_with(
    cast, case
):
    referral = make.consented_referral(case, cast.bk)
    url = reverse("support:send_referral", args=[referral.pk])
    client = signed_in(cast.bk)
    edit_referral(referral, by=cast.coordinator, read_at=1, **WORDS)
    page = post(client, url, {"sent_on": "kemarin", "read_at": 1})
    assert page.context["form"]["read_at"].value() == "1"
    again = post(client, url, {"sent_on": clock.today().isoformat(), "read_at": 1})
    assert "sudah berubah" in again.content.decode()

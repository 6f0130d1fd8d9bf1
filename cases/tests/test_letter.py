"""The summons letter: its content, language and versions, and how it is sent on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Summons, SummonsVersion
from cases.tests import factories as make
from cases.workflow import fill_number, hand_over, reschedule, withdraw_summons
from school.models import OfficeHolding, SchoolProfile
from school.roles import PRINCIPAL
from school.tests.cast import Cast, small_school
from school.tests.factories import EnrolmentFactory, days_ago, person
from school.workflow.accounts import disable
from workflow import clock
from workflow.errors import NotNow
from workflow.models import AccessEntry
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
NOT_A_WORD_OF_THE_CASE = ("kasus", "alpa", "Tidak pernah ikut", "ekonomi", "Tahap")


def issued(**fields) -> tuple[Cast, Summons]:
    cast = small_school()
    case = make.referred_case(cast)
    make.confirm(case, by=cast.bk)
    make.attempt(case, cast.bk)
    return cast, make.summons(case, cast.bk, **fields)


def article(user, summons: Summons, query: str = "") -> str:
    page = signed_in(user).get(f"/surat-panggilan/{summons.pk}/{query}").content.decode()
    return page[page.index("<article") : page.index("</article>")]


def test_the_letter_bears_what_a_school_writes():
    cast, summons = issued(number="422/031/BK/X/2021")
    cast.bk.nip = "198609262015051001"
    cast.bk.save(update_fields=["nip"])
    text = article(cast.bk, summons)
    for words in (
        "SMA Negeri 1 Candiroto",
        "422/031/BK/X/2021",
        "Lampiran",
        "Panggilan Orang Tua/Wali (I)",
        "Yth. Bapak/Ibu Orang Tua/Wali",
        "Siswa 001",
        "21001",
        "X MIPA 3",
        "WIB – selesai",
        "Ruang BK",
        "Menghadap",
        "Kepala Sekolah,",
        "Sri Wahyuni",
        "NIP -",
        "Retno Wulandari",
        "NIP 19860926 201505 1 001",
        "Tanda Terima",
        "Penerima",
    ):
        assert words in text, words
    for word in NOT_A_WORD_OF_THE_CASE:
        assert word not in text


def test_the_letter_is_indonesian_whatever_language_its_reader_has():
    cast, summons = issued(number="1")
    indonesian = article(cast.bk, summons)
    cast.bk.language = "en"
    cast.bk.save(update_fields=["language"])
    assert article(cast.bk, summons) == indonesian


@pytest.mark.parametrize(("size", "is_a4"), [("F4", False), ("A4", True)])
def test_the_paper_is_that_of_the_school(size, is_a4):
    cast, summons = issued()
    SchoolProfile.objects.update(paper_size=size)
    assert ('class="paper a4' in article(cast.bk, summons)) == is_a4


def test_a_number_to_come_leaves_a_line_to_fill_in():
    cast, summons = issued()
    assert 'Nomor</th><td>:</td><td><span class="blank">' in article(cast.bk, summons)


def test_each_version_can_be_read_again():
    cast, summons = issued(place="Ruang BK")
    later = clock.now() + timedelta(days=4)
    reschedule(summons, by=cast.bk, issued_on=clock.today(), meets_at=later, place="Aula")
    assert "Aula" in article(cast.bk, summons)
    assert "Aula" not in article(cast.bk, summons, "?version=1")
    assert "Aula" in article(cast.bk, summons, "?version=nonsense")
    page = signed_in(cast.bk).get(f"/surat-panggilan/{summons.pk}/")
    assert [version.version for version in page.context["versions"]] == [2, 1]


def test_a_number_filled_in_keeps_the_date_of_the_rescheduled_letter():
    with clock.shifted_to(clock.now() - timedelta(days=9)):
        cast, summons = issued()
    later = clock.now() + timedelta(days=4)
    reschedule(summons, by=cast.bk, issued_on=days_ago(2), meets_at=later, place="Aula")
    fill_number(summons, by=cast.bk, number="422/031/BK/X/2021")
    dates = [version.issued_on for version in summons.versions.order_by("version")]
    assert dates == [days_ago(9), days_ago(2), days_ago(2)]
    summons.refresh_from_db()
    assert summons.number.year == days_ago(2).year
    with pytest.raises(NotNow):
        reschedule(summons, by=cast.bk, issued_on=days_ago(3), meets_at=later, place="Aula")


def test_the_class_is_that_of_the_day_of_the_letter():
    cast, summons = issued()
    Summons.objects.update(issued_on=days_ago(2))
    summons.case.student.enrolments.update(ends_on=days_ago(1))
    EnrolmentFactory(student=summons.case.student, school_class=cast.foreign, starts_on=days_ago(0))
    assert "X MIPA 3" in article(cast.bk, summons)


def test_a_letter_keeps_who_signed_it():
    with clock.shifted_to(clock.now() - timedelta(days=9)):
        cast, summons = issued()
    deputy = person(name="Wulan Ayu")
    OfficeHolding.objects.create(
        user=deputy, office=PRINCIPAL.code, acting="Plh.", starts_on=days_ago(3)
    )
    disable(cast.principal, by=cast.operator)
    hand_over(summons.case, cast.bk2, by=cast.coordinator, reason="Cuti")
    text = article(cast.coordinator, summons)
    assert "Sri Wahyuni" in text
    assert "Retno Wulandari" in text
    assert "Wulan Ayu" not in text
    assert "Bambang Irawan" not in text
    later = clock.now() + timedelta(days=4)
    summons.refresh_from_db()
    reschedule(summons, by=cast.bk2, issued_on=clock.today(), meets_at=later, place="Aula")
    assert "Wulan Ayu" in article(cast.coordinator, summons)
    assert "Sri Wahyuni" in article(cast.coordinator, summons, "?version=1")


def test_a_letter_of_a_day_before_any_principal_was_entered_bears_the_one_of_today():
    cast, summons = issued()
    Summons.objects.update(issued_on=days_ago(9))
    SummonsVersion.objects.update(issued_on=days_ago(9))
    OfficeHolding.objects.filter(user=cast.principal).update(starts_on=days_ago(2))
    assert "Sri Wahyuni" in article(cast.bk, summons)


def test_the_message_to_parents_says_that_a_letter_comes_and_nothing_else():
    cast, summons = issued(is_over=False)
    page = signed_in(cast.bk).get(f"/surat-panggilan/{summons.pk}/")
    message = page.context["message"]
    assert "Ada surat dari sekolah" in message
    for word in (*NOT_A_WORD_OF_THE_CASE, "Siswa 001", "panggilan"):
        assert word not in message
    assert "https://wa.me/6281298765432?text=Selamat" in page.content.decode()


def test_nobody_is_told_of_a_letter_whose_meeting_is_over():
    cast, summons = issued()
    assert "wa.me" not in signed_in(cast.bk).get(f"/surat-panggilan/{summons.pk}/").content.decode()


def test_the_principal_prints_it_and_may_do_nothing_to_it():
    cast, summons = issued()
    page = signed_in(cast.principal).get(f"/surat-panggilan/{summons.pk}/").content.decode()
    assert "data-print" in page
    for name in ("summons_delivery", "withdraw_summons", "reschedule"):
        assert reverse(f"cases:{name}", args=[summons.pk]) not in page
    assert "wa.me" not in page
    entry = AccessEntry.objects.get()
    assert (entry.kind, entry.object_id, entry.status) == ("cases.summons", summons.pk, 200)


def test_a_withdrawn_letter_is_gone_for_the_principal_and_marked_for_the_counselor():
    cast, summons = issued()
    withdraw_summons(summons, by=cast.bk)
    url = f"/surat-panggilan/{summons.pk}/"
    assert signed_in(cast.principal).get(url).status_code == 404
    assert "ditarik kembali" in signed_in(cast.bk).get(url).content.decode()
    OfficeHolding.objects.create(user=cast.bk, office=PRINCIPAL.code, starts_on=clock.today())
    assert "ditarik kembali" in signed_in(cast.bk).get(url).content.decode()


@pytest.mark.sqlite
def test_the_letter_asks_as_often_for_many_versions_as_for_one():
    cast, summons = issued(is_over=False)
    url = f"/surat-panggilan/{summons.pk}/"
    few = queries_of(signed_in(cast.bk), url)
    for number in range(1, 31):
        at = clock.now() + timedelta(days=number)
        reschedule(summons, by=cast.bk, issued_on=clock.today(), meets_at=at, place="Aula")
    assert queries_of(signed_in(cast.bk), url) == few <= 15

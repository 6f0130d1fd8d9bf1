"""What was taken along follows what has become of a visit, as soon as there is a network."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cases.tests import factories as cases
from counseling.tests.phone import Phone
from counseling.tests.test_taken_along import is_copy, is_nothing_there, take, taken
from homevisits.models import Visit, VisitReport
from homevisits.tests import factories as visits
from homevisits.workflow import cancel, reschedule
from school.tests.cast import Cast, small_school
from school.wording import clock_time
from workflow import clock
from workflow.tests.browser_free import eventually

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.service_worker,
]
NO_RENEWAL = 5_000
"""Milliseconds in which a page would have renewed what was taken along."""


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def visit(cast: Cast) -> Visit:
    case = cases.direct_case(cast)
    return visits.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.guru2])


def come_back(phone: Phone, cast: Cast, *, hours_later: int) -> Page:
    """Open some page with a network, so long after the visit was taken along."""
    page = phone.restart(hours_later=hours_later, offline=False)
    phone.let_in(cast.guru2)
    page.goto("/akun/")
    page.goto("/akun/perangkat/")
    return page


def move(visit: Visit, cast: Cast, *people) -> str:
    """Move the visit by two days, and return its new hour."""
    when = clock.now() + timedelta(days=2, hours=3)
    reschedule(visit, by=cast.bk, scheduled_for=when, visitors=list(people))
    return str(clock_time(when))


@pytest.mark.parametrize(("hours", "is_renewed"), [(1, False), (3, True)])
def test_a_visit_that_was_moved_has_its_new_hour_after_any_page_with_a_network(
    visit: Visit, cast: Cast, phone: Phone, hours: int, is_renewed: bool
) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{visit.pk}/")
    hour = move(visit, cast, cast.guru2)
    page = come_back(phone, cast, hours_later=hours)
    if not is_renewed:
        page.wait_for_timeout(NO_RENEWAL)
        expect(taken(page)).not_to_contain_text(hour)
        return
    expect(taken(page)).to_contain_text(hour)
    page = phone.restart(hours_later=hours)
    page.goto(f"/kunjungan/{visit.pk}/")
    is_copy(page, visit.case.student.name)
    expect(page.locator("main")).to_contain_text(hour)


def test_what_is_cancelled_goes_and_what_was_written_for_it_stays(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{visit.pk}/")
    page = phone.restart()
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    page.get_by_label("Topik/permasalahan").fill("Ibu sudah ditemui")
    expect(page.locator("[data-queue-state]")).to_contain_text("menunggu jaringan")
    cancel(visit, by=cast.bk, reason="Keluarga pindah")
    page = come_back(phone, cast, hours_later=3)
    expect(taken(page)).to_have_count(0)
    page.get_by_text("Belum terkirim", exact=True).click()
    expect(page.locator("[data-taken-list] [data-text]")).to_contain_text("Ibu sudah ditemui")
    assert VisitReport.objects.count() == 0


def test_what_was_given_to_somebody_else_goes(visit: Visit, cast: Cast, phone: Phone) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{visit.pk}/")
    move(visit, cast, cast.bk)
    page = come_back(phone, cast, hours_later=3)
    expect(taken(page)).to_have_count(0)
    is_nothing_there(phone.restart(hours_later=3), visit)


def test_what_waits_is_sent_and_shown_in_the_copy_that_was_renewed(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{visit.pk}/")
    page = phone.restart()
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    page.get_by_label("Topik/permasalahan").fill("Ibu sudah ditemui")
    expect(page.locator("[data-queue-state]")).to_contain_text("menunggu jaringan")
    page = come_back(phone, cast, hours_later=3)
    eventually(lambda: [one.topic for one in VisitReport.objects.all()], ["Ibu sudah ditemui"])
    page.wait_for_timeout(NO_RENEWAL)
    page = phone.restart(hours_later=3)
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    expect(page.get_by_label("Topik/permasalahan")).to_have_value("Ibu sudah ditemui")


def test_the_list_of_a_day_opens_without_its_date_too(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    page = phone.page
    page.goto("/kunjungan/hari/")
    page.get_by_role("button", name="Bawa semua").click()
    expect(page.get_by_text("Sudah dibawa, sampai")).to_be_visible()
    page = phone.restart()
    page.goto("/kunjungan/hari/?order=time")
    expect(page.locator("main")).to_contain_text(visit.case.student.name)
    expect(page.locator("#offline")).to_contain_text("Tidak ada jaringan. Ini salinan")
    expect(page).to_have_url(f"{phone.url}/kunjungan/hari/{clock.today():%Y-%m-%d}/")


@pytest.mark.parametrize("somebody", ["bk", "guru2"])
def test_on_a_shared_device_nothing_is_taken_and_what_was_taken_before_goes(
    visit: Visit, cast: Cast, phone: Phone, somebody: str
) -> None:
    address = f"/kunjungan/{visit.pk}/"
    phone.let_in(cast.guru2)
    take(phone.page, address)
    phone.let_in(getattr(cast, somebody), own=False)
    page = phone.page
    page.goto(address)
    expect(page.locator("[data-not-taken]")).to_contain_text("hanya bisa di perangkat sendiri")
    expect(page.get_by_role("button", name="Bawa", exact=True)).to_have_count(0)
    page.goto("/akun/perangkat/")
    expect(taken(page)).to_have_count(0)
    eventually(lambda: page.evaluate("caches.has('sambang-taken')"), False)
    is_nothing_there(phone.restart(), visit)

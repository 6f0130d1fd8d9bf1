"""A phone with a visit taken along: another version of the app, a wrong clock, no room."""

import socket

import pytest
from playwright.sync_api import expect

from cases.tests import factories as cases
from counseling.tests.phone import Phone
from counseling.tests.test_taken_along import FULL, choose_photo, is_copy, take
from counseling.views import offline
from homevisits.models import Photo, Visit, VisitReport
from homevisits.tests import factories as visits
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import eventually

FULL_CACHES = """() => {
  Cache.prototype.put = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
}"""

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.service_worker,
]


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def visit(cast: Cast) -> Visit:
    case = cases.direct_case(cast)
    return visits.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.guru2])


def test_what_was_taken_along_opens_after_a_new_version_of_the_app_came(
    visit: Visit, cast: Cast, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{visit.pk}/")
    before = phone.page.evaluate("caches.keys()")
    monkeypatch.setattr(offline, "ASSETS", [a for a in offline.ASSETS if "report" not in a])
    page = phone.restart(offline=False)
    page.goto("/")
    page.wait_for_function("n => caches.keys().then((now) => now.length > n)", arg=len(before))
    page.wait_for_function("navigator.serviceWorker.ready.then((one) => !one.waiting)")
    page = phone.restart()
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    is_copy(page, "Laporan")
    expect(page.locator("#signature")).to_contain_text("Tanpa jaringan, mintalah tanda tangan di")
    page.get_by_label("Yang dijanjikan").fill("Janji")
    page.get_by_role("button", name="Tambah komitmen").click()
    expect(page.locator("#commitment-list")).to_contain_text("Janji")


def test_what_is_typed_while_the_clock_of_the_phone_is_wrong_is_not_taken_for_old(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{visit.pk}/")
    page = phone.restart(hours_later=-20 * 24 * 365)
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    page.get_by_label("Topik/permasalahan").fill("Jam HP salah")
    expect(page.locator("[data-queue-state]")).to_contain_text("menunggu jaringan")
    page = phone.restart(offline=False)
    phone.let_in(cast.guru2)
    page.goto("/akun/")
    eventually(lambda: list(VisitReport.objects.values_list("topic", flat=True)), ["Jam HP salah"])


def test_a_clock_that_is_days_ahead_deletes_nothing_that_waits_and_the_phone_says_so(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    ahead = 8 * 24
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{visit.pk}/")
    page = phone.restart()
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    page.get_by_label("Topik/permasalahan").fill("Tanggal HP maju")
    expect(page.locator("[data-queue-state]")).to_contain_text("menunggu jaringan")
    page.goto(f"/kunjungan/{visit.pk}/foto/")
    choose_photo(page, "rumah.jpg")
    expect(page.locator("[data-sending]")).to_contain_text("menunggu jaringan")
    page = phone.restart(hours_later=ahead)
    for _ in range(2):
        page.goto("/")
        expect(page.locator("#waiting")).to_contain_text("2 isian belum terkirim")
        expect(page.locator("#waiting")).to_contain_text("sudah menunggu lebih dari 7 hari")
        page.evaluate("SambangVault.settled()")
    page = phone.restart(hours_later=ahead, offline=False)
    phone.let_in(cast.guru2)
    page.goto("/akun/")
    eventually(
        lambda: list(VisitReport.objects.values_list("topic", flat=True)), ["Tanggal HP maju"]
    )
    eventually(Photo.objects.count, 1)
    eventually(lambda: page.evaluate("SambangVault.values('edit ')"), [])


def test_taking_along_anew_on_a_full_phone_leaves_what_is_there(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    address = f"/kunjungan/{visit.pk}/"
    phone.let_in(cast.guru2)
    page = phone.page
    take(page, address)
    page.evaluate(FULL)
    page.get_by_role("button", name="Bawa", exact=True).click()
    expect(page.locator("[data-take-state]")).to_contain_text("Penyimpanan HP/laptop ini penuh")
    page = phone.restart()
    page.goto(address)
    is_copy(page, visit.case.student.name)
    expect(page.locator("[data-take-state]")).to_contain_text("Sudah dibawa")
    expect(page.locator("[data-take]")).to_be_hidden()


def test_who_signs_out_without_a_network_is_signed_out_when_it_is_back(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    page = phone.page
    take(page, f"/kunjungan/{visit.pk}/")
    page.goto("/akun/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("heading", name="Tidak ada jaringan")).to_be_visible()
    page.goto("/")  # away from the page that would ask for it again by itself
    page.context.set_offline(False)
    expect(page.get_by_label("Kata sandi")).to_be_visible(timeout=15_000)


def test_what_is_typed_on_a_full_phone_waits_on_its_page_which_says_so(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    page = phone.page
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    page.evaluate(FULL)
    page.context.set_offline(True)
    page.get_by_label("Topik/permasalahan").fill("Tak ada ruang")
    expect(page.locator("#offline")).to_contain_text("tetaplah di halaman ini")
    page.context.set_offline(False)
    eventually(
        lambda: list(VisitReport.objects.values_list("topic", flat=True)),
        ["Tak ada ruang"],
        seconds=30,
    )
    expect(page.locator("#offline")).to_be_hidden()


def test_a_full_phone_shows_what_the_network_answers(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    phone.page.goto("/")
    phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.page.reload()
    (worker,) = phone.context.service_workers
    worker.evaluate(FULL_CACHES)
    phone.page.goto(f"/kunjungan/{visit.pk}/")
    expect(phone.page.locator("h1")).to_contain_text(visit.case.student.name)
    assert phone.page.evaluate("navigator.serviceWorker.controller !== null")


def test_a_network_that_takes_and_never_answers_opens_what_was_taken_and_doubles_nothing(
    visit: Visit, cast: Cast, phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{visit.pk}/")
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        page = phone.restart(proxy=f"127.0.0.1:{silent.getsockname()[1]}")
        page.goto(f"/kunjungan/{visit.pk}/laporan/")
        is_copy(page, "Laporan")
        page.get_by_label("Topik/permasalahan").fill("Jaringan menggantung")
        eventually(
            lambda: page.evaluate("SambangVault.values('edit ').then((all) => all.length)"), 1
        )
        page = phone.restart()
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    expect(page.get_by_label("Topik/permasalahan")).to_have_value("Jaringan menggantung")
    page = phone.restart(offline=False)
    phone.let_in(cast.guru2)
    page.goto("/akun/")
    eventually(
        lambda: list(VisitReport.objects.values_list("topic", "version")),
        [("Jaringan menggantung", 2)],
    )

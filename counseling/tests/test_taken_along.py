"""Visits and sheets taken along open without a network, also after the browser was closed."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from PIL import Image
from playwright.sync_api import Page, expect

from cases.tests import factories as cases
from counseling.tests.phone import Phone
from counseling.tests.test_kept_pages import PAGE_ROWS
from counseling.tests.test_offline import PASSWORD, note, saved, sheet_of, sign_in_by_hand
from homevisits.models import Commitment, Photo, Visit, VisitReport
from homevisits.tests import factories as visits
from homevisits.tests.pictures import encoded
from homevisits.workflow import cancel
from school.models import Guardian
from school.tests.cast import Cast, small_school
from workflow.models import ActionEntry
from workflow.tests.browser_free import eventually

LONGEST = 1600
FULL = """() => {
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError") };
}"""
PHOTO_ROWS = PAGE_ROWS.replace("sambang-pages", "sambang-files")

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.service_worker,
]


@pytest.fixture
def cast() -> Cast:
    cast = small_school()
    for user in (cast.guru, cast.guru2):
        user.set_password(PASSWORD)
        user.save()
    return cast


@pytest.fixture
def days(cast: Cast) -> list[Visit]:
    """Return the visits of a day, of three students."""
    found = []
    for student in cast.students[:3]:
        case = cases.direct_case(cast, student)
        visit = visits.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.guru2])
        found.append(visit)
    return found


def take(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Bawa", exact=True).click()
    expect(page.get_by_text("Sudah dibawa, sampai")).to_be_visible()


def choose_photo(page: Page, name: str) -> None:
    """Choose a photo from the files of the phone, larger than it is kept."""
    photo = encoded(Image.new("RGB", (3200, 2400), "teal"))
    given: Any = {"name": name, "mimeType": "image/jpeg", "buffer": photo}
    page.locator("input[data-several]").set_input_files(given)


def is_copy(page: Page, title: str) -> None:
    expect(page.locator("h1")).to_contain_text(title)
    expect(page.locator("#offline")).to_contain_text("Tidak ada jaringan. Ini salinan")


def taken(page: Page) -> Any:
    return page.locator("[data-taken-list] > ul a")


def kept(page: Page) -> list[str]:
    rows: list[str] = page.evaluate(PAGE_ROWS)
    return rows


def test_a_day_of_three_visits_without_a_network_arrives_once(
    cast: Cast, days: list[Visit], phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    page = phone.page
    page.goto("/")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    for visit in days:
        take(page, f"/kunjungan/{visit.pk}/")

    for number, visit in enumerate(days):
        page = phone.restart()
        page.goto("/")
        expect(taken(page)).to_have_count(3)
        taken(page).nth(number).click()
        is_copy(page, visit.case.student.name)
        guardian = Guardian.objects.filter(student=visit.case.student).first()
        assert guardian
        expect(page.locator("main")).to_contain_text(guardian.name)
        page.get_by_role("link", name=re.compile("Catat kunjungan|Tulis laporan")).first.click()
        is_copy(page, "Laporan")
        page.get_by_text("Bertemu", exact=True).click()
        page.locator("#report").get_by_label("Siswa", exact=True).check()
        page.get_by_label("Topik/permasalahan").fill(f"Topik {number}")
        page.get_by_label("Yang dijanjikan").fill(f"Janji {number}")
        page.get_by_role("button", name="Tambah komitmen").click()
        expect(page.locator("[data-queue-state]")).to_contain_text("menunggu jaringan")
        page.locator("#photos a").click()
        is_copy(page, "Foto kunjungan")
        choose_photo(page, f"rumah-{number}.jpg")
        expect(page.locator("[data-sending]")).to_contain_text("menunggu jaringan")

    page = phone.restart()
    page.goto(f"/kunjungan/{days[0].pk}/laporan/")
    expect(page.get_by_label("Topik/permasalahan")).to_have_value("Topik 0")
    assert (VisitReport.objects.count(), Photo.objects.count()) == (0, 0)
    before = set(ActionEntry.objects.values_list("pk", flat=True))

    Session.objects.all().delete()
    page = phone.restart(offline=False)
    page.goto("/")
    sign_in_by_hand(page, cast.guru2)
    page.goto("/")
    eventually(Photo.objects.count, 3)
    page.reload()
    expect(page.locator("#offline")).to_be_hidden()
    reports = VisitReport.objects.order_by("visit_id")
    assert [one.topic for one in reports] == ["Topik 0", "Topik 1", "Topik 2"]
    assert [one.version for one in reports] == [2, 2, 2]  # made, and saved once
    promised = Commitment.objects.order_by("report__visit_id")
    assert [one.text for one in promised] == ["Janji 0", "Janji 1", "Janji 2"]
    shown = Photo.objects.order_by("visit_id").values_list("visit_id", "width", "added_by")
    assert list(shown) == [(visit.pk, LONGEST, cast.guru2.pk) for visit in days]
    added = ActionEntry.objects.exclude(pk__in=before)
    assert sorted(entry.action for entry in added) == ["add"] * 3
    assert page.evaluate("SambangVault.values('edit ')") == []
    assert page.evaluate(PHOTO_ROWS) == []


def test_a_sheet_taken_along_opens_after_a_restart_and_what_is_noted_arrives(
    cast: Cast, phone: Phone
) -> None:
    phone.let_in(cast.guru)
    take(phone.page, sheet_of(cast))
    page = phone.restart()
    page.goto(sheet_of(cast))
    is_copy(page, "Rekap X MIPA 3")
    note(page, cast.students[0], "Alpa")
    expect(page.locator("#sheet-state")).to_contain_text("1 menunggu jaringan")
    page.goto("/akun/perangkat/")
    expect(page.locator("[data-taken-list]")).to_contain_text("1 isian belum terkirim")
    Session.objects.all().delete()
    page = phone.restart(offline=False)
    page.goto("/")
    sign_in_by_hand(page, cast.guru)
    eventually(saved, {"Siswa 001": (0, 1)})


def is_nothing_there(page: Page, visit: Visit) -> None:
    page.goto(f"/kunjungan/{visit.pk}/")
    expect(page.get_by_text("Halaman ini perlu jaringan")).to_be_visible()
    expect(taken(page)).to_have_count(0)
    eventually(lambda: [row for row in kept(page) if "until" in row], [])


@pytest.mark.parametrize(("hours", "opens"), [(47, True), (49, False)])
def test_what_was_taken_along_is_gone_after_48_hours(
    cast: Cast, days: list[Visit], phone: Phone, hours: int, opens: bool
) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{days[0].pk}/")
    page = phone.restart(hours_later=hours)
    if opens:
        page.goto(f"/kunjungan/{days[0].pk}/")
        is_copy(page, days[0].case.student.name)
    else:
        is_nothing_there(page, days[0])


def test_nobody_reads_in_the_files_of_the_browser_what_was_taken_along(
    cast: Cast, days: list[Visit], phone: Phone
) -> None:
    Guardian.objects.update(name="Sumarmi Tokensari", phone="6281234509876")
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{days[0].pk}/")
    rows = "\n".join(kept(phone.page))
    assert rows.count('"until"') == 5  # the visit, its report, its photos, the list, the key
    assert not re.search(rf"Tokensari|1234509876|kunjungan|Siswa|{cast.guru2.vault_key}", rows)


def test_signing_out_and_another_person_delete_what_was_taken_along(
    cast: Cast, days: list[Visit], phone: Phone
) -> None:
    address = f"/kunjungan/{days[0].pk}/"
    phone.let_in(cast.guru2)
    take(phone.page, address)
    phone.page.goto("/akun/")
    phone.page.get_by_role("button", name="Keluar").click()
    expect(phone.page.get_by_label("Kata sandi")).to_be_visible()
    is_nothing_there(phone.restart(), days[0])

    page = phone.restart(offline=False)
    phone.let_in(cast.guru2)
    take(page, address)
    phone.let_in(cast.guru)
    page.goto("/akun/")
    eventually(lambda: [row for row in kept(page) if "until" in row], [])
    is_nothing_there(phone.restart(), days[0])


def test_one_page_or_all_are_deleted_from_the_list_also_without_a_network(
    cast: Cast, days: list[Visit], phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    for visit in days:
        take(phone.page, f"/kunjungan/{visit.pk}/")
    phone.page.goto("/akun/perangkat/")
    expect(taken(phone.page)).to_have_count(3)
    phone.page.get_by_role("button", name="Hapus: Siswa 001").click()
    expect(taken(phone.page)).to_have_count(2)
    page = phone.restart()
    page.goto("/")
    page.get_by_role("button", name="Hapus semua").click()
    expect(taken(page)).to_have_count(0)
    is_nothing_there(phone.restart(), days[1])


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("Object.defineProperty(window, 'isSecureContext', { value: false })", "alamat https"),
        (
            f"({FULL})()",
            "Penyimpanan HP/laptop ini penuh",
        ),
    ],
)
def test_a_browser_that_cannot_keep_pages_says_so(
    cast: Cast, days: list[Visit], page_of: Any, broken: str, said: str
) -> None:
    page = page_of(cast.guru2)
    page.add_init_script(broken)
    page.goto(f"/kunjungan/{days[0].pk}/")
    page.get_by_role("button", name="Bawa", exact=True).click()
    expect(page.locator("[data-take-state]")).to_contain_text(said)
    assert [row for row in kept(page) if "until" in row] == []


def test_what_is_refused_stays_on_the_phone_with_the_reason_until_it_is_dropped(
    cast: Cast, days: list[Visit], phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{days[0].pk}/")
    page = phone.restart()
    page.goto(f"/kunjungan/{days[0].pk}/laporan/")
    page.get_by_label("Topik/permasalahan").fill("Tidak pernah ikut")
    expect(page.locator("[data-queue-state]")).to_contain_text("menunggu jaringan")
    cancel(days[0], by=cast.bk, reason="Keluarga pindah")
    page = phone.restart(offline=False)
    phone.let_in(cast.guru2)
    page.goto("/akun/")
    page.goto("/akun/perangkat/")
    page.get_by_text("Belum terkirim", exact=True).click()
    expect(page.locator("[data-taken-list] [data-text]")).to_contain_text("Tidak pernah ikut")
    expect(page.locator("#offline")).to_contain_text("Tidak tersimpan")
    page.locator("#offline").get_by_role("button", name="Hapus").click()
    expect(page.locator("[data-taken-list] [data-text]")).to_have_count(0)


def test_a_photo_chosen_without_a_network_waits_encrypted_until_it_is_dropped(
    cast: Cast, days: list[Visit], phone: Phone
) -> None:
    phone.let_in(cast.guru2)
    take(phone.page, f"/kunjungan/{days[0].pk}/")
    page = phone.restart()
    page.goto(f"/kunjungan/{days[0].pk}/foto/")
    choose_photo(page, "rumah.jpg")
    expect(page.locator("[data-sending]")).to_contain_text("menunggu jaringan")
    (row,) = page.evaluate(PHOTO_ROWS)
    assert "JFIF" not in row
    assert "rumah" not in row
    page.reload()
    page.get_by_role("button", name="Hapus: rumah.jpg").click()
    expect(page.locator("[data-sending] li")).to_have_count(0)
    eventually(lambda: page.evaluate(PHOTO_ROWS), [])

    page.evaluate(FULL)
    choose_photo(page, "rumah.jpg")
    expect(page.locator("[data-sending]")).to_contain_text("Penyimpanan HP/laptop ini penuh")
    assert page.evaluate("SambangVault.values('edit ')") == []

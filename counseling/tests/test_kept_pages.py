"""Pages that one works with open without a network, as copies for their person and tab alone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.tests import factories as cases
from counseling.tests.test_offline import note, open_sheet, saved, sheet_of
from counseling.tests.test_vault import AGE, DAYS, ROWS, sit_down
from homevisits.models import Commitment
from homevisits.tests import factories as visits
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import eventually

pytestmark = pytest.mark.service_worker
browser = pytest.mark.browser

PAGE_ROWS = ROWS.replace("sambang-vault", "sambang-pages")
ELSEWHERE = """async () => {
  const names = await caches.keys();
  const found = [JSON.stringify(sessionStorage), JSON.stringify(localStorage)];
  for (const name of names) {
    const cache = await caches.open(name);
    for (const one of await cache.keys()) found.push(await (await cache.match(one)).text());
  }
  return found.join();
}"""
NEW_TAB = "Halaman ini perlu jaringan"


def kept(page: Page) -> list[str]:
    """Return the rows of pages in the browser, as whoever opens its files reads them."""
    rows: list[str] = page.evaluate(PAGE_ROWS)
    return rows


def work(page: Page, cast: Cast) -> None:
    """Open home and the sheet, which are kept, and lose the network."""
    open_sheet(page, cast)
    page.goto("/")
    page.goto(sheet_of(cast))
    eventually(lambda: len(page.evaluate("Object.keys(SambangVault.pages())")), 2)
    page.context.set_offline(True)


def is_copy(page: Page, title: str) -> None:
    expect(page.locator("h1")).to_contain_text(title)
    expect(page.locator("#offline")).to_contain_text(
        re.compile(r"Tidak ada jaringan\. Ini salinan \d+ \w+ pukul \d\d\.\d\d\.")
    )


def is_no_copy(page: Page) -> None:
    expect(page.get_by_text(NEW_TAB)).to_be_visible()
    assert "Siswa 001" not in page.content()


@browser
def test_home_and_sheet_open_without_a_network_and_what_is_typed_goes_on(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    note(page, cast.students[0], "Alpa")
    page.get_by_role("link", name="Beranda").click()
    is_copy(page, "Selamat")
    expect(page.locator("#offline")).to_contain_text("1 isian belum terkirim")

    page.locator(f"main a[href='{sheet_of(cast)}']").first.click()
    is_copy(page, "Rekap X MIPA 3")
    expect(page.locator(f"#s{cast.students[0].pk}")).to_contain_text("Alpa 1")
    note(page, cast.students[1], "Sakit")
    expect(page.locator("#sheet-state")).to_contain_text("2 menunggu jaringan")
    assert (saved(), asked) == ({}, [])

    page.context.set_offline(False)
    eventually(saved, {"Siswa 001": (0, 1), "Siswa 002": (1, 0)})
    expect(page.locator("#sheet-state")).to_contain_text("✓ tersimpan")
    expect(page.locator("#offline")).to_be_hidden()


@browser
def test_the_page_itself_comes_with_the_network_but_not_into_ones_typing(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    page.reload()
    is_copy(page, "Rekap X MIPA 3")
    row = note(page, cast.students[0], "Alpa")
    row.get_by_label("Catatan untuk wali kelas").fill("Belum selesai dike")
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    expect(page.locator("#sheet-state")).to_contain_text("✓ tersimpan")
    page.wait_for_timeout(5500)  # it asks for the network every 5 s
    row.get_by_label("Catatan untuk wali kelas").press_sequentially("tik")
    row.locator("summary").first.click()
    expect(page.locator("html")).to_have_attribute("data-keep", "")
    row.locator("summary").first.click()
    expect(row.get_by_label("Catatan untuk wali kelas")).to_have_value("Belum selesai diketik")


@browser
def test_a_visit_report_opens_on_the_road_with_what_was_promised(page_of: Any) -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    visit = visits.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.guru2])
    page = page_of(cast.guru2)
    page.goto("/")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    topic = page.get_by_label("Topik/permasalahan")
    topic.fill("Tidak pernah ikut")
    expect(page.locator("[data-queue-state]")).to_contain_text("✓ tersimpan")
    for number, is_off in enumerate((False, True)):
        page.context.set_offline(is_off)
        page.get_by_label("Yang dijanjikan").fill(f"Hadir {number}")
        page.get_by_label("Oleh siapa").fill("Ibu Sri")
        page.get_by_role("button", name="Tambah komitmen").click()
        expect(page.locator("#commitment-list")).to_contain_text(f"Hadir {number}")
        if not is_off:
            eventually(Commitment.objects.count, 1)
            expect(page.get_by_role("button", name="Hapus: Hadir 0")).to_be_visible()
    page.reload()
    is_copy(page, "Laporan")
    expect(topic).to_have_value("Tidak pernah ikut")
    lines = page.locator("#commitment-list li")
    expect(lines).to_have_count(2)
    expect(lines.filter(has_text="menunggu jaringan")).to_have_text(re.compile("Hadir 1"))
    page.context.set_offline(False)
    eventually(Commitment.objects.count, 2)


@browser
def test_nobody_reads_in_the_browser_what_was_kept(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    assert "Siswa 001" in page.evaluate(f"SambangVault.page('{sheet_of(cast)}')")["html"]
    rows = "\n".join(kept(page))
    assert rows.count('"iv"') == 2
    assert not re.search("Siswa|MIPA|/rekap/|html", rows)
    assert not re.search("Siswa 0", page.evaluate(ELSEWHERE))


@browser
def test_a_new_tab_has_no_key_to_a_copy(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    other = page.context.new_page()
    other.goto(sheet_of(cast))
    is_no_copy(other)
    assert other.evaluate("[SambangVault.pages(), sessionStorage.tab]") == [{}, None]


@browser
def test_signing_out_deletes_copies_also_without_a_network_and_for_other_tabs(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    second = page.context.new_page()
    page.context.set_offline(False)
    second.goto("/akun/")
    page.context.set_offline(True)
    second.get_by_role("button", name="Keluar").click()
    expect(second.get_by_text(NEW_TAB)).to_be_visible()
    assert kept(second) == []
    for tab in (second, page):
        tab.goto(sheet_of(cast))
        is_no_copy(tab)


@browser
@pytest.mark.parametrize("somebody", ["guru2", None])
def test_a_page_of_somebody_else_or_of_nobody_deletes_copies(
    page_of: Any, somebody: str | None
) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    page.context.set_offline(False)
    other = page.context.new_page()
    if somebody:
        sit_down(page, getattr(cast, somebody), page.evaluate("location.origin"))
    else:
        page.context.clear_cookies()
    other.goto("/akun/")
    eventually(lambda: kept(other), [])
    page.context.set_offline(True)
    for tab in (page, other):
        tab.goto(sheet_of(cast))
        is_no_copy(tab)


@browser
def test_a_copy_opens_no_longer_than_the_session_would_have_lasted(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    age = "(by) => { const t = JSON.parse(sessionStorage.tab); t.until -= by * 1000;"
    page.evaluate(f"{age} sessionStorage.tab = JSON.stringify(t); }}", 12 * 3600 + 1)
    page.reload()
    is_no_copy(page)


@browser
def test_opening_copies_does_not_make_a_session_last_longer(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    ends = page.evaluate("JSON.parse(sessionStorage.tab).ends")
    page.wait_for_timeout(1500)
    page.reload()
    is_copy(page, "Rekap X MIPA 3")
    note(page, cast.students[0], "Alpa")
    expect(page.locator("#sheet-state")).to_contain_text("1 menunggu jaringan")
    assert page.evaluate("JSON.parse(sessionStorage.tab).until") <= ends


@browser
@pytest.mark.parametrize(("days", "pages"), [(6, 2), (8, 0)])
def test_copies_are_gone_after_seven_days(page_of: Any, days: int, pages: int) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    page.evaluate(AGE.replace("sambang-vault", "sambang-pages"), days * DAYS)
    page.context.set_offline(False)
    page.goto("/akun/")
    eventually(lambda: len(kept(page)), pages)


@browser
def test_twelve_pages_are_kept_the_newest(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    for number in range(14):
        page.goto(f"/?{number}")
        eventually(lambda: len(page.evaluate("Object.keys(SambangVault.pages())")), number + 1)
    eventually(lambda: len(kept(page)), 12)
    found = page.evaluate("Promise.all([0, 1, 2, 13].map((n) => SambangVault.page(`/?${n}`)))")
    assert [bool(one) for one in found] == [False, False, True, True]


@browser
def test_without_encryption_no_page_is_kept(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    open_sheet(page, cast)
    page.goto("/")
    page.wait_for_timeout(500)
    assert kept(page) == []
    assert page.evaluate("sessionStorage.tab") is None


@browser
def test_a_copy_whose_scripts_are_gone_is_not_opened(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    page.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const one of await cache.keys()) {
              if (one.url.includes("sheet")) await cache.delete(one);
            }
          }
        }"""
    )
    page.goto(sheet_of(cast))
    is_no_copy(page)


@browser
def test_the_offline_page_leads_to_what_can_be_opened(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    page.goto("/akun/")
    links = page.locator("#kept a")
    expect(links).to_have_text([re.compile("X MIPA 3 · Matematika · "), "Beranda"])
    links.first.click()
    is_copy(page, "Rekap X MIPA 3")


@browser
def test_the_offline_page_leads_to_no_copy_that_is_gone(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    work(page, cast)
    page.evaluate(f"SambangVault.updatePage('{sheet_of(cast)}', () => null)")
    page.goto("/akun/")
    expect(page.locator("#kept a")).to_have_text(["Beranda"])

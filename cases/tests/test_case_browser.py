"""A case handled on a phone, by clicking."""

import re

import pytest
from playwright.sync_api import expect

from cases.models import Contact, Summons
from cases.tests import factories as make
from cases.tests.acts import fresh
from school.tests.cast import small_school
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_list_narrows_as_one_types_and_the_address_keeps_no_name(page_of):
    cast = small_school()
    for student in cast.students:
        make.direct_case(cast, student, confirmed=False)
    page = page_of(cast.bk)
    page.goto("/kasus/")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(4)
    page.get_by_role("searchbox").press_sequentially("002")
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/kasus/$"))
    page.get_by_text("Siswa 002").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Siswa 002")


def test_one_tap_confirms_and_one_takes_it_back(page_of):
    cast = small_school()
    case = make.referred_case(cast)
    page = page_of(cast.bk)
    page.goto(case.get_absolute_url())
    page.get_by_role("button", name="Konfirmasi kasus").click()
    expect(page.get_by_text("Kasus dikonfirmasi.")).to_be_visible()
    assert fresh(case).confirmed_at
    page.get_by_role("button", name="Urungkan", exact=True).click()
    expect(page.get_by_role("button", name="Konfirmasi kasus")).to_be_visible()
    assert fresh(case).confirmed_at is None


def test_a_letter_is_ready_to_print_in_three_taps(page_of):
    cast = small_school()
    case = make.direct_case(cast)
    make.attempt(case, cast.bk)
    page = page_of(cast.bk)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Buat surat panggilan").click()
    page.get_by_role("button", name="Buat surat").click()
    expect(page.locator("article.paper")).to_contain_text("Tanda Terima")
    page.evaluate("window.print = () => { document.title = 'printed' }")
    page.get_by_role("button", name="Cetak").click()
    expect(page).to_have_title("printed")
    assert Summons.objects.get().number.text.startswith("422/001/BK/")


def test_an_attempt_is_logged_and_the_timeline_narrowed(page_of):
    cast = small_school()
    case = make.direct_case(cast)
    page = page_of(cast.bk)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Catat kontak").click()
    page.get_by_role("radio", name="Dibaca, tidak dijawab").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator("#timeline li")).to_have_count(3)
    assert Contact.objects.get().channel == "WHATSAPP"
    page.locator("#timeline").get_by_role("link", name="Kontak").click()
    expect(page.locator("#timeline li")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"kind=contact"))


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_scrolls_sideways(page_of, width):
    cast = small_school()
    case = make.direct_case(cast)
    make.attempt(case, cast.bk)
    letter = make.summons(case, cast.bk, number="422/031/BK/X/2021")
    page = page_of(cast.bk, width=width)
    paths = ("/kasus/", f"/kasus/{case.pk}/", f"/kasus/{case.pk}/kontak/")
    for path in (*paths, f"/surat-panggilan/{letter.pk}/", f"/surat-panggilan/{letter.pk}/hasil/"):
        page.goto(path)
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert overflow <= 0, path


def test_a_filter_and_an_order_keep_the_search_and_no_name_in_the_address(page_of):
    cast = small_school()
    for student in cast.students:
        make.direct_case(cast, student, confirmed=False)
    page = page_of(cast.bk, width=1280)
    page.goto("/kasus/")
    rows = page.locator("#found tbody tr")
    page.get_by_role("searchbox").press_sequentially("siswa 002")
    expect(rows).to_have_count(1)
    page.locator("#found").get_by_role("link", name="Semua").first.click()
    expect(page.locator('#found [aria-current="true"]').first).to_contain_text("Semua")
    expect(rows).to_have_count(1)
    page.locator("#found").get_by_role("link", name="Siswa", exact=True).click()
    expect(page.locator("th[aria-sort]")).to_have_count(1)
    expect(rows).to_have_count(1)
    page.get_by_role("searchbox").fill("siswa 00")
    expect(rows).to_have_count(4)
    expect(page.locator('#found [aria-current="true"]').first).to_contain_text("Semua")
    expect(page).to_have_url(re.compile(r"/kasus/$"))


def test_without_scripts_nothing_that_one_types_comes_into_an_address(page_of):
    cast = small_school()
    make.direct_case(cast)
    page = page_of(cast.bk, java_script_enabled=False)
    page.goto("/kasus/")
    expect(page.locator("#found tbody tr")).to_have_count(1)
    expect(page.get_by_role("searchbox")).to_be_hidden()


def test_a_case_leads_to_its_neighbours_of_the_list_and_the_tab_keeps_no_name(page_of):
    cast = small_school()
    first, second, third = (make.direct_case(cast, one) for one in cast.students[:3])
    page = page_of(cast.bk)
    page.goto("/kasus/?sort=name")
    page.get_by_role("link", name="Siswa 002").click()
    links = page.locator("[data-neighbours]")
    expect(links.get_by_role("link", name="Sebelumnya")).to_have_attribute(
        "href", first.get_absolute_url()
    )
    links.get_by_role("link", name="Berikutnya").click()
    expect(page).to_have_url(re.compile(third.get_absolute_url()))
    expect(links.get_by_role("link", name="Berikutnya")).to_be_hidden()
    kept = page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    assert second.get_absolute_url() in kept
    assert "Siswa" not in kept


def test_the_next_person_in_the_tab_is_not_led_along_the_list_of_the_last_one(
    page_of, live_server, settings
):
    cast = small_school()
    case, _other = (make.direct_case(cast, one) for one in cast.students[:2])
    page = page_of(cast.bk)
    page.goto("/kasus/?sort=name")
    page.get_by_role("link", name="Siswa 001").click()
    expect(page.locator("[data-neighbours] [rel=next]")).to_be_visible()
    name = settings.SESSION_COOKIE_NAME
    session = signed_in(cast.wali).cookies[name].value
    page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
    page.goto(case.get_absolute_url())
    expect(page.locator("[data-neighbours]")).to_be_hidden()

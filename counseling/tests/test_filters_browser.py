"""The filters above a list and the files under it, in real browsers."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from school.tests.cast import Cast
from workflow import progress

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = "all => all.map(one => Math.round(one.getBoundingClientRect().top))"


def test_the_filters_of_each_list_take_one_row_at_1280_px(every_state_live: Cast, page_of) -> None:
    page = page_of(every_state_live.coordinator, width=1280)
    for url in ("/kasus/", "/kunjungan/", "/siswa/", "/laporan/"):
        page.goto(url)
        tops = page.locator(".filters").last.locator("> *").evaluate_all(ROWS)
        assert tops, url
        assert len(set(tops)) == 1, url


def test_a_state_without_a_pill_of_its_own_is_in_the_menu_with_its_number(
    every_state_live: Cast, page_of
) -> None:
    page = page_of(every_state_live.coordinator)
    page.goto("/kunjungan/")
    menu = page.locator(".filters details", has=page.locator("summary", has_text="Status"))
    menu.locator("summary").click()
    link = menu.locator("a").last
    number = int(link.inner_text().split()[-1])
    link.click()
    page.wait_for_url(lambda url: "state=" in url)
    assert page.locator("tbody tr").count() == number


def test_a_long_file_says_how_many_rows_are_written_until_it_is_there(
    every_state_live: Cast, page_of
) -> None:
    coordinator = every_state_live.coordinator
    page = page_of(coordinator)
    page.goto("/siswa/")
    bar = page.get_by_role("progressbar", name="Menulis file")
    expect(bar).to_be_hidden()
    page.route("**/berkas/**", lambda route: route.fulfill(status=204))  # the test tells instead
    with page.expect_request("**/berkas/**") as asked:
        page.get_by_role("link", name="Excel (.xlsx)").click()
    [number] = parse_qs(urlsplit(asked.value.url).query)["submit_id"]
    progress.tell(coordinator.pk, number, 3, 9)
    expect(bar).to_be_visible()
    assert bar.evaluate("bar => [bar.value, bar.max]") == [3, 9]
    progress.tell(coordinator.pk, number, 9, 9)
    expect(bar).to_be_hidden()

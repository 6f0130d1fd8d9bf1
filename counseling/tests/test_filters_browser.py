"""On a laptop the filters of a list stand in one row above it, however many there are."""

import pytest

from school.tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = "all => all.map(one => Math.round(one.getBoundingClientRect().top))"


def test_the_filters_of_each_list_take_one_row_at_1280_px(every_state_live: Cast, page_of) -> None:
    page = page_of(every_state_live.coordinator, width=1280)
    for url in ("/kasus/", "/kunjungan/", "/siswa/", "/laporan/"):
        page.goto(url)
        tops = page.locator(".filters").first.locator("> *").evaluate_all(ROWS)
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

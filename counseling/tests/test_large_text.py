"""With text twice as large nothing overlaps or is cut, and every target can be hit with a thumb."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import BrowserType, Page

from cases.tests.factories import direct_case
from counseling.tests.crawl import pages_of
from counseling.tests.scenarios.every_state import every_state_school
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MEASURE = (Path(__file__).parent / "measure.js").read_text().partition("*/")[2].strip()
TWICE = "--blink-settings=defaultFontSize=32"
"""What a browser does whose reader has asked for text of 200%."""
HIGH = 48
"""Pixels that a target is high at least."""


@pytest.fixture
def large_page_of(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], live_server: Any
) -> Iterator[Callable[[Any], Page]]:
    """Yield a function that opens a phone with text of 200%, signed in as a person."""
    args = [*browser_type_launch_args["args"], TWICE]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": args})

    def open_for(user: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": 360, "height": 740},
            service_workers="block",
        )
        name = settings.SESSION_COOKIE_NAME
        value = signed_in(user).cookies[name].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return context.new_page()

    yield open_for
    browser.close()


def findings(page: Page, urls: Iterable[str], *, least: int = 0) -> list[str]:
    """Return what is wrong with the pages at `urls`; `least` asks for the height of targets."""
    found = []
    for url in urls:
        page.goto(url)
        found += [f"{url}: {finding}" for finding in page.evaluate(MEASURE, {"least": least})]
    return found


def urls_of(user: Any) -> list[str]:
    return [page.url for page in list(pages_of(user, enough=1, more={}))]


def often_opened(cast: Cast) -> list[tuple[Any, tuple[str, ...]]]:
    """Return the pages that teachers and counselors open often."""
    sheet = f"/rekap/{cast.maths.pk}/{cast.period.pk}/"
    class_list = f"/kelas/{cast.own.pk}/{cast.period.pk}/"
    month = f"{class_list}kehadiran/"
    lists = ("/kelas/", f"{class_list}?show=all", month, f"{month}isi/", f"{month}file/")
    return [
        (cast.guru, ("/", "/rekap/", sheet)),
        (cast.wali, lists),
        (cast.bk, ("/", "/kasus/", "/siswa/", "/akun/")),
        (cast.coordinator, ("/", "/kasus/guru-bk/", "/laporan/progres/")),
    ]


def test_a_day_and_its_hour_are_both_seen_in_large_text_and_share_a_line_in_usual(
    large_page_of: Any, page_of: Any
) -> None:
    cast = small_school()
    url = f"{direct_case(cast).get_absolute_url()}kontak/"
    size = "e => [e.clientHeight, parseFloat(getComputedStyle(e).lineHeight)]"
    lines = []
    for open_for in (large_page_of, page_of):
        page = open_for(cast.bk)
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(url)
        height, line = page.locator("input[type=datetime-local]").evaluate(size)
        lines.append(int(height // line))
    assert lines == [2, 1]


def test_large_text_on_a_phone_neither_overlaps_nor_is_cut(large_page_of: Any) -> None:
    cast = small_school(6)
    found: list[str] = []
    for user, urls in often_opened(cast):
        found += findings(large_page_of(user), urls)
    assert not found, "\n".join(found)


def test_a_finding_is_found(large_page_of: Any) -> None:
    page = large_page_of(small_school().guru)
    page.goto("/")
    page.evaluate("document.querySelector('h1').style.marginBottom = '-3rem'")
    page.evaluate("document.querySelector('main').style.marginTop = '-6rem'")
    page.evaluate("document.querySelector('.lead').style.marginTop = '0'")
    assert page.evaluate(MEASURE, {"least": 0})
    page.goto("/rekap/")
    assert any("target" in finding for finding in page.evaluate(MEASURE, {"least": 400}))


def test_targets_are_48_px_high_on_a_phone(page_of: Any) -> None:
    cast = small_school(6)
    found: list[str] = []
    for user, urls in often_opened(cast):
        found += findings(page_of(user), urls, least=HIGH)
    assert not found, "\n".join(found)


@pytest.mark.trust
def test_every_page_of_every_office_holds_text_twice_as_large(
    large_page_of: Any, record_property: Any
) -> None:
    found: list[str] = []
    tried = 0
    for user in every_state_school().everybody:
        urls = urls_of(user)
        tried += len(urls)
        found += [f"{user.username} {line}" for line in findings(large_page_of(user), urls)]
    record_property("pages with text of 200%", tried)
    assert not found, "\n".join(found)


@pytest.mark.trust
def test_every_target_of_every_office_is_48_px_high(page_of: Any, record_property: Any) -> None:
    found: list[str] = []
    tried = 0
    for user in every_state_school().everybody:
        urls = urls_of(user)
        tried += len(urls)
        found += [f"{user.username} {line}" for line in findings(page_of(user), urls, least=HIGH)]
    record_property("pages with targets of 48 px", tried)
    assert not found, "\n".join(found)

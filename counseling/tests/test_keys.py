"""Keys, filters on a phone, and what home remembers between visits."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from cases.tests import factories as cases
from school.tests.cast import small_school
from workflow.models import AccessEntry
from workflow.tests.browser_free import queries_of, signed_in

browser = pytest.mark.browser
pytestmark = pytest.mark.django_db(transaction=True)


@browser
def test_a_slash_leads_to_the_search_whose_results_the_arrows_go_through(page_of: Any) -> None:
    cast = small_school()
    page: Page = page_of(cast.bk, width=1280)
    page.goto("/siswa/")
    page.keyboard.press("/")
    field, results = page.locator("[data-search]"), page.locator("[data-found] a")
    expect(page).to_have_url(re.compile("/cari/$"))
    expect(field).to_be_focused()
    page.keyboard.type("siswa")
    expect(results).to_have_count(len(cast.students + cast.foreign_students))
    expect(page.get_by_role("status").filter(has_text="6 hasil")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(results.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    expect(results).to_have_count(0)
    page.keyboard.type(cast.students[2].nis)
    expect(results).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(cast.students[2].get_absolute_url()))


@browser
def test_what_is_typed_before_the_scripts_have_come_is_searched_for(page_of: Any) -> None:
    cast = small_school()
    page: Page = page_of(cast.bk, width=1280)
    held: list[Route] = []

    def hold(script: Route) -> None:
        held.append(script)

    page.route("**/*htmx*.js", hold)
    with page.expect_request("**/*htmx*.js"):
        page.goto("/siswa/", wait_until="commit")
    page.locator("[data-search]").fill(cast.students[0].nis)
    rows = page.locator("#found tbody tr")
    expect(rows).to_have_count(len(cast.students + cast.foreign_students))
    assert held
    for script in held:
        script.continue_()
    expect(rows).to_have_count(1)


@browser
def test_a_question_mark_shows_the_keys_and_escape_hides_them(page_of: Any) -> None:
    page: Page = page_of(small_school().bk, width=1280)
    page.goto("/")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Pintasan keyboard")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.goto("/siswa/")
    page.locator("[data-search]").press("?")
    expect(page.get_by_role("dialog")).to_be_hidden()


@browser
def test_there_is_a_way_back_on_a_laptop_too(page_of: Any) -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    page: Page = page_of(cast.bk, width=1280)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Kembali").click()
    expect(page).to_have_url(re.compile("/kasus/"))


@browser
def test_a_tapped_filter_stays_where_it_is_and_its_choices_are_in_view(page_of: Any) -> None:
    cast = small_school()
    page: Page = page_of(cast.bk)
    page.goto("/kasus/")
    pill = page.locator(".filters summary").first
    pill.scroll_into_view_if_needed()
    before = pill.bounding_box()
    pill.click()
    assert pill.bounding_box() == before
    expect(page.locator(".filters details[open] .menu a").first).to_be_in_viewport()


@browser
def test_what_came_since_the_last_visit_is_marked(page_of: Any) -> None:
    cast = small_school()
    cases.direct_case(cast, cast.students[0], confirmed=False)
    page: Page = page_of(cast.bk)
    page.goto("/")
    expect(page.locator("a.line .chip.good")).to_have_count(0)
    cases.tried_case(cast, cast.students[1])
    page.evaluate(
        """() => {
          const key = Object.keys(localStorage).find((name) => name.startsWith("home "));
          const kept = JSON.parse(localStorage.getItem(key));
          localStorage.setItem(key, JSON.stringify({ ...kept, at: kept.at - 31 * 60 * 1000 }));
        }"""
    )
    page.reload()
    expect(page.locator("a.line .chip.good")).to_have_text(["baru"])
    page.reload()
    expect(page.locator("a.line .chip.good")).to_have_count(1)


def test_the_first_visit_ever_gets_a_hint_once() -> None:
    cast = small_school()
    assert "Selamat datang di Sambang" in signed_in(cast.bk).get("/").content.decode()
    assert AccessEntry.objects.filter(kind="home").count() == 1
    assert "Selamat datang di Sambang" not in signed_in(cast.bk).get("/").content.decode()


def test_the_number_beside_home_stands_on_every_page_without_a_query() -> None:
    cast = small_school()
    cases.direct_case(cast, confirmed=False)
    client = signed_in(cast.bk)
    fewest = queries_of(client, "/akun/")
    client.get("/")
    html = client.get("/akun/").content.decode()
    assert re.search(r'Beranda <span class="count hot">1<', html)
    assert queries_of(client, "/akun/") <= fewest

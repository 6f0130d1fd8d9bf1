import pytest

from reports.tests.factories import IN_SESSION, paper_school
from school.models import SchoolProfile
from school.roles import PRINCIPAL
from school.tests import factories as make
from workflow import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = "/laporan/?year=2020/2021"


@pytest.fixture
def principal():
    """Yield the principal of the paper's school, on a day of its second semester."""
    SchoolProfile.objects.create(pk=1, name="SMA Negeri 1 Candiroto", is_demo=True)
    with clock.shifted_to(IN_SESSION):
        paper_school()
        reader = make.person(PRINCIPAL, name="Sri Wahyuni")
        clock.set_offset(IN_SESSION - clock.timezone.now())
    yield reader
    clock.forget()


@pytest.mark.parametrize("address", [YEAR, YEAR + "&by=class", YEAR + "&term=1"])
def test_nothing_scrolls_sideways_on_a_phone_but_wide_tables_in_their_region(
    page_of, principal, address
):
    page = page_of(principal)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    for region in page.locator(".scroll").all():
        assert region.get_attribute("aria-label")


def test_no_number_of_a_graph_is_cut_off(page_of, principal):
    page = page_of(principal, width=1280)
    for address in (YEAR, YEAR + "&by=class"):
        page.goto(address)
        outside = page.evaluate(
            """() => [...document.querySelectorAll("svg.chart text")].filter(text => {
                const own = text.getBoundingClientRect();
                const all = text.closest("svg").getBoundingClientRect();
                return own.left < all.left - 1 || own.right > all.right + 1
                    || own.top < all.top - 1 || own.bottom > all.bottom + 1;
            }).map(text => text.textContent)"""
        )
        assert outside == []


def test_a_number_is_tapped_and_its_cases_are_there(page_of, principal):
    page = page_of(principal)
    page.goto(YEAR)
    page.get_by_role("region", name="Tabel 3").get_by_role(
        "link", name="12", exact=True
    ).first.click()
    page.wait_for_url("**/kasus/**")
    assert "rung=" in page.url
    page.go_back()
    page.get_by_role("link", name="Genap", exact=True).click()
    page.get_by_role("heading", name="Grafik 3").wait_for()
    page.get_by_role("link", name="Per kelas").click()
    page.get_by_role("rowheader", name="X MIPA 1", exact=True).first.wait_for()


def test_the_graph_opens_as_a_table(page_of, principal):
    page = page_of(principal)
    page.goto(YEAR)
    graph = page.locator("section", has=page.get_by_role("heading", name="Grafik 1"))
    assert (
        graph.get_by_role("img").get_attribute("aria-labelledby") == "graph-1-title graph-1-words"
    )
    graph.locator("summary").click()
    assert graph.get_by_role("cell", name="14,72").is_visible()


def test_the_page_fits_the_paper_it_is_printed_on(page_of, principal):
    page = page_of(principal, width=680)
    page.goto(YEAR)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") == 680
    assert not page.get_by_role("button", name="Cetak").is_visible()
    too_wide = page.evaluate(
        """() => [...document.querySelectorAll(".card-s table")].filter(table =>
            table.checkVisibility()
            && table.getBoundingClientRect().right
                > table.closest(".card-s").getBoundingClientRect().right
        ).length"""
    )
    assert too_wide == 0


MORE = "one => one.scrollWidth - one.clientWidth"


def test_table_2_fits_a_phone_and_the_first_column_of_table_3_stays(page_of, principal):
    page = page_of(principal)
    page.goto(YEAR)
    assert page.get_by_role("region", name="Tabel 2").evaluate(MORE) == 0
    handling = page.get_by_role("region", name="Tabel 3")
    assert handling.evaluate(MORE) > 0
    grade = handling.get_by_role("rowheader", name="XII", exact=True)
    before = grade.bounding_box()["x"]
    handling.evaluate("one => one.scrollTo(2000, 0)")
    assert handling.evaluate("one => one.scrollLeft") > 50
    assert abs(grade.bounding_box()["x"] - before) < 3


def test_a_table_that_goes_on_beside_the_screen_has_a_dark_edge(page_of, principal):
    page = page_of(principal)
    page.goto(YEAR)
    handling = page.get_by_role("region", name="Tabel 3")
    style = handling.evaluate("one => getComputedStyle(one).backgroundAttachment")
    assert style == "local, scroll"


def test_a_printed_table_has_its_total_once_and_each_line_from_edge_to_edge(page_of, principal):
    page = page_of(principal, width=1280)
    page.goto(YEAR)
    page.emulate_media(media="print")
    table = page.get_by_role("region", name="Tabel 3").locator("table")
    assert table.locator("tfoot").evaluate("one => getComputedStyle(one).display") == (
        "table-row-group"
    )
    first = table.locator("tbody th").first
    assert first.evaluate("one => getComputedStyle(one).position") == "static"

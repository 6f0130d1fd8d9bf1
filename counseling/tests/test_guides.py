"""Help on every page: the guide of one's office, at the section of the page."""

import re
from typing import Any

import pytest

from counseling import guides
from counseling.guide_sections import SECTIONS
from counseling.guides import GUIDES, guides_of, read, section_of
from counseling.tests.crawl import all_names, walked
from school.tests.cast import Cast
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walked")]


WITH_THE_DESK = {
    "school:desk",
    *("school:subjects", "school:add_subject", "school:add_subjects"),
    *("school:subject", "school:subject_history"),
}
"""Pages that the first section of the operator's guide explains."""
WITHOUT_A_PAGE = {
    *("school:change_logo", "school:logo", "school:letterhead_preview"),
    *("school:form_of_address", "school:undo_change", "school:withdraw_office_request"),
}


def test_every_page_of_every_office_leads_to_its_section(every_state: Cast) -> None:
    tried = 0
    for user in every_state.everybody:
        known = {section for guide in guides_of(user) for section in guide.sections}
        for page in walked(user):
            if 'href="/bantuan/' not in page.html:
                assert 'class="paper"' in page.html or "letterhead" in page.html, page.url
                continue
            section = section_of(user, page.name)
            assert section in known, (user.username, page.name, section)
            assert f'href="/bantuan/#{section}"' in page.html, page.url
            tried += 1
    assert tried > 50


def test_every_row_names_pages_and_sections_that_there_are() -> None:
    sections = {s for name in GUIDES for s in read(name, 0).sections}
    assert {s for rows in SECTIONS.values() for s in rows} <= sections
    names = all_names()
    rooms = {name.partition(":")[0] for name in names}
    assert set(SECTIONS) - {"support"} <= names | rooms


def test_each_page_of_the_school_has_its_section_but_those_of_the_desk() -> None:
    of_the_school = {name for name in all_names() if name.startswith("school:")}
    assert of_the_school - set(SECTIONS) - WITHOUT_A_PAGE == WITH_THE_DESK


def test_everybody_reads_the_guides_of_their_own_offices(every_state: Cast) -> None:
    cast = every_state
    for user, names in (
        (cast.guru, ["guru", "kunjungan", "umum"]),
        (cast.bk, ["bk", "kunjungan", "umum"]),
        (cast.principal, ["kepala-sekolah", "kunjungan", "umum"]),
        (cast.operator, ["operator", "umum"]),
    ):
        assert [guide.name for guide in guides_of(user)] == names


def test_the_page_shows_a_guide_with_its_headings(every_state: Cast) -> None:
    html = signed_in(every_state.guru).get("/bantuan/").content.decode()
    assert '<h3 id="guru-mengisi">Mengisi</h3>' in html


def test_pictures_say_their_size_so_that_a_section_stays_in_view_while_they_load() -> None:
    html = read("guru", 0).html + read("kepala-sekolah", 0).html
    sizes = re.findall(r'<img [^>]*width="(\d+)" height="(\d+)"', html)
    assert len(sizes) == html.count("<img ") == 8
    assert sizes[0] == ("360", "640")
    assert sizes[5] == ("1024", "640")


def test_html_in_a_guide_is_shown_as_text(tmp_path: Any, monkeypatch: Any) -> None:
    (tmp_path / "guru.md").write_text("# A\n\n<script>x</script>\n\n![B](gambar/a.png)\n")
    monkeypatch.setattr(guides, "GUIDES_DIR", tmp_path)
    read.cache_clear()
    html = read("guru", 1).html
    read.cache_clear()
    assert "<script>" not in html
    assert 'src="?gambar=a.png"' in html


def test_pictures_of_the_guides_alone_are_served(
    every_state: Cast, tmp_path: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(guides, "PICTURES_DIR", tmp_path)
    (tmp_path / "rekap.png").write_bytes(b"png")
    (tmp_path.parent / "other.png").write_bytes(b"png")
    client = signed_in(every_state.guru)
    assert client.get("/bantuan/?gambar=rekap.png").status_code == 200
    for name in ("..%2Fother.png", "none.png", "rekap.svg", "REKAP.png"):
        assert client.get(f"/bantuan/?gambar={name}").status_code == 404

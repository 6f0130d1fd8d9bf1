"""A mother signs with her finger on a phone, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from cases.tests import factories as cases
from homevisits.models import VisitSignature
from homevisits.tests import factories as make
from school.signature_path import read_signature
from school.tests.cast import small_school

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def draw(page: Page, *points: tuple[float, float]) -> None:
    """Draw through points, in shares of the box."""
    box = page.locator(".pad-box").bounding_box()
    assert box
    at = [(box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in points]
    page.mouse.move(*at[0])
    page.mouse.down()
    for x, y in at[1:]:
        page.mouse.move(x, y, steps=6)
    page.mouse.up()


def test_a_mother_signs_takes_a_stroke_back_turns_the_phone_and_is_printed(page_of):
    cast = small_school()
    visit = make.scheduled_visit(cases.direct_case(cast), cast.bk, cast.principal)
    page = page_of(cast.bk)
    page.goto(f"/kunjungan/{visit.pk}/laporan/")
    page.get_by_role("link", name="Minta tanda tangan laporan").click()
    undo = page.get_by_role("button", name="Urungkan goresan")
    expect(undo).to_be_disabled()
    page.get_by_label("Nama penanda tangan").fill("Siti Aminah")
    page.locator(".pad-box").scroll_into_view_if_needed()
    draw(page, (0.1, 0.7), (0.3, 0.2), (0.5, 0.8), (0.8, 0.4))
    draw(page, (0.2, 0.5), (0.9, 0.5))
    lines = page.locator("[name=drawn]")
    assert lines.input_value().count("M") == 2
    undo.click()
    first = lines.input_value()
    assert first.count("M") == 1

    page.set_viewport_size({"width": 720, "height": 360})
    assert lines.input_value() == first
    draw(page, (0.2, 0.5), (0.9, 0.5))
    page.get_by_role("button", name="Simpan tanda tangan").click()
    page.wait_for_url(re.compile(r"/laporan/$"))
    kept = VisitSignature.objects.get()
    assert read_signature(kept.path).strokes == 2
    assert kept.path.startswith(str(read_signature(first)))
    expect(page.get_by_role("img", name="Tanda tangan Siti Aminah")).to_be_visible()


def test_without_a_finger_a_name_and_a_tick_sign(page_of):
    cast = small_school()
    visit = make.scheduled_visit(cases.direct_case(cast), cast.bk, cast.principal)
    page = page_of(cast.bk)
    page.goto(f"/kunjungan/{visit.pk}/kesediaan/tanda-tangan/")
    page.get_by_label("Nama penanda tangan").fill("Siti Aminah")
    page.get_by_text("Dengan nama", exact=True).click()
    expect(page.locator(".pad-box")).to_be_hidden()
    page.get_by_label("Sudah membaca").check()
    page.get_by_role("button", name="Simpan tanda tangan").click()
    page.wait_for_url(re.compile(rf"/kunjungan/{visit.pk}/$"))
    assert VisitSignature.objects.get().signed_way == "TYPED"

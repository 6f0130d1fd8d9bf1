"""From a few letters to a student's record on paper, with a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from counseling.tests.test_record import SUMMARY, student_with_everything
from school.tests.cast import small_school

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_homeroom_teacher_finds_a_student_and_prints_the_record(page_of: Any) -> None:
    cast = small_school()
    student = student_with_everything(cast)
    page: Page = page_of(cast.wali)
    page.goto("/")
    page.get_by_role("link", name="Cari", exact=True).click()
    page.locator("[data-search]").fill(student.nis)
    page.locator("[data-found] a").first.click()
    expect(page).to_have_url(re.compile(f"{student.get_absolute_url()}$"))
    expect(page.locator("svg.chart")).to_be_visible()
    page.get_by_role("link", name="Cetak catatan").click()
    expect(page.get_by_role("article")).to_contain_text(SUMMARY)
    page.emulate_media(media="print")
    expect(page.locator(".letterhead")).to_be_visible()
    for left_out in (".tabs", ".top", "[data-print]"):
        expect(page.locator(left_out).first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

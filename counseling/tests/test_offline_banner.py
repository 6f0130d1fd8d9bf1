"""The line that says there is no network leaves in view what one works on."""

from typing import Any

import pytest
from playwright.sync_api import expect

from counseling.tests.test_offline import note, open_sheet
from school.tests.cast import small_school


@pytest.mark.browser
@pytest.mark.service_worker
@pytest.mark.parametrize("width", [360, 1280])
def test_no_network_covers_nothing_of_the_row_that_is_open(page_of: Any, width: int) -> None:
    cast = small_school(36)
    page = page_of(cast.guru, width=width)
    open_sheet(page, cast)
    page.context.set_offline(True)
    row = note(page, cast.students[20], "Alpa")
    expect(page.locator("#offline")).to_contain_text("1 isian belum terkirim")
    row.locator(".rare").scroll_into_view_if_needed()
    page.mouse.wheel(0, 150)
    name = row.locator("summary").first
    expect(name).to_be_in_viewport(ratio=1)
    is_on_top = """(name) => {
      const { left, top, width, height } = name.querySelector(".who").getBoundingClientRect();
      return [0.1, 0.9].every((part) =>
        name.contains(document.elementFromPoint(left + width / 2, top + height * part)));
    }"""
    assert name.evaluate(is_on_top)

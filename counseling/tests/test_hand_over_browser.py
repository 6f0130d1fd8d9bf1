"""A counselor leaves: the coordinator hands all cases over, and the notes stay."""

from typing import Any

import pytest
from playwright.sync_api import expect

from cases.models import Case
from cases.tests import factories as make
from cases.tests.confirmed import PASSWORD, with_password
from cases.workflow import pass_on
from school.models import OfficeHolding
from school.tests.cast import small_school
from school.tests.factories import days_ago

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT, PASSED = "Takut pulang ke rumah", "Membantu ibunya di pasar"


def test_the_new_counselor_gets_the_cases_and_only_the_notes_that_were_passed_on(
    page_of: Any,
) -> None:
    cast = small_school(6)
    cases = [make.direct_case(cast, student) for student in cast.students[:2]]
    make.note(cases[0], cast.bk, KEPT)
    passed = make.note(cases[0], cast.bk, PASSED)
    Case.objects.filter(pk=cases[0].pk).update(counselor=cast.bk2)
    pass_on(passed, by=cast.bk)
    Case.objects.filter(pk=cases[0].pk).update(counselor=cast.bk)
    OfficeHolding.objects.filter(user=cast.bk).update(ends_on=days_ago(1))

    page = page_of(cast.coordinator)
    page.goto("/kasus/guru-bk/")
    page.locator("#left a").click()
    expect(page.locator("[name=notes]")).to_have_count(0)
    page.get_by_role("radio", name=cast.bk2.called).check()
    page.locator("textarea[name=reason]").fill("Pindah ke sekolah lain")
    page.get_by_role("button", name="Serahkan").click()
    expect(page.get_by_text("2 kasus diserahkan")).to_be_visible()

    page = page_of(with_password(cast.bk2))
    page.goto(cases[0].get_absolute_url())
    notes = page.locator("#notes .task-lines a")
    expect(notes).to_have_count(1)
    notes.click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_text(PASSED)).to_be_visible()
    expect(page.get_by_text(KEPT)).to_have_count(0)

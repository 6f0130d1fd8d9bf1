"""Bad input on the forms of confidential notes, which open only to who has confirmed lately."""

from urllib.parse import urljoin

import pytest

from cases.tests.confirmed import confirmed
from counseling.tests.crawl import pages_of, view_name
from counseling.tests.test_bad_input import AFTER_A_CONFIRMATION, faults_of
from school.tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("walked")]


def test_bad_values_in_a_confidential_note_are_answered_in_words(every_state: Cast) -> None:
    pages = list(pages_of(every_state.bk, behind="/catatan-rahasia/"))
    reached = {page.name for page in pages}
    assert {"cases:confidential_note", "cases:correct_note", "cases:delete_note"} <= reached
    forms = [
        (page, urljoin(page.url, form.action), form)
        for page in pages
        for form in page.markup.posts
        if view_name(urljoin(page.url, form.action)) in AFTER_A_CONFIRMATION
    ]
    tried, faults = faults_of(confirmed(every_state.bk), forms)
    print(f"behind a confirmation: {tried} bad submits")
    assert tried
    assert not faults, "\n".join(faults)

"""What a date field holds is said in words below it."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.tests import factories as make
from school.days import Holiday
from school.models import Policy
from school.tests.cast import small_school

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAULID = Holiday(date(2031, 10, 20), date(2031, 10, 21), "Maulid Nabi")


SAID = {
    "id": {
        "2031-10-06T09:00": "Senin, 6 Oktober 2031",
        "2031-10-21T09:00": "Selasa, 21 Oktober 2031 · libur: Maulid Nabi",
        "2031-10-05T09:00": "Minggu, 5 Oktober 2031 · libur",
    },
    "en": {
        "2031-10-06T09:00": "Monday, 6 October 2031",
        "2031-10-05T09:00": "Sunday, 5 October 2031 · no school",
    },
}


@pytest.mark.parametrize(("language", "said"), SAID.items())
def test_the_day_of_a_meeting_is_said_as_one_types(page_of, live_server, language, said):
    cast = small_school()
    Policy.objects.update(free_weekdays=["7"], holidays=(MAULID,))
    case = make.direct_case(cast)
    make.attempt(case, cast.bk)
    page = page_of(cast.bk)
    cookie = {"name": "django_language", "value": language, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(reverse("cases:issue_summons", args=[case.pk]))
    words = page.locator("output[for=id_meets_at]")
    expect(words).to_contain_text(", ")
    for typed, in_words in said.items():
        page.locator("#id_meets_at").fill(typed)
        expect(words).to_have_text(in_words)
    page.locator("#id_meets_at").fill("")
    expect(words).to_be_hidden()

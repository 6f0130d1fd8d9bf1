"""Where a case stands: a colour, an icon and a word, the same on every page."""

import pytest
from django.template import engines

from cases.models import Case, CaseStatus
from cases.models.case import ENDED


@pytest.mark.parametrize(
    ("rung", "status", "look", "word"),
    [
        (10, "OPEN", "review", "Tinjauan"),
        (20, "OPEN", "contact", "Kontak"),
        (30, "OPEN", "summons", "Panggilan"),
        (40, "OPEN", "visit", "Kunjungan"),
        (40, "RESOLVED", "done", "Tuntas"),
        (20, "CARRIED", "review", "Dilanjutkan"),
    ],
)
def test_a_rung_has_a_colour_an_icon_and_a_word_and_an_ended_case_says_how(
    rung, status, look, word
):
    case = Case(rung=rung, status=status)
    template = engines["django"].from_string("{% load sambang %}{% standing case.standing %}")
    html = template.render({"case": case})
    assert html.startswith(f'<span class="rung {look}"><svg class="i" aria-hidden="true">')
    assert html.endswith(f"</svg>{word}</span>")


def test_each_end_of_a_case_has_its_word():
    assert set(ENDED) == set(CaseStatus) - {CaseStatus.OPEN}

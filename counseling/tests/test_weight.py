"""Pages are light enough for a bad network: the bytes of a first visit and of later pages."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.workflow import open_directly
from counseling.tests.crawl import pages_of
from counseling.tests.page_weight import HEAD, asset_bytes, weigh
from counseling.tests.scenarios.every_state import every_state_school
from school.tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

FIRST_VISIT = 60 * 1024
LATER_PAGE = 12 * 1024
HELP = 16 * 1024
"""All guides of a person's offices on one page, which is read now and then."""
CLASS_SIZE = 40
MORE_CASES = 34


def full_school() -> Any:
    """Make a class of 40, and more cases than one page of the list holds."""
    cast = every_state_school(CLASS_SIZE)
    for number in range(MORE_CASES):
        student = make.StudentFactory(name=f"Nur Aini Rahmawati {number:02d}")
        make.EnrolmentFactory(student=student, school_class=cast.foreign)
        open_directly(student, cast.semester, by=cast.bk2, reasons=["ECONOMY", "FAMILY"])
    return cast


def test_the_first_visit_weighs_at_most_60_kb() -> None:
    page, assets = weigh(Client(), reverse("account_login"))
    weights = {"page": page} | {asset: asset_bytes(asset) for asset in sorted(assets)}
    print(f"first visit: {sum(weights.values())} bytes; {weights}")
    assert sum(weights.values()) <= FIRST_VISIT, weights


def test_a_later_page_weighs_at_most_12_kb_with_whatever_it_loads_anew() -> None:
    cast = full_school()
    _, known = weigh(Client(), reverse("account_login"))
    weights: dict[str, int] = {}
    limits: dict[str, int] = {}
    for user in cast.everybody:
        for page in pages_of(user, enough=1, more={}):
            loaded = sum(asset_bytes(asset) for asset in set(page.markup.assets) - known)
            name = f"{page.name} ({user.username}, {page.url})"
            weights[name] = page.size + HEAD + loaded
            limits[name] = HELP if page.name == "help" else LATER_PAGE
    for name, size in sorted(weights.items(), key=lambda pair: -pair[1])[:12]:
        print(f"{size:6d} {name}")
    assert {name: size for name, size in weights.items() if size > limits[name]} == {}
    assert any(name.startswith("recaps:recap_sheet") for name in weights)

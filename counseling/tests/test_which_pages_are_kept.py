"""Which pages the browser may keep, and for how long it remembers the key."""

import re
import time

import pytest

from counseling.tests.crawl import pages_of
from counseling.tests.markup import read
from counseling.views.offline import ASSETS
from homevisits.models import Visit
from school.models import User
from school.tests.cast import Cast
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.sqlite

KEPT_PAGES = {"home", "recaps:my_recaps", "recaps:recap_sheet", "homevisits:report"}


TAKEN_PAGES = {"homevisits:day", "homevisits:visit", "recaps:recap_sheet"}


def test_only_pages_of_work_on_the_road_are_kept_and_the_worker_has_all_they_need(
    every_state: Cast,
) -> None:
    kept_names, taken_names = set(), set()
    for user in every_state.everybody:
        for page in pages_of(user, enough=1, more={}):
            is_kept = re.search(r"<html[^>]* data-keep", page.html)
            if is_kept:
                kept_names.add(page.name)
            if "data-takes" in page.html:
                taken_names.add(page.name)
            elif not is_kept:
                continue
            scripts = {url for url in read(page.html).assets if url.endswith((".js", ".css"))}
            assert scripts <= {f"/static/{name}" for name in ASSETS}, page.url
    assert kept_names == KEPT_PAGES
    assert taken_names == TAKEN_PAGES


def test_an_answer_to_a_form_is_not_kept(every_state: Cast) -> None:
    visit = Visit.objects.filter(status="SCHEDULED").select_related("case__counselor").first()
    assert visit
    assert visit.case.counselor
    client, url = signed_in(visit.case.counselor), f"/kunjungan/{visit.pk}/laporan/"
    assert "data-keep" in client.get(url).content.decode()
    answer = post(client, f"{url}isi/", {"read_at": 0, "minutes_spent": -5})
    assert visit.case.student.name in answer.content.decode()
    assert "data-keep" not in answer.content.decode()


@pytest.mark.parametrize(
    ("person", "own_device", "seconds"),
    [("guru", True, 12 * 3600), ("guru", False, 30 * 60), ("bk", True, 30 * 60)],
)
def test_a_tab_remembers_its_key_as_long_as_a_session_lasts_untouched(
    every_state: Cast, person: str, own_device: bool, seconds: int
) -> None:
    user: User = getattr(every_state, person)
    client = signed_in(user)
    session = client.session
    session.set_expiry(None if own_device else 0)
    session.save()
    assert f'data-lasts="{seconds}"' in client.get("/akun/").content.decode()


def test_a_tab_is_told_when_the_session_ends_however_it_is_used(every_state: Cast) -> None:
    client = signed_in(every_state.bk)
    session = client.session
    session["signed_in_at"] = time.time() - 11 * 3600
    session["seen_at"] = time.time()
    session.save()
    (ends,) = re.findall(r'data-ends="(\d+)"', client.get("/akun/").content.decode())
    assert 3590 <= int(ends) <= 3600

"""Photos sent from a phone, several at once, one of them after the network came back."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from cases.tests import factories as cases
from homevisits.models import Photo
from homevisits.tests import factories as make
from homevisits.tests.pictures import JPEG
from school.tests.cast import small_school

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_photos_are_sent_one_by_one_and_again_when_the_network_is_back(page_of, tmp_path: Path):
    cast = small_school()
    visit = make.scheduled_visit(cases.direct_case(cast), cast.bk, cast.principal)
    files = [tmp_path / f"rumah-{n}.jpg" for n in range(3)]
    for file in files:
        file.write_bytes(JPEG)
    page = page_of(cast.bk)
    page.goto(f"/kunjungan/{visit.pk}/foto/")
    several = page.locator("[data-several]")
    several.set_input_files(files[:2])
    expect(page.locator("#photo-list > li")).to_have_count(2)

    page.context.set_offline(True)
    several.set_input_files(files[2:])
    expect(page.locator("[data-sending]")).to_contain_text("menunggu jaringan")
    page.context.set_offline(False)
    expect(page.locator("#photo-list > li")).to_have_count(3)
    assert Photo.objects.count() == 3

    page.route("**/foto/*/", lambda route: route.abort())  # the phone believes in its network
    several.set_input_files(files[:1])
    expect(page.locator("[data-sending]")).to_contain_text("menunggu jaringan")
    page.reload()
    page.unroute("**/foto/*/")
    expect(page.locator("#photo-list > li")).to_have_count(4, timeout=20_000)
    assert Photo.objects.count() == 4

    page.get_by_label("Keterangan").first.fill("Rumah tampak depan")
    page.get_by_role("button", name="Simpan").first.click()
    expect(page.get_by_role("img", name="Rumah tampak depan")).to_be_visible()

"""A photo that comes while another one is drawn holds no thread, and arrives later."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from cases.tests import factories as cases
from homevisits import photo_image
from homevisits.models import Photo, Visit
from homevisits.photo_image import ONE_AT_A_TIME
from homevisits.tests import factories as make
from homevisits.tests.pictures import JPEG
from school.tests.cast import Cast, small_school
from workflow.errors import Busy
from workflow.models import AccessEntry
from workflow.submits import FIELD
from workflow.tests.browser_free import signed_in


@pytest.fixture(autouse=True)
def media(settings, tmp_path, monkeypatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(photo_image, "LONGEST_WAIT", 0.1)
    monkeypatch.setattr(Busy, "seconds", 1)


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return make.scheduled_visit(cases.direct_case(cast), cast.bk, cast.principal)


@pytest.mark.django_db
@pytest.mark.parametrize("is_script", [True, False])
def test_a_photo_is_refused_while_another_is_drawn_and_taken_with_the_same_key_later(
    cast, visit, is_script
):
    key, submit = uuid4(), uuid4()
    headers = {"accept": "application/json"} if is_script else {}

    def send():
        file = SimpleUploadedFile("rumah.jpg", JPEG, "image/jpeg")
        url = reverse("homevisits:add_photo", args=[visit.pk, key])
        data = {FIELD: str(submit), "file": file}
        return signed_in(cast.bk).post(url, data, headers=headers)

    with ONE_AT_A_TIME:
        answer = send()
        assert (answer.status_code, answer.get("Retry-After")) == (
            (503, "1") if is_script else (302, None)
        )
        assert AccessEntry.objects.latest("pk").status == 503
        assert Photo.objects.count() == 0
    assert send().status_code == (200 if is_script else 303)
    assert Photo.objects.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_photos_sent_to_a_busy_server_all_arrive_once(page_of, cast, visit, tmp_path):
    files = [tmp_path / f"rumah-{n}.jpg" for n in range(3)]
    for file in files:
        file.write_bytes(JPEG)
    page = page_of(cast.bk)
    page.goto(f"/kunjungan/{visit.pk}/foto/")
    with ONE_AT_A_TIME:
        page.locator("[data-several]").set_input_files(files)
        expect(page.locator("[data-sending]")).to_contain_text("server sedang sibuk")
        assert Photo.objects.count() == 0
    expect(page.locator("#photo-list > li")).to_have_count(3)
    expect(page.locator("[data-sending]")).not_to_contain_text("server sedang sibuk")
    assert Photo.objects.count() == 3

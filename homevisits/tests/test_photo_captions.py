"""Two people who describe the same photo at once lose no caption."""

import pytest
from django.urls import reverse

from cases.tests import factories as cases
from homevisits.models import Photo, Visit
from homevisits.tests import factories as make
from homevisits.tests.pictures import photo_of
from school.models import User
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def visit(cast: Cast) -> Visit:
    case = cases.direct_case(cast)
    return make.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.bk, cast.guru2])


def describe(person: User, photo: Photo, caption: str, read_at: int | str):
    url = reverse("homevisits:describe_photo", args=[photo.pk])
    return post(signed_in(person), url, {"caption": caption, "read_at": read_at})


def test_who_describes_a_photo_second_sees_both_captions_and_chooses(cast, visit):
    photo, other = (photo_of(visit, cast.bk) for _n in range(2))
    page = reverse("homevisits:photos", args=[visit.pk])
    assert describe(cast.bk, photo, "Kamar belajar", 1).url == f"{page}#photo-{photo.pk}"

    shown = describe(cast.guru2, photo, "Ruang tamu", 1).content.decode()
    photo.refresh_from_db()
    assert photo.caption == "Kamar belajar"
    assert "<td>Kamar belajar</td>" in shown
    assert 'value="Ruang tamu"' in shown
    assert f'href="{page}#photo-{photo.pk}"' in shown
    assert 'name="read_at" value="2"' in shown
    assert shown.count('name="read_at" value="1"') == 1, "the other photo as it was"

    describe(cast.guru2, photo, "Ruang tamu", 2)
    photo.refresh_from_db()
    other.refresh_from_db()
    assert (photo.caption, photo.version) == ("Ruang tamu", 3)
    assert (other.caption, other.version) == ("", 1)


def test_the_same_caption_twice_and_a_move_are_no_conflict(cast, visit):
    photo, _other = (photo_of(visit, cast.bk) for _n in range(2))
    post(signed_in(cast.bk), reverse("homevisits:move_photo", args=[photo.pk]), {"to": "down"})
    for person in (cast.bk, cast.guru2):
        assert describe(person, photo, "Kamar belajar", 1).status_code == 303
    photo.refresh_from_db()
    assert (photo.caption, photo.version) == ("Kamar belajar", 2)


@pytest.mark.parametrize(("caption", "read_at"), [("x" * 201, 1), ("a\0b", 1), ("Rumah", "")])
def test_a_caption_that_cannot_be_saved_stays_in_its_field(cast, visit, caption, read_at):
    photo = photo_of(visit, cast.bk)
    answer = describe(cast.bk, photo, caption, read_at)
    assert answer.status_code == 200
    assert caption.replace("\0", "") in answer.content.decode().replace("\0", "")
    photo.refresh_from_db()
    assert photo.caption == ""

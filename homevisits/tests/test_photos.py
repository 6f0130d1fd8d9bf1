"""Photos of a visit: sent once, seen by whoever may, printed where the counselor ticked them."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from homevisits.models import PHOTO_FILES, Photo, Visit
from homevisits.tests import factories as make
from homevisits.tests.pictures import DRAWN, JPEG, photo_of
from homevisits.workflow import add_photo, remove_photo, tick_photo
from homevisits.workflow.photo import MOST
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.models import AccessEntry, ActionNote, IdempotentSubmit
from workflow.submits import FIELD
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
SCRIPT = {"headers": {"accept": "application/json"}}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def jpeg(name="rumah.jpg", content=JPEG):
    return SimpleUploadedFile(name, content, "image/jpeg")


def send(person, visit, key=None, submit=None, file=None, **extra):
    url = reverse("homevisits:add_photo", args=[visit.pk, key or uuid4()])
    data = {FIELD: str(submit or uuid4()), "file": file or jpeg()}
    return signed_in(person).post(url, data, **extra)


def act(person, name, photo, **data):
    return post(signed_in(person), reverse(f"homevisits:{name}", args=[photo.pk]), data)


def open_(person, name, photo):
    return signed_in(person).get(reverse(f"homevisits:{name}", args=[photo.pk]))


def test_a_visitor_sends_a_photo_and_it_is_drawn_anew(cast, visit):
    answer = send(cast.guru2, visit, **SCRIPT)
    photo = Photo.objects.get()
    assert (answer.status_code, answer.json()["version"]) == (200, photo.pk)
    assert (photo.added_by, photo.width, photo.height, photo.is_ticked) == (
        cast.guru2,
        40,
        30,
        False,
    )
    for name in photo.files:
        with Image.open(PHOTO_FILES.path(name)) as kept:
            assert (kept.format, kept.size) == ("WEBP", (40, 30))
            assert not {"exif", "xmp", "icc_profile"} & kept.info.keys()
    assert PHOTO_FILES.path(photo.files[0]).stat().st_mode & 0o077 == 0


def test_without_a_script_the_form_sends_one_and_leads_back(cast, visit):
    answer = send(cast.bk, visit)
    page = reverse("homevisits:photos", args=[visit.pk])
    assert answer.headers["Location"] == f"{page}#photo-{Photo.objects.get().pk}"
    assert 'name="caption"' in signed_in(cast.bk).get(page).content.decode()


def test_a_photo_that_is_sent_again_counts_once_also_two_days_later(cast, visit, media):
    key, submit = uuid4(), uuid4()
    first = send(cast.bk, visit, key, submit, **SCRIPT).json()["version"]
    assert send(cast.bk, visit, key, submit, **SCRIPT).json()["version"] == first
    assert send(cast.bk, visit, key, **SCRIPT).json()["version"] == first
    IdempotentSubmit.objects.all().delete()
    assert send(cast.bk, visit, key, submit, **SCRIPT).json()["version"] == first
    assert Photo.objects.count() == 1
    assert len(list(media.rglob("*.webp"))) == 2


def test_what_is_sent_again_after_it_was_deleted_does_not_come_back(cast, visit):
    key = uuid4()
    photo = photo_of(visit, cast.bk, key=key)
    remove_photo(photo, by=cast.bk, reason="Buram")
    assert send(cast.bk, visit, key, **SCRIPT).json()["version"] == photo.pk
    assert not Photo.objects.kept().exists()


REFUSED = (
    (None, "Pilih foto dulu"),
    (b"", "tidak terbaca"),
    (b"x", "tidak terbaca"),
    (b"\0\0\0\x18ftypheic" + bytes(400), "HEIC"),
    (JPEG[:200], "tidak terbaca"),
)


@pytest.mark.parametrize(("content", "said"), REFUSED)
def test_what_is_no_photo_is_refused_in_words(cast, visit, content, said, media):
    url = reverse("homevisits:add_photo", args=[visit.pk, uuid4()])
    data = {FIELD: str(uuid4())} | ({} if content is None else {"file": jpeg(content=content)})
    answer = signed_in(cast.bk).post(url, data, **SCRIPT)
    assert answer.status_code == 409
    assert said in answer.json()["error"]
    assert not Photo.objects.exists()
    assert list(media.rglob("*.webp")) == []


def test_a_visit_has_at_most_twelve_photos(cast, visit):
    photos = [photo_of(visit, cast.bk) for _n in range(MOST)]
    with pytest.raises(NotNow):
        photo_of(visit, cast.bk)
    remove_photo(photos[0], by=cast.bk, reason="Kembar")
    photo_of(visit, cast.bk)


def test_a_photo_for_which_there_is_no_room_is_not_drawn_first(cast, visit, monkeypatch):
    for _n in range(MOST):
        photo_of(visit, cast.bk)
    drawn = []
    monkeypatch.setattr("homevisits.views.photos.drawn_photo", lambda *_given: drawn.append(1))
    url = reverse("homevisits:add_photo", args=[visit.pk, uuid4()])
    sent = {FIELD: str(uuid4()), "file": jpeg()}
    answer = signed_in(cast.bk).post(url, sent, **SCRIPT)
    assert (answer.status_code, drawn) == (409, [])


def test_a_visitor_adds_until_two_days_after_the_visit_and_the_counselor_longer(cast, visit):
    make.record(visit, by=cast.bk, outcome="NOBODY")
    photo = photo_of(visit, cast.guru2)
    long_ago = clock.now() - timedelta(hours=49)
    Visit.objects.filter(pk=visit.pk).update(happened_at=long_ago)
    visit.refresh_from_db()
    photo.refresh_from_db()
    with pytest.raises(NotAllowed):
        photo_of(visit, cast.guru2)
    assert open_(cast.guru2, "photo", photo).status_code == 200
    assert act(cast.guru2, "remove_photo", photo, note="x").status_code == 403
    photo_of(visit, cast.bk)


# Who sees it


def test_the_picture_is_kept_by_no_browser_and_can_run_nothing(cast, visit):
    photo = photo_of(visit, cast.bk)
    for name in ("photo", "small_photo"):
        answer = open_(cast.guru2, name, photo)
        assert answer.headers["Content-Type"] == "image/webp"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("inline; filename=")
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "sandbox" in policy
        assert "'self'" not in policy
        entry = AccessEntry.objects.latest("pk")
        assert (entry.kind, entry.object_id, entry.student_id) == (
            "homevisits.photo",
            photo.pk,
            visit.case.student_id,
        )


def test_the_principal_sees_ticked_photos_of_recorded_visits_and_only_on_the_print(cast, visit):
    ticked, other = photo_of(visit, cast.bk), photo_of(visit, cast.bk)
    tick_photo(ticked, by=cast.bk, is_ticked=True)
    seen = lambda name, photo: open_(cast.principal, name, photo).status_code  # noqa: E731
    assert seen("printed_photo", ticked) == 404
    make.save_report(visit, by=cast.bk, values={"outcome": "MET", "met": ["MOTHER"]}, read_at=0)
    make.record(visit, by=cast.bk)
    assert seen("printed_photo", ticked) == 200
    assert [seen("printed_photo", other), seen("photo", ticked)] == [404, 404]
    page = signed_in(cast.principal).get(reverse("homevisits:report_print", args=[visit.pk]))
    text = page.content.decode()
    assert reverse("homevisits:printed_photo", args=[ticked.pk]) in text
    assert reverse("homevisits:printed_photo", args=[other.pk]) not in text
    tick_photo(ticked, by=cast.coordinator, is_ticked=False)
    assert seen("printed_photo", ticked) == 404


def test_only_the_counselor_ticks(cast, visit):
    photo = photo_of(visit, cast.guru2)
    assert act(cast.guru2, "tick_photo", photo, tick="on").status_code == 403
    assert act(cast.bk, "tick_photo", photo, tick="on").status_code == 302
    photo.refresh_from_db()
    assert photo.is_ticked


# What is done to it


def test_photos_change_places_and_captions(cast, visit):
    one, two, three = (photo_of(visit, cast.bk) for _n in range(3))
    act(cast.guru2, "move_photo", three, to="up")
    act(cast.guru2, "move_photo", one, to="up")
    assert list(Photo.objects.of(visit)) == [one, three, two]
    act(cast.guru2, "move_photo", one, to="down")
    act(cast.guru2, "move_photo", two, to="down")
    assert list(Photo.objects.of(visit)) == [three, one, two]
    act(cast.guru2, "describe_photo", one, caption="  Meja belajar <b>", read_at=1)
    page = signed_in(cast.bk).get(reverse("homevisits:photos", args=[visit.pk])).content.decode()
    assert "Meja belajar &lt;b&gt;" in page
    for text in ("x" * 201, "a\0b"):
        act(cast.guru2, "describe_photo", one, caption=text, read_at=2)
    one.refresh_from_db()
    assert one.caption == "Meja belajar <b>"


def test_a_deleted_photo_leaves_its_row_and_reason_and_no_file(
    cast, visit, media, django_capture_on_commit_callbacks
):
    photo = photo_of(visit, cast.bk, caption="Ibu di dapur")
    tick_photo(photo, by=cast.bk, is_ticked=True)
    act(cast.bk, "remove_photo", photo, note="  ")
    assert Photo.objects.kept().count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        act(cast.bk, "remove_photo", photo, note="Wajah orang lain terlihat")
    photo.refresh_from_db()
    assert (photo.status, photo.caption, photo.is_ticked) == ("REMOVED", "", False)
    assert ActionNote.objects.get(text="Wajah orang lain terlihat").entry.object_id == photo.pk
    assert list(media.rglob("*.webp")) == []
    assert open_(cast.bk, "photo", photo).status_code == 404


def test_files_are_deleted_after_the_commit_alone(cast, visit, media):
    photo = photo_of(visit, cast.bk)
    with transaction.atomic():
        remove_photo(photo, by=cast.bk, reason="Buram")
        transaction.set_rollback(True)
    assert len(list(media.rglob("*.webp"))) == 2
    assert open_(cast.bk, "photo", photo).status_code == 200


def test_the_database_refuses_a_key_twice_and_a_tick_on_what_is_removed(cast, visit):
    photo = photo_of(visit, cast.bk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(status="REMOVED", is_ticked=True)
    again = {"visit": visit, "key": photo.key, "name": "other", "added_by": cast.bk}
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.create(width=1, height=1, place=9, added_at=clock.now(), **again)


def test_a_failed_row_takes_its_files_back(cast, visit, media):
    with pytest.raises(NotAllowed):
        add_photo(visit, by=cast.guru, key=uuid4(), drawn=DRAWN)
    assert list(media.rglob("*.webp")) == []


@pytest.mark.parametrize("name", ["photos", "report", "report_print"])
def test_a_page_asks_as_often_for_twelve_photos_as_for_one(cast, visit, name):
    url = reverse(f"homevisits:{name}", args=[visit.pk])
    tick_photo(photo_of(visit, cast.bk), by=cast.bk, is_ticked=True)
    once = queries_of(signed_in(cast.bk), url)
    for _n in range(MOST - 1):
        tick_photo(photo_of(visit, cast.bk), by=cast.bk, is_ticked=True)
    assert queries_of(signed_in(cast.bk), url) == once


def test_the_file_of_a_photo_is_read_as_it_was_written(cast, visit):
    photo = photo_of(visit, cast.bk)
    assert open_(cast.bk, "photo", photo).content == DRAWN.picture
    with Image.open(BytesIO(open_(cast.bk, "small_photo", photo).content)) as small:
        assert small.format == "WEBP"

"""What is left of a file once it was applied: its name, and the way to what it changed."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from school.imports.plan import Answers
from school.models import Change, Student, Upload
from school.roles import OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from school.tests.import_files import BUDI, applied, book, dapodik, last_upload, seen
from school.workflow.imports import take_over
from workflow import clock
from workflow.errors import NotThere
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/impor/"
FILE = book(dapodik([BUDI]))


@pytest.fixture
def client() -> Client:
    return signed_in(small_school().operator)


def test_the_page_of_an_applied_file_leads_to_what_it_changed(client: Client) -> None:
    page = seen(client, FILE)
    applied(client, page)
    own, students = page.request["PATH_INFO"], Student.objects.count()
    change = Change.objects.get()
    assert "Sudah diterapkan pada" in client.get(own).content.decode()
    assert reverse("school:change", args=[change.pk]) in client.get(own).content.decode()
    again = applied(client, page)
    assert "Sudah diterapkan pada" in again.content.decode()
    assert Student.objects.count() == students
    discard = reverse("school:import_discard", args=[last_upload().pk])
    assert "sudah diterapkan" in post(client, discard, follow=True).content.decode()
    post(client, reverse("school:undo_change", args=[change.pk]))
    assert "Diurungkan pada" in client.get(own).content.decode()
    other = signed_in(make.person(OPERATOR, username="operator2"))
    assert other.get(own).status_code == 404


def test_of_an_applied_file_its_name_is_kept_with_its_change(
    client: Client,
) -> None:
    applied(client, seen(client, FILE))
    kept = last_upload()
    assert (bytes(kept.packed), kept.columns, kept.remarks) == (b"", [], [])
    Upload.objects.update(made_at=clock.now() - timedelta(days=3))
    past = client.get(PAGE).content.decode()
    assert f"{kept.name} · 1 baru" in past
    assert kept.name in client.get(reverse("school:change", args=[kept.change_id])).content.decode()


def test_of_an_applied_file_no_row_is_sent_or_pasted_again(client: Client) -> None:
    text = "Guru\tMapel\tKelas\nHadi\tKimia\tX MIPA 3"
    answer = post(client, "/sekolah/tugas-mengajar/tempel/", {"text": text})
    page = client.get(answer.headers["Location"])
    again = f"/sekolah/tugas-mengajar/tempel/?again={last_upload().pk}"
    refused = reverse("school:import_refused", args=[last_upload().pk])
    assert "Kimia" in client.get(again).context["form"]["text"].value()
    assert client.get(refused).status_code == 200
    applied(client, page)
    assert client.get(again).context["form"]["text"].value() == ""
    assert client.get(refused).status_code == 404


def test_whoever_is_second_applies_nothing(client: Client) -> None:
    page = seen(client, FILE)
    stale, deleted = last_upload(), last_upload()
    applied(client, page)
    assert take_over(stale, Answers(), page.context["plan"].seal, by=stale.made_by) is None
    assert stale.change == Change.objects.get()
    Upload.objects.all().delete()
    with pytest.raises(NotThere):
        take_over(deleted, Answers(), "", by=deleted.made_by)

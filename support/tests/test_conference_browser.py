"""A conference on a phone: the counselor invites, a subject teacher reads that page alone."""

from typing import Any

import pytest
from playwright.sync_api import expect

from cases.tests import factories as cases
from school.tests.cast import small_school
from support.models import Conference, FollowUp
from support.tests import factories as make
from support.workflow.conference import close
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_invited_teacher_sees_the_conference_and_nothing_else(page_of: Any) -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    cases.attempt(case, cast.bk, note="Ayahnya sakit keras")
    one = make.conference(case, cast.bk, invited=[cast.guru], is_over=True)
    bk = page_of(cast.bk)
    bk.goto("/")
    bk.get_by_role("link", name="Catat konferensi").first.click()
    bk.get_by_label("Pokok masalah yang dibahas").fill("Sering alpa pada jam pertama")
    bk.get_by_label("Hasil atau kesimpulan").fill("Didampingi wali kelas")
    bk.get_by_role("button", name="Simpan berita acara").click()
    bk.get_by_role("link", name="Tambah keputusan").click()
    bk.get_by_label("Yang akan dilakukan").fill("Ajak bicara setelah pelajaran")
    bk.get_by_label("Oleh siapa").select_option(str(cast.guru.pk))
    bk.get_by_role("button", name="Tambah").click()
    expect(bk.get_by_text("Ajak bicara setelah pelajaran")).to_be_visible()

    guru = page_of(cast.guru)
    guru.goto("/")
    guru.get_by_role("link", name="Baca berita acara").first.click()
    expect(guru.get_by_text("Didampingi wali kelas")).to_be_visible()
    expect(guru.get_by_text("Ajak bicara setelah pelajaran")).to_be_visible()
    assert "Ayahnya" not in guru.content()
    assert (
        guru.request.get(guru.url.rpartition("/konferensi")[0] + case.get_absolute_url()).status
        == 404
    )

    close(Conference.objects.get(pk=one.pk), by=cast.bk)
    assert signed_in(cast.guru).get(one.get_absolute_url()).status_code == 404
    guru.goto("/")
    guru.get_by_role("link", name="Tindak lanjut").first.click()
    guru.get_by_role("button", name="Tandai selesai").click()
    expect(guru.get_by_text("Tindak lanjut selesai.")).to_be_visible()
    assert FollowUp.objects.get().status == "DONE"

"""The visit report, and the approval of many visits, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from cases.tests import factories as cases
from homevisits.models import Commitment, Visit, VisitReport
from homevisits.tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_report_is_kept_through_a_dead_network_and_finished(cast, visit, page_of):
    page = page_of(cast.guru2)
    page.goto(f"/kunjungan/{visit.pk}/")
    page.get_by_role("link", name="Catat kunjungan").click()
    page.get_by_text("Bertemu", exact=True).click()
    page.locator("#report").get_by_label("Siswa", exact=True).check()
    page.get_by_label("Intervensi langsung").fill("HP rusak sejak Agustus.")
    state = page.locator("[data-queue-state]")
    expect(state).to_contain_text("✓ tersimpan")
    expect(page.locator("#empty")).to_contain_text("dari 14 bagian kosong")

    page.context.set_offline(True)
    page.get_by_label("Topik/permasalahan").fill("Tidak pernah ikut")
    page.get_by_label("Yang dijanjikan").fill("Hadir tiap Senin")
    page.get_by_label("Oleh siapa").fill("Ibu Sri")
    page.get_by_role("button", name="Tambah komitmen").click()
    expect(state).to_contain_text("menunggu jaringan")
    page.get_by_role("button", name="Selesaikan").click()
    expect(state).to_contain_text("Belum selesai")
    assert VisitReport.objects.get().topic == ""

    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Topik/permasalahan")).to_have_value("Tidak pernah ikut")
    expect(page.locator("#commitment-list")).to_contain_text("Hadir tiap Senin")
    expect(page.get_by_role("button", name="Hapus: Hadir tiap Senin")).to_be_visible()
    page.get_by_role("button", name="Selesaikan").click()
    page.wait_for_url(re.compile("selesai"))
    page.get_by_role("button", name="Selesaikan").click()
    page.wait_for_url(re.compile(rf"/kunjungan/{visit.pk}/$"))
    report = VisitReport.objects.get()
    assert (report.topic, report.met) == ("Tidak pernah ikut", ["STUDENT"])
    assert Commitment.objects.get().by_whom == "Ibu Sri"
    assert Visit.objects.get().status == "RECORDED"


def test_two_editors_see_both_texts_in_the_browser(cast, visit, page_of):
    first, second = page_of(cast.bk), page_of(cast.guru2)
    for page in (first, second):
        page.goto(f"/kunjungan/{visit.pk}/laporan/")
    first.get_by_label("Topik/permasalahan").fill("Ekonomi")
    expect(first.locator("[data-queue-state]")).to_contain_text("✓ tersimpan")
    second.get_by_label("Topik/permasalahan").fill("Keluarga")
    expect(second.locator("[data-queue-both]")).to_contain_text("Ekonomi")
    expect(second.locator("[data-queue-both]")).to_contain_text("Keluarga")
    second.get_by_role("button", name="Pakai isian saya").click()
    expect(second.locator("[data-queue-state]")).to_contain_text("✓ tersimpan")
    assert VisitReport.objects.get().topic == "Keluarga"


def test_many_are_approved_with_their_count_on_the_button(cast, page_of):
    for student in cast.students[:3]:
        make.proposed_visit(cases.direct_case(cast, student), cast.bk)
    page = page_of(cast.principal)
    page.goto("/kunjungan/usulan/")
    approve = page.get_by_role("button", name=re.compile("^Setujui"))
    expect(approve).to_be_disabled()
    page.get_by_text("Siswa 001").click()
    page.get_by_text("Siswa 003").click()
    expect(approve).to_have_text(re.compile(r"Setujui\s+2"))
    approve.click()
    expect(page.get_by_text("2 kunjungan disetujui.")).to_be_visible()
    assert list(Visit.objects.order_by("pk").values_list("status", flat=True)) == [
        "APPROVED",
        "PROPOSED",
        "APPROVED",
    ]


def test_nothing_scrolls_sideways_at_360_pixels(cast, visit, page_of):
    page = page_of(cast.bk)
    for path in (
        "/kunjungan/",
        "/kunjungan/usulan/",
        "/laporan/progres/",
        f"/kunjungan/{visit.pk}/",
        f"/kunjungan/{visit.pk}/laporan/",
        f"/kunjungan/{visit.pk}/jadwal-ulang/",
        f"/kunjungan/{visit.pk}/surat-tugas/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_why_a_visit_is_urgent_is_read_whole_on_a_phone(cast, page_of):
    reason = "Siswa tidak pulang sejak Jumat dan tidak ada yang tahu di mana"
    visit = make.proposed_visit(cases.direct_case(cast), cast.bk, urgent_reason=reason)
    make.planned(visit, cast.bk)
    page = page_of(cast.principal)
    page.goto("/kunjungan/usulan/")
    expect(page.get_by_text(reason)).to_be_visible()
    cards = page.locator(".card-s.flush").all()
    assert [card.evaluate("one => one.scrollWidth - one.clientWidth") for card in cards] == [0]

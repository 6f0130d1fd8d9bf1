"""A family gets a phone: asked for, approved, handed over, signed for, in real browsers."""

from typing import Any

import pytest
from playwright.sync_api import expect

from cases.tests import factories as cases
from homevisits.tests.test_signature_browser import draw
from school.tests.cast import small_school
from support.models import Assistance, ReceiptSignature

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_phone_goes_from_the_request_to_the_signature_of_the_mother(page_of: Any) -> None:
    cast = small_school()
    case = cases.tried_case(cast)
    bk, principal = page_of(cast.bk), page_of(cast.principal)

    bk.goto(case.get_absolute_url())
    bk.get_by_role("link", name="Ajukan bantuan").click()
    bk.locator("label").filter(has_text="HP").first.click()
    bk.fill("textarea[name=reason]", "Ayah merantau membawa HP")
    bk.get_by_role("button", name="Ajukan", exact=True).click()
    expect(bk.get_by_text("Bantuan diajukan dan menunggu kepala sekolah.")).to_be_visible()

    principal.goto("/")
    principal.get_by_role("link", name="Putuskan 1 bantuan").click()
    expect(principal.get_by_text("Ayah merantau membawa HP")).to_be_visible()
    principal.locator("input[name=assistance]").check()
    principal.get_by_role("button", name="Setujui").click()
    expect(principal.get_by_text("1 bantuan disetujui.")).to_be_visible()

    bk.goto("/")
    bk.get_by_role("link", name="Serahkan HP").first.click()
    bk.get_by_label("Rincian").fill("Samsung A03, IMEI 3517")
    bk.get_by_label("Diterima oleh").fill("Siti Aminah")
    bk.get_by_label("Hubungan dengan siswa").fill("ibu")
    bk.get_by_role("button", name="Serahkan kepada keluarga").click()
    bk.get_by_role("link", name="Minta tanda tangan penerima").click()
    bk.locator(".pad-box").scroll_into_view_if_needed()
    draw(bk, (0.1, 0.7), (0.3, 0.2), (0.5, 0.8), (0.8, 0.4))
    bk.get_by_role("button", name="Simpan tanda tangan").click()
    bk.wait_for_url(f"**{Assistance.objects.get().get_absolute_url()}")
    bk.get_by_role("link", name="Cetak tanda terima").click()
    expect(bk.get_by_role("img", name="Tanda tangan Siti Aminah")).to_be_visible()
    assert ReceiptSignature.objects.get().signer_said == "Siti Aminah (ibu)"
    assert Assistance.objects.get().is_signed

    bk.goto("/kasus/")
    bk.get_by_text("Daftar lain").click()
    bk.get_by_role("link", name="Bantuan untuk siswa").click()
    expect(bk.get_by_text("Samsung A03, IMEI 3517")).to_be_visible()

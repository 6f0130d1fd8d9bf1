"""A referral out on a phone, from the case to its end, by clicking."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cases.tests import factories as cases
from cases.tests.acts import fresh
from school.tests.cast import small_school
from support.models import Referral

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(page: Page, name: str) -> None:
    page.locator("label").filter(has_text=name).first.click()


def test_a_case_is_referred_out_answered_and_ended(page_of: Any) -> None:
    cast = small_school()
    case = cases.tried_case(cast, outcome="REACHED")
    page = page_of(cast.bk)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Alih tangankan").click()
    choose(page, "Psikolog")
    page.get_by_label("Kepada").fill("Biro Psikologi Harapan")
    page.get_by_label("Alasan").fill("Menarik diri")
    page.get_by_label("Yang diserahkan").fill("Ringkasan kasus\nCatatan kehadiran")
    page.get_by_role("button", name="Siapkan").click()
    page.get_by_role("link", name="Catat persetujuan orang tua").click()
    choose(page, "Tertulis")
    page.get_by_role("button", name="Simpan").click()
    page.get_by_role("link", name="Kirim surat alih tangan").click()
    page.get_by_role("button", name="Buat surat").click()
    letter = page.locator("article.paper")
    expect(letter).to_contain_text("Yth. Biro Psikologi Harapan")
    expect(letter).to_contain_text("secara tertulis")
    expect(letter).to_contain_text("/ATK/")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    page.get_by_role("link", name="Catat jawaban alih tangan").click()
    choose(page, "Dijawab")
    page.get_by_label("Dijawab oleh").fill("Dra. Endang, psikolog")
    page.get_by_label("Isi jawaban").fill("Konseling tiap pekan")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Jawaban dari Biro Psikologi Harapan")).to_be_visible()
    page.get_by_role("link", name="Akhiri karena dialihtangankan").click()
    page.get_by_role("button", name="Akhiri kasus").click()
    expect(page.get_by_text("Kasus diakhiri karena dialihtangankan.")).to_be_visible()
    assert (fresh(case).status, Referral.objects.get().status) == ("REFERRED", "ANSWERED")

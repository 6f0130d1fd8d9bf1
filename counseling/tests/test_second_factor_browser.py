"""A passkey of a phone: added, used as the second step, and used alone."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Page, expect

from counseling.tests.second_factor import PASSWORD, code_of_app, secret_on_screen, with_password
from counseling.tests.test_axe import RULES
from school.models import SchoolProfile
from school.roles import COUNSELOR
from school.tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_finger(page: Page) -> Page:
    """Let the browser have a screen lock, whose owner always puts the finger on it."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    return page


def is_at(page: Page, path: str) -> None:
    page.wait_for_url(lambda url: urlsplit(url).path == path)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(path, one["id"], one["nodes"][0]["html"]) for one in found] == []


def type_password(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/masuk/")
    page.get_by_label("Nama pengguna").fill("bk")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def test_a_counselor_sets_up_app_and_passkey_and_signs_in_by_each(
    page_of: Callable[..., Page],
) -> None:
    cache.clear()
    SchoolProfile.objects.create(pk=1, name="SMA Negeri 1 Candiroto")
    user = with_password(make.person(COUNSELOR, username="bk"))
    page = with_finger(page_of(None))
    passkey = page.get_by_role("button", name="Pakai kunci sandi")

    type_password(page)
    is_at(page, "/akun/verifikasi/")
    page.get_by_role("link", name="Pasang aplikasi kode").click()
    is_at(page, "/akun/verifikasi/aplikasi/")
    secret = secret_on_screen(page.content())
    page.get_by_label("Kode dari aplikasi").fill(code_of_app(secret=secret))
    page.get_by_role("button", name="Selesai").click()
    is_at(page, "/akun/verifikasi/kode-cadangan/")

    page.goto("/akun/verifikasi/kunci/")
    is_at(page, "/akun/verifikasi/kunci/")
    page.get_by_label("Nama kunci sandi").fill("HP saya")
    page.get_by_role("button", name="Tambah kunci sandi").click()
    is_at(page, "/akun/verifikasi/")
    expect(page.get_by_text("HP saya")).to_be_visible()
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1

    type_password(page)
    is_at(page, "/masuk/kode/")
    passkey.click()
    is_at(page, "/")

    page.context.clear_cookies()
    page.goto("/masuk/")
    page.get_by_role("link", name="Masuk dengan kunci sandi").click()
    is_at(page, "/masuk/kunci/")
    passkey.click()
    is_at(page, "/")

    page.goto("/akun/konfirmasi/kunci/?next=/akun/verifikasi/kode-cadangan/baru/")
    passkey.click()
    is_at(page, "/akun/verifikasi/kode-cadangan/baru/")

    Authenticator.objects.filter(type="webauthn").delete()
    type_password(page)
    page.goto("/masuk/kunci/")
    page.wait_for_url(lambda url: urlsplit(url).path == "/masuk/kode/")
    page.get_by_role("button", name="Batal").click()
    page.goto("/masuk/kunci/")
    passkey.click()
    expect(page.get_by_role("alert")).to_contain_text("Kunci sandi tidak terbaca")

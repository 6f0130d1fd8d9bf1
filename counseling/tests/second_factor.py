"""Signing in with two steps, for the tests of several files."""

import re
import time
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from school.models import User

PASSWORD = "sembilan belas kunci"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
START = datetime(2026, 3, 2, 0, 0, 15, tzinfo=UTC)
"""In the middle of a half minute, so that a code holds for a while."""
DOOR, SECOND_STEP, SET_UP = "/masuk/", "/masuk/kode/", "/akun/verifikasi/"


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def with_app(user: User) -> User:
    """Give a person a password, a code app and backup codes."""
    TOTP.activate(with_password(user), SECRET)
    RecoveryCodes.activate(user)
    return user


def backup_codes(user: User) -> list[str]:
    return RecoveryCodes.activate(user).get_unused_codes()


def code_of_app(steps: int = 0, secret: str = SECRET) -> str:
    """Return the code that the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def first_step(user: User, client: Client | None = None) -> Client:
    """Return a browser in which the password was typed."""
    client = client or Client()
    client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client


def second_step(client: Client, code: str) -> Any:
    return client.post(SECOND_STEP, {"code": code})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def secret_on(page: Any) -> str:
    """Return the key of the app that an answer shows to be typed by hand."""
    return secret_on_screen(page.content.decode())


def secret_on_screen(html: str) -> str:
    return re.sub(r"\s", "", re.findall(r"<samp>([A-Z2-7 ]+)</samp>", html)[0])

"""Where allauth's second step of signing in differs from what it does by default."""

from typing import Any

import qrcode
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage

from school.models import User
from school.second_factor import second_factor_of
from workflow import encryption

PURPOSE = "second factor"
CODE_HOLDS = 90
"""Seconds in which a code of an app is right: its own half minute and one on each side."""


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right. Type the one that is shown now."),
        "cannot_delete_authenticator": gettext_lazy(
            "Your role signs in with two steps. Set up another way first, then remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.decrypt(encrypted_text, purpose=PURPOSE)

    def build_totp_svg(self, url: str) -> str:
        """Return a QR code on white ground, which a camera reads in the dark look too."""
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether the person may be without it: it is not asked of them, or they have another."""
        has = second_factor_of(authenticator.user)
        return not has.is_required or has.has_app + has.passkeys > 1

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(n)d") % {"n": known + 1}

    def _get_site_name(self) -> str:
        return "Sambang"


def used(user: User, code: str) -> str:
    """Return the name under which it is kept that a code was used, however it was typed."""
    return f"second factor {user.pk} {normalize_user_code(code)}"


def is_used(user: User, code: str) -> bool:
    return cache.get(used(user, code)) is not None


def use(user: User, code: str) -> bool:
    """Return whether the code was not used yet; then it is from now on."""
    return bool(cache.add(used(user, code), True, timeout=CODE_HOLDS))

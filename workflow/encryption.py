"""Text that a copy of the database must not give away, encrypted by keys of the environment.

`ENCRYPTION_KEYS` holds them, the newest first: it encrypts, and all of them decrypt. So a key is
replaced by putting a new one before it; `manage.py reencrypt` then makes the old one unneeded.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32


def encrypt(text: str, *, purpose: str) -> str:
    """Return `text` encrypted; only `decrypt` with the same purpose reads it."""
    return _ring(purpose).encrypt(text.encode()).decode()


def decrypt(token: str, *, purpose: str) -> str:
    """Return the text of a token. Raises InvalidToken if no key of the environment reads it."""
    return _ring(purpose).decrypt(token.encode()).decode()


def reencrypt(token: str, *, purpose: str) -> str:
    """Return the same text, encrypted by the newest key."""
    return _ring(purpose).rotate(token.encode()).decode()


def _ring(purpose: str) -> MultiFernet:
    return _ring_of(tuple(settings.ENCRYPTION_KEYS), purpose)


@lru_cache
def _ring_of(keys: tuple[str, ...], purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(key, purpose)) for key in keys])


def _derived(key: str, purpose: str) -> bytes:
    """Return a key for one purpose alone: what reads the one says nothing about the others."""
    derive = HKDF(SHA256(), KEY_BYTES, salt=None, info=f"sambang.{purpose}".encode())
    return urlsafe_b64encode(derive.derive(key.encode()))

"""The bytes of a page on its way to a phone: compressed, as the server sends it."""

import gzip
from functools import cache
from pathlib import Path
from typing import Any

import brotli
from django.contrib.staticfiles import finders
from django.test import Client
from whitenoise.compress import Compressor

from counseling.tests.markup import read

HEAD = 500
"""Bytes of an answer's status line and headers; measured at 300 to 450."""


def weigh(client: Client, url: str) -> tuple[int, set[str]]:
    """Return the bytes of the page at `url` alone, and the addresses of what it loads."""
    response: Any = client.get(url, headers={"accept-encoding": "gzip, br"})
    assert response.status_code == 200, (url, response)
    body = response.content
    html = gzip.decompress(body) if response.get("Content-Encoding") == "gzip" else body
    return len(body) + HEAD, set(read(html.decode()).assets)


@cache
def asset_bytes(url: str) -> int:
    """Return the bytes of a static file, compressed by Brotli if WhiteNoise would do so."""
    found = finders.find(url.removeprefix("/static/"))
    assert found, url
    plain = Path(found).read_bytes()
    if not Compressor().should_compress(found):
        return len(plain) + HEAD
    return min(len(plain), len(brotli.compress(plain))) + HEAD

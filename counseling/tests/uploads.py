"""Pictures that people send: hostile ones of many kinds, and good ones that must not be refused."""

import random
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from PIL import Image, PngImagePlugin

MARK = b"SAMBANGMARK"
"""What is hidden in a hostile file, and must be in no stored one."""
SCRIPT = b"<script>alert('" + MARK + b"')</script>"
NAMES = (
    *("../../etc/passwd.jpg", "..\\..\\boot.jpg", "rumah\u202egpj.exe", "x" * 300 + ".jpg"),
    *("a\x00.jpg", ".htaccess", "rumah.jpg.php", "CON", "rumah.svg", "<img src=x>.jpg", " .jpg"),
    *("rumah.html", "%2e%2e%2fx.jpg", "rumah;rm -rf.jpg", "\U0001f3e0.jpg", '"; filename="x.html'),
)


class Sent(NamedTuple):
    kind: str
    name: str
    content: bytes
    must_fail: bool = False
    """Whether it is no photo at all; others may be taken if nothing of the file is kept."""


def picture(rng: random.Random, mode: str = "RGB", size: tuple[int, int] = (0, 0)) -> Image.Image:
    size = size if all(size) else (rng.randrange(20, 400), rng.randrange(20, 400))
    soft = Image.effect_noise(size, rng.randrange(10, 80))
    if mode in {"RGB", "RGBA", "CMYK"}:
        return Image.merge(mode, [soft] * len(mode))
    return soft.convert(mode)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _jpeg(rng: random.Random, **options: object) -> bytes:
    return saved(picture(rng), "JPEG", **options)


def _behind(rng: random.Random, what: bytes) -> bytes:
    kind = rng.choice(("JPEG", "PNG", "WEBP"))
    return saved(picture(rng), kind) + what


def _exif(rng: random.Random) -> bytes:
    exif = Image.Exif()
    exif[0x010E] = exif[0x9286] = MARK.decode()
    exif[0x8825] = {1: "S", 2: (7.0, 12.0, 34.5), 3: "E", 4: (110.0, 3.0, 1.0), 29: "2020:09:07"}
    return _jpeg(rng, exif=exif)


def _png_texts(rng: random.Random) -> bytes:
    texts = PngImagePlugin.PngInfo()
    for key in ("Comment", "XML:com.adobe.xmp"):
        texts.add_itxt(key, MARK.decode() * rng.randrange(1, 50), zip=rng.random() < 0.5)
    return saved(picture(rng), "PNG", pnginfo=texts)


def _animated(rng: random.Random, kind: str) -> bytes:
    frames = [picture(rng, size=(60, 60)) for _n in range(rng.randrange(2, 9))]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=40)


def _bomb(rng: random.Random) -> bytes:
    """Return a small PNG that says it has a very large picture."""
    side = rng.choice((8_000, 30_000, 60_000, 2**31 - 1))
    head = struct.pack(">IIBBBBB", side, side, 8, rng.choice((0, 2, 6)), 0, 0, 0)
    body = zlib.compress(bytes(2_000_000), 9)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
    return start + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _large_jpeg(rng: random.Random) -> bytes:
    """Return a JPEG whose head says another size than the picture has."""
    content = bytearray(_jpeg(rng))
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", 65_000, 65_000)
    return bytes(content)


def _damaged(rng: random.Random) -> bytes:
    content = bytearray(saved(picture(rng), rng.choice(("JPEG", "PNG", "WEBP"))))
    for _n in range(rng.randrange(1, 30)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content)


def _cut(rng: random.Random) -> bytes:
    content = saved(picture(rng, size=(300, 300)), rng.choice(("JPEG", "PNG", "WEBP")))
    return content[: rng.randrange(1, len(content) * 3 // 4)]


def _svg(rng: random.Random) -> bytes:
    body = SCRIPT + b"<image href='file:///etc/passwd'/>"
    return b"<svg xmlns='http://www.w3.org/2000/svg' onload='" + MARK + b"'>" + body + b"</svg>"


def _head_of(kinds: tuple[bytes, ...]) -> Callable[[random.Random], bytes]:
    return lambda rng: rng.choice(kinds) + SCRIPT + rng.randbytes(rng.randrange(2000))


HEIC = tuple(b"\0\0\0\x18ftyp" + kind + bytes(12) for kind in (b"heic", b"mif1", b"avif", b"hevc"))
NO_PHOTO: dict[str, Callable[[random.Random], bytes]] = {
    "script in front of a picture": lambda rng: SCRIPT + _jpeg(rng),
    "GIF with a script": lambda rng: b"GIF89a/*" + SCRIPT + saved(picture(rng), "GIF"),
    "GIF": lambda rng: saved(picture(rng), "GIF"),
    "TIFF": lambda rng: saved(picture(rng), "TIFF"),
    "BMP": lambda rng: saved(picture(rng), "BMP"),
    "ICO": lambda rng: saved(picture(rng), "ICO"),
    "EPS": lambda rng: saved(picture(rng), "EPS"),
    "PDF": lambda rng: saved(picture(rng), "PDF"),
    "SVG": _svg,
    "HEIC": lambda rng: rng.choice(HEIC) + SCRIPT,
    "head alone": _head_of((b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 ")),
    "ZIP": _head_of((b"PK\x03\x04",)),
    "program": _head_of((b"MZ", b"\x7fELF", b"#!/bin/sh\n")),
    "nothing": lambda rng: b"",
    "page": lambda rng: b"<!doctype html>" + SCRIPT,
    "bomb": _bomb,
    "JPEG that says it is huge": _large_jpeg,
    "cut off": _cut,
}
HIDING: dict[str, Callable[[random.Random], bytes]] = {
    "script behind a picture": lambda rng: _behind(rng, SCRIPT),
    "ZIP behind a picture": lambda rng: _behind(rng, b"PK\x03\x04" + MARK + bytes(40)),
    "PHP behind a picture": lambda rng: _behind(rng, b"<?php system('" + MARK + b"');"),
    "place and camera": _exif,
    "comment": lambda rng: _jpeg(rng, comment=SCRIPT * rng.randrange(1, 300)),
    "colour profile": lambda rng: _jpeg(rng, icc_profile=MARK * rng.randrange(20, 9000)),
    "XMP": lambda rng: _jpeg(rng, xmp=b"<x:xmpmeta>" + SCRIPT * 20 + b"</x:xmpmeta>"),
    "texts in a PNG": _png_texts,
    "WebP with EXIF": lambda rng: saved(picture(rng), "WEBP", exif=b"Exif\0\0" + SCRIPT),
    "animated WebP": lambda rng: _animated(rng, "WEBP"),
    "animated PNG": lambda rng: _animated(rng, "PNG"),
    "many pictures in a JPEG": lambda rng: _animated(rng, "MPO"),
    "damaged": _damaged,
    "long and thin": lambda rng: saved(picture(rng, "L", (20_000, 1)), "PNG"),
    "one pixel": lambda rng: saved(picture(rng, size=(1, 1)), "PNG"),
}


def hostile(rng: random.Random, count: int) -> list[Sent]:
    """Return hostile files, each kind about as often as any other, with names that harm."""
    kinds = [(kind, make, True) for kind, make in NO_PHOTO.items()]
    kinds += [(kind, make, False) for kind, make in HIDING.items()]
    chosen = [kinds[n % len(kinds)] for n in range(count)]
    return [Sent(kind, rng.choice(NAMES), make(rng), must_fail) for kind, make, must_fail in chosen]


SIZES = ((1600, 1200), (1200, 1600), (640, 480), (1601, 3), (3, 1700), (2400, 1800), (33, 47))


def good(rng: random.Random, count: int) -> list[Sent]:
    """Return photos as phones make them, in all orientations, sizes and modes."""
    return [_good(rng, n) for n in range(count)]


def _good(rng: random.Random, n: int) -> Sent:
    size = SIZES[n % len(SIZES)]
    make = GOOD[n % len(GOOD)]
    kind, content = make(rng, size)
    return Sent(kind, rng.choice(("IMG_2020.jpg", "Foto rumah.png", "WhatsApp.webp")), content)


def _turned(rng: random.Random, size: tuple[int, int]) -> tuple[str, bytes]:
    exif = Image.Exif()
    exif[0x0112] = turn = rng.randrange(1, 9)
    return f"turned {turn}", saved(picture(rng, size=size), "JPEG", exif=exif)


def _of(kind: str, mode: str, **options: object) -> Callable[..., tuple[str, bytes]]:
    def make(rng: random.Random, size: tuple[int, int]) -> tuple[str, bytes]:
        return f"{kind} {mode} {options}", saved(picture(rng, mode, size), kind, **options)

    return make


GOOD = (
    _turned,
    *(_of("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
    *(_of("PNG", mode) for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16")),
    *(_of("WEBP", mode) for mode in ("RGB", "RGBA")),
    _of("JPEG", "RGB", progressive=True),
    _of("JPEG", "RGB", quality=5),
    _of("WEBP", "RGB", lossless=True),
    _of("PNG", "P", transparency=0),
    _turned,
)

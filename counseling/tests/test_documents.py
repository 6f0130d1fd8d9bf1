"""Documents: their pictures are there, shown and made by `make shots`; each decision is listed."""

import re
import struct
import zlib
from pathlib import Path

import pytest

from scripts.png import decoded, smaller
from scripts.shots import DOCS, FOLDERS, GUIDES

pytestmark = pytest.mark.sqlite

GUIDES_DIR = DOCS / "panduan"
OFFICES = sorted(path.stem for path in GUIDES_DIR.glob("*.md") if path.stem != "README")
PICTURE = re.compile(r"!\[([^]]*)\]\(([^)]+)\)")


def shown(page: Path) -> list[Path]:
    return [(page.parent / source).resolve() for _, source in PICTURE.findall(page.read_text())]


def test_documents_show_what_the_command_makes_and_nothing_else_lies_there() -> None:
    made = sorted(folder / shot.file for folder, shots in FOLDERS.items() for shot in shots)
    lying = sorted(path for folder in FOLDERS for path in folder.iterdir())
    pages = [DOCS.parent / "README.md", *GUIDES_DIR.glob("*.md")]
    assert made == lying
    assert sorted(picture for page in pages for picture in shown(page)) == made


@pytest.mark.parametrize("office", OFFICES)
def test_each_guide_has_three_or_more_pictures_with_words_for_who_sees_none(office: str) -> None:
    found = PICTURE.findall((GUIDES_DIR / f"{office}.md").read_text())
    assert len(found) == len(set(found)) >= 3
    assert all(len(words) > 10 for words, _ in found)


def test_pictures_of_guides_are_small_enough_for_a_phone() -> None:
    sizes = {shot.file: (GUIDES_DIR / "gambar" / shot.file).stat().st_size for shot in GUIDES}
    assert {file: size for file, size in sizes.items() if size > 60_000} == {}


def rgb(width: int, rows: list[bytes]) -> bytes:
    """Write a PNG file whose rows begin with the number of their filter."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(rows))
    chunks = chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def test_each_filter_of_a_row_is_undone() -> None:
    rows = [bytes((kind, 10, 20, 30, 1, 2, 3)) for kind in range(5)]
    width, height, pixels = decoded(rgb(2, rows))
    assert (width, height) == (2, 5)
    assert [tuple(pixel) for pixel in pixels] == [
        (10, 20, 30), (1, 2, 3),  # none
        (10, 20, 30), (11, 22, 33),  # sub: left
        (20, 40, 60), (12, 24, 36),  # up
        (20, 40, 60), (17, 34, 51),  # average of left and up
        (30, 60, 90), (31, 62, 93),  # Paeth: left
    ]  # fmt: skip


def test_a_smaller_picture_has_a_palette_with_its_colours() -> None:
    made = smaller(rgb(2, [bytes((0, 10, 20, 30, 1, 2, 3)), bytes((0, 10, 20, 30, 10, 20, 30))]))
    assert bytes((10, 20, 30, 1, 2, 3)) in made
    assert made[25] == 3


def test_each_decision_is_listed_once() -> None:
    folder = DOCS / "decisions"
    listed = re.findall(r"^\| \[(\d{4})\]\(([^)]+)\) \|", (folder / "README.md").read_text(), re.M)
    assert listed == sorted((path.name[:4], path.name) for path in folder.glob("0*.md"))

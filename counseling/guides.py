"""The guides of each office, and the section of them that belongs to a page."""

import re
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from counseling.guide_sections import SECTIONS
from school.models import User
from school.roles import (
    ANYONE,
    COUNSELOR,
    HOMEROOM,
    OPERATOR,
    PRINCIPAL,
    STUDENT_AFFAIRS,
    TEACHER,
    VISITOR,
    Role,
)
from school.ties import ties_of

GUIDES_DIR = settings.BASE_DIR / "docs" / "panduan"
PICTURES_DIR = GUIDES_DIR / "gambar"
PICTURES_URL = "gambar/"
PICTURE = "gambar"
"""The parameter of the help page that asks for a picture of the guides."""

GUIDES: dict[str, tuple[Role, ...]] = {
    "wali-kelas": (HOMEROOM,),
    "guru": (TEACHER,),
    "bk": (COUNSELOR,),
    "kepala-sekolah": (PRINCIPAL,),
    "waka": (STUDENT_AFFAIRS,),
    "operator": (OPERATOR,),
    "kunjungan": (VISITOR,),
    "umum": (ANYONE,),
}
"""Guide → whose it is, in the order in which somebody with several roles reads them."""


@dataclass(frozen=True)
class Read:
    """A guide as HTML; `sections` are the ids of its headings."""

    name: str
    html: SafeString
    sections: tuple[str, ...]


def guides_of(user: User) -> list[Read]:
    ties = ties_of(user)
    return [
        read(name, _written(name))
        for name, roles in GUIDES.items()
        if any(role.follows_from(ties) for role in roles)
    ]


def section_of(user: User, view_name: str) -> str:
    """Return the id of the section that belongs to a page; empty for a page without one."""
    rows = SECTIONS.get(view_name) or SECTIONS.get(view_name.partition(":")[0], ())
    ties = ties_of(user)
    held = [name for name, roles in GUIDES.items() if any(r.follows_from(ties) for r in roles)]
    return next((row for row in rows if any(row.startswith(f"{name}-") for name in held)), "")


def picture(name: str) -> Path | None:
    """Return the file of a picture of the guides, or None."""
    path = PICTURES_DIR / name
    return path if re.fullmatch(r"[a-z0-9-]+\.png", name) and path.is_file() else None


def _written(name: str) -> float:
    return (GUIDES_DIR / f"{name}.md").stat().st_mtime


@lru_cache(maxsize=2 * len(GUIDES))
def read(name: str, _changed_at: float) -> Read:
    """Return a guide as HTML, made again when its file has changed."""
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse((GUIDES_DIR / f"{name}.md").read_text())
    sections = [_named(tokens, at, name) for at, t in enumerate(tokens) if t.type == "heading_open"]
    for token in tokens:
        for inner in token.children or ():
            _lead_to_pictures(inner)
    html = markdown.renderer.render(tokens, markdown.options, {})
    # Written by us and escaped by the renderer, which lets no HTML through.
    return Read(name, mark_safe(html), tuple(sections))


def _named(tokens: list[Token], at: int, guide: str) -> str:
    """Give a heading the id of its words, e.g. guru-mengisi, and put it one level lower."""
    section = f"{guide}-{slugify(tokens[at + 1].content)}"
    tokens[at].attrSet("id", section)
    tokens[at].tag = tokens[at + 2].tag = f"h{int(tokens[at].tag[1]) + 1}"
    return section


def _lead_to_pictures(token: Token) -> None:
    source = str(token.attrGet("src") or "")
    if token.type == "image" and source.startswith(PICTURES_URL):
        name = source.removeprefix(PICTURES_URL)
        token.attrSet("src", f"?{PICTURE}={name}")
        token.attrSet("loading", "lazy")
        if path := picture(name):
            width, height = _size_of(path)
            token.attrSet("width", width)
            token.attrSet("height", height)


def _size_of(path: Path) -> tuple[int, int]:
    """Return the size at which a picture is shown, so that a page does not move as it loads.

    Those of a phone, higher than wide, are taken at 1.5 pixels to one of the page.
    """
    with path.open("rb") as file:
        width, height = struct.unpack(">II", file.read(24)[16:])
    return (width * 2 // 3, height * 2 // 3) if height > width else (width, height)

"""The file of icons holds those that pages show and no other: it is a part of the first visit."""

import re
from pathlib import Path

from django.conf import settings

SPRITE = settings.BASE_DIR / "static/icons/sprite.svg"
ROOMS = (
    "workflow",
    "school",
    "recaps",
    "cases",
    "homevisits",
    "support",
    "reports",
    "counseling",
    "templates",
)


def icons() -> set[str]:
    return set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))


def sources() -> list[Path]:
    found = [*(settings.BASE_DIR / "static/js").glob("*.js")]
    for room in ROOMS:
        found += (settings.BASE_DIR / room).rglob("*.html")
        found += (settings.BASE_DIR / room).rglob("*.py")
    return [path for path in found if "tests" not in path.parts]


def test_each_icon_is_used() -> None:
    quoted = set(
        re.findall(r"[\"'#]([a-z0-9-]+)[\"']", "\n".join(p.read_text() for p in sources()))
    )
    assert icons() - quoted == set()


def test_each_icon_that_a_template_names_is_there() -> None:
    text = "\n".join(path.read_text() for path in sources() if path.suffix == ".html")
    named = set(re.findall(r'{% icon "([a-z0-9-]+)"', text))
    assert named
    assert named <= icons()

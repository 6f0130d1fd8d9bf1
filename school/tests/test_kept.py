"""Parts of pages that are drawn once for all who read a language."""

from typing import Any

from django.template import Context, Template
from django.utils.translation import override

PART = "{% load kept %}{% kept key %}{{ key }}:{{ drawn }}{% endkept %}"


def test_a_part_is_drawn_once_for_each_language_and_key() -> None:
    part = Template(PART)

    def shown(language: str, key: object, drawn: int) -> str:
        with override(language):
            return part.render(Context({"key": key, "drawn": drawn}))

    assert shown("id", "a", 1) == "a:1"
    assert shown("id", "a", 2) == "a:1"
    assert shown("id", "b", 3) == "b:3"
    assert shown("en", "a", 4) == "a:4"
    assert shown("id", "a", 5) == "a:1"


def test_what_is_kept_does_not_grow_without_end() -> None:
    part = Template(PART)
    for key in range(2000):
        part.render(Context({"key": key, "drawn": key}))
    node: Any = part.nodelist[-1]
    assert len(node.drawn) <= 500

"""Load templates that are laid out for their reader, without the white space of that layout.

The rule is JSX's, see docs/decisions/0018-templates-laid-out-for-the-reader.md: a line break and
the indentation around it are nothing, except between two words, where they are one space. A space
that has to stay at a line's end is written `&#32;`.
"""

import re

from django.template.base import Origin
from django.template.loaders import filesystem

LINE_BREAK = r"[ \t]*\n[ \t\n]*"
WRITTEN_SPACE = "&#32;"

DJANGO = r"\{%.*?%\}|\{\{.*?\}\}"
VALUE = rf'"(?:{DJANGO}|[^"])*"' + "|" + rf"'(?:{DJANGO}|[^'])*'"
# What is drawn as it is written, then what a tag of HTML, a tag of Django and a word look like.
TOKEN = re.compile(
    r"(?P<kept>\{%\s*(?P<block>blocktranslate|blocktrans|verbatim|comment)\b.*?"
    r"\{%\s*end(?P=block)\s*%\}"
    r"|<(?P<element>pre|textarea|script|style)\b.*?</(?P=element)\s*>)"
    r"|(?P<comment>\{#.*?#\})"
    rf"|(?P<html><!--.*?-->|</?[a-zA-Z!](?:{VALUE}|{DJANGO}|[^>\"'])*>)"
    r"|(?P<tag>\{%.*?%\})"
    r"|(?P<value>\{\{.*?\}\})"
    rf"|(?P<space>{LINE_BREAK})"
    rf"|(?P<text>{WRITTEN_SPACE}|(?:(?!{WRITTEN_SPACE})[^<{{ \t\n])+|[ \t]+|.)",
    re.DOTALL,
)
WORDS = {"value", "text"}


class Loader(filesystem.Loader):
    """Load HTML templates of the project; others, and those of packages, stay as they are."""

    def get_contents(self, origin: Origin) -> str:
        source = super().get_contents(origin)
        return tightened(source) if str(origin.name).endswith(".html") else source


def tightened(source: str) -> str:
    """Return `source` without the line breaks and the indentation that only lay it out."""
    tight: list[str] = []
    kind_before, space_waits = "", False
    for token in TOKEN.finditer(source):
        kind, text = str(token.lastgroup), token.group()
        if kind in ("comment", "space"):
            space_waits = space_waits or kind == "space"
            continue
        if space_waits and kind_before in WORDS and kind in WORDS and text != WRITTEN_SPACE:
            tight.append(" ")
        tight.append(_on_one_line(text) if kind == "html" else text)
        kind_before, space_waits = "" if text == WRITTEN_SPACE else kind, False
    return "".join(tight).replace(WRITTEN_SPACE, " ")


def _on_one_line(tag: str) -> str:
    """Return a tag of HTML with one space where its attributes stood on lines of their own."""
    with_values = re.sub(VALUE, _value_on_one_line, tag)
    return re.sub(r" (/?>)$", r"\1", re.sub(LINE_BREAK, " ", with_values))


def _value_on_one_line(value: re.Match[str]) -> str:
    quote, inside = value.group()[0], value.group()[1:-1]
    return f"{quote}{tightened(inside)}{quote}"

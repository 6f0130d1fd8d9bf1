"""The class names in the stylesheets, and those that templates, scripts and Python use."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import crispy_bootstrap5
from django.apps import apps
from django.conf import settings

CRISPY = Path(crispy_bootstrap5.__file__).parent / "templates"
NAME = re.compile(r"[A-Za-z_][\w-]*")
STRING = re.compile(r"""(["'`])(.*?)\1""")
TAG = re.compile(r"\{%-?\s*(?!translate|blocktranslate)(.*?)%\}")
# A quotation mark inside a Django tag does not end the value.
ATTRIBUTE = re.compile(r"""\b(?:class|id)="((?:\{%.*?%\}|\{\{.*?\}\}|[^"{])*)\"""")
# The colours of two semesters: reports/graphs.py puts them together from a letter and a number.
COMPOSED = {"s1", "s2"}
FEW_WORDS = re.compile(r"[\w-]+( [\w-]+){0,3}")


def names_styled(css: str) -> set[str]:
    """Return each class, id and data- attribute that a selector of `css` names."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    bare = re.sub(r'"[^"]*"', "", bare)
    selectors = " ".join(re.findall(r"([^{};]*)\{", bare))
    found = re.findall(r"[.#]([A-Za-z_][\w-]*)|\[(data-[\w-]+)", selectors)
    return {name or attribute for name, attribute in found}


@cache
def names_given() -> frozenset[str]:
    """Return each word that can become a class, an id or a data- attribute of a page."""
    return frozenset(name for text in texts() for name in NAME.findall(text)) | COMPOSED


def texts() -> Iterator[str]:
    for folder in (settings.BASE_DIR / "templates", CRISPY):
        for path in folder.rglob("*.html"):
            yield from texts_of_template(path.read_text())
    for path in (settings.BASE_DIR / "static" / "js").glob("*.js"):
        yield from (text for _, text in STRING.findall(path.read_text()))
    for app in apps.get_app_configs():
        if Path(app.path).parent == settings.BASE_DIR:
            for path in Path(app.path).rglob("*.py"):
                if not {"tests", "migrations"} & set(path.parts):
                    yield from texts_of_code(path.read_text())


def texts_of_template(template: str) -> Iterator[str]:
    yield from ATTRIBUTE.findall(template)
    yield from re.findall(r"\bdata-[\w-]+", template)
    for tag in TAG.findall(template):
        yield from (text for _, text in STRING.findall(tag))


def texts_of_code(code: str) -> Iterator[str]:
    """Yield the strings that can hold class names: a few words, or attributes in HTML."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if FEW_WORDS.fullmatch(node.value):
                yield node.value
            else:
                yield from ATTRIBUTE.findall(node.value)

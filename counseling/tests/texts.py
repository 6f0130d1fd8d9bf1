"""The texts that code and templates give to gettext, read without gettext's own programs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

Said = tuple[str, str]
"""Context, mostly "", and the text, of several forms the singular."""
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)


def every_text() -> dict[Said, str]:
    """Return each text of the rooms and the templates → the last file that says it."""
    rooms = [path.parent for path in settings.BASE_DIR.glob("*/apps.py")]
    code = [path for room in rooms for path in room.rglob("*.py") if "tests" not in path.parts]
    templates = (settings.BASE_DIR / "templates").rglob("*.*")
    return {said: path.name for path in code for said in of_code(path)} | {
        said: path.name for path in templates for said in of_template(path)
    }


def of_code(path: Path) -> Iterator[Said]:
    """Yield the texts given to what a module imports of gettext, by whatever name."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    names = {
        alias.asname or alias.name: alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            values = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            given = [value for value in values if isinstance(value, str)]
            if node.func.id in names and given:
                yield _said(names[node.func.id], given)


def of_template(path: Path) -> Iterator[Said]:
    for name, literals in CALL.findall(templatize(path.read_text())):
        yield _said(name, ast.literal_eval(f"({literals},)"))


def _said(name: str, given: list[str]) -> Said:
    return (given[0], given[1]) if "pgettext" in name else ("", given[0])

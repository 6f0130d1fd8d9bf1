"""Checks data against the published schema of a frozen report (docs/semester-report.schema.json).

It knows the words of JSON Schema that stand there, and no others.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "null": (type(None),),
}


@cache
def schema() -> dict[str, Any]:
    path = settings.BASE_DIR / "docs" / "semester-report.schema.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def fault_of(data: object) -> str:
    """Return what is wrong first with a report, with its place; "" if it is as the schema says."""
    return next(_faults(data, schema(), "report"), "")


def _faults(data: object, asked: dict[str, Any], at: str) -> Iterator[str]:
    if reference := asked.get("$ref"):
        asked = schema()["$defs"][reference.removeprefix("#/$defs/")]
    if "type" in asked and not _is_of_type(data, asked["type"]):
        yield f"{at} is no {asked['type']}"
    elif isinstance(data, dict):
        yield from _faults_of_object(data, asked, at)
    elif isinstance(data, list):
        for number, item in enumerate(data, 1):
            yield from _faults(item, asked["items"], f"{at}[{number}]")
    else:
        yield from _faults_of_value(data, asked, at)


def _faults_of_value(data: object, asked: dict[str, Any], at: str) -> Iterator[str]:
    if "enum" in asked and data not in asked["enum"]:
        yield f"{at} is none of {', '.join(asked['enum'])}"
    elif isinstance(data, str) and "pattern" in asked and not re.search(asked["pattern"], data):
        yield f"{at} is not written like {asked['pattern']}"
    elif isinstance(data, int) and data < asked.get("minimum", data):
        yield f"{at} is less than {asked['minimum']}"
    elif isinstance(data, int) and data > asked.get("maximum", data):
        yield f"{at} is more than {asked['maximum']}"


def _is_of_type(data: object, names: str | list[str]) -> bool:
    if isinstance(data, bool):
        return False
    return any(
        isinstance(data, TYPES[name]) for name in ([names] if isinstance(names, str) else names)
    )


def _faults_of_object(data: dict[str, Any], asked: dict[str, Any], at: str) -> Iterator[str]:
    known = asked.get("properties", {})
    for name in asked.get("required", ()):
        if name not in data:
            yield f"{at} has no {name}"
    others = asked.get("additionalProperties", True)
    for name, value in data.items():
        if name in known:
            yield from _faults(value, known[name], f"{at}.{name}")
        elif others is False:
            yield f"{at} has an unknown {name[:40]}"
        elif isinstance(others, dict):
            yield from _faults(value, others, f"{at}.{name[:40]}")

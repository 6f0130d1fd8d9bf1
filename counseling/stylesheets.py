"""The stylesheets that browsers get, each built from the parts in static/css.

Each part styles one component, and has the name of its template in templates/components/. The parts
themselves are not served.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import rcssmin
from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

PARTS = settings.BASE_DIR / "static" / "css"
BUILT = settings.VAR_DIR / "stylesheets"

# Of two rules with equal weight the later one wins, so the order matters.
SHEETS: dict[str, tuple[str, ...]] = {
    "css/sambang.css": (
        "tokens",
        "look",
        "base",
        "facts",
        "frame",
        "offline",
        "count",
        "layout",
        "card",
        "dot",
        "task_line",
        "rung",
        "chip",
        "button",
        "details",
        "ladder",
        "timeline",
        "recap_sheet",
        "stepper",
        "seg",
        "pick",
        "foot",
        "stages",
        "door",
        "table",
        "kpi",
        "filters",
        "filter_menu",
        "pagination",
        "chart",
        "notice",
        "both_texts",
        "empty",
        "progress",
        "form",
        "day_said",
        "search",
        "messages_toast",
        "class_lists",
        "attendance",
        "class_list",
        "subjects",
        "my_recaps",
        "guide",
        "keys",
        "print",
    ),
    # Pages of the operator.
    "css/desk.css": ("records",),
    # Pages of BK beside the ladder of a case.
    "css/bk.css": (
        "found",
        "ink",
        "photos",
        "record",
        "signature_pad",
        "visit_report",
    ),
    # Visits by list, month, week and day.
    "css/days.css": ("stops", "calendar", "calendar_print"),
    # Pages that a school prints.
    "css/letter.css": (
        "paper",
        "letterhead",
        "letter_lines",
        "signature",
        "slip",
    ),
}


class StylesheetFinder(FileSystemFinder):
    """Finds the files of static/, and the built stylesheets in place of their parts."""

    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        if path in SHEETS:
            return str(build(path))
        if path.startswith("css/"):
            return None
        return super().find_location(root, path, prefix)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        ignored = [*(ignore_patterns or ())]
        yield from super().list([*ignored, "css/*"])
        storage = FileSystemStorage(location=BUILT)
        for sheet in SHEETS:
            if not any(matches_patterns(name, ignored) for name in (sheet, Path(sheet).name)):
                build(sheet)
                yield sheet, storage


def build(sheet: str, parts: Path = PARTS, built: Path = BUILT) -> Path:
    """Return the file of `sheet`, built again if a part has changed.

    Other processes may read or build it at the same time, so it is replaced in one step.
    """
    text = minified("".join((parts / f"{name}.css").read_text() for name in SHEETS[sheet]))
    target = built / sheet
    if not target.exists() or target.read_text() != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f"{target.name}.{uuid4().hex}")
        unfinished.write_text(text)
        unfinished.replace(target)
    return target


@lru_cache(maxsize=len(SHEETS))
def minified(css: str) -> str:
    return str(rcssmin.cssmin(css))

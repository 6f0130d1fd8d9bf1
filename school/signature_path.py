"""The lines of a signature: read strictly from the path that a browser sends, and written anew.

A path is made of M, L, Q and C with numbers in a fixed box. What is stored and what pages show is
built from the numbers that were read, never from the text that came.
"""

import re
from dataclasses import dataclass
from math import dist

from django.utils.translation import gettext as _

from workflow.errors import NotNow

WIDTH, HEIGHT = 600, 360
"""The box in which a person signs. Its units are no pixels: it has the size of the screen."""
LONGEST = 40_000
"""Characters of a path; a long signature has about 8,000."""
FEWEST, MOST_STROKES = 40, 200
"""Units of the shortest line that can be a signature; strokes of the longest one."""
TENTHS = 10
COORDINATES = {"M": 2, "L": 2, "Q": 4, "C": 6}
TOKEN = re.compile(r"(?P<step>[MLQC])|(?P<number>[0-9]{1,3}(?:\.[0-9]{1,2})?)|(?P<gap>[ ,])")
MARGIN = 12
SMALLEST = 200
"""Units of the width that is shown at least, so that a small signature stays small."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Step:
    """A step of the pen: M begins a stroke, L is straight, Q and C are curves to the last point."""

    letter: str
    points: tuple[Point, ...]

    @property
    def end(self) -> Point:
        return self.points[-1]

    def __str__(self) -> str:
        return self.letter + " ".join(f"{x:g} {y:g}" for x, y in self.points)


@dataclass(frozen=True)
class Drawing:
    """A signature that was drawn."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """Return the path as it is stored: only letters and numbers that were read."""
        return "".join(map(str, self.steps))

    @property
    def strokes(self) -> int:
        return sum(step.letter == "M" for step in self.steps)

    @property
    def length(self) -> float:
        """Return about how many units of line were drawn."""
        pairs = zip(self.steps, self.steps[1:], strict=False)
        return sum(dist(one.end, other.end) for one, other in pairs if other.letter != "M")

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return x, y, width and height of what a paper shows: the lines with a margin."""
        xs, ys = zip(*(point for step in self.steps for point in step.points), strict=True)
        left, top = min(xs) - MARGIN, min(ys) - MARGIN
        width, height = max(xs) + MARGIN - left, max(ys) + MARGIN - top
        wider = max(SMALLEST - width, 0)
        return left - wider / 2, top, width + wider, height


def read_signature(path: str) -> Drawing:
    """Return what a path draws. Raises NotNow if it is no path of ours, or no signature."""
    if len(path) > LONGEST:
        raise NotNow(_("This signature has too many lines. Clear it and sign again."))
    drawing = Drawing(tuple(_steps(path)))
    if drawing.strokes > MOST_STROKES:
        raise NotNow(_("This signature has too many lines. Clear it and sign again."))
    if drawing.length < FEWEST:
        raise NotNow(_("That is too short for a signature. Sign in the box."))
    return drawing


def _steps(path: str) -> list[Step]:
    found: list[Step] = []
    for letter, numbers in _read(path):
        if len(numbers) != COORDINATES[letter] or (not found and letter != "M"):
            raise _unreadable()
        points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
        if any(x > WIDTH or y > HEIGHT for x, y in points):
            raise _unreadable()
        found.append(Step(letter, points))
    return found


def _read(path: str) -> list[tuple[str, list[float]]]:
    """Return each letter with its numbers, to a tenth."""
    found: list[tuple[str, list[float]]] = []
    at, may_follow = 0, True
    while at < len(path):
        token = TOKEN.match(path, at)
        if token is None:
            raise _unreadable()
        at = token.end()
        if step := token["step"]:
            found.append((step, []))
        elif number := token["number"]:
            if not found or not may_follow:
                raise _unreadable()
            found[-1][1].append(round(float(number) * TENTHS) / TENTHS)
        may_follow = token["number"] is None
    return found


def _unreadable() -> NotNow:
    return NotNow(_("The signature could not be read. Clear it and sign again."))

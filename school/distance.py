"""How far two places are from each other, as the crow flies."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import TypeVar

Point = tuple[Decimal, Decimal]
"""Latitude and longitude in degrees."""
Stop = TypeVar("Stop")
EARTH = 6371.0
"""Kilometres from its centre to its surface."""


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two points by the haversine formula."""
    (south, west), (north, east) = (
        tuple(map(radians, map(float, point))) for point in (one, other)
    )
    across = sin((north - south) / 2) ** 2
    along = cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH * asin(sqrt(across + along))


def nearest_first(
    start: Point | None, stops: Iterable[Stop], point_of: Callable[[Stop], Point | None]
) -> list[Stop]:
    """Return the stops, each the nearest to the one before it; those without a point at the end.

    The first is the nearest to `start`; without a start the first stop that has a point.
    """
    rest = list(stops)
    known = [stop for stop in rest if point_of(stop)]
    way: list[Stop] = []
    here = start
    while known:
        at = here
        nearest = known[0] if at is None else min(known, key=lambda one: _from(at, point_of(one)))
        known.remove(nearest)
        way.append(nearest)
        here = point_of(nearest)
    return [*way, *(stop for stop in rest if point_of(stop) is None)]


def _from(here: Point, there: Point | None) -> float:
    return kilometres(here, there) if there else float("inf")

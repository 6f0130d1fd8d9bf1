"""Room for the frames of Python calls, so that a request does not take and return it all the time.

Python takes memory for frames in blocks of 16 KB, and returns a block to the system as soon as it
is empty. A loop at the edge of a block then makes two system calls and faults for each call: on
deep pages a tenth of the time. A frame larger than a block gets one of its own, with room for those
of all calls below it.
"""

from collections.abc import Callable
from types import FunctionType
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Returned = TypeVar("Returned")

SLOTS = 40_000
"""Slots of the large frame: CPython then reserves half a megabyte, and touches what it uses."""


def roomy(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Return the function with a frame that has room for those of all calls below it."""
    plain = cast(FunctionType, function)
    plain.__code__ = plain.__code__.replace(co_stacksize=SLOTS)
    return function

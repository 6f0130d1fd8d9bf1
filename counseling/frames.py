"""Room for the frames of Python calls, so that a request does not take and return it all the time.

Python takes memory for frames in blocks of 16 KB, and returns a block to the system as soon as it
is empty. A loop at the edge of a block then makes two system calls and faults for each call: on
deep pages a tenth of the time. A frame larger than a block gets a larger block, in which the calls
below it find room.
"""

from collections.abc import Callable
from types import FunctionType
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Returned = TypeVar("Returned")

SLOTS = 32_000
"""Slots of the large frame. CPython reserves half a megabyte for it, and touches what is used; the
half that the frame does not take is for the calls below it."""


def roomy(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """Return the function with a frame that leaves room for those of the calls below it."""
    plain = cast(FunctionType, function)
    plain.__code__ = plain.__code__.replace(co_stacksize=SLOTS)
    return function

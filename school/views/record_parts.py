"""What the operator's pages of records are made of: links and acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from workflow.errors import Text
from workflow.submits import Answer


@dataclass(frozen=True)
class Link:
    """Another page about a record, or an act on it."""

    label: Text
    url: str
    icon: str
    more: Text = ""


@dataclass(frozen=True)
class Act:
    """What can be done to many chosen records at once.

    `ask` asks whether one is sure, with %(n)d in it; `do` does it for all of them or raises, and
    returns what it did in words, or what `shows` makes a page of.
    """

    name: str
    label: Text
    ask: Text
    do: Callable[..., Any]
    fits: Callable[[Any], bool] = lambda _record: True
    """Whether the act makes sense for a record; asked of each in a list, so without a query."""
    in_list: bool = True
    """Whether the list offers it too."""
    first: Callable[[int], Any] | None = None
    """What takes long, made for so many records before a row is locked, and given to `do` too."""
    shows: Callable[[HttpRequest, Any, str, Sequence[Link]], Answer] | None = None
    """The answer with what was done, before the list is shown again, e.g. slips to print.

    It gets what was done, the address of the list, and whom it was not done to.
    """


AskedAct = tuple[Act | None, tuple[Any, ...]]

"""Buttons: a lifecycle says whether an act is on, a room's `acts.py` how it is offered."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from workflow.addresses import address
from workflow.errors import Text
from workflow.lifecycle import Lifecycle, Offer, Reasons, offer

Weight = Callable[..., int]
Label = Callable[..., Text]


def _by_its_id(obj: models.Model) -> tuple[int]:
    return (obj.pk,)


@dataclass(frozen=True)
class Shape:
    """How an act is offered, wherever it is."""

    page: str
    """The name of the URL where it is done."""
    icon: str
    look: str = "accent"
    """The colour of the icon: a class of static/css/look.css."""
    weight: int | Weight = 0
    """How much it suggests itself; asked of the object where it depends on it."""
    is_post: bool = False
    """Done at once by a POST to the page."""
    hides_off: bool = False
    """Not shown at all while it is off: its reason says nothing that one wants to know."""
    label: Text | Label = ""
    """Other words than those of the lifecycle; asked of the object where they depend on it."""
    args: Callable[..., tuple[int, ...]] = _by_its_id

    def url(self, obj: object) -> str:
        return address(self.page, *self.args(obj))


@dataclass(frozen=True)
class Button:
    """An act as one person sees it on one object, or a plain link among acts."""

    name: str
    label: Text
    url: str
    icon: str
    look: str = "accent"
    weight: int = 0
    """0 while it is off or asks for a reason first: then it does not suggest itself."""
    on: bool = True
    reason: Text = ""
    is_post: bool = False


class Acts:
    """The acts of a lifecycle that are offered somewhere, in the order in which they stand."""

    def __init__(self, lifecycle: Lifecycle, shapes: Mapping[str, Shape]) -> None:
        """Raise KeyError where the lifecycle has no such act."""
        self.lifecycle = lifecycle
        self.shapes = {lifecycle[name].name: shape for name, shape in shapes.items()}

    def url(self, name: str, obj: object) -> str:
        """Return where `name` is done to `obj`."""
        return self.shapes[name].url(obj)

    def icon(self, name: str) -> str:
        return self.shapes[name].icon

    def button(
        self, name: str, user: AbstractBaseUser, obj: models.Model, known: Reasons | None = None
    ) -> Button:
        """Return the act `name` on `obj`, or on what a new object hangs on; on or off.

        `known` holds conditions that were asked already.
        """
        return self._button(offer(self.lifecycle[name], user, obj, known), obj)

    def buttons(
        self,
        user: AbstractBaseUser,
        obj: models.Model,
        names: Iterable[str] = (),
        known: Reasons | None = None,
    ) -> list[Button]:
        """Return what `user` may do to `obj` in its state, with the reason of what is off.

        Of all acts, or of those named. `known` holds conditions that were asked already.
        """
        wanted = set(names) or self.shapes.keys()
        offered = {found.name: found for found in self.lifecycle.offers(user, obj, wanted, known)}
        return [
            self._button(offered[name], obj)
            for name, shape in self.shapes.items()
            if name in wanted and name in offered and (offered[name].on or not shape.hides_off)
        ]

    def _button(self, found: Offer, obj: models.Model) -> Button:
        shape = self.shapes[found.name]
        weight = shape.weight if isinstance(shape.weight, int) else shape.weight(obj)
        label = shape.label(obj) if callable(shape.label) else shape.label
        return Button(
            name=found.name,
            label=label or found.label,
            url=shape.url(obj),
            icon=shape.icon,
            look=shape.look,
            weight=weight if found.on and not found.needs_reason else 0,
            on=found.on,
            reason=found.reason,
            is_post=shape.is_post,
        )


def suggested(buttons: Iterable[Button], count: int) -> list[Button]:
    """Return at most `count` that suggest themselves, the weightiest first."""
    weighty = [button for button in buttons if button.weight]
    return sorted(weighty, key=lambda button: button.weight, reverse=True)[:count]

"""Buttons: a lifecycle says whether an act is on, a room's `acts.py` how it is shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

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
    """How an act is shown, on every page."""

    page: str
    """The URL name of the page of the act."""
    icon: str
    look: str = "accent"
    """The colour of the icon: a class of static/css/look.css."""
    weight: int | Weight = 0
    """How strongly it is suggested: a number, or a function of the object."""
    is_post: bool = False
    """Whether a POST to the page does it at once."""
    hides_off: bool = False
    """Whether it is hidden while it is off, since its reason helps nobody."""
    label: Text | Label = ""
    """A label in place of the lifecycle's: a text, or a function of the object."""
    args: Callable[..., tuple[int | str, ...]] = _by_its_id

    def url(self, obj: object) -> str:
        return address(self.page, *self.args(obj))


@dataclass(frozen=True)
class Button:
    """An act on an object as one person sees it, or a link among acts."""

    name: str
    label: Text
    url: str
    icon: str
    look: str = "accent"
    weight: int = 0
    """0 while it is off or needs a reason first, so that it is not suggested."""
    on: bool = True
    reason: Text = ""
    is_post: bool = False


class Acts:
    """The acts of a lifecycle that pages show, in their order."""

    def __init__(self, lifecycle: Lifecycle, shapes: Mapping[str, Shape]) -> None:
        """Raise KeyError if the lifecycle has no such act."""
        self.lifecycle = lifecycle
        self.shapes = {lifecycle[name].name: shape for name, shape in shapes.items()}

    def url(self, name: str, obj: object) -> str:
        """Return the address at which the act `name` is done to `obj`."""
        return self.shapes[name].url(obj)

    def icon(self, name: str) -> str:
        return self.shapes[name].icon

    def button(
        self, name: str, user: AbstractBaseUser, obj: models.Model, known: Reasons | None = None
    ) -> Button:
        """Return the act `name` on `obj`, or on the object from which it makes a new one.

        `known` holds conditions that were checked already.
        """
        return self._button(offer(self.lifecycle[name], user, obj, known), obj)

    def buttons(
        self,
        user: AbstractBaseUser,
        obj: models.Model,
        names: Iterable[str] = (),
        known: Reasons | None = None,
    ) -> list[Button]:
        """Return the acts of `user` on `obj` in its state; those that are off have a reason.

        It checks all acts, or those in `names`. `known` holds conditions checked already.
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


def reasons_once(buttons: Iterable[Button]) -> list[Button]:
    """Return what is on, then what is off: acts with the same reason stand in one line."""
    shown: list[Button] = []
    off: dict[str, list[Button]] = {}
    for button in buttons:
        if button.on:
            shown.append(button)
        else:
            off.setdefault(str(button.reason), []).append(button)
    for same in off.values():
        shown.append(replace(same[0], label=" · ".join(str(one.label) for one in same)))
    return shown


def suggested(buttons: Iterable[Button], count: int) -> list[Button]:
    """Return at most `count` acts to suggest, the weightiest first."""
    weighty = [button for button in buttons if button.weight]
    return sorted(weighty, key=lambda button: button.weight, reverse=True)[:count]

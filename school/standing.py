"""How pages show where something stands: always by colour, icon and word together."""

from dataclasses import dataclass

from workflow.errors import Text


@dataclass(frozen=True)
class Standing:
    look: str
    """The colour: a class of static/css/look.css, e.g. contact or done."""
    icon: str
    word: Text

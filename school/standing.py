"""Where something stands, as a page says it: colour, icon and word, which always go together."""

from dataclasses import dataclass

from workflow.errors import Text


@dataclass(frozen=True)
class Standing:
    look: str
    """The colour: a class of static/css/look.css, e.g. contact or done."""
    icon: str
    word: Text

"""The lines of a timeline, as its component draws them."""

from cases.steps import Kind, Moment
from workflow import clock


def line(kind: Kind, moment: Moment) -> dict[str, object]:
    """Return what the component of the timeline draws."""
    return {
        "on": clock.day_of(moment.at),
        "kind": kind.look,
        "icon": moment.icon or kind.icon,
        "title": moment.title,
        "text": " · ".join(str(word) for word in (moment.text, moment.by) if word),
        "url": moment.url,
        "link": moment.link,
        "is_void": moment.is_void,
    }

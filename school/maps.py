"""Links to maps that show a student's home and the way there; no map is drawn here."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from school.models import Student
from workflow.errors import Text

SEARCH = "https://www.google.com/maps/search/?api=1&query="
DIRECTIONS = "https://www.google.com/maps/dir/?api=1&destination="
OPENSTREETMAP = "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=17/{0}/{1}"
APP = "geo:{0},{1}?q={0},{1}"


@dataclass(frozen=True)
class MapLink:
    label: Text
    url: str
    is_for_phones: bool = False
    """Whether the link opens an app that only phones have."""


def map_links(student: Student) -> list[MapLink]:
    """Return links to the point of a home, or else to its address; none if both are unknown."""
    if student.point is not None:
        return [
            MapLink("OpenStreetMap", OPENSTREETMAP.format(*student.point)),
            MapLink(_("Directions"), DIRECTIONS + ",".join(map(str, student.point))),
            MapLink(_("Open in the map app"), APP.format(*student.point), is_for_phones=True),
        ]
    if not student.address:
        return []
    address = quote(student.address, safe="")
    return [
        MapLink(_("Look for the address on the map"), SEARCH + address),
        MapLink(_("Directions"), DIRECTIONS + address),
    ]

"""Work that waits for a person: each room answers with lines of this shape for its own."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from workflow import clock
from workflow.errors import Text


@dataclass(frozen=True)
class Task:
    """What it is, whose, by when, and where it gets done."""

    title: Text
    url: str
    icon: str
    kind: str = ""
    """Look of the line: review, contact, summons, visit, done, late, accent."""
    sub: Text = ""
    due_on: date | None = None
    at: datetime | None = None
    """The hour of a meeting or a visit: it stands among what is for today once its day is there."""
    place: str = ""
    """The place of the navigation that counts it."""
    count: int = 1
    """Of how many things it speaks."""

    @property
    def is_for_today(self) -> bool:
        day = timezone.localdate(self.at) if self.at else self.due_on
        if day is None:
            return False
        return day <= clock.today() if self.at else day == clock.today()

    @property
    def urgency(self) -> tuple[date, datetime, str]:
        """Return what orders them, the most urgent first; what has no date comes last."""
        last = datetime.max.replace(tzinfo=timezone.get_current_timezone())
        return (self.due_on or date.max, self.at or last, str(self.title))


def about(what: Text, whom: Text) -> str:
    """Return "Hubungi lagi: Dimas Prasetyo"."""
    return _("%(what)s: %(whom)s") % {"what": what, "whom": whom}


def joined(*words: Text) -> str:
    """Return the words that there are, with a dot between: "XII IPS 2 · Ruang BK"."""
    return " · ".join(str(word) for word in words if word)

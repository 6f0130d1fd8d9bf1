"""Tasks of a person; each room returns its own in this shape, this one operators' requests."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from school import wording
from school.models import OfficeRequest, Told, User
from school.models.office_request import REQUESTS
from school.permissions import is_coordinator, is_principal
from workflow import clock
from workflow.addresses import address
from workflow.errors import Text


@dataclass(frozen=True)
class Task:
    """What is to do, for whom, by when, and the page for it."""

    what: Text
    """In a few words, which stand on a phone beside the due day: "Hubungi lagi"."""
    url: str
    icon: str
    look: str = ""
    """The colour of the icon: a class of static/css/look.css, e.g. contact or late."""
    whom: Text = ""
    """The student, subject or class."""
    group: Text = ""
    """The class or period that says which one is meant."""
    more: Text = ""
    """What else is known, of which a phone shows as much as there is room for."""
    due_on: date | None = None
    at: datetime | None = None
    """The hour of a meeting or a visit, which is among today's tasks from its day on, also if
    its record is due later."""
    place: str = ""
    """The place of the navigation that counts the task."""
    whose: int | None = None
    """The counselor to whom it belongs, for a coordinator who oversees their work."""
    count: int = 1
    """How many things the task is about."""

    @property
    def title(self) -> str:
        """Return "Hubungi lagi: Dimas Prasetyo"."""
        if not self.whom:
            return str(self.what)
        return _("%(what)s: %(whom)s") % {"what": self.what, "whom": self.whom}

    @property
    def sub(self) -> str:
        return joined(self.group, self.more)

    @property
    def day(self) -> date | None:
        """Return the day from which it can be done, or by which it is due."""
        return timezone.localdate(self.at) if self.at else self.due_on

    @property
    def is_for_today(self) -> bool:
        return self.day is not None and self.day <= clock.today()

    @property
    def is_late(self) -> bool:
        due = self.due_on or self.day
        return due is not None and due < clock.today()

    @property
    def hour(self) -> str:
        """Return the hour of what is to come today; empty for all else."""
        is_to_come = self.at and self.is_for_today and self.at > clock.now()
        return wording.clock_time(self.at) if self.at and is_to_come else ""

    @property
    def urgency(self) -> tuple[date, datetime, str]:
        """Return the sort key of tasks: the most urgent first, those without a date last."""
        last = datetime.max.replace(tzinfo=timezone.get_current_timezone())
        return (self.day or date.max, self.at or last, self.title)


def joined(*words: Text) -> str:
    """Return the words that are not empty, joined by dots: "XII IPS 2 · Ruang BK"."""
    return " · ".join(str(word) for word in words if word)


def waiting(user: User) -> list[Task]:
    """Return the requests that `user` may answer, and one line for what they were told."""
    if not REQUESTS.shows_some(user):
        return []
    answers = is_coordinator(user) or is_principal(user)
    return [*(_to_answer(user) if answers else ()), *_told(user)]


def _to_answer(user: User) -> list[Task]:
    requests = OfficeRequest.objects.answerable_by(user).select_related("person")
    return [
        Task(
            what=_("Answer a request"),
            whom=request.person.called,
            url=request.get_absolute_url(),
            icon="person",
            look="accent",
            more=request.title,
        )
        for request in requests
    ]


def _told(user: User) -> list[Task]:
    count = Told.objects.filter(to=user, read_at=None).count()
    if not count:
        return []
    more = ngettext("%(n)s change", "%(n)s changes", count) % {"n": count}
    what, url = _("Roles and accounts"), address("school:office_requests")
    return [Task(what=what, url=url, icon="info-circle", look="accent", more=more)]

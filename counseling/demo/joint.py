"""One attempt of the running semester that was made for several cases: no signal up the mountain.

It comes last and draws nothing, and lifts no case: each was contacted before.
"""

from cases.models import Case, Channel, ContactOutcome, Party, Rung
from cases.workflow import log_contacts
from counseling.demo.moments import Diary
from counseling.demo.scripts import on
from school.models import Semester, User

VILLAGES = ("Wonoboyo", "Kentengsari")
NOTE = "Menara seluler padam sejak pagi; tidak satu pun keluarga bisa dihubungi."


def try_villages(semester: Semester, counselor: User) -> None:
    """Log one attempt for the open cases of a counselor in villages without a signal."""
    cases = Case.objects.filter(
        semester=semester,
        counselor=counselor,
        status="OPEN",
        confirmed_at__isnull=False,
        rung__gt=Rung.REVIEW,
        student__village__in=VILLAGES,
    ).select_related("student", "counselor", "semester__policy")
    found = list(cases.order_by("pk"))
    assert len(found) > 1
    diary = Diary()
    diary.plan(
        on(10, 1, 14),
        lambda: log_contacts(
            found,
            by=counselor,
            channel=Channel.PHONE,
            party=Party.MOTHER,
            outcome=ContactOutcome.NO_NETWORK,
            note=NOTE,
        ),
    )
    diary.live()

"""Somebody who is asked for feedback by a link whose key the tests know."""

from cases.models import Case
from reports.models import FeedbackLink
from reports.models.feedback import hashed
from reports.served import served_in
from reports.workflow import ask_feedback
from school.models import User

KEY = "kunci-yang-diketahui-oleh-tes"
ADDRESS = f"/umpan-balik/?kunci={KEY}"


def asked(case: Case, by: User) -> None:
    """Ask a parent about the newest service of a case."""
    ask_feedback(case, served_in(case)[0], "PARENT", by=by)
    FeedbackLink.objects.filter(case=case).update(key_hash=hashed(KEY))

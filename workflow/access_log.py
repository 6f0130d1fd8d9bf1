"""The access log: who opened what, or tried to, with one entry for each request.

An act that is done writes its entry in its own transaction (`workflow.submits`). The statement is
SQL, since every page needs it, and Django would take five times as long to write it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest

from workflow import clock

WRITTEN = """
INSERT INTO "workflow_accessentry"
(person_id, view, kind, object_id, student_id, method, status, looked_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


@dataclass
class Access:
    """A request for something about a student, until it is logged with the status of its answer.

    `asked_id` and `student_id` are the ids in the address; `shows` is what the view has fetched. If
    it has fetched nothing, `unseen` returns what the address names.
    """

    request: HttpRequest
    kind: str
    asked_id: int | None = None
    student_id: int | None = None
    unseen: Callable[[], object] = lambda: None
    shows: object = None
    is_settled: bool = False
    """Whether its entry is written, or none is needed."""

    def write(self, status: int) -> None:
        match = self.request.resolver_match
        shown = self.unseen() if self.shows is None else self.shows
        entry = (
            self.request.user.pk,
            match.view_name if match else "",
            self.kind,
            self.asked_id or getattr(shown, "pk", None),
            getattr(shown, "student_id", self.student_id),
            self.request.method if self.request.method in METHODS else "",
            status,
            connection.ops.adapt_datetimefield_value(clock.now()),
        )
        with connection.cursor() as cursor:
            cursor.execute(WRITTEN, entry)
        self.is_settled = True

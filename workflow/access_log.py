"""The access log: who opened what, or tried to, with one entry for each request.

An act that is done writes its entry in its own transaction (`workflow.submits`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from workflow import clock
from workflow.models import AccessEntry

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
        AccessEntry.objects.create(
            person=self.request.user,
            view=match.view_name if match else "",
            kind=self.kind,
            object_id=self.asked_id or getattr(shown, "pk", None),
            student_id=getattr(shown, "student_id", self.student_id),
            method=self.request.method if self.request.method in METHODS else "",
            status=status,
            looked_at=clock.now(),
        )
        self.is_settled = True

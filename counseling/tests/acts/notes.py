"""The acts that let others read a confidential note, and those that close an account."""

from typing import Any

from cases import workflow as cases
from cases.models import ConfidentialNote
from counseling.tests.acts.act import DONE, act_on, of_school
from school import permissions as may
from school.models import User
from school.tests.cast import Cast
from school.workflow import accounts
from workflow.errors import NotAllowed


@act_on(ConfidentialNote, "WRITTEN")
def pass_on_note(note: ConfidentialNote, by: Any, choice: int) -> None:
    """Pass it on, mostly as its author."""
    author = User.objects.get(pk=note.author_id)
    cases.pass_on(note, by=author if choice % 4 else by)


@act_on(ConfidentialNote, "WRITTEN")
def read_left_note(note: ConfidentialNote, by: Any, choice: int) -> None:
    cases.read_left(note, by=by, reason="Pengganti belum ada" if choice % 4 else " ")


@of_school
def disable(cast: Cast, by: Any, n: int, choice: int) -> Any:
    """Disable a counselor; seldom the one who does most here."""
    _is_operator(by)
    person = cast.bk if n == 0 and choice == 0 else cast.bk2
    accounts.disable(User.objects.get(pk=person.pk), by=by)
    return DONE


@of_school
def enable(cast: Cast, by: Any, n: int, choice: int) -> Any:
    _is_operator(by)
    disabled = User.objects.filter(is_active=False).order_by("pk").first()
    if disabled is None:
        return None
    accounts.enable(disabled, by=by)
    return DONE


def _is_operator(by: Any) -> None:
    """Raise NotAllowed for others, whom the pages of accounts do not let in."""
    if not may.is_operator(by):
        raise NotAllowed

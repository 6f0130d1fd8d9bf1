"""Why an act is not done. Each message is for the person who tried it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from workflow.versions import Versioned

    Text = StrOrPromise
else:
    Text = str | Promise


class WorkflowError(Exception):
    """The act was not done, and nothing has changed."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(WorkflowError):
    """The person may not do this to this object (403)."""

    def __init__(self, message: Text = _("You may not do this here.")) -> None:
        super().__init__(message)


class NotThere(WorkflowError):
    """The object does not exist, or not where the person may act on it (404)."""

    def __init__(self) -> None:
        super().__init__("")


class WrongState(WorkflowError):
    """The object is no longer in the state that the person saw, since somebody was faster."""

    def __init__(
        self,
        message: Text = _(
            "This has changed in the meantime, so nothing was done. Read what it says now, "
            "then decide again."
        ),
    ) -> None:
        super().__init__(message)


class NotNow(WorkflowError):
    """A condition of the act does not hold; `needs_reason` if a written reason can stand for it."""

    def __init__(self, message: Text, *, needs_reason: bool = False) -> None:
        super().__init__(message)
        self.needs_reason = needs_reason


class Busy(WorkflowError):
    """The server is at work on something that takes long; asked again, it may be free (503)."""

    seconds = 3
    """After which to ask again."""


class UndoTooLate(WorkflowError):
    """The act can no longer be undone: too old, not one's own, or something follows from it."""

    def __init__(
        self,
        message: Text = _(
            "This can no longer be undone: more than a minute has passed "
            "or something else has happened since."
        ),
    ) -> None:
        super().__init__(message)


class SentAlready(WorkflowError):
    """The UUID of a submit was used before with another address or another body (409)."""

    def __init__(
        self,
        message: Text = _(
            "This form was already sent once with different content, so nothing was saved now. "
            "Copy what you typed, open the page again and send it again."
        ),
    ) -> None:
        super().__init__(message)


class EditConflict(WorkflowError):
    """Somebody else saved first. `current` is the saved text, `refused` the typed one."""

    def __init__(self, current: "Versioned", refused: Mapping[str, object]) -> None:
        super().__init__(
            _("Somebody else saved this first. Both texts are shown: choose which one to keep.")
        )
        self.current = current
        self.refused = refused

"""Sessions in the database, which do not turn a saved act into an error."""

import logging

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import OperationalError

logger = logging.getLogger(__name__)


class SessionStore(DatabaseSessions):
    def save(self, must_create: bool = False) -> None:
        """Save the session, or leave it where the database cannot write, e.g. on a full disk.

        Django saves it after the view has committed, and would answer 400 as if the session were
        gone; whoever reads that types again what is saved already.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            if not isinstance(error.__context__, OperationalError):
                raise
            logger.exception("The session was not saved")

"""Who asks: the session and its person, by one statement of SQL each, since every page needs them.

Django would take five times as long to write these statements as the database takes to answer them.
"""

import logging
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import OperationalError, connection
from django.utils import timezone

from school.models import User

logger = logging.getLogger(__name__)
LIVING = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
PERSON = "SELECT * FROM school_user WHERE id = %s"


class SessionStore(DatabaseSessions):
    """Sessions in the database, which do not turn a saved act into an error."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and forget the key, if it is over or unknown."""
        with connection.cursor() as cursor:
            now = connection.ops.adapt_datetimefield_value(timezone.now())
            cursor.execute(LIVING, [self.session_key, now])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])

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


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        """Return the person of a session, unless they were disabled."""
        found = next(iter(User.objects.raw(PERSON, [user_id])), None)
        return found if found and self.user_can_authenticate(found) else None

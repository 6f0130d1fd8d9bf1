"""Sessions in the database, whose keys stand in browsers alone."""

import logging
from hashlib import sha256
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import OperationalError
from django.utils import timezone

logger = logging.getLogger(__name__)

LONGEST = 40
"""As many figures as the tables take: 160 bits. A key has 165 by chance, so it needs no salt."""


def kept_as(key: str | None) -> str:
    """Return under what the session with this key is kept.

    Whoever reads the tables, or a copy of them, cannot send it as a cookie.
    """
    return sha256((key or "").encode()).hexdigest()[:LONGEST]


class SessionStore(DatabaseSessions):
    """Keeps a session under the hash of its key, and turns no saved act into an error."""

    def _get_session_from_db(self) -> Any:
        rows = self.model.objects.filter(expire_date__gt=timezone.now())
        row = rows.filter(session_key=kept_as(self.session_key)).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(kept_as(session_key)))

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            super().delete(kept_as(key))

    def create_model_instance(self, data: dict[str, object]) -> Any:
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

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

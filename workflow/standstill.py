"""An act that nobody else's act may overlap, e.g. one that freezes figures.

SQLite lets one write at a time anyway. PostgreSQL has a lock that belongs to no row: acts share it,
and an act `alone` waits until those that have begun are done, and makes later ones wait for it.
These then read what it changed. It is taken before any lock of a row, so that nobody waits for
somebody who waits for them.
"""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from workflow.errors import Busy

ACTS, LONE_ACT = 7_401_001, 7_401_002
"""Numbers of the two locks, which mean nothing else in this database."""


def beside_others() -> None:
    """Let no act run alone until this transaction ends."""
    _locked("pg_advisory_xact_lock_shared", ACTS)


def alone() -> None:
    """Let no other act run until this transaction ends. Raises Busy if another one is to be alone.

    Two that wait for each other would wait for ever.
    """
    if _locked("pg_try_advisory_xact_lock", LONE_ACT) is False:
        raise Busy(_("Somebody else is freezing or unfreezing a semester right now. Try again."))
    _locked("pg_advisory_xact_lock", ACTS)


def _locked(function: str, number: int) -> object:
    """Return what the function of PostgreSQL says; None on SQLite."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [number])
        return cursor.fetchone()[0]

"""The cache that all processes share. It holds the limits on signing in."""

from datetime import datetime

from django.core.cache.backends.db import DatabaseCache
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.utils.crypto import salted_hmac


class KeepingCache(DatabaseCache):
    """Drops what has expired and nothing else, however much there is.

    Django's own drops entries that still hold once there are more than 300. Whoever tries many
    names could push out the count of wrong passwords of another one.
    """

    _table: str

    def _cull(self, db: str, cursor: CursorWrapper, now: datetime, num: int | None = None) -> None:
        connection: BaseDatabaseWrapper = connections[db]
        table = connection.ops.quote_name(self._table)
        before = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [before])  # noqa: S608


def secret_key(key: str, key_prefix: str, version: int) -> str:
    """Return a name that only this school's secret gives, so that nobody can choose it."""
    return salted_hmac("counseling.shared_cache", f"{key_prefix}:{version}:{key}").hexdigest()

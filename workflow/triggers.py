"""The logs can only grow: triggers in the database refuse UPDATE, DELETE and TRUNCATE.

SQLite silently drops the triggers of a table that is altered, so a migration that changes a log
must install them again; a test checks them after the last migration.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

LOGS = ("workflow_actionentry", "workflow_accessentry")


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, replacing existing ones."""
    remove(connection)
    _run(connection, _postgresql_install() if _is_postgresql(connection) else _sqlite_install())


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers. Only migrations and the flush of a test database may do so."""
    _run(connection, _postgresql_remove() if _is_postgresql(connection) else _sqlite_remove())


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the log triggers that the database has now."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'workflow_%%_no_%%'"
        if _is_postgresql(connection)
        else "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'workflow_%%_no_%%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query.replace("%%", "%"))
        return {name for (name,) in cursor.fetchall()}


def expected(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the log triggers that the database must have."""
    acts = ("update", "delete") + (("truncate",) if _is_postgresql(connection) else ())
    return {f"{table}_no_{act}" for table in LOGS for act in acts}


def _is_postgresql(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "postgresql"


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite_install() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
        for table in LOGS
        for act in ("update", "delete")
    ]


def _sqlite_remove() -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_{act}" for table in LOGS for act in ("update", "delete")
    ]


def _postgresql_install() -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION workflow_log_is_append_only() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'the log is append-only'; END $$ LANGUAGE plpgsql"
    )
    return [function] + [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        f"FOR EACH {'STATEMENT' if act == 'truncate' else 'ROW'} "
        "EXECUTE FUNCTION workflow_log_is_append_only()"
        for table in LOGS
        for act in ("update", "delete", "truncate")
    ]


def _postgresql_remove() -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}"
        for table in LOGS
        for act in ("update", "delete", "truncate")
    ]

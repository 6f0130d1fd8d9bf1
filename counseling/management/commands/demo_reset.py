"""Empties the database of a demo school, so that the next `make demo` starts over."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from counseling.demo.real_school import holds_a_real_school


class Command(BaseCommand):
    help = "Drops all tables of a demo school. Refuses where a real school is."

    def handle(self, *args: object, **options: object) -> None:
        if holds_a_real_school():
            raise CommandError("This database holds a real school. Nothing was changed.")
        for table in tables_of_ours():
            drop(table)
        self.stdout.write("The demo school is gone.")


def tables_of_ours() -> list[str]:
    """Return the tables of models, of the cache and of Django's migrations that are there."""
    there = set(connection.introspection.table_names())
    ours = set(connection.introspection.django_table_names())
    cache = str(settings.CACHES["default"]["LOCATION"])
    ours |= {MigrationRecorder.Migration._meta.db_table, cache}
    return sorted(there & ours)


def drop(table: str) -> None:
    """Drop one table with whatever refers to it."""
    # Names come from the database itself, and quote_name quotes them.
    statement = f"DROP TABLE {connection.ops.quote_name(table)}"
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as sql:
        sql.execute(f"{statement} CASCADE" if connection.vendor == "postgresql" else statement)

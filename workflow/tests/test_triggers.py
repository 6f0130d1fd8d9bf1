"""The logs can only grow: the database refuses every other change."""

from itertools import product

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction

from workflow import clock, triggers
from workflow.models import AccessEntry, ActionEntry

pytestmark = pytest.mark.django_db


def entries():
    person = get_user_model().objects.create(username="sri", name="Sri")
    ActionEntry.objects.create(
        actor=person,
        kind="lamps.lamp",
        object_id=1,
        root_kind="lamps.lamp",
        root_id=1,
        action="light",
        target="ON",
        happened_at=clock.now(),
        logged_at=clock.now(),
    )
    AccessEntry.objects.create(
        person=person, view="home", kind="home", method="GET", status=200, looked_at=clock.now()
    )
    return person


def refused(act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act()


def test_they_are_there_after_the_last_migration():
    assert triggers.installed(connection) == triggers.expected(connection)
    assert len(triggers.expected(connection)) == (6 if connection.vendor == "postgresql" else 4)


@pytest.mark.parametrize("model", [ActionEntry, AccessEntry])
def test_a_row_of_a_log_is_neither_changed_nor_deleted(model):
    entries()
    field = "action" if model is ActionEntry else "view"
    refused(lambda: model.objects.update(**{field: "other"}))
    refused(lambda: model.objects.all().delete())
    refused(lambda: model.objects.get().delete())
    assert model.objects.exclude(**{field: "other"}).count() == 1


@pytest.mark.parametrize(
    ("table", "statement"),
    list(product(triggers.LOGS, ["UPDATE {} SET id = id + 1", "DELETE FROM {}"])),
)
def test_sql_by_hand_is_refused_too(table, statement):
    entries()

    def act():
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table))

    refused(act)


@pytest.mark.postgresql
@pytest.mark.parametrize("table", triggers.LOGS)
def test_a_log_is_not_truncated(table):
    entries()

    def act():
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")

    refused(act)


def test_who_is_deleted_stays_in_the_log_as_a_number():
    person = entries()
    pk = person.pk
    person.delete()
    assert ActionEntry.objects.get().actor_id == pk
    assert AccessEntry.objects.get().person_id == pk

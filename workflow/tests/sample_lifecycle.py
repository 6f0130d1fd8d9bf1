"""A model with a lifecycle for the tests of `workflow`; it belongs to no room."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, models

from workflow.lifecycle import LIFECYCLES, NEW, SAME, Lifecycle, Note, Transition
from workflow.run import make


class LampStatus(models.TextChoices):
    OFF = "OFF", "Off"
    ON = "ON", "On"
    BROKEN = "BROKEN", "Broken"


class LampQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> "LampQuerySet":
        return self.exclude(place="attic")


class Lamp(models.Model):
    status = models.CharField(max_length=10, choices=LampStatus.choices, default=LampStatus.OFF)
    place = models.CharField(max_length=20, blank=True)
    watts = models.IntegerField(default=40)
    lit_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = LampQuerySet.as_manager()

    class Meta:
        app_label = "lamps"
        managed = False

    def __str__(self) -> str:
        return f"lamp {self.pk}"


COLUMNS = (
    "status varchar(10) NOT NULL, place varchar(20) NOT NULL, watts integer NOT NULL, "
    "lit_at {moment} NULL, version integer NOT NULL"
)
KINDS = {
    "sqlite": ("integer PRIMARY KEY AUTOINCREMENT", "datetime"),
    "postgresql": ("bigserial PRIMARY KEY", "timestamptz"),
}


def is_keeper(user: Any, lamp: Lamp) -> bool:
    return user.username.startswith("keeper")


def has_a_bulb(lamp: Lamp) -> str | None:
    return None if lamp.watts else "There is no bulb."


def it_is_dark(lamp: Lamp) -> str | None:
    return "It is not dark yet." if lamp.place == "window" else None


def lifecycle() -> Lifecycle:
    """Return the lifecycle of lamps. It registers itself, so only the fixture below calls this."""
    return Lifecycle(
        kind="lamps.lamp",
        title="Lamp",
        statuses=LampStatus,
        office=lambda user, lamp: "KEEPER",
        transitions=(
            Transition("hang", "Hang", (NEW,), "OFF", is_keeper, holds=(has_a_bulb,)),
            Transition(
                "light",
                "Light",
                ("OFF",),
                "ON",
                is_keeper,
                holds=(has_a_bulb,),
                holds_or_reason=(it_is_dark,),
                undo="undo_light",
            ),
            Transition("undo_light", "Undo: light", ("ON",), "OFF", is_keeper, reverses="light"),
            Transition("change_bulb", "Change the bulb", ("OFF",), SAME, is_keeper),
            Transition("smash", "Smash", ("OFF", "ON"), "BROKEN", is_keeper, note=Note.MUST),
        ),
    )


@pytest.fixture
def sample_lifecycle(db: None) -> Iterator[Lifecycle]:
    """Create the table and the lifecycle of lamps for one test."""
    key, moment = KINDS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE lamps_lamp (id {key}, {COLUMNS.format(moment=moment)})")
    yield lifecycle()
    del LIFECYCLES["lamps.lamp"]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE lamps_lamp")


def person(username: str = "keeper") -> Any:
    return get_user_model().objects.create(username=username, name="Sri Wahyuni")


def lamp(by: Any, **fields: Any) -> Lamp:
    """Hang a lamp by its act, and return it."""
    hung = Lamp.objects.create(**fields)
    return make("lamps.lamp", "hang", hung, lambda: hung, by=by)

"""Loading the demo: it is fast, repeatable, and refused over a real school."""

import hashlib
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from counseling.demo import school
from counseling.demo.today import set_today
from counseling.tests import databases
from counseling.tests.conftest import DemoSchool
from counseling.tests.rows import own_models
from school.models import SchoolProfile, Student, User
from school.tests import factories as make

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.once]

NOT_THE_SAME = {"password", "last_login", "offset"}
"""Fields that are salted or depend on real time."""
SECONDS = 60


def digest() -> str:
    """Return a fingerprint of every row of the rooms."""
    found = hashlib.sha256()
    for model in own_models():
        names = [f.attname for f in model._meta.concrete_fields if f.name not in NOT_THE_SAME]
        for row in model._base_manager.order_by("pk").values_list(*names):
            found.update(repr((model._meta.label, row)).encode())
    return found.hexdigest()


@pytest.mark.trust
@pytest.mark.sqlite
def test_the_same_seed_gives_the_same_data(loaded_demo: DemoSchool, django_db_blocker: Any) -> None:
    again = databases.beside("again")
    with django_db_blocker.unblock():
        databases.copy(loaded_demo.empty, again)
        with databases.living_in(again):
            school.load()
            set_today()
            second = digest()
        databases.drop(again)
        with databases.living_in(loaded_demo.database):
            assert digest() == second


def test_loading_takes_less_than_a_minute(loaded_demo: DemoSchool) -> None:
    assert loaded_demo.cpu_seconds < SECONDS


@pytest.mark.django_db
def test_a_real_school_is_left_alone() -> None:
    SchoolProfile.objects.create(pk=SchoolProfile.ONLY, name="SMA Nyata")
    with pytest.raises(CommandError, match="holds a real school"):
        call_command("demo")
    assert (SchoolProfile.objects.get().name, User.objects.count()) == ("SMA Nyata", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [make.UserFactory, make.StudentFactory])
def test_people_without_a_school_are_left_alone(factory: Any) -> None:
    factory()
    with pytest.raises(CommandError, match="holds a real school"):
        call_command("demo")
    assert not SchoolProfile.objects.exists()
    assert User.objects.count() + Student.objects.count() == 1

"""The demo school for tests: loaded once a process, copied for each module that lives in it."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from counseling.demo import school
from counseling.demo.today import set_today
from counseling.tests import demo_database
from school.models import User


@dataclass(frozen=True)
class DemoSchool:
    """What tests ask of the demo beside its rows. Its day is Monday 4 October 2021."""

    database: str
    """The loaded database, from which copies are made."""
    empty: str
    """What it was before it was loaded: the ids that it goes on from are in it too."""
    cpu_seconds: float
    """How long loading took, in time of the processor."""

    def user(self, username: str) -> User:
        return User.objects.get(username=username)


@pytest.fixture(scope="session")
def loaded_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[DemoSchool]:
    with django_db_blocker.unblock():
        name, empty = demo_database.beside("demo"), demo_database.beside("demo_empty")
        demo_database.copy(demo_database.current(), empty)
        demo_database.copy(empty, name)
        began = time.process_time()
        with demo_database.living_in(name):
            school.load()
            took = time.process_time() - began
            set_today()
    yield DemoSchool(name, empty, took)
    with django_db_blocker.unblock():
        demo_database.drop(name)
        demo_database.drop(empty)


@pytest.fixture(scope="module")
def demo_school(loaded_demo: DemoSchool, django_db_blocker: Any) -> Iterator[DemoSchool]:
    """The module lives in the demo school. Mark it `xdist_group("demo")`: then it loads once."""
    with django_db_blocker.unblock():
        name = demo_database.beside("demo_copy")
        demo_database.copy(loaded_demo.database, name)
    with demo_database.living_in(name):
        yield loaded_demo
    with django_db_blocker.unblock():
        demo_database.drop(name)


@pytest.fixture
def demo_school_live(
    demo_school: DemoSchool, transactional_db: None, django_db_blocker: Any
) -> DemoSchool:
    """The same for tests that commit (browser, threads): each begins with a fresh copy."""
    with django_db_blocker.unblock():
        demo_database.copy(demo_school.database, demo_database.current())
    return demo_school

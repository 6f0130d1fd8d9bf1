"""Schools for tests, made once in each process: the demo, every state, and the access matrix."""

import copy
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from conftest import PATIENCE
from counseling.demo import school
from counseling.demo.today import set_today
from counseling.tests import databases
from counseling.tests.databases import Kept
from counseling.tests.phone import Phone
from counseling.tests.scenarios.access import AccessScenario, access_scenario
from counseling.tests.scenarios.every_state import every_state_school
from counseling.tests.scenarios.january import January, january_school
from school.models import User
from school.tests.cast import Cast
from workflow import clock


@dataclass(frozen=True)
class DemoSchool:
    """The loaded demo school. Its day is Monday 4 October 2021."""

    database: str
    """The loaded database, from which copies are made."""
    empty: str
    """The database before loading, which holds the same id sequences."""
    cpu_seconds: float
    """Processor time of loading."""

    def user(self, username: str) -> User:
        return User.objects.get(username=username)


def _load_demo() -> float:
    """Load the demo school; return the seconds of processor time it took."""
    began = time.process_time()
    school.load()
    took = time.process_time() - began
    set_today()
    return took


@pytest.fixture(scope="session")
def loaded_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[DemoSchool]:
    with django_db_blocker.unblock():
        name, empty = databases.beside("demo"), databases.beside("demo_empty")
        databases.copy(databases.current(), empty)
        took = databases.made_once("demo", _load_demo)
    yield DemoSchool(name, empty, took)
    with django_db_blocker.unblock():
        databases.drop(name)
        databases.drop(empty)


@pytest.fixture(scope="module")
def demo_school(loaded_demo: DemoSchool, django_db_blocker: Any) -> Iterator[DemoSchool]:
    """Run the module in a copy of the demo school; `xdist_group("demo")` lets it load once."""
    with django_db_blocker.unblock():
        name = databases.beside("demo_copy")
        databases.copy(loaded_demo.database, name)
    with databases.living_in(name):
        yield loaded_demo
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture
def demo_school_live(
    demo_school: DemoSchool, transactional_db: None, django_db_blocker: Any
) -> DemoSchool:
    """Give each test that commits (browser, threads) a fresh copy of the demo school."""
    with django_db_blocker.unblock():
        databases.copy(demo_school.database, databases.current())
    return demo_school


@pytest.fixture(scope="session")
def every_state_kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Kept]:
    with django_db_blocker.unblock(), databases.keeping("every_state", every_state_school) as kept:
        yield kept


@pytest.fixture(scope="module")
def lives_in_every_state(every_state_kept: Kept) -> Iterator[None]:
    with databases.living_in(every_state_kept.database):
        yield


@pytest.fixture
def every_state(lives_in_every_state: None, db: None, every_state_kept: Kept) -> Iterator[Cast]:
    """Yield the school in which every state occurs, at the moment it was made.

    Either all tests of a module use it or none does, since the module runs in its database.
    """
    with clock.shifted_to(every_state_kept.made_at):
        yield copy.deepcopy(every_state_kept.school)


@pytest.fixture
def every_state_live(
    every_state_kept: Kept, transactional_db: None, django_db_blocker: Any
) -> Cast:
    """Give each test that commits a fresh copy of the school in which every state occurs."""
    with django_db_blocker.unblock():
        databases.copy(every_state_kept.database, databases.current())
    return copy.deepcopy(every_state_kept.school)


@pytest.fixture(scope="session")
def access_kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Kept]:
    with django_db_blocker.unblock(), databases.keeping("access", access_scenario) as kept:
        yield kept


@pytest.fixture(scope="module")
def lives_in_access(access_kept: Kept) -> Iterator[None]:
    with databases.living_in(access_kept.database):
        yield


@pytest.fixture
def access_school(lives_in_access: None, db: None, access_kept: Kept) -> Iterator[AccessScenario]:
    """Yield the school of the access matrix; like `every_state` it has its own database."""
    with clock.shifted_to(access_kept.made_at):
        yield copy.deepcopy(access_kept.school)


@pytest.fixture(scope="session")
def january_kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Kept]:
    with django_db_blocker.unblock(), databases.keeping("january", january_school) as kept:
        yield kept


@pytest.fixture(scope="module")
def lives_in_january(january_kept: Kept) -> Iterator[None]:
    with databases.living_in(january_kept.database):
        yield


@pytest.fixture
def january(lives_in_january: None, db: None, january_kept: Kept) -> Iterator[January]:
    """Yield the school in January; like `every_state` it has its own database."""
    with clock.shifted_to(january_kept.made_at):
        yield copy.deepcopy(january_kept.school)


@pytest.fixture
def phone(
    browser_type: Any,
    browser_type_launch_args: dict[str, Any],
    live_server: Any,
    complaints: list[str],
    tmp_path: Path,
) -> Iterator[Phone]:
    expect.set_options(timeout=PATIENCE)

    args = browser_type_launch_args["args"]

    def start(more: list[str]) -> BrowserContext:
        found: BrowserContext = browser_type.launch_persistent_context(
            str(tmp_path / "phone"),
            **{**browser_type_launch_args, "args": [*args, *more]},
            base_url=live_server.url,
            viewport={"width": 360, "height": 740},
            locale="id-ID",
        )
        return found

    held = Phone(start, live_server.url, complaints)
    yield held
    held.context.close()

"""A new kind of step needs only one class, and appears on all pages that show steps."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest

from cases import steps
from cases.models import Case, Rung
from cases.read_steps import next_step
from cases.steps import Cases, Line, Moment, NextStep, OpenCase, StepKind
from cases.tests import factories as make
from cases.workflow import resolve
from school.tests.cast import small_school
from workflow import clock
from workflow.errors import NotNow
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@dataclass
class Aid:
    case: Case
    asked_on: date
    is_given: bool = False


class AidSteps(StepKind[Aid]):
    """Assistance that is requested, then handed over. It has no rung."""

    name = "aid"
    label = "Bantuan"
    icon = "phone"

    def __init__(self, *rows: Aid) -> None:
        self.rows = rows

    def of(self, cases: Sequence[Case]) -> dict[int, list[Aid]]:
        return {case.pk: [aid for aid in self.rows if aid.case == case] for case in cases}

    def open(self, case: Case, steps: list[Aid]) -> str | None:
        return None if all(aid.is_given for aid in steps) else "Bantuan belum diserahkan."

    def coming(self, case: OpenCase, steps: list[Aid]) -> NextStep | None:
        due = [aid.asked_on + timedelta(days=3) for aid in steps if not aid.is_given]
        return NextStep("Serahkan bantuan", due[0], "/bantuan/") if due else None

    def summary(self, case: Case, steps: list[Aid]) -> list[Line]:
        return [(aid.asked_on, "Bantuan diminta") for aid in steps]

    def timeline(self, case: Case, steps: list[Aid]) -> list[Moment]:
        return [Moment(clock.day_start(aid.asked_on), "Minta paket data") for aid in steps]


@contextmanager
def registered(kind: StepKind) -> Iterator[None]:
    take_away: Callable[[], None] = steps.register(kind)
    try:
        yield
    finally:
        take_away()


@pytest.fixture
def cast():
    return small_school()


@pytest.fixture
def case(cast):
    return make.direct_case(cast)


@pytest.fixture
def aid(cast, case):
    make.attempt(case, cast.bk, "REACHED")
    aid = Aid(case, clock.today())
    with registered(AidSteps(aid)):
        yield aid


def page_of(user, case: Case, query: str = ""):
    return signed_in(user).get(f"/kasus/{case.pk}/{query}")


def test_a_kind_without_a_rung_stands_on_the_timeline_with_a_filter_of_its_own(cast, case, aid):
    page = page_of(cast.bk, case)
    assert "Minta paket data" in [line["title"] for line in page.context["timeline"]]
    *_, last = page.context["asked"].filters["kind"].field.choices
    assert last == ("aid", "Bantuan")
    (line,) = page_of(cast.bk, case, "?kind=aid").context["timeline"]
    assert (line["title"], line["icon"], line["kind"]) == ("Minta paket data", "phone", "accent")


def test_a_kind_without_a_rung_stands_in_the_summary_and_moves_no_rung(cast, case, aid):
    context = page_of(cast.wali, case).context
    assert (clock.today(), "Bantuan diminta") in context["summary_lines"]
    assert len(context["ladder"]) == len(Rung)
    case.refresh_from_db()
    assert case.rung == Rung.CONTACT


def test_a_kind_without_a_rung_waits_on_the_home_page_beside_the_next_step(cast, case, aid):
    home = signed_in(cast.bk).get("/").content.decode()
    assert f'<b class="do">Serahkan bantuan</b> <b>{case.student.name} ' in home
    assert f'<b class="do">Tentukan langkah</b> <b>{case.student.name} ' in home
    aid.is_given = True
    assert "Serahkan bantuan" not in signed_in(cast.bk).get("/").content.decode()


def test_a_kind_without_a_rung_keeps_the_case_open_while_it_is_open(cast, case, aid):
    acts = {act.name: act for act in page_of(cast.bk, case).context["others"]}
    assert (acts["resolve"].on, acts["resolve"].reason) == (False, "Bantuan belum diserahkan.")
    with pytest.raises(NotNow, match="Bantuan belum diserahkan"):
        resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    aid.is_given = True
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    assert case.status == "RESOLVED"


class GroupChat(StepKind[date]):
    """A second kind of step on the rung of contacts."""

    name = "chat"
    label = "Grup orang tua"
    icon = "people"
    rung = Rung.CONTACT

    def __init__(self, *days: date, due_on: date | None = None) -> None:
        self.days = list(days)
        self.due_on = due_on

    def counting(self, cases: Cases) -> dict[int, list[date]]:
        return dict.fromkeys(cases, self.days)

    def of(self, cases: Sequence[Case]) -> dict[int, list[date]]:
        return {case.pk: self.days for case in cases}

    def coming(self, case: OpenCase, steps: list[date]) -> NextStep | None:
        if self.due_on is None:
            return None
        return NextStep("Tulis di grup", self.due_on, "/", self.name, follows_on=clock.today())

    def summary(self, case: Case, steps: list[date]) -> list[Line]:
        return [(day, "Ditulis di grup") for day in steps]


def test_a_second_kind_on_a_rung_erases_nothing_of_the_first(cast, case):
    make.attempt(case, cast.bk)
    alone = page_of(cast.bk, case).context
    before = clock.today() - timedelta(days=1)
    with registered(GroupChat(before)):
        both = page_of(cast.bk, case).context
    assert set(alone["summary_lines"]) < set(both["summary_lines"])
    assert len(both["summary_lines"]) == len(alone["summary_lines"]) + 1
    assert both["timeline"] == alone["timeline"]
    assert alone["ladder"][1].when != both["ladder"][1].when
    assert both["ladder"][1].when.startswith(f"{before.day}")
    assert both["coming"] == alone["coming"]


def test_of_two_kinds_on_a_rung_the_more_urgent_says_what_comes_next(cast, case):
    make.attempt(case, cast.bk)
    for days, text in (
        (0, "Tulis di grup"),
        (30, "Hubungi lagi: 1 kali dihubungi, belum terhubung"),
    ):
        with registered(GroupChat(due_on=clock.today() + timedelta(days=days))):
            assert str(next_step(case).text) == text


def test_a_kind_on_a_rung_lifts_the_case_to_it(case):
    with registered(GroupChat(clock.today())):
        assert steps.rungs([case.pk]) == {case.pk: Rung.CONTACT}
    assert steps.rungs([case.pk]) == {}


def test_between_any_two_rungs_there_is_room_for_one_more():
    numbers = sorted(Rung.values)
    assert all(after - before > 1 for before, after in pairwise(numbers))

"""Follow-ups of the demo: what came of promises, and what is agreed besides."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Protocol

from cases.models import Case
from counseling.demo.holidays import CALENDAR
from counseling.demo.moments import Diary, at
from counseling.demo.today import TODAY
from school.models import User
from support import workflow as support
from support.models import FollowUp

KEPT = (
    "Sudah berjalan, dicek lewat telepon",
    "Orang tua membenarkan, siswa mulai rajin",
    "Berjalan sebagian, sudah diingatkan lagi",
    "Sudah dilakukan",
)
Act = Callable[[], object]
COUNSELOR, HOMEROOM = "counselor", "homeroom"


class Told(Protocol):
    """The story of a student, as far as follow-ups need it."""

    diary: Diary
    by: User

    @property
    def case(self) -> Case: ...


@dataclass(frozen=True)
class Plan:
    """What is agreed for a student by whom: the counselor, the homeroom teacher, or a name."""

    student: str
    agreed_on: date
    due_on: date
    what: str
    doer: str = COUNSELOR
    done: str = ""
    later: date | None = None
    dropped: str = ""


def _day(month: int, day: int) -> date:
    return date(2021, month, day)


PLANS = (
    Plan(
        "Bagas Setiawan",
        _day(9, 28),
        _day(10, 8),
        "Ajak Bagas bicara setelah pelajaran: tugas mana yang belum?",
        HOMEROOM,
    ),
    Plan(
        "Lestari",
        _day(9, 22),
        _day(10, 1),
        "Beri jadwal menyusul tugas, dua mapel seminggu",
        HOMEROOM,
    ),
    Plan(
        "Wahyu Nugroho",
        _day(9, 21),
        _day(9, 30),
        "Tanyakan kepada teman sebangku apakah Wahyu masuk grup kelas",
        HOMEROOM,
        done="Sudah masuk grup kelas",
    ),
    Plan("Dimas Prasetyo", _day(9, 29), _day(10, 5), "Lihat lagi daftar hadir Dimas"),
    Plan(
        "Siti Aminah",
        _day(9, 20),
        _day(9, 29),
        "Menyediakan meja belajar di rumah",
        "Ibunya",
        later=_day(10, 7),
    ),
    Plan(
        "Joko Susilo",
        _day(10, 1),
        _day(10, 4),
        "Mengantar Joko ke sekolah setiap Senin",
        "Pamannya",
        dropped="Pamannya bekerja di luar kota",
    ),
)


def look_at_promises(told: Told, visited_at: datetime, seed: int) -> None:
    """Plan that what was promised on a visit is looked at when it is due, if that is past."""
    rng = random.Random(seed)  # noqa: S311  (nothing secret)
    due = CALENDAR.on_or_after(visited_at.date() + timedelta(days=14))
    moment = at(due, 13, rng.choice((0, 20, 40)))
    if moment < TODAY:
        told.diary.plan(moment, partial(_look, told, rng.choice(KEPT)))


def _look(told: Told, outcome: str) -> None:
    for follow_up in FollowUp.objects.filter(case=told.case, source="VISIT").open():
        support.finish(follow_up, by=told.by, outcome=outcome)


def plan_agreed(found: Callable[[str], tuple[Told, User]]) -> None:
    """Plan what is agreed now; `found` gives a student's story and their homeroom teacher."""
    for plan in PLANS:
        told, homeroom = found(plan.student)
        for moment, act in _acts(plan, told, homeroom):
            told.diary.plan(moment, act)


def _acts(plan: Plan, told: Told, homeroom: User) -> Iterator[tuple[datetime, Act]]:
    made: list[FollowUp] = []
    is_named = plan.doer not in {COUNSELOR, HOMEROOM}
    doer = homeroom if plan.doer == HOMEROOM else None

    def agree() -> None:
        made.append(
            support.agree(
                told.case,
                by=told.by,
                what=plan.what,
                due_on=plan.due_on,
                doer=doer,
                doer_name=plan.doer if is_named else "",
            )
        )

    def each(act: Callable[..., object], by: User, **given: object) -> Act:
        return lambda: [act(one, by=by, **given) for one in made]

    yield at(plan.agreed_on, 14, 30), agree
    if plan.done:
        yield at(plan.due_on, 11), each(support.finish, doer or told.by, outcome=plan.done)
    if plan.later:
        reason = "Mejanya baru dibuat minggu depan"
        put_off = each(support.put_off, told.by, due_on=plan.later, reason=reason)
        yield at(plan.due_on, 10), put_off
    if plan.dropped:
        yield at(plan.agreed_on, 15), each(support.drop, told.by, reason=plan.dropped)

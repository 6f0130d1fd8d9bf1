"""Case conferences of the demo: one planned, one held, one closed, one cancelled."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from counseling.demo.follow_ups import Told
from counseling.demo.moments import at
from school.models import User
from support.models import Conference
from support.workflow import conference as acts

Found = Callable[[str], tuple[Told, User]]
PLACE = "Ruang BK"


def _day(month: int, day: int) -> date:
    return date(2021, month, day)


class _Conference:
    """Plans the acts of one conference in the diary."""

    def __init__(self, found: Found, student: str) -> None:
        self.told, self.homeroom = found(student)
        self.made: list[Conference] = []

    def then(self, moment: Any, act: Callable[..., object], **given: Any) -> None:
        run = partial(self._run, act, given)
        self.told.diary.plan(moment, run)

    def _run(self, act: Callable[..., object], given: dict[str, Any]) -> None:
        act(self.made[0], by=self.told.by, **given)

    def planned(self, on: date, meets_at: Any, why: str, *others: User, guests: str = "") -> None:
        invited = [self.homeroom, *others]
        given: dict[str, Any] = {"why": why, "invited": invited, "guests": guests}

        def act() -> None:
            case, by = self.told.case, self.told.by
            self.made.append(acts.plan(case, by=by, meets_at=meets_at, place=PLACE, **given))

        self.told.diary.plan(at(on, 13, 10), act)

    def changed(self, on: date, meets_at: Any, why: str, *others: User) -> None:
        invited = [self.homeroom, *others]
        given = {"meets_at": meets_at, "place": PLACE, "why": why, "invited": invited}
        self.then(at(on, 8), acts.reschedule, **given, read_at=1)


def plan_conferences(found: Found) -> None:
    teacher = User.objects.get(username="guru1")
    why = "Menyepakati cara mendampingi di kelas"
    coming = _Conference(found, "Bagas Setiawan")
    coming.planned(_day(10, 1), at(_day(10, 5), 10), why, teacher, guests="Ayah Bagas, orang tua")
    _closed(_Conference(found, "Lestari"), teacher)
    _held(_Conference(found, "Dimas Prasetyo"), teacher)
    cancelled = _Conference(found, "Siti Aminah")
    cancelled.planned(_day(9, 22), at(_day(9, 28), 9), "Membahas kehadiran")
    cancelled.then(at(_day(9, 27), 9), acts.cancel, reason="Wali kelas sakit")


def _closed(one: _Conference, teacher: User) -> None:
    why = "Tugas yang belum dikumpulkan di beberapa mapel"
    one.planned(_day(9, 20), at(_day(9, 23), 10), why, teacher)
    one.changed(_day(9, 22), at(_day(9, 24), 10), why, teacher)
    present = f"{one.homeroom.full_name}\n{teacher.full_name}\n{one.told.by.full_name}"
    minutes = {
        "present": present,
        "problem": "Tugas lima mapel menumpuk; siswa tidak tahu mana yang didahulukan.",
        "conclusion": "Guru mapel memberi batas susulan yang sama, wali kelas memantau.",
    }
    one.then(at(_day(9, 24), 11, 30), acts.hold, **minutes)
    conclusion = f"{minutes['conclusion']} Dilihat lagi setelah dua minggu."
    corrected = {**minutes, "conclusion": conclusion}
    one.then(at(_day(9, 24), 11, 40), acts.correct_minutes, **corrected, read_at=2)
    what = "Membuat daftar tugas susulan bersama siswa"
    due_on = _day(10, 8)
    one.then(at(_day(9, 24), 11, 50), acts.decide, what=what, due_on=due_on, doer=one.homeroom)
    one.then(at(_day(9, 27), 8, 15), acts.close)


def _held(one: _Conference, teacher: User) -> None:
    one.planned(_day(9, 29), at(_day(10, 1), 10), "Kehadiran pada jam pertama", teacher)
    minutes = {
        "present": f"{one.homeroom.full_name}\n{teacher.full_name}",
        "problem": "Sering tidak hadir pada jam pertama, sesudahnya aktif.",
        "conclusion": "Bangun siang karena membantu orang tua berjualan malam.",
    }
    one.then(at(_day(10, 1), 12), acts.hold, **minutes)
    what = "Menanyakan kepada orang tua apakah jam jualan dapat diubah"
    one.then(at(_day(10, 1), 12, 10), acts.decide, what=what, due_on=_day(10, 11))

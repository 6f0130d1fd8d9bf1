"""Puts the demo school together: first its people and classes, then what happens to them."""

import random
from collections import defaultdict
from datetime import date
from typing import Any

from django.db import transaction

from cases.models import Case
from counseling.demo import (
    agenda,
    attendance,
    classes,
    confidential,
    evaluations,
    groups,
    joint,
    past,
    people,
    photos,
    referrals,
    reports,
    roster,
    running,
    texts,
    visit_day,
)
from counseling.demo.moments import Diary
from counseling.demo.names import Names
from counseling.demo.recaps import Archive
from recaps.models import Knowledge
from school.models import Enrolment, Guardian, SchoolProfile, Student, User

SEED = 2020
YEAR_END = date(2021, 6, 30)
ATTENDANCE = (date(2021, 9, 1), date(2021, 10, 1))
"""The days of the running semester whose attendance is entered."""


def load(seed: int = SEED) -> None:
    """Make the whole demo school in one transaction; the same seed gives the same data."""
    with transaction.atomic():
        rng = random.Random(seed)  # noqa: S311  (nothing secret is drawn)
        _profile()
        staff = people.hire(rng)
        names = Names(rng, {user.name for user in staff.by_username.values()})
        cohorts = {year: people.enrol_cohort(rng, names, year) for year in roster.COHORTS}
        taught = classes.subjects()
        archive = Archive()
        year = classes.open_year(
            rng,
            "2020/2021",
            (classes.GANJIL_2020, classes.GENAP_2021),
            staff,
            _seated(cohorts, 2020),
            taught,
            ends_on=YEAR_END,
            counselors={name: _counselor_before(staff, name) for name in roster.CLASS_NAMES},
        )
        first_day = classes.GANJIL_2020.starts_on
        divided = groups.divide(year, staff, taught, first_day, YEAR_END)
        guardians = _guardians()
        away: dict[int, frozenset[str]] = {}
        for semester, days, targets in zip(
            year.semesters, agenda.AGENDAS, agenda.TARGETS, strict=True
        ):
            telling = past.Telling(
                rng,
                year,
                semester,
                days,
                Diary(),
                staff["koordinator"],
                staff["kepsek"],
                guardians,
                divided,
                away,
            )
            past.live(telling, targets, archive)
        _end_year(year, staff, cohorts[2019], seed)
        now = classes.open_year(
            rng,
            "2021/2022",
            (classes.GANJIL_2021,),
            staff,
            _seated(cohorts, 2021),
            taught,
            counselors={name: staff.counselor_of(name) for name in roster.CLASS_NAMES},
        )
        divided = groups.divide(now, staff, taught, classes.GANJIL_2021.starts_on, None)
        heads = staff["koordinator"], staff["kepsek"]
        running.live(running.Running(rng, now, *heads, guardians, away, archive, divided))
        attendance.enter(rng, now.classes.values(), *ATTENDANCE)
        _let_work_elsewhere()
        visit_day.make(visit_day.VisitDay(now, staff["kepsek"], guardians))
        _add_at_the_end(staff, now, seed)


def _add_at_the_end(staff: people.Staff, now: classes.Year, seed: int) -> None:
    """Add what draws from no generator of the others, so that none of their figures moves."""
    photos.enter(random.Random(seed), now.semesters[0])  # noqa: S311  (nothing secret)
    confidential.write(staff["koordinator"], staff["bk1"])
    referrals.refer(now.semesters[0])
    joint.try_villages(now.semesters[0], staff["bk6"])
    evaluations.of_now(now.semesters[0], staff["koordinator"], seed)


def _end_year(year: classes.Year, staff: people.Staff, cohort: classes.Pupils, seed: int) -> None:
    """Let counselors evaluate and some students leave, then freeze the first semester."""
    evaluations.of_the_past(year.semesters, staff["koordinator"], seed)
    _drop_who_left(cohort)
    reports.freeze_first(year.semesters[0], staff["koordinator"], staff["kepsek"])


def _drop_who_left(cohort: classes.Pupils) -> None:
    """Let students with an open case leave in the holidays, so that *close* is to be done."""
    gone = Student.objects.filter(
        pk__in=Case.objects.filter(status="OPEN").values("student"), nis__startswith="19"
    )
    Enrolment.objects.filter(student__in=gone).update(end_reason="LEFT")
    for stream, pupils in cohort.items():
        cohort[stream] = [pupil for pupil in pupils if pupil not in set(gone)]


def _let_work_elsewhere() -> None:
    """Give parents who are known to work far from home no occupation of the village."""
    now_and_before: tuple[Any, ...] = (Guardian.objects, Guardian.history)
    for note, relations in texts.AWAY.items():
        of_student = Knowledge.objects.filter(note=note).values("student")
        for rows in now_and_before:
            far = rows.filter(student__in=of_student, relation__in=relations)
            settled = far.exclude(occupation__in=texts.WORK_ELSEWHERE)
            settled.update(occupation=texts.WORK_ELSEWHERE[0])


def _profile() -> None:
    SchoolProfile.objects.create(
        pk=SchoolProfile.ONLY,
        name="SMA Negeri 1 Candiroto",
        npsn="20399871",
        nss="301032399871",
        accreditation="A",
        government_line="PEMERINTAH PROVINSI JAWA TENGAH",
        department_line="DINAS PENDIDIKAN DAN KEBUDAYAAN",
        address="Jl. Sibajag, Muntung, Candiroto, Temanggung, Jawa Tengah 56257",
        contact_line="Telepon (0293) 5550142 · sekolah contoh: semua orang dan kejadian rekaan",
        place="Candiroto",
        latitude="-7.189000",
        longitude="110.061000",
        is_demo=True,
    )


def _seated(cohorts: dict[int, classes.Pupils], first_grade: int) -> classes.Pupils:
    """Return class name → pupils for the year in which the cohort of `first_grade` is in X."""
    grades = {"X": first_grade, "XI": first_grade - 1, "XII": first_grade - 2}
    return {
        f"{grade} {stream}": pupils
        for grade, entry in grades.items()
        for stream, pupils in cohorts[entry].items()
    }


def _counselor_before(staff: people.Staff, name: str) -> User | None:
    """Return a class's counselor of 2020/2021.

    Counselors go up with their classes; the one of this year's X had XII.
    """
    grade, _blank, stream = name.partition(" ")
    now = {"X": "XI", "XI": "XII", "XII": "X"}[grade]
    return staff.counselor_of(f"{now} {stream}") or staff["bk6"]


def _guardians() -> dict[int, list[Guardian]]:
    found: dict[int, list[Guardian]] = defaultdict(list)
    for guardian in Guardian.objects.order_by("pk"):
        found[guardian.student_id].append(guardian)
    return found

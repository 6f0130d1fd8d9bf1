"""Ganjil 2021/2022, partly worked: every state that a verb reaches, and work for each office."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from counseling.demo import scripts, texts
from counseling.demo.classes import Class, Year
from counseling.demo.corrections import plan_corrections
from counseling.demo.lists import Handing
from counseling.demo.moments import Diary, working_day, working_hour
from counseling.demo.recaps import Archive, Filled, Trouble, month_of
from counseling.demo.scripts import Script, on
from counseling.demo.story import Story
from school.models import Enrolment, Guardian, Semester, Student, User

JULY, AUGUST, SEPTEMBER = 0, 1, 2
DIRECTLY = -1


@dataclass(frozen=True)
class Planned:
    """A student's case: by which month's list it came, what became of it, whose it is."""

    class_name: str
    came: int
    script: Script
    name: str = ""
    """Somebody by name; empty for anybody of the class."""


PLANNED = (
    # Bu Retno's
    Planned("X MIPA 3", AUGUST, scripts.summons_today, "Bagas Setiawan"),
    Planned("X MIPA 3", AUGUST, scripts.summons_overdue, "Lestari"),
    Planned("X MIPA 3", AUGUST, scripts.resolved_by_contact, "Nur Hidayah"),
    Planned("XII IPS 2", AUGUST, scripts.visit_to_record, "Wahyu Nugroho"),
    Planned("XII IPS 2", AUGUST, scripts.visit_today, "Siti Aminah"),
    Planned("XI IPS 1", AUGUST, scripts.tried_twice, "Dimas Prasetyo"),
    Planned("XI IPS 1", SEPTEMBER, scripts.waits_with_notes, "Rina Marlina"),
    Planned("XI IPS 1", SEPTEMBER, scripts.waits_for_review),
    Planned("XI IPS 1", SEPTEMBER, scripts.waits_for_review),
    Planned("XI IPS 1", SEPTEMBER, scripts.waits_for_review),
    Planned("XI MIPA 2", AUGUST, scripts.reached),
    # Pak Bambang's
    Planned("XI MIPA 4", DIRECTLY, scripts.proposed_for_economy, "Joko Susilo"),
    Planned("X MIPA 4", AUGUST, scripts.proposed_after_summonses),
    Planned("X MIPA 4", AUGUST, scripts.called("WRONG", 10, 1)),
    Planned("XII MIPA 1", AUGUST, scripts.left),
    Planned("XII IPS 1", AUGUST, scripts.nobody_home_then_again),
    Planned("XII IPS 1", DIRECTLY, scripts.urgent),
    Planned("XII IPS 1", AUGUST, scripts.resolved_by_contact),
    # Bu Tri's
    Planned("X MIPA 1", AUGUST, scripts.proposed_after_contacts),
    Planned("X MIPA 1", AUGUST, scripts.contact_void),
    Planned("X IPS 1", AUGUST, scripts.summons_attended),
    Planned("XI MIPA 1", AUGUST, scripts.summons_in_vain),
    Planned("XII MIPA 2", AUGUST, scripts.declined),
    Planned("XII MIPA 2", AUGUST, scripts.dismissed),
    Planned("XI MIPA 1", AUGUST, scripts.dismissed_then_reopened),
    # Pak Yudi's
    Planned("XI MIPA 3", DIRECTLY, scripts.urgent_acknowledged),
    Planned("X MIPA 2", AUGUST, scripts.summons_without_number),
    Planned("XII MIPA 3", AUGUST, scripts.summons_rescheduled),
    Planned("X MIPA 2", AUGUST, scripts.moved_class),
    Planned("X IPS 2", AUGUST, scripts.visit_moved_to_tomorrow),
    Planned("XI MIPA 3", JULY, scripts.resolved_early),
    # Bu Nur's
    Planned("XI IPS 2", AUGUST, scripts.visited("MOVED", "Sekeluarga pindah ke Temanggung")),
    Planned("XII MIPA 4", AUGUST, scripts.visited("REFUSED", "Orang tua tidak berkenan ditemui")),
    Planned("XI IPS 3", JULY, scripts.resolved_then_reopened),
    Planned("XI IPS 3", JULY, scripts.resolved_early),
    Planned("X IPS 3", AUGUST, scripts.summons_numbered_later),
    Planned("XI IPS 2", AUGUST, scripts.left_and_closed),
    Planned("XII MIPA 4", AUGUST, scripts.visited_and_resolved),
    # Pak Anton's
    Planned("XII IPS 3", AUGUST, scripts.cancelled),
    Planned("XII IPS 3", AUGUST, scripts.withdrawn),
    Planned("XI IPS 4", AUGUST, scripts.visit_approved),
    Planned("XI IPS 4", AUGUST, scripts.approval_withdrawn),
    Planned("XII IPS 4", DIRECTLY, scripts.confirmed),
    Planned("XI IPS 4", AUGUST, scripts.called("READ", 10, 2)),
    Planned("XI IPS 4", AUGUST, scripts.resolved_by_summons),
    Planned("XII IPS 3", AUGUST, scripts.resolved_without_a_word),
    Planned("XII IPS 3", AUGUST, scripts.visited_and_met),
    # without a counselor: Bu Endang's
    Planned("X IPS 4", AUGUST, scripts.called("INACTIVE", 10, 1)),
    Planned("X IPS 4", AUGUST, scripts.dismissed),
    Planned("X IPS 4", SEPTEMBER, scripts.waits_for_review),
)
HANDED_OVER_EARLY = {"XI IPS 1", "XI IPS 3", "X IPS 4", "XI MIPA 1"}
"""Classes whose list of September has gone to BK before it was due."""
OVERDUE = "XII IPS 4"
"""Its list of August has not gone to BK."""
DIRECT_ON = {scripts.urgent: (10, 1), scripts.urgent_acknowledged: (9, 20)}


@dataclass
class Running:
    rng: random.Random
    year: Year
    coordinator: User
    principal: User
    guardians: dict[int, list[Guardian]]
    archive: Archive
    diary: Diary = field(default_factory=Diary)
    referred: dict[tuple[str, int], list[Student]] = field(
        default_factory=lambda: defaultdict(list)
    )
    troubles: dict[tuple[int, int], list[Trouble]] = field(
        default_factory=lambda: defaultdict(list)
    )
    known: dict[tuple[str, int], dict] = field(default_factory=lambda: defaultdict(dict))
    chosen: set[int] = field(default_factory=set)

    @property
    def semester(self) -> Semester:
        return self.year.semesters[0]

    def trouble(self, c: Class, month: int, student: Student, shows: str, subjects: int) -> None:
        self.troubles[c.row.pk, month].append(Trouble(student, shows, subjects))


def live(running: Running) -> None:
    for planned in PLANNED:
        running.chosen |= (
            {running.year.classes[planned.class_name].pupil(planned.name).pk}
            if planned.name
            else set()
        )
    stories = [_plan_story(running, planned) for planned in PLANNED]
    _goings(running, stories)
    _once_more(running, stories)
    _stand_out_a_little(running)
    _july_and_august(running)
    _september(running)
    plan_corrections(running.diary, running.year)
    running.diary.live()


def _plan_story(running: Running, planned: Planned) -> Story:
    c = running.year.classes[planned.class_name]
    student = c.pupil(planned.name) if planned.name else _anybody(running, c)
    story = Story(
        diary=running.diary,
        rng=running.rng,
        student=student,
        c=c,
        semester=running.semester,
        by=c.counselor or running.coordinator,
        principal=running.principal,
        guardians=running.guardians[student.pk],
    )
    if planned.came == DIRECTLY:
        _directly(running, story, planned)
    else:
        _by_list(running, story, planned.came)
    planned.script(story)
    return story


def _anybody(running: Running, c: Class) -> Student:
    student = running.rng.choice([p for p in c.pupils if p.pk not in running.chosen])
    running.chosen.add(student.pk)
    return student


def _directly(running: Running, story: Story, planned: Planned) -> None:
    month, day = DIRECT_ON.get(planned.script, (9, 27))
    reason = "FAMILY" if planned.script in DIRECT_ON else "ECONOMY"
    by = story.by if reason == "FAMILY" else story.c.homeroom
    story.opened(on(month, day, 7, 30), [reason], "", by)


def _by_list(running: Running, story: Story, month: int) -> None:
    rng, c = running.rng, story.c
    running.referred[c.name, month].append(story.student)
    shows = rng.choice(("NEVER", "MIXED", "MIXED", "LOW", "MISSING"))
    running.trouble(c, month, story.student, shows, rng.randint(3, 8))
    knows = texts.KNOWLEDGE[0] if story.student.name == "Bagas Setiawan" else None
    if knows or rng.random() < 0.5:  # noqa: PLR2004
        running.known[c.name, month][story.student.pk] = knows or rng.choice(texts.KNOWLEDGE)


def _goings(running: Running, stories: list[Story]) -> None:
    """One moved class with an open case; two left, one of them with the case still open."""
    by_script = {planned.script: s for planned, s in zip(PLANNED, stories, strict=True)}
    mover = by_script[scripts.moved_class].student
    new = running.year.classes["X IPS 3"].row
    running.diary.plan(on(9, 18, 7), lambda: _move(mover, new, date(2021, 9, 18)))
    for script, day in (
        (scripts.left, date(2021, 9, 24)),
        (scripts.left_and_closed, date(2021, 9, 17)),
    ):
        student = by_script[script].student
        running.diary.plan(on(9, day.day, 14), lambda s=student, d=day: _leave(s, d))


def _move(student: Student, new: object, day: date) -> None:
    enrolled = Enrolment.objects.filter(student=student, ends_on=None)
    enrolled.update(ends_on=date(day.year, day.month, day.day - 1), end_reason="MOVED_CLASS")
    Enrolment.objects.create(student=student, school_class=new, starts_on=day)


def _leave(student: Student, day: date) -> None:
    Enrolment.objects.filter(student=student, ends_on=None).update(ends_on=day, end_reason="LEFT")


def _once_more(running: Running, stories: list[Story]) -> None:
    """Who stands out in September as well: the list brings evidence to the case that is there."""
    again = {
        scripts.resolved_early: "XI IPS 3",
        scripts.summons_in_vain: "XI MIPA 1",
        scripts.dismissed: "X IPS 4",
    }
    for planned, story in zip(PLANNED, stories, strict=True):
        if again.get(planned.script) == planned.class_name:
            running.trouble(story.c, SEPTEMBER, story.student, "MIXED", 4)
            running.referred[story.c.name, SEPTEMBER].append(story.student)
    first = running.year.classes["X MIPA 3"]
    for name, shows, subjects in (
        ("Bagas Setiawan", "NEVER", 5),
        ("Danang Wicaksono", "MIXED", 4),
        ("Galih Ramadhan", "MISSING", 4),
        ("Nur Hidayah", "MISSING", 1),
    ):
        running.trouble(first, SEPTEMBER, first.pupil(name), shows, subjects)


def _stand_out_a_little(running: Running) -> None:
    for c in running.year.classes.values():
        free = [p for p in c.pupils if p.pk not in running.chosen]
        for month in (JULY, AUGUST, SEPTEMBER):
            for student in running.rng.sample(free, running.rng.choice((0, 1, 1, 2))):
                running.trouble(c, month, student, "MIXED", 1)


def _month(running: Running, month: int) -> list[Filled]:
    classes = running.year.classes.values()
    period = running.year.periods[running.semester.pk][month]
    troubles = {c.row.pk: running.troubles[c.row.pk, month] for c in classes}
    return month_of(running.rng, classes, period, troubles, within=3)


def _july_and_august(running: Running) -> None:
    """July's lists went to BK on 5–7 August, August's on 6–8 September, one not yet."""
    days = {
        JULY: (date(2021, 8, 5), date(2021, 8, 7)),
        AUGUST: (date(2021, 9, 6), date(2021, 9, 8)),
    }
    for month, (first, last) in days.items():
        filled = [f for f in _month(running, month) if not _is_missing(f, month)]
        hand_over = running.archive.hand_over
        running.diary.plan(on(first.month, first.day, 6), lambda f=filled, do=hand_over: do(f))
        for c in running.year.classes.values():
            if month == JULY or c.name != OVERDUE:
                day = working_day(running.rng, first, last)
                _hand_over_list(running, c, month, day)


def _is_missing(filled: Filled, month: int) -> bool:
    """The two recaps of August that had not come when the list went to BK."""
    lesson = (filled.lesson.school_class.name, filled.lesson.subject.name)
    return month == AUGUST and lesson in {("XII MIPA 2", "Kimia"), ("X IPS 2", "Geografi")}


def _hand_over_list(running: Running, c: Class, month: int, day: date) -> None:
    period = running.year.periods[running.semester.pk][month]
    key = (c.name, month)
    handing = Handing(c, period, running.referred[key], running.known[key])
    moment = working_hour(running.rng, day)
    running.diary.plan(moment, lambda: handing.handed_over(running.rng))


def _september(running: Running) -> None:
    """Four fifths of the recaps are in, of the early classes all; most lists are still open."""
    rng = running.rng
    came = [f for f in _month(running, SEPTEMBER) if _has_come(rng, f)]
    running.diary.plan(on(10, 3, 15), lambda: running.archive.hand_over(came))
    for name in sorted(HANDED_OVER_EARLY):
        c = running.year.classes[name]
        period = running.year.periods[running.semester.pk][SEPTEMBER]
        key = (name, SEPTEMBER)
        handing = Handing(c, period, running.referred[key], running.known[key])
        running.diary.plan(on(10, 3, 16, 30), lambda h=handing: h.handed_over(rng))


def _has_come(rng: random.Random, filled: Filled) -> bool:
    if filled.handed_over_at > on(10, 3, 15):
        filled.handed_over_at = on(10, 3, 14)
        filled.begun_at = on(10, 3, 13, 55)
    name, subject = filled.lesson.school_class.name, filled.lesson.subject.name
    if name == "X MIPA 3":
        return subject not in {"Matematika", "Kimia"}
    return name in HANDED_OVER_EARLY or rng.random() < 0.8  # noqa: PLR2004

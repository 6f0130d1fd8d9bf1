"""Ganjil 2021/2022, under way: every state that an act can reach, and tasks for each office."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from cases import workflow as cases
from counseling.demo import scripts, texts
from counseling.demo.assistance import plan_running
from counseling.demo.classes import Class, Year
from counseling.demo.conferences import plan_conferences
from counseling.demo.corrections import plan_corrections
from counseling.demo.follow_ups import plan_agreed
from counseling.demo.groups import Groups
from counseling.demo.lists import Handing
from counseling.demo.moments import Diary, working_day, working_hour
from counseling.demo.planned import (
    ALL_IN,
    AUGUST,
    DIRECT_ON,
    DIRECTLY,
    HANDED_OVER_EARLY,
    JULY,
    LATE_COUNSELOR,
    OVERDUE,
    OWED,
    PLANNED,
    SEPTEMBER,
    SHOWN,
    Planned,
)
from counseling.demo.recaps import Archive, Filled, Trouble, month_of
from counseling.demo.scripts import Script, on
from counseling.demo.story import Story
from school.models import (
    Enrolment,
    Guardian,
    SchoolClass,
    Semester,
    Student,
    TeachingAssignment,
    User,
)


@dataclass
class Running:
    rng: random.Random
    year: Year
    coordinator: User
    principal: User
    guardians: dict[int, list[Guardian]]
    away: dict[int, frozenset[str]]
    archive: Archive
    groups: Groups
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
        if planned.name:
            running.chosen.add(running.year.classes[planned.class_name].pupil(planned.name).pk)
    stories = [_plan_story(running, planned) for planned in PLANNED]
    _goings(running, stories)
    _once_more(running, stories)
    _stand_out_a_little(running)
    _late_counselor(running)
    _july_and_august(running)
    _september(running)
    plan_corrections(running.diary, running.year)
    by_name = {story.student.name: (story, story.c.homeroom) for story in stories}
    plan_agreed(by_name.__getitem__)
    plan_running({one.script: s for one, s in zip(PLANNED, stories, strict=True)})
    plan_conferences(by_name.__getitem__)
    running.diary.live()


def _late_counselor(running: Running) -> None:
    """Let a class go without counselor until August; the case of July's list then goes to them."""
    c = running.year.classes[LATE_COUNSELOR]
    row = SchoolClass.objects.get(pk=c.row.pk)
    SchoolClass.objects.filter(pk=row.pk).update(counselor=None)
    assert c.counselor
    act = partial(cases.give_class, row, c.counselor, by=running.coordinator)
    running.diary.plan(on(8, 9, 7), act)


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
        away=running.away,
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
    shows, subjects = rng.choice(("NEVER", "MIXED", "MIXED", "LOW", "MISSING")), rng.randint(3, 8)
    known = rng.choice((None, *texts.KNOWLEDGE, None, None, None))
    if story.student.name in SHOWN:
        shows, subjects, known = SHOWN[story.student.name]
    running.trouble(c, month, story.student, shows, subjects)
    if known:
        story.learned(known)
        running.known[c.name, month][story.student.pk] = known


def _goings(running: Running, stories: list[Story]) -> None:
    """Move a student with an open case to another class; let two leave, one with an open case."""
    by_script = {planned.script: s for planned, s in zip(PLANNED, stories, strict=True)}
    mover = by_script[scripts.moved_class].student
    new = running.year.classes["X IPS 3"].row
    running.diary.plan(on(9, 20, 7), partial(_move, mover, new, date(2021, 9, 20)))
    for script, day in (
        (scripts.left, date(2021, 9, 24)),
        (scripts.left_and_closed, date(2021, 9, 17)),
    ):
        student = by_script[script].student
        running.diary.plan(on(9, day.day, 14), partial(_leave, student, day))


def _move(student: Student, new: SchoolClass, day: date) -> None:
    enrolled = Enrolment.objects.filter(student=student, ends_on=None)
    enrolled.update(ends_on=date(day.year, day.month, day.day - 1), end_reason="MOVED_CLASS")
    Enrolment.objects.create(student=student, school_class=new, starts_on=day)


def _leave(student: Student, day: date) -> None:
    Enrolment.objects.filter(student=student, ends_on=None).update(ends_on=day, end_reason="LEFT")


def _once_more(running: Running, stories: list[Story]) -> None:
    """Let some stand out in September as well, so that the list adds evidence to their cases."""
    again: dict[Script, str] = {
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
    filled = month_of(running.rng, classes, period, troubles, within=3)
    running.groups.only_members(filled)
    return filled


def _across_classes(running: Running, month: int) -> list[Filled]:
    period = running.year.periods[running.semester.pk][month]
    return running.groups.recaps(random.Random(str(period)), period, 3)  # noqa: S311


def _july_and_august(running: Running) -> None:
    """Hand over July's lists on 5–7 August, and August's, all but one, on 6–8 September."""
    days = {
        JULY: (date(2021, 8, 5), date(2021, 8, 7)),
        AUGUST: (date(2021, 9, 6), date(2021, 9, 8)),
    }
    for month, (first, last) in days.items():
        filled = [f for f in _month(running, month) if not _is_missing(f, month)]
        filled += _across_classes(running, month)
        running.diary.plan(
            on(first.month, first.day, 6), partial(running.archive.hand_over, filled)
        )
        for c in running.year.classes.values():
            if month == JULY or c.name != OVERDUE:
                day = working_day(running.rng, first, last)
                _hand_over_list(running, c, month, day)


def _is_missing(filled: Filled, month: int) -> bool:
    """Return whether this is one of the two recaps still missing when August's list went to BK."""
    return month == AUGUST and _key(filled) in {("XII MIPA 2", "Kimia"), ("X IPS 2", "Geografi")}


def _hand_over_list(running: Running, c: Class, month: int, day: date) -> None:
    period = running.year.periods[running.semester.pk][month]
    key = (c.name, month)
    handing = Handing(c, period, running.referred[key], running.known[key])
    moment = working_hour(running.rng, day)
    running.diary.plan(moment, partial(handing.handed_over, running.rng))


def _september(running: Running) -> None:
    """Hand over most recaps, with one or two of each teacher still owed, and four of the lists."""
    rng, period = running.rng, running.year.periods[running.semester.pk][SEPTEMBER]
    month = _month(running, SEPTEMBER)
    owed = _owed(rng, month)
    came = [_at_the_latest(f) for f in month if f.lesson not in owed]
    came += [_at_the_latest(f) for f in _across_classes(running, SEPTEMBER)]
    running.diary.plan(on(10, 1, 15), partial(running.archive.hand_over, came))
    for name in sorted(HANDED_OVER_EARLY):
        key = (name, SEPTEMBER)
        c = running.year.classes[name]
        handing = Handing(c, period, running.referred[key], running.known[key])
        running.diary.plan(on(10, 1, 16, 30), partial(handing.handed_over, rng))


def _owed(rng: random.Random, month: list[Filled]) -> list[TeachingAssignment]:
    """Return the lessons whose recap is still owed: one or two of each teacher."""
    owed = [f.lesson for f in month if _key(f) in OWED]
    complete = HANDED_OVER_EARLY | ALL_IN
    of_teacher: dict[int, list[TeachingAssignment]] = defaultdict(list)
    for f in month:
        class_name = str(f.lesson.group)
        if class_name not in complete and class_name != "X MIPA 3":
            of_teacher[f.lesson.teacher_id].append(f.lesson)
    for lessons in of_teacher.values():
        owed += rng.sample(lessons, min(len(lessons), rng.choice((1, 1, 2))))
    return owed


def _key(filled: Filled) -> tuple[str, str]:
    return str(filled.lesson.group), filled.lesson.subject.name


def _at_the_latest(filled: Filled) -> Filled:
    """Return the recap, handed over by the afternoon of 1 October at the latest."""
    if filled.handed_over_at > on(10, 1, 15):
        filled.handed_over_at, filled.begun_at = on(10, 1, 14), on(10, 1, 13, 55)
    return filled

"""The two semesters of the paper: its agenda (Table 1) is followed, its Tables 2 and 3 result."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from cases import workflow as cases
from cases.models import Rung
from counseling.demo import texts
from counseling.demo.agenda import Agenda, Days, Target
from counseling.demo.assistance import plan_past
from counseling.demo.classes import Class, Year
from counseling.demo.groups import Groups
from counseling.demo.holidays import CALENDAR
from counseling.demo.lists import Handing
from counseling.demo.moments import Diary, at, on_school_day, working_day, working_hour
from counseling.demo.recaps import Archive, Trouble, month_of
from counseling.demo.story import Story
from school.models import Guardian, Semester, Student, User

FALSE_ALARM = 0


@dataclass
class Telling:
    """What the stories of one semester share."""

    rng: random.Random
    year: Year
    semester: Semester
    agenda: Agenda
    diary: Diary
    coordinator: User
    principal: User
    guardians: dict[int, list[Guardian]]
    groups: Groups
    away: dict[int, frozenset[str]]
    referred: dict[tuple[int, int], list[Student]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """(class id, number of the month) → the students whom its list refers."""
    known: dict[tuple[int, int], dict] = field(default_factory=lambda: defaultdict(dict))
    troubles: dict[tuple[int, int], list[Trouble]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def story(self, c: Class, student: Student) -> Story:
        return Story(
            diary=self.diary,
            rng=self.rng,
            student=student,
            c=c,
            semester=self.semester,
            by=c.counselor or self.coordinator,
            principal=self.principal,
            guardians=self.guardians[student.pk],
            away=self.away,
        )


def live(telling: Telling, targets: dict[str, Target], archive: Archive) -> None:
    """Plan all cases and the recaps of each month of a semester, then do what the diary holds."""
    for grade, target in targets.items():
        _plan_grade(telling, telling.year.of_grade(grade), target)
    _stand_out_a_little(telling)
    for number in range(3):
        _plan_month(telling, number, archive)
    plan_past(telling.diary, telling.semester, telling.agenda, telling.principal)
    telling.diary.live()


def _plan_grade(telling: Telling, classes: list[Class], target: Target) -> None:
    rng = telling.rng
    kinds = (
        [Rung.CONTACT] * target.contact
        + [Rung.SUMMONS] * target.summons
        + [Rung.HOME_VISIT] * target.home_visit
        + [FALSE_ALARM] * target.false_alarms
    )
    chosen = _spread(rng, classes, len(kinds))
    unresolved = target.unresolved
    for kind, (c, student) in zip(kinds, chosen, strict=True):
        story = telling.story(c, student)
        stays_open = kind == Rung.CONTACT and unresolved > 0
        unresolved -= stays_open
        _plan_case(telling, story, kind, stays_open=stays_open)


def _spread(rng: random.Random, classes: list[Class], count: int) -> list[tuple[Class, Student]]:
    """Draw `count` students from the classes; some classes get more of them than others."""
    weights = [rng.uniform(0.6, 1.6) for _c in classes]
    left = {c.row.pk: rng.sample(c.pupils, len(c.pupils)) for c in classes}
    chosen = rng.choices(classes, weights, k=count)
    return [(c, left[c.row.pk].pop()) for c in chosen]


def _plan_case(telling: Telling, story: Story, kind: int, *, stays_open: bool) -> None:
    """Plan how a case begins, then what is done in it, by its kind."""
    rng, agenda = telling.rng, telling.agenda
    way = rng.random()
    if kind == Rung.CONTACT and way < 0.15:  # noqa: PLR2004
        confirmed = _referred(telling, story, 0, agenda.early)
        called = working_hour(rng, confirmed.date() + timedelta(days=rng.randint(1, 4)))
    elif way < 0.88 or kind == FALSE_ALARM:  # noqa: PLR2004
        confirmed = _referred(telling, story, 1, agenda.review)
        called = working_hour(rng, working_day(rng, *agenda.contact))
    else:
        confirmed = _opened(telling, story)
        called = working_hour(rng, working_day(rng, *agenda.contact))
    if kind == FALSE_ALARM:
        story.then(confirmed, cases.dismiss, reason=rng.choice(texts.DISMISSALS))
        return
    story.confirmed(confirmed)
    HANDLED[kind](telling, story, called, stays_open)


def _referred(telling: Telling, story: Story, month: int, review: Days) -> datetime:
    """Refer a student by the class list of a month; return the moment of the review."""
    rng, key = telling.rng, (story.c.row.pk, month)
    telling.referred[key].append(story.student)
    shows = rng.choice(("NEVER", "LOW", "MISSING", "MIXED", "MIXED"))
    telling.troubles[key].append(Trouble(story.student, shows, rng.randint(2, 7)))
    if month == 1 and rng.random() < 0.4:  # noqa: PLR2004
        early = Trouble(story.student, "MIXED", 1)
        telling.troubles[story.c.row.pk, 0].append(early)
    if rng.random() < 0.5:  # noqa: PLR2004
        known = rng.choice(texts.KNOWLEDGE)
        telling.known[key][story.student.pk] = known
        story.learned(known)
    return working_hour(rng, working_day(rng, *review))


def _opened(telling: Telling, story: Story) -> datetime:
    """Open a case directly, for a reason that no recap shows; return the moment of the review."""
    rng = telling.rng
    day = working_day(rng, *telling.agenda.review)
    reason = rng.choice(("ECONOMY", "FAMILY"))
    by = story.c.homeroom if rng.random() < 0.6 else story.by  # noqa: PLR2004
    story.opened(at(day, 7, 5), [reason], "", by)
    return at(day, 8) + timedelta(minutes=5 * rng.randrange(70))


def _by_contact(telling: Telling, story: Story, called: datetime, stays_open: bool) -> None:
    rng = telling.rng
    for _n in range(rng.choice((0, 0, 0, 1, 1, 2))):
        story.contact(called, rng.choice(("NO_ANSWER", "READ", "NO_ANSWER", "INACTIVE")))
        called = on_school_day(called + timedelta(days=1, minutes=5 * rng.randrange(-6, 12)))
    story.contact(called, "REACHED")
    if stays_open:
        story.summarised(called, "Masih dipantau bersama wali kelas.")
        return
    ended = working_hour(rng, called.date() + timedelta(days=rng.randint(2, 10)))
    _end(telling, story, ended, Rung.CONTACT)


def _by_summons(telling: Telling, story: Story, called: datetime, stays_open: bool) -> None:
    rng, agenda = telling.rng, telling.agenda
    _tried(story, rng, called, in_vain=rng.random() < 0.4)  # noqa: PLR2004
    meets_at = _summoned(telling, story)
    if rng.random() < 0.25:  # noqa: PLR2004
        story.did_not_come(meets_at + timedelta(hours=5))
        again = working_hour(rng, meets_at.date() + timedelta(days=1))
        meets_at = story.summoned(again, at(working_day(rng, *_after(again, 3, 5)), 9))
        story.delivered(again + timedelta(hours=3))
    story.came(meets_at + timedelta(hours=1))
    first, last = _after(meets_at, 5, 14)
    ended = working_hour(rng, working_day(rng, first, min(last, agenda.resolved_by)))
    _end(telling, story, ended, Rung.SUMMONS)


def _by_visit(telling: Telling, story: Story, called: datetime, stays_open: bool) -> None:
    rng, agenda = telling.rng, telling.agenda
    _tried(story, rng, called, in_vain=False)
    basis = "CONTACT"
    if rng.random() < 0.6:  # noqa: PLR2004
        basis = "SUMMONS"
        meets_at = _summoned(telling, story)
        story.did_not_come(meets_at + timedelta(hours=5))
    wished = agenda.visit
    proposed = working_hour(rng, working_day(rng, *agenda.proposal))
    story.proposed(proposed, basis, wished)
    story.approved(at(agenda.approval, 10, 15), texts.APPROVAL[0])
    scheduled = at(agenda.approval, 12) + timedelta(minutes=5 * rng.randrange(24))
    visit_at = at(working_day(rng, *agenda.visit), rng.choice((9, 10, 13, 14)))
    visit_at = story.scheduled(scheduled, visit_at)
    if rng.random() < 0.2:  # noqa: PLR2004
        visit_at = _again(story, rng, visit_at)
    story.visited(visit_at + timedelta(hours=2))
    first, last = _after(visit_at, 4, 14)
    ended = working_hour(rng, working_day(rng, first, min(last, agenda.resolved_by)))
    _end(telling, story, ended, Rung.HOME_VISIT)


def _again(story: Story, rng: random.Random, visit_at: datetime) -> datetime:
    """Plan a visit that finds nobody home and the next one; return the moment of the next one."""
    story.nobody_met(
        visit_at + timedelta(hours=1), "NOBODY", "Rumah terkunci, titip pesan tetangga"
    )
    story.visit_again(visit_at + timedelta(hours=2))
    again = at(working_day(rng, *_after(visit_at, 2, 4)), 15)
    return story.scheduled(visit_at + timedelta(hours=3), again)


HANDLED: dict[int, Callable[[Telling, Story, datetime, bool], None]] = {
    Rung.CONTACT: _by_contact,
    Rung.SUMMONS: _by_summons,
    Rung.HOME_VISIT: _by_visit,
}


def _tried(story: Story, rng: random.Random, called: datetime, *, in_vain: bool) -> None:
    """Plan contact attempts that fail: they reach nobody, or reach somebody in vain."""
    if in_vain:
        story.contact(called, "REACHED", rng.choice(texts.REACHED_IN_VAIN))
        return
    for n in range(rng.choice((1, 2, 2, 3))):
        outcome = rng.choice(("NO_ANSWER", "NO_NETWORK", "READ", "INACTIVE", "WRONG"))
        story.contact(called + timedelta(hours=3 * n), outcome)


def _summoned(telling: Telling, story: Story) -> datetime:
    rng, agenda = telling.rng, telling.agenda
    issued = working_hour(rng, working_day(rng, *agenda.summons))
    meets_at = at(working_day(rng, *agenda.meeting), rng.choice((8, 9, 10, 11)))
    meets_at = story.summoned(issued, meets_at)
    brought = issued + timedelta(hours=rng.choice((3, 26)))
    story.delivered(brought if CALENDAR.is_school_day(brought.date()) else issued)
    return meets_at


def _after(moment: datetime, first: int, last: int) -> Days:
    day = moment.date()
    return day + timedelta(days=first), day + timedelta(days=last)


def _end(telling: Telling, story: Story, ended: datetime, rung: Rung) -> None:
    rng = telling.rng
    if rng.random() < 0.7:  # noqa: PLR2004
        story.summarised(ended - timedelta(minutes=10), rng.choice(texts.SUMMARIES[rung]))
    story.resolved(ended, rung)
    if rung == Rung.CONTACT and rng.random() < 0.04:  # noqa: PLR2004
        back = working_hour(rng, ended.date() + timedelta(days=14))
        story.then(back, cases.reopen, reason=texts.REOPENED)
        story.contact(on_school_day(back + timedelta(days=1)), "REACHED")
        story.resolved(on_school_day(back + timedelta(days=9)), rung)


def _stand_out_a_little(telling: Telling) -> None:
    """Let some students of each month stand out in one subject only; none of them is referred."""
    rng = telling.rng
    for c in telling.year.classes.values():
        for number in range(3):
            for student in rng.sample(c.pupils, rng.choice((0, 1, 1, 2))):
                if student not in telling.referred[c.row.pk, number]:
                    telling.troubles[c.row.pk, number].append(Trouble(student, "MIXED", 1))


def _plan_month(telling: Telling, number: int, archive: Archive) -> None:
    period = telling.year.periods[telling.semester.pk][number]
    classes: Iterable[Class] = telling.year.classes.values()
    troubles = {c.row.pk: telling.troubles[c.row.pk, number] for c in classes}
    first_day, last_day = telling.agenda.lists[number]
    within = min(3, (first_day - period.ends_on).days - 1)
    filled = month_of(telling.rng, classes, period, troubles, within=within)
    telling.groups.only_members(filled)
    filled += telling.groups.recaps(random.Random(str(period)), period, within)  # noqa: S311
    telling.diary.plan(at(first_day, 6), partial(archive.hand_over, filled))
    for c in classes:
        key = (c.row.pk, number)
        handing = Handing(c, period, telling.referred[key], telling.known[key])
        moment = working_hour(telling.rng, working_day(telling.rng, first_day, last_day))
        telling.diary.plan(moment, partial(handing.handed_over, telling.rng))

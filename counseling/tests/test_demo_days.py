"""The demo school keeps to school days, nobody is in two places, and who promises was met."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from cases.models import Channel, Contact, ContactOutcome, Summons, SummonsStatus
from counseling.demo import texts
from counseling.demo.holidays import CALENDAR
from counseling.tests.conftest import DemoSchool
from homevisits.models import Visit, VisitReport
from homevisits.models.choices import WITH_REPORT
from homevisits.models.report import Commitment
from recaps.models import Knowledge, Sheet
from school.models import Guardian, Policy
from workflow import clock
from workflow.models import ActionEntry

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.once]

SATURDAY = 6
MOMENTS = (
    (ActionEntry, "happened_at"),
    (Contact, "happened_at"),
    (Sheet, "handed_over_at"),
    (Summons, "meets_at"),
    (Summons, "outcome_at"),
    (Visit, "scheduled_for"),
    (Visit, "happened_at"),
)
A_MEETING, A_VISIT = timedelta(hours=1), timedelta(minutes=75)


@pytest.fixture(autouse=True)
def lives_in_the_demo(demo_school: DemoSchool) -> None:
    """Run every test of this module in the demo school."""


FREEZING = {date(2021, 7, day) for day in range(1, 8)}
"""The holidays in which the report of a semester is frozen, which closes cases."""


def days_of(model: type, name: str) -> list[date]:
    found = model._base_manager.exclude(**{name: None}).values_list(name, flat=True)
    days = [clock.day_of(moment) for moment in found]
    return [day for day in days if day not in FREEZING] if model is ActionEntry else days


@pytest.mark.parametrize(("model", "name"), MOMENTS)
def test_nothing_happens_on_a_sunday_or_a_holiday(model: type, name: str) -> None:
    free = [
        day
        for day in days_of(model, name)
        if not CALENDAR.is_school_day(day) and day.isoweekday() != SATURDAY
    ]
    assert free == []


def test_few_things_happen_on_a_saturday() -> None:
    days = [day for model, name in MOMENTS for day in days_of(model, name)]
    saturdays = sum(day.isoweekday() == SATURDAY for day in days)
    assert 0 < saturdays < len(days) / 500


def test_each_semester_knows_its_own_holidays() -> None:
    named = {
        str(policy.semester): {holiday.name for holiday in policy.holidays}
        for policy in Policy.objects.select_related("semester__year")
    }
    assert "Maulid Nabi Muhammad saw." in named["Ganjil 2020/2021"]
    assert "Wafat Isa Almasih" in named["Genap 2020/2021"]
    assert "Tahun Baru Islam 1443 H" in named["Ganjil 2021/2022"]


def appointments() -> Iterator[tuple[int, datetime, datetime]]:
    """Yield who is where, from when until when: visits that took place or are to, and meetings."""
    for visit in Visit.objects.filter(status__in=WITH_REPORT).prefetch_related("visitors"):
        assert visit.scheduled_for
        for visitor in visit.visitors.all():
            yield visitor.pk, visit.scheduled_for, visit.scheduled_for + A_VISIT
    for summons in Summons.objects.exclude(status=SummonsStatus.WITHDRAWN):
        yield summons.by_id, summons.meets_at, summons.meets_at + A_MEETING


def test_nobody_visits_or_receives_two_families_at_once() -> None:
    of_person: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
    for person, begins, ends in appointments():
        of_person[person].append((begins, ends))
    for booked in of_person.values():
        in_order = sorted(booked)
        assert [pair for pair in pairwise(in_order) if pair[1][0] < pair[0][1]] == []


def test_who_promises_was_met() -> None:
    promised = Commitment.objects.select_related("report__visit__case__student")
    assert promised.exists()
    for commitment in promised:
        report = commitment.report
        met = f"{report.family_members}, {report.visit.case.student.name}".lower()
        missing = {name for name in commitment.by_whom.lower().split() if name not in met}
        assert missing <= {"siswa"}


def test_nobody_meets_a_parent_who_lives_elsewhere() -> None:
    known = Knowledge.objects.filter(note__in=texts.AWAY).select_related("class_list__period")
    reports = VisitReport.objects.select_related("visit__case")
    for report in reports:
        at, student = report.visit.happened_at, report.visit.case.student_id
        of_student = [one for one in known if one.student_id == student]
        for one in of_student:
            is_later = at and clock.day_of(at) < one.class_list.period.starts_on
            assert is_later or not texts.AWAY[one.note].intersection(report.met)
        if "di luar kota" in report.problem:
            assert not {"MOTHER", "FATHER"}.intersection(report.met)


def test_who_works_elsewhere_has_no_occupation_of_the_village() -> None:
    for note, relations in texts.AWAY.items():
        students = Knowledge.objects.filter(note=note).values("student")
        for rows in (Guardian.objects, Guardian.history):
            far = rows.filter(student__in=students, relation__in=relations)
            assert far.exists()
            assert not far.exclude(occupation__in=texts.WORK_ELSEWHERE).exists()


def test_notes_of_attempts_fit_their_outcome_channel_and_whom_they_reached() -> None:
    usual = {note for notes in texts.NOT_REACHED.values() for note in notes}
    usual |= {note for notes in texts.REACHED.values() for note in notes}
    for contact in Contact.objects.filter(note__in=usual):
        fitting = texts.NOT_REACHED.get((contact.outcome, contact.channel))
        assert contact.note in (fitting or texts.REACHED[contact.party])


def words_of(label: str) -> set[str]:
    """Return the parts of a label: "Dibaca, tidak dijawab" has two."""
    return set(label.lower().replace("/", ", ").split(", "))


def test_notes_of_attempts_do_not_say_channel_or_outcome_again() -> None:
    said = [
        (words_of(ContactOutcome(o).label), notes) for (o, _), notes in texts.NOT_REACHED.items()
    ]
    for channel, outcome, notes in texts.AT_SCHOOL.values():
        said.append(
            (words_of(Channel(channel).label) | words_of(ContactOutcome(outcome).label), notes)
        )
    again = [note for words, notes in said for note in notes for w in words if w in note.lower()]
    assert again == []


def test_minutes_speak_of_parents_only_if_it_was_they_who_came() -> None:
    others = Summons.objects.filter(status=SummonsStatus.ATTENDED, came_with="Kakak siswa")
    assert others.exists()
    for summons in others:
        assert "orang tua" not in summons.minutes.lower()

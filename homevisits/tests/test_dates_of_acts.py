"""An act lies not before what it rests on; what a school did before can be entered in its order."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation

from cases import workflow as cases
from cases.models import Case
from cases.tests import factories as make_case
from homevisits import workflow as visits
from homevisits.models import Visit
from recaps import workflow as recaps
from recaps.tests import factories as make_recap
from school.models import Enrolment
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.errors import NotNow

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def ago(days: int, hour: int = 10) -> datetime:
    """Return ten o'clock so many days ago."""
    day = clock.today() - timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=clock.day_start(day).tzinfo)


def day(days: int) -> date:
    return clock.today() - timedelta(days=days)


def opened(cast: Cast, days: int = 20) -> Case:
    student, bk = cast.students[0], cast.bk
    return cases.open_directly(
        student, cast.semester, by=bk, reasons=["FAMILY"], happened_at=ago(days)
    )


def confirmed(cast: Cast) -> Case:
    case = opened(cast)
    cases.confirm(case, by=cast.bk, happened_at=ago(18))
    return case


def tried(cast: Cast) -> Case:
    case = confirmed(cast)
    make_case.attempt(case, cast.bk, "REACHED", happened_at=ago(16))
    return case


def ended(cast: Cast) -> Case:
    case = tried(cast)
    resolve(case, cast, ago(14))
    return case


def letter(case: Case, cast: Cast, issued_on: date) -> Any:
    return make_case.summons(case, cast.bk, issued_on=issued_on, meets_at=ago(12))


def proposed(cast: Cast, **fields: Any) -> Visit:
    given = {"basis": "ECONOMY", "reason": "Ayah merantau", "proposed_on": day(15)} | fields
    return visits.propose(tried(cast), by=cast.bk, **given)


def resolve(case: Case, cast: Cast, at: datetime) -> None:
    given = {"outcome": "SOLVED", "causes": ["FORGOT"], "reason": "Kembali aktif"}
    cases.resolve(case, by=cast.bk, happened_at=at, **given)


def outcome(cast: Cast, at: datetime) -> None:
    cases.record_outcome(
        letter(tried(cast), cast, day(15)), by=cast.bk, attended=False, happened_at=at
    )


def delivery(cast: Cast, on: date) -> None:
    summons = letter(tried(cast), cast, day(15))
    cases.record_delivery(summons, by=cast.bk, delivered_on=on, receiver="Ibu", relation="ibu")


def schedule(cast: Cast, at: datetime) -> None:
    visit = proposed(cast)
    visits.approve([visit], by=cast.principal)
    visits.schedule(
        visit,
        by=cast.bk,
        scheduled_for=at,
        visitors=[cast.bk],
        purposes=["DATA"],
        functions=[],
    )


def after_a_visit(cast: Cast, at: datetime) -> None:
    schedule(cast, ago(10))
    visit = Visit.objects.get()
    visits.record(visit, by=cast.bk, outcome="NOBODY")
    resolve(visit.case, cast, at)


def proposed_after_a_visit(cast: Cast, on: date) -> None:
    schedule(cast, ago(10))
    visit = Visit.objects.get()
    visits.record(visit, by=cast.bk, outcome="NOBODY")
    visits.propose(visit.case, by=cast.bk, basis="ECONOMY", reason="Ayah pergi", proposed_on=on)


def new_student(cast: Cast, at: datetime) -> None:
    """Open a case of a student who came 20 days ago."""
    Enrolment.objects.filter(student=cast.students[0]).update(starts_on=make.days_ago(20))
    cases.open_directly(
        cast.students[0], cast.semester, by=cast.bk, reasons=["FAMILY"], happened_at=at
    )


def listed(cast: Cast, at: datetime) -> Case:
    """Hand over the list of a period that began 33 days ago, as at `at`."""
    make_recap.handed_over_recap(cast.maths, cast.period, {cast.students[0]: make_recap.ABSENT})
    class_list = recaps.class_list_of(cast.own, cast.period, by=cast.wali)
    recaps.decide(class_list, cast.students[:1], "REFER", by=cast.wali)
    recaps.hand_over_list(class_list, by=cast.wali, happened_at=at)
    return Case.objects.get()


def listed_new_student(cast: Cast, at: datetime) -> Case:
    """Hand over the list as at `at`, which refers a student who came 20 days ago."""
    Enrolment.objects.filter(student=cast.students[0]).update(starts_on=make.days_ago(20))
    return listed(cast, at)


def reopened(cast: Cast) -> Case:
    case = ended(cast)
    cases.reopen(case, by=cast.bk, reason="Kambuh", happened_at=ago(5))
    return case


def reviewed_again(cast: Cast, at: datetime) -> None:
    case = opened(cast)
    cases.dismiss(case, by=cast.bk, reason="Sakit", happened_at=ago(14))
    cases.reopen(case, by=cast.bk, reason="Kabar baru", happened_at=ago(5))
    cases.confirm(case, by=cast.bk, happened_at=at)


def closed(cast: Cast, at: datetime) -> None:
    """Close the case of a student whose last day was ten days ago."""
    case = tried(cast)
    Enrolment.objects.filter(student=case.student).update(ends_on=day(10), end_reason="LEFT")
    cases.close(case, by=cast.bk, happened_at=at)


def proposed_for_nobody_reached(cast: Cast, on: date) -> None:
    case = confirmed(cast)
    make_case.attempt(case, cast.bk, happened_at=ago(16))
    visits.propose(case, by=cast.bk, basis="CONTACT", proposed_on=on)


def proposed_for_a_summons(cast: Cast, on: date) -> None:
    case = tried(cast)
    issued = letter(case, cast, day(15))
    cases.record_outcome(issued, by=cast.bk, attended=False, happened_at=ago(12))
    visits.propose(case, by=cast.bk, basis="SUMMONS", proposed_on=on)


def second_letter(cast: Cast, on: date) -> None:
    case = tried(cast)
    cases.record_outcome(
        letter(case, cast, day(15)), by=cast.bk, attended=False, happened_at=ago(12)
    )
    letter(case, cast, on)


def delivery_of_the_second_version(cast: Cast, on: date) -> None:
    issued = letter(tried(cast), cast, day(15))
    given = {"issued_on": day(13), "meets_at": ago(10), "place": "Ruang BK"}
    cases.reschedule(issued, by=cast.bk, **given)
    cases.record_delivery(issued, by=cast.bk, delivered_on=on, receiver="Ibu", relation="ibu")


def supplement(cast: Cast, at: datetime) -> None:
    """Hand a supplement over as at `at`, of a list that was handed over 15 days ago."""
    listed(cast, ago(15))
    make_recap.handed_over_recap(cast.physics, cast.period)
    class_list = recaps.class_list_of(cast.own, cast.period, by=cast.wali)
    recaps.hand_over_list(class_list, by=cast.wali, happened_at=at)


Act = Callable[[Cast, Any], Any]
RULES: dict[str, tuple[Act, Any, Any, str]] = {
    "opened before the enrolment": (new_student, lambda: ago(21), lambda: ago(20), "was enrolled"),
    "a list before its period": (listed, lambda: ago(34), lambda: ago(33), "period of the list"),
    "a list before the enrolment": (
        listed_new_student,
        lambda: ago(21),
        lambda: ago(20),
        "was enrolled",
    ),
    "a supplement before its list": (
        supplement,
        lambda: ago(16),
        lambda: ago(15),
        "list was handed over",
    ),
    "a contact before the list": (
        lambda cast, at: make_case.attempt(listed(cast, ago(20)), cast.bk, happened_at=at),
        lambda: ago(21),
        lambda: ago(19),
        "case was opened",
    ),
    "confirmed before it was opened": (
        lambda cast, at: cases.confirm(opened(cast), by=cast.bk, happened_at=at),
        lambda: ago(20, 9),
        lambda: ago(20),
        "case was opened",
    ),
    "a contact before the case": (
        lambda cast, at: make_case.attempt(opened(cast), cast.bk, happened_at=at),
        lambda: ago(21),
        lambda: ago(20, 8),  # earlier that day: it was typed in after the call
        "case was opened",
    ),
    "a letter before the confirmation": (
        lambda cast, on: letter(tried(cast), cast, on),
        lambda: day(19),
        lambda: day(16),
        "case was confirmed",
    ),
    "a letter before the contact": (
        lambda cast, on: letter(tried(cast), cast, on),
        lambda: day(17),
        lambda: day(16),
        "contact behind the summons",
    ),
    "a second letter before the first one's outcome": (
        second_letter,
        lambda: day(13),
        lambda: day(12),
        "outcome of the last summons",
    ),
    "received before it was written": (delivery, lambda: day(16), lambda: day(15), "letter is"),
    "missed before the meeting": (
        outcome,
        lambda: ago(12, 9),
        lambda: ago(12),
        "absence can be recorded",
    ),
    "proposed before the confirmation": (
        lambda cast, on: proposed(cast, proposed_on=on),
        lambda: day(19),
        lambda: day(18),
        "case was confirmed",
    ),
    "planned before the proposal": (schedule, lambda: ago(16), lambda: ago(15), "proposed"),
    "resolved before the contact": (
        lambda cast, at: resolve(tried(cast), cast, at),
        lambda: ago(16, 9),
        lambda: ago(16),
        "last step",
    ),
    "proposed before the last visit": (
        proposed_after_a_visit,
        lambda: day(11),
        lambda: day(10),
        "last visit",
    ),
    "resolved before the visit": (after_a_visit, lambda: ago(11), lambda: ago(10), "last step"),
    "dismissed before it was opened": (
        lambda cast, at: cases.dismiss(opened(cast), by=cast.bk, reason="Sakit", happened_at=at),
        lambda: ago(20, 9),
        lambda: ago(20),
        "case was opened",
    ),
    "reopened before it ended": (
        lambda cast, at: cases.reopen(ended(cast), by=cast.bk, reason="Alpa", happened_at=at),
        lambda: ago(14, 9),
        lambda: ago(14),
        "case ended",
    ),
    "resolved before it was reopened": (
        lambda cast, at: resolve(reopened(cast), cast, at),
        lambda: ago(6),
        lambda: ago(5),
        "reopened",
    ),
    "confirmed before it was reopened": (
        reviewed_again,
        lambda: ago(6),
        lambda: ago(5),
        "reopened",
    ),
    "closed before the student left": (closed, lambda: ago(11), lambda: ago(10), "at the school"),
    "proposed before the contact": (
        proposed_for_nobody_reached,
        lambda: day(17),
        lambda: day(16),
        "basis of the proposal",
    ),
    "proposed before the summons was missed": (
        proposed_for_a_summons,
        lambda: day(13),
        lambda: day(12),
        "basis of the proposal",
    ),
    "a second version received before it was written": (
        delivery_of_the_second_version,
        lambda: day(14),
        lambda: day(13),
        "letter is",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_an_act_lies_not_before_what_it_rests_on(rule: str) -> None:
    act, too_early, _early_enough, words = RULES[rule]
    with translation.override("en"), pytest.raises(NotNow, match=words):
        act(small_school(), too_early())


@pytest.mark.parametrize("rule", RULES)
def test_the_refusal_is_said_in_indonesian_too(rule: str) -> None:
    act, too_early, _early_enough, _words = RULES[rule]
    with translation.override("id"), pytest.raises(NotNow) as refused:
        act(small_school(), too_early())
    said = str(refused.value)
    assert "Enter" not in said
    assert "known" not in said
    assert any(ch.isdigit() for ch in said), "the refusal names the first possible day"


@pytest.mark.parametrize("rule", RULES)
def test_what_was_done_before_can_be_entered_in_its_order(rule: str) -> None:
    act, _too_early, early_enough, _words = RULES[rule]
    act(small_school(), early_enough())


def test_who_came_before_the_meeting_came() -> None:
    cast = small_school()
    summons = letter(tried(cast), cast, day(15))
    cases.record_outcome(summons, by=cast.bk, attended=True, came_with="Ibu", happened_at=ago(13))
    assert summons.outcome_at == ago(13)


def test_who_was_referred_again_can_be_reviewed_as_on_the_day_of_the_new_data() -> None:
    cast = small_school()
    case = opened(cast)
    cases.dismiss(case, by=cast.bk, reason="Sakit", happened_at=ago(14))
    given = {"by": cast.wali, "reasons": ["ECONOMY"]}
    cases.open_directly(case.student, cast.semester, happened_at=ago(9), **given)
    case.refresh_from_db()
    cases.confirm(case, by=cast.bk, happened_at=ago(8))
    assert case.confirmed_at == ago(8)


def test_who_was_referred_before_the_dismissal_is_opened_again_with_it() -> None:
    cast = small_school()
    case = opened(cast)
    cases.dismiss(case, by=cast.bk, reason="Sakit", happened_at=ago(14))
    given = {"by": cast.wali, "reasons": ["ECONOMY"]}
    cases.open_directly(case.student, cast.semester, happened_at=ago(16), **given)
    case.refresh_from_db()
    with pytest.raises(NotNow):
        cases.confirm(case, by=cast.bk, happened_at=ago(15))
    cases.confirm(case, by=cast.bk, happened_at=ago(14))

"""Evaluations: figures filled from the data, judged by counselors, joined by the coordinator."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import workflow as cases_workflow
from cases.tests import factories as cases
from homevisits.tests import factories as visits
from recaps.workflow import class_list_of, hand_over_list
from reports.evaluation_tasks import evaluations_waiting as waiting
from reports.evaluations import counselors_of
from reports.models import Aspect, Evaluation
from reports.outcome_figures import outcome_grid, outcomes
from reports.process_figures import Pace, Step, paces
from reports.tests.factories import evaluation, handed_over_evaluation, judged, over
from reports.workflow import (
    begin_evaluation,
    hand_over_evaluation,
    return_evaluation,
    write_evaluation,
)
from school.models import Semester
from school.tests import factories as make
from school.tests.cast import small_school
from support.tests import factories as support
from workflow import clock
from workflow.errors import EditConflict, NotAllowed, NotNow, WrongState
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast():
    return small_school(4)


def days(n: int):
    return clock.now() + timedelta(days=n)


def day(n: int):
    return clock.today() + timedelta(days=n)


@pytest.mark.parametrize(
    ("steps", "pace"),
    [
        ([], Pace()),
        ([(0, 5, 5), (0, 5, 6), (0, 5, None)], Pace(done=2, late=1, missing=0)),
        ([(-9, -1, None), (-9, -1, -9)], Pace(done=1, late=0, missing=1)),
    ],
)
def test_late_is_after_the_due_day_and_missing_once_it_is_over(steps, pace):
    found = Pace.of(Step(day(a), day(b), None if c is None else day(c)) for a, b, c in steps)
    assert (found.done, found.late, found.missing) == (pace.done, pace.late, pace.missing)


def test_the_median_counts_days_from_the_begin(cast):
    found = Pace.of([Step(day(0), day(9), day(n)) for n in (1, 2, 4, 9)])
    assert found.days == 3
    assert Pace.of([Step(day(0), day(9), day(n)) for n in (1, 2)]).said == (
        "2 selesai, 0 terlambat, 0 belum ada, median 1,5 hari"
    )


def test_each_stage_is_counted_from_the_rows(cast):
    """Own class of bk: earlier period over (due 29 and 26 days ago), the other due soon.

    Recaps: maths and english came today, late; physics is missing. The list came today, late.
    Cases: a opened 20 days ago and confirmed 18 days ago, reached 10 days ago (due 16 days ago);
    b opened today and not reviewed. Summons of a: met 6 days ago, outcome 3 days ago (due 5 days
    ago). Visit of b: met an hour ago and written now.
    """
    for assignment in (cast.maths, cast.english):
        cases.handed_over_recap(assignment, cast.earlier_period, {})
    hand_over_list(class_list_of(cast.own, cast.earlier_period, by=cast.wali), by=cast.wali)
    case = cases_workflow.open_directly(
        cast.students[0],
        cast.semester,
        by=cast.bk,
        reasons=["FAMILY"],
        happened_at=days(-20),
    )
    cases_workflow.confirm(case, by=cast.bk, happened_at=days(-18))
    cases.attempt(case, cast.bk, "NO_ANSWER", happened_at=days(-10))
    other = cases.direct_case(cast, cast.students[1])
    visits.recorded_visit(other, cast.bk, cast.principal)
    support.late_follow_up(case, cast.bk, days=3)
    found = paces(cast.semester, cast.bk)
    assert {aspect: (pace.done, pace.late, pace.missing) for aspect, pace in found.items()} == {
        Aspect.RECAPS: (2, 2, 1),
        Aspect.LISTS: (1, 1, 0),
        Aspect.REVIEWS: (2, 0, 0),
        Aspect.CONTACTS: (1, 1, 0),
        Aspect.SUMMONSES: (0, 0, 0),
        Aspect.VISITS: (1, 0, 0),
        Aspect.FOLLOW_UPS: (0, 0, 1),
    }
    assert found[Aspect.RECAPS].days == 34
    assert found[Aspect.REVIEWS].days == 1
    assert found[Aspect.CONTACTS].days == 10
    assert paces(cast.semester, cast.bk2)[Aspect.REVIEWS] == Pace()
    assert paces(cast.semester)[Aspect.RECAPS].missing == 2, "of both classes"


def test_the_outcome_counts_by_rung_and_names_relapses(cast):
    bk = cast.bk
    solved, improved, _open = (cases.direct_case(cast, one) for one in cast.students[:3])
    for case, outcome in ((solved, "SOLVED"), (improved, "IMPROVED")):
        cases.attempt(case, bk, "REACHED")
        cases_workflow.resolve(case, by=bk, outcome=outcome, causes=["FORGOT"])
    cases_workflow.reopen(improved, by=bk, reason="Alpa lagi")
    cases_workflow.dismiss(cases.direct_case(cast, cast.students[3]), by=bk, reason="Sakit")
    grid = outcome_grid(outcomes(cast.semester, bk))
    assert [(line.label, [cell.value for cell in line.cells]) for line in grid.lines] == [
        ("Tinjauan", [1, 0, 0, 0, 0, 1, None]),
        ("Kontak", [2, 1, 0, 0, 0, 1, 0]),
        ("Panggilan", [0, 0, 0, 0, 0, 0, None]),
        ("Kunjungan rumah", [0, 0, 0, 0, 0, 0, None]),
    ]
    assert [cell.value for cell in grid.totals[0].cells] == [3, 1, 0, 0, 0, 2, 0]
    later = make.SemesterFactory(
        year=cast.semester.year, term=2, starts_on=day(91), ends_on=day(200)
    )
    with clock.shifted_to(days(95)):
        back = cases_workflow.open_directly(cast.students[0], later, by=bk, reasons=["FAMILY"])
        found = outcomes(later, bk)
    assert [one.pk for one in found.cases if one.came_back] == [back.pk]
    assert outcomes(cast.semester, bk).reopened == 1


def test_it_goes_to_the_coordinator_and_back_with_a_reason(cast):
    made = evaluation(cast.semester, cast.bk)
    hand_over_evaluation(made, by=cast.bk)
    with pytest.raises(WrongState):
        write_evaluation(made, by=cast.bk, values=judged("FAIR"), read_at=made.version)
    with pytest.raises(NotAllowed):
        return_evaluation(made, by=cast.bk2, reason="Kurang")
    return_evaluation(made, by=cast.coordinator, reason="Tulis juga tentang panggilan")
    page = signed_in(cast.bk).get(made.get_absolute_url()).content.decode()
    assert "Tulis juga tentang panggilan" in page
    write_evaluation(made, by=cast.bk, values=judged("FAIR"), read_at=made.version)
    hand_over_evaluation(made, by=cast.bk)
    page = signed_in(cast.principal).get(made.get_absolute_url()).content.decode()
    assert "Cukup" in page
    assert "Tulis juga tentang panggilan" not in page


def test_the_joint_one_goes_to_the_principal_who_alone_returns_it(cast):
    made = handed_over_evaluation(cast.semester, cast.coordinator, is_joint=True)
    with pytest.raises(NotAllowed):
        return_evaluation(made, by=cast.coordinator, reason="Kurang")
    return_evaluation(made, by=cast.principal, reason="Tambahkan rencana")
    assert Evaluation.objects.visible_to(cast.principal).count() == 0


@pytest.mark.parametrize("aspect", ["RECAPS", "EFFICIENCY"])
def test_it_is_handed_over_only_when_all_is_judged(cast, aspect):
    made = begin_evaluation(cast.semester, by=cast.bk)
    write_evaluation(made, by=cast.bk, values=judged(but=aspect), read_at=1)
    with pytest.raises(NotNow, match="Nilai dulu"):
        hand_over_evaluation(made, by=cast.bk)


def test_there_is_one_of_each_counselor_and_one_of_the_school(cast):
    for _n in range(2):
        begin_evaluation(cast.semester, by=cast.bk)
        begin_evaluation(cast.semester, by=cast.coordinator, is_joint=True)
    assert Evaluation.objects.count() == 2
    with pytest.raises(NotAllowed):
        begin_evaluation(make.SemesterFactory(term=2), by=cast.bk, is_joint=True)


def test_two_who_edit_the_joint_one_see_both_texts(cast):
    made = evaluation(cast.semester, cast.coordinator, is_joint=True)
    with pytest.raises(EditConflict):
        write_evaluation(made, by=cast.coordinator, values=judged("WEAK"), read_at=made.version - 1)
    sent = {"summary": "Ringkasan saya", "VISITS_judgement": "WEAK", "read_at": made.version - 1}
    url = reverse("reports:write_evaluation", args=[made.pk])
    page = post(signed_in(cast.coordinator), url, sent).content.decode()
    assert "Rekap lebih cepat daripada semester lalu" in page
    assert "Ringkasan saya" in page
    made.refresh_from_db()
    assert made.judged(Aspect.VISITS).judgement == "GOOD"


def test_the_form_shows_each_figure_and_keeps_half_of_it(cast):
    cases.handed_over_recap(cast.maths, cast.earlier_period, {})
    made = begin_evaluation(cast.semester, by=cast.bk)
    client, url = signed_in(cast.bk), reverse("reports:write_evaluation", args=[made.pk])
    page = client.get(url).content.decode()
    assert "1 selesai, 1 terlambat, 2 belum ada, median 34 hari" in page
    post(client, url, {"RECAPS_judgement": "WEAK", "RECAPS_words": "Dua guru", "read_at": 1})
    made.refresh_from_db()
    assert made.judgements == {"RECAPS": {"judgement": "WEAK", "words": "Dua guru"}}
    assert "Dua guru" in client.get(url).content.decode()


def test_the_joint_page_has_the_summary_of_each_counselor_who_handed_over(cast):
    joint = evaluation(cast.semester, cast.coordinator, is_joint=True)
    own = begin_evaluation(cast.semester, by=cast.bk)
    values = judged() | {"summary": "Kunjungan paling menolong"}
    write_evaluation(own, by=cast.bk, values=values, read_at=1)
    page = signed_in(cast.coordinator).get(joint.get_absolute_url()).content.decode()
    assert "Kunjungan paling menolong" not in page
    hand_over_evaluation(own, by=cast.bk)
    page = signed_in(cast.coordinator).get(joint.get_absolute_url()).content.decode()
    assert "Kunjungan paling menolong" in page


def test_home_reminds_after_the_semester_until_it_is_handed_over(cast):
    assert waiting(cast.bk) == []
    semester = over(cast.semester)
    assert [str(one.what) for one in waiting(cast.bk)] == ["Tulis evaluasi"]
    assert waiting(cast.coordinator) == [], "who had no class, while others are missing"
    assert waiting(cast.principal) == []
    for one in (cast.bk, cast.bk2):
        handed_over_evaluation(semester, one)
    assert waiting(cast.bk) == []
    assert [str(one.what) for one in waiting(cast.coordinator)] == ["Tulis evaluasi bersama"]
    handed_over_evaluation(semester, cast.coordinator, is_joint=True)
    assert waiting(cast.coordinator) == []
    Evaluation.objects.all().delete()
    Semester.objects.filter(pk=semester.pk).update(frozen_at=clock.now())
    assert waiting(cast.bk) == []


def test_the_list_has_who_had_classes_or_cases_and_who_wrote(cast):
    cases.direct_case(cast)
    begin_evaluation(cast.semester, by=cast.coordinator)
    assert {one.username for one in counselors_of(cast.semester)} == {"bk", "bk2", "koordinator"}


def test_the_pages_take_the_same_queries_for_many_rows():
    cast = small_school(31)
    made = evaluation(cast.semester, cast.bk)
    joint = evaluation(cast.semester, cast.coordinator, is_joint=True)
    listed = reverse("reports:evaluations")
    write = reverse("reports:write_evaluation", args=[made.pk])
    pages = [
        (cast.bk, made.get_absolute_url()),
        (cast.bk, write),
        (cast.coordinator, joint.get_absolute_url()),
        (cast.coordinator, listed),
    ]
    cases.handed_over_recap(cast.maths, cast.earlier_period, {})
    _work(cast, cast.students[:1])
    few = [queries_of(signed_in(user), page) for user, page in pages]
    _work(cast, cast.students[1:])
    assert [queries_of(signed_in(user), page) for user, page in pages] == few


def _work(cast, students):
    for student in students:
        case = cases.direct_case(cast, student)
        cases.attempt(case, cast.bk, "REACHED")
        cases.summons(case, cast.bk)
        support.follow_up(case, cast.bk)

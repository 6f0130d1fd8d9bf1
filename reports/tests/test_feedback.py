"""Feedback: asked by the case's counselor, answered once by link, shown in counts alone."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from cases.tests import factories as cases
from reports import feedback_results
from reports.feedback_results import Cell, blocks_of, results_of, spans_of
from reports.models import FeedbackCount, FeedbackLink
from reports.served import served_in
from reports.tests.factories import answers, over
from reports.workflow import ask_feedback
from school.models import Semester
from school.tests.cast import small_school
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.models import ActionEntry
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

STEPS = {"UNDERSTANDING": 3, "COMFORT": 4, "ACTION": 2}


@pytest.fixture
def cast():
    return small_school(4)


@pytest.fixture
def case(cast):
    case = cases.direct_case(cast)
    cases.attempt(case, cast.bk, "REACHED")
    case.refresh_from_db()
    return case


@pytest.fixture
def key(cast, case):
    return ask_feedback(case, served_in(case)[0], "PARENT", by=cast.bk)


def url(key: str) -> str:
    return f"{reverse('reports:feedback')}?kunci={key}"


def send(key: str, form=None, **steps):
    return Client().post(url(key), {**STEPS, **steps, "submit_id": str(form or uuid4())})


def counted() -> dict[tuple[str, int], int]:
    rows = FeedbackCount.objects.values_list("question", "step", "number")
    return {(question, step): number for question, step, number in rows}


def test_an_answer_is_counted_and_uses_up_the_link(case, key):
    assert send(key).headers["Location"] == reverse("reports:feedback_thanks")
    assert counted() == {("UNDERSTANDING", 3): 1, ("COMFORT", 4): 1, ("ACTION", 2): 1}
    assert FeedbackLink.objects.get().used_by
    assert send(key, COMFORT=1).status_code == 404
    assert sum(counted().values()) == 3


def test_a_second_tap_is_thanked_and_counts_once(key):
    form = uuid4()
    answers = [send(key, form), send(key, form)]
    assert [one.headers["Location"] for one in answers] == [reverse("reports:feedback_thanks")] * 2
    assert sum(counted().values()) == 3


def test_no_row_tells_an_answer_from_another_or_when_it_came(cast, case, key):
    before = ActionEntry.objects.count()
    send(key)
    assert ActionEntry.objects.count() == before
    assert [field.name for field in FeedbackCount._meta.fields] == [
        *("id", "semester", "service", "respondent", "question", "step", "number")
    ]
    kinds = (models.DateTimeField, models.DateField)
    dates = [one.name for one in FeedbackLink._meta.fields if isinstance(one, kinds)]
    assert dates == ["made_on", "ends_on"], "of the asking alone"


def test_used_over_and_wrong_links_get_the_same_page_by_the_same_queries(
    key, django_assert_num_queries
):
    client = Client()
    send(key)
    with django_assert_num_queries(2):
        used = client.get(url(key))
    FeedbackLink.objects.update(
        used_by=None,
        ends_on=clock.today() - timedelta(days=1),
        made_on=clock.today() - timedelta(days=9),
    )
    with django_assert_num_queries(2):
        over = client.get(url(key))
    with django_assert_num_queries(2):
        wrong = client.get(url("x" * 43))
    assert used.status_code == over.status_code == wrong.status_code == 404
    assert used.content == over.content == wrong.content
    assert "Tautan ini tidak menerima jawaban" in wrong.content.decode()


def test_the_page_names_nobody_and_asks_not_to_be_listed(cast, case, key):
    page = Client().get(url(key))
    text = page.content.decode()
    assert page.status_code == 200
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert 'content="noindex' in text
    secrets = (case.student.name, case.student.nis, cast.own.name, cast.bk.name, "Kontak", "kasus")
    assert not [secret for secret in secrets if secret in text]
    assert key not in [link.key_hash for link in FeedbackLink.objects.all()]


def test_a_missing_tap_is_said_and_the_others_stay(key):
    page = Client().post(url(key), {"UNDERSTANDING": 3, "COMFORT": 9, "submit_id": str(uuid4())})
    text = page.content.decode()
    assert (page.status_code, counted()) == (200, {})
    assert text.count("Ketuk salah satu dari empat.") == 2
    assert re.search(r'name="UNDERSTANDING"\s+value="3"\s+checked', text)


def test_one_person_is_asked_once_about_a_service(cast, case, key):
    served = served_in(case)[0]
    again = ask_feedback(case, served, "PARENT", by=cast.bk)
    assert FeedbackLink.objects.count() == 1, "a link that waits is replaced"
    assert Client().get(url(key)).status_code == 404
    send(again)
    with pytest.raises(NotNow):
        ask_feedback(case, served, "PARENT", by=cast.bk)
    ask_feedback(case, served, "STUDENT", by=cast.bk)
    assert FeedbackLink.objects.count() == 2


def test_only_the_counselor_asks_and_only_while_the_semester_runs(cast, case):
    served = served_in(case)[0]
    with pytest.raises(NotAllowed):
        ask_feedback(case, served, "STUDENT", by=cast.bk2)
    Semester.objects.update(ends_on=clock.today() - timedelta(days=1))
    case.refresh_from_db()
    with pytest.raises(NotNow):
        ask_feedback(case, served, "STUDENT", by=cast.bk)


def test_a_link_lasts_14_days_and_not_beyond_the_semester(cast, case):
    served, today = served_in(case)[0], clock.today()
    ask_feedback(case, served, "STUDENT", by=cast.bk)
    assert FeedbackLink.objects.get().ends_on == today + timedelta(days=13)
    last = today + timedelta(days=3)
    Semester.objects.update(ends_on=last)
    case.refresh_from_db()
    ask_feedback(case, served, "STUDENT", by=cast.bk)
    assert FeedbackLink.objects.get().ends_on == last


def test_who_was_not_reached_is_not_asked(cast):
    case = cases.direct_case(cast)
    cases.attempt(case, cast.bk, "NO_ANSWER")
    assert served_in(case) == []
    page = signed_in(cast.bk).get(reverse("reports:ask_feedback", args=[case.pk]))
    assert "Belum ada yang mengikuti" in page.content.decode()


def test_the_counselor_gets_the_link_once_with_drafts_to_those_who_are_asked(cast, case):
    client = signed_in(cast.bk)
    address = reverse("reports:ask_feedback", args=[case.pk])
    code = served_in(case)[0].code
    page = post(client, address, {"service": code, "respondent": "PARENT"})
    text = page.content.decode()
    guardian = case.student.guardians.get()
    assert "http://testserver/umpan-balik/?kunci=" in text
    assert guardian.called in text
    timeline = client.get(case.get_absolute_url()).content.decode()
    assert "Umpan balik diminta: orang tua/wali" in timeline


@pytest.mark.parametrize(
    ("sizes", "blocks"),
    [
        ({"a": 9, "b": 6}, [["a"], ["b"]]),
        ({"a": 9, "b": 6, "c": 3, "d": 2}, [["a"], ["b"], ["c", "d"]]),
        ({"a": 9, "b": 6, "c": 3}, [["a"], ["c", "b"]]),
        ({"a": 9, "b": 1, "c": 0}, [["b", "a"]]),
        ({"a": 2, "b": 2, "c": 2}, [["a", "b", "c"]]),
    ],
)
def test_groups_of_fewer_than_five_are_joined_until_they_are_five(sizes, blocks):
    assert blocks_of(sizes, 5) == blocks


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        ([[5, 6, 7, 8]], [(0, 1), (1, 2), (2, 3), (3, 4)]),
        ([[0, 0, 3, 9]], [(0, 1), (1, 2), (2, 4)]),
        ([[1, 3, 20, 23]], [(0, 3), (3, 4)]),
        ([[20, 0, 9, 2]], [(0, 1), (1, 2), (2, 4)]),
        ([[0, 5, 5, 5], [5, 1, 0, 6]], [(0, 1), (1, 4)]),
        ([[1, 1, 1, 2]], [(0, 4)]),
    ],
)
def test_steps_of_fewer_than_five_are_joined_with_their_neighbors(rows, spans):
    assert spans_of(rows, 5) == spans


def test_nothing_is_shown_before_the_last_link_is_over_nor_of_fewer_than_five(cast):
    semester = Semester.objects.select_related("policy").get()
    answers(semester, "VISIT", "PARENT", [0, 0, 1, 3])
    assert results_of(semester) is None
    Semester.objects.update(ends_on=clock.today() - timedelta(days=1))
    semester.refresh_from_db()
    assert results_of(semester) == feedback_results.Results(is_few=True)
    answers(semester, "VISIT", "PARENT", [0, 0, 1, 0])
    found = results_of(semester)
    assert found.answers == 5
    assert [[line.cells for line in table.lines] for table in found.tables] == [
        [[Cell(0, 1), Cell(0, 1), Cell(5, 2, "Ya – Sangat")]]
    ] * 3


def test_students_and_parents_stand_apart_only_where_there_are_five_of_both(cast):
    semester = over(cast.semester)
    answers(semester, "VISIT", "PARENT", [0, 0, 9, 9])
    answers(semester, "VISIT", "STUDENT", [0, 0, 2, 2])
    found = results_of(semester)
    assert [str(line.label) for line in found.tables[0].lines] == ["Semua"]
    assert found.services == [("Kunjungan rumah", 22)]


def test_the_sums_over_groups_and_steps_never_leave_fewer_than_five(cast):
    """Students: 15 after contacts. Parents: 17 after visits, 5 after contacts, 1 conference.

    The conference takes the contacts with it: 6 others. Steps of students 3, 2, 1, 9; of parents
    2, 4, 9, 8: so the first two are joined and the last two; of all 5, 6, 10, 17.
    """
    semester = over(cast.semester)
    answers(semester, "CONTACT", "STUDENT", [3, 2, 1, 9])
    answers(semester, "VISIT", "PARENT", [2, 4, 5, 6])
    answers(semester, "CONTACT", "PARENT", [0, 0, 3, 2])
    answers(semester, "CONFERENCE", "PARENT", [0, 0, 1, 0])
    found = results_of(semester)
    shown = {
        str(line.label): [cell.number for cell in line.cells] for line in found.tables[0].lines
    }
    assert shown == {"Siswa": [5, 10], "Orang tua/wali": [6, 17], "Semua": [5, 6, 10, 17]}
    assert found.services == [
        ("Siswa, kontak", 15),
        ("Orang tua/wali, kunjungan rumah", 17),
        ("Orang tua/wali, layanan lain", 6),
    ]


def test_the_results_take_the_same_queries_for_many_groups(cast):
    Semester.objects.update(ends_on=clock.today() - timedelta(days=1))
    semester = Semester.objects.get()
    client, page = signed_in(cast.bk), reverse("reports:feedback_results")
    answers(semester, "VISIT", "PARENT", [5, 5, 5, 5])
    few = queries_of(client, page)
    for service in ("CONTACT", "SUMMONS", "CONFERENCE"):
        for respondent in ("STUDENT", "PARENT"):
            answers(semester, service, respondent, [5, 5, 5, 5])
    assert queries_of(client, page) == few

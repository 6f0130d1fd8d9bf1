"""No act slips into a semester while the principal freezes it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from cases.models import Contact
from cases.tests import factories as cases
from recaps.models import Recap
from recaps.tests import factories as recaps
from reports import workflow
from reports.models import SemesterReport
from reports.tests.factories import over
from school.models import Semester
from school.tests.cast import small_school
from workflow import run
from workflow.errors import Busy, NotNow, WorkflowError
from workflow.models import ActionEntry
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def in_threads(*acts: Callable[[], object]) -> list[object]:
    """Return what the acts answer that begin at the same moment."""
    answers: list[object] = [None] * len(acts)
    together = threading.Barrier(len(acts))

    def do(at: int) -> None:
        together.wait()
        try:
            answers[at] = acts[at]()
        except WorkflowError as refused:
            answers[at] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[at]) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_an_act_under_way_is_in_the_frozen_figures_or_is_refused(monkeypatch):
    """The act has been let through by all checks, and waits there until the principal freezes."""
    cast = small_school()
    recap = recaps.handed_over_recap(cast.maths, cast.period, {cast.students[0]: recaps.ABSENT})
    over(cast.semester)
    is_checked, freezes = threading.Event(), threading.Event()
    returned = Recap.objects.filter(status="RETURNED")
    at_freezing: list[bool] = []

    def slowly(*args: Any, **options: Any) -> Any:
        is_checked.set()
        freezes.wait(5)
        return make_entry(*args, **options)

    make_entry = run._log
    monkeypatch.setattr(run, "_log", slowly)
    content_of = workflow.semester_report.content_of

    def watched(*args: Any, **options: Any) -> Any:
        at_freezing.append(returned.exists())
        return content_of(*args, **options)

    monkeypatch.setattr(workflow.semester_report, "content_of", watched)
    url = reverse("recaps:return_recap", args=[recap.pk])
    wali = signed_in(cast.wali)

    def freeze() -> object:
        is_checked.wait(5)
        threading.Timer(0.5, freezes.set).start()
        return workflow.freeze(cast.semester, by=cast.principal)

    answers = in_threads(lambda: post(wali, url, {"reason": "Keliru"}).status_code, freeze)
    assert answers[0] == 302, answers
    assert isinstance(answers[1], SemesterReport), answers
    assert (at_freezing, returned.exists()) == ([True], True)


def test_of_many_acts_none_comes_after_the_freezing():
    cast = small_school(8)
    open_cases = [cases.direct_case(cast, student) for student in cast.students]
    cases.next_semester(cast)
    tried = {"channel": "PHONE", "whom": "student", "outcome": "NO_ANSWER"}

    def log(case: Any, client: Client) -> Callable[[], object]:
        url = reverse("cases:log_contact", args=[case.pk])
        return lambda: post(client, url, tried).status_code

    acts = [log(case, signed_in(cast.bk)) for case in open_cases]
    freezing = lambda: workflow.freeze(cast.semester, by=cast.principal)  # noqa: E731
    answers = in_threads(*acts[:4], freezing, *acts[4:])
    assert isinstance(answers[4], SemesterReport), answers
    assert {*answers[:4], *answers[5:]} <= {200, 302}, answers
    frozen = Semester.objects.get(pk=cast.semester.pk).frozen_at
    assert not ActionEntry.objects.filter(action="log", logged_at__gt=frozen).exists()
    kept = answers[4].content["by_grade"]["handling"]["total"]
    assert kept["contact"] == Contact.objects.values("case").distinct().count()


def test_two_who_freeze_at_once_freeze_once():
    cast = small_school()
    over(cast.semester)
    freezing = lambda: workflow.freeze(cast.semester, by=cast.principal)  # noqa: E731
    answers = in_threads(freezing, freezing)
    lost = [answer for answer in answers if not isinstance(answer, SemesterReport)]
    assert [isinstance(answer, Busy | NotNow) for answer in lost] == [True], answers
    assert SemesterReport.objects.count() == 1

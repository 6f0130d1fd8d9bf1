"""Nothing is lost if a recap is handed over or withdrawn while its list goes to BK."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connections

from recaps.models import ClassList, ClassListStatus, Entry, Recap, RecapStatus
from recaps.tests import factories as make
from recaps.workflow import class_list_of, decide, hand_over, hand_over_list, save_entry, withdraw
from school.tests.cast import small_school
from workflow.errors import WorkflowError

ROUNDS = 5

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Do the acts at the same moment; return the errors that are no refusals."""
    together = threading.Barrier(len(acts))
    faults: list[str] = []

    def do(act: Callable[[], object]) -> None:
        together.wait()
        try:
            act()
        except WorkflowError:
            pass
        except Exception as fault:
            faults.append(repr(fault))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_two_first_saves_of_a_recap_at_once_are_both_kept():
    cast = small_school()
    for period in cast.semester.periods.filter(starts_on__lte=cast.period.starts_on)[:ROUNDS]:
        save = partial(save_entry, cast.maths, period, by=cast.guru, values=make.ABSENT, read_at=0)
        assert at_once(*(partial(save, student.pk) for student in cast.students[:4])) == []
        assert Entry.objects.filter(sheet__recap__period=period).count() == 4


def test_a_recap_that_comes_while_its_list_goes_is_decided_on():
    cast = small_school()
    for period in cast.semester.periods.filter(starts_on__lte=cast.period.starts_on)[:ROUNDS]:
        save_entry(
            cast.maths, period, cast.students[0].pk, by=cast.guru, values=make.ABSENT, read_at=0
        )
        recap = Recap.objects.get(period=period)
        class_list = class_list_of(cast.own, period, by=cast.wali)
        assert not at_once(
            lambda recap=recap: hand_over(recap, by=cast.guru),
            lambda class_list=class_list: hand_over_list(class_list, by=cast.wali),
        )
        class_list.refresh_from_db()
        assert class_list.status != ClassListStatus.HANDED_OVER


def test_a_recap_is_not_withdrawn_from_a_list_that_goes():
    cast = small_school()
    for period in cast.semester.periods.filter(starts_on__lte=cast.period.starts_on)[:ROUNDS]:
        recap = make.handed_over_recap(cast.maths, period, {cast.students[0]: make.ABSENT})
        class_list = class_list_of(cast.own, period, by=cast.wali)
        decide(class_list, [cast.students[0]], "REFER", by=cast.wali)
        assert not at_once(
            lambda recap=recap: withdraw(recap, by=cast.guru),
            lambda class_list=class_list: hand_over_list(class_list, by=cast.wali),
        )
        recap.refresh_from_db()
        listed = ClassList.objects.get(pk=class_list.pk)
        went_first = recap.status == RecapStatus.HANDED_OVER
        assert went_first or listed.missing_subjects == 3

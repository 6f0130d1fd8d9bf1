"""Who did and who looked is on record: which views say so, and what the logs hold."""

import re

import pytest
from django.urls import resolve, reverse

from counseling.tests import oracle
from counseling.tests.access import ACCESS
from workflow import clock
from workflow.models import AccessEntry, ActionEntry
from workflow.tests.browser_free import signed_in

CODE = re.compile(r"[A-Za-z_.:]*")
SHOWS_NOBODY = {
    *("account_login", "account_logout", "set_language", "service_worker", "offline"),
    *("school:account", "undo"),
    *("homevisits:acknowledge", "homevisits:propose_next", "homevisits:remove_commitment"),
}
"""Views that show nothing of a student: the door, and buttons that answer with a redirect."""

ARGUMENTS = {
    "pk": 1,
    "kind": "cases.case",
    "action": "confirm",
    "key": "7d3f2c1e-0000-4000-8000-000000000001",
}
OTHERS = ("assignment", "period", "student", "class_id", "period_id", "student_id")
KINDS = {
    "": (),
    "sheet": ("assignment", "period"),
    "sheet_row": ("assignment", "period", "student"),
    "class_list": ("class_id", "period_id"),
    "class_list_row": ("class_id", "period_id", "student_id"),
    "undo": ("kind", "pk", "action"),
    "promise": ("pk", "key"),
}


def view_of(name):
    values = {**ARGUMENTS, **dict.fromkeys(OTHERS, 1)}
    keys = KINDS.get(ACCESS[name].kind, ("pk",))
    return resolve(reverse(name, kwargs={key: values[key] for key in keys})).func


@pytest.mark.parametrize("name", sorted(ACCESS))
def test_a_view_that_shows_something_of_a_student_says_so(name):
    page, looks = ACCESS[name], getattr(view_of(name), "looks", None)
    if name in SHOWS_NOBODY:
        assert (looks, page.looks) == (None, "")
    else:
        assert looks is not None
        assert looks[0] == page.looks
        assert (looks[1] is None) == page.many


@pytest.mark.django_db
def test_the_log_holds_ids_codes_and_times_alone(every_state):
    entries = ActionEntry.objects.values_list(
        "office", "kind", "root_kind", "action", "source", "target"
    )
    assert len(entries) > 100
    assert all(CODE.fullmatch(value) for entry in entries for value in entry)


@pytest.mark.django_db
def test_every_status_is_what_the_log_says(every_state):
    assert oracle.states_of_the_rows() == oracle.states_of_the_log()


@pytest.mark.django_db
def test_each_act_names_who_did_it_and_in_which_office(every_state):
    assert not ActionEntry.objects.filter(actor=None).exists()
    of_cases = ActionEntry.objects.filter(root_kind="cases.case")
    assert set(of_cases.values_list("office", flat=True)) <= {"COUNSELOR", "PRINCIPAL", "TEACHER"}


@pytest.mark.django_db
def test_the_log_of_who_looked_holds_when_by_the_clock_of_the_school(every_state):
    before = clock.now()
    signed_in(every_state.bk).get("/")
    entry = AccessEntry.objects.get()
    assert before <= entry.looked_at <= clock.now()
    assert CODE.fullmatch(entry.view)

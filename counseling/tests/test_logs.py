"""Acts and access are logged: which views are logged, and what the logs hold."""

import re

import pytest

from counseling.tests import oracle
from counseling.tests.access import ACCESS, ACCOUNT
from workflow import clock
from workflow.models import AccessEntry, ActionEntry
from workflow.tests.browser_free import signed_in

CODE = re.compile(r"[A-Za-z_.:]*")
RECORDS = (
    ("person", "people"),
    ("class", "classes"),
    ("subject", "subjects"),
    ("semester", "semesters"),
    ("recap_period", "recap_periods"),
)
"""Kinds of records none of whose pages shows a student."""
SINGLE = ("policy", "school_days", "profile", "letterhead", "letter_numbers")
SHOWS_NOBODY = {
    *ACCOUNT,
    *("set_language", "service_worker", "offline"),
    *("school:account", "school:form_of_address", "help", "undo"),
    *(f"homevisits:{page}" for page in ("feed", "make_feed", "revoke_feed", "feed_file")),
    *("school:imports", "school:progress"),
    *("reports:feedback", "reports:feedback_thanks"),
    *("school:desk", "school:letterhead_preview", "school:change_logo", "school:logo"),
    *("school:add_classes", "school:class_order", "school:homeroom", "school:end_homeroom"),
    *("school:add_subjects", "school:homerooms", "school:first_recap"),
    *("school:counselors", "school:group_teachers", "school:subject_teachers"),
    *("school:teaching", "school:teaching_matrix", "school:paste_teaching"),
    *("school:give_office", "school:end_office", "school:ask_for", "school:office_requests"),
    *(
        f"school:{page}"
        for one, many in RECORDS
        for page in (many, f"add_{one}", one, f"{one}_history")
    ),
    *(f"school:{one}{page}" for one in SINGLE for page in ("", "_history")),
    *("school:groups", "school:add_group", "school:group_history", "school:add_student"),
    *(f"school:new_year{step}" for step in ("", "_classes", "_class", "_check")),
}
"""URL names that show nothing about a student."""


@pytest.mark.parametrize("name", sorted(ACCESS))
def test_a_view_that_shows_something_of_a_student_is_to_be_logged(name):
    """Check only the table; test_access.py checks that each request is logged."""
    assert (ACCESS[name].logged == "") == (name in SHOWS_NOBODY)


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

"""What the pages of visits show. Who opens which: `counseling/tests/test_access.py`."""

import pytest
from django.urls import reverse

from cases.tests import factories as cases
from homevisits.models import Visit
from homevisits.tests import factories as make
from homevisits.workflow.conditions import is_approved_or_waived
from school.roles import PRINCIPAL
from school.tests.cast import small_school
from school.tests.factories import person
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LISTS = ("visits", "proposals", "progress", "progress_cases")
SUMMARY = ("wali", "principal")
ODD = ("q=%00", "q=%25", "state=x", "when=x", "class=x", "counselor=0", "semester=x", "page=x")


def test_a_visitor_sees_place_and_purposes_but_not_why(cast, visit):
    page = signed_in(cast.guru2).get(visit.get_absolute_url()).content.decode()
    assert visit.case.student.address in page
    assert "Melengkapi data siswa" in page
    for hidden in (visit.reason, "Dasar", visit.case.get_absolute_url()):
        assert hidden not in page


def test_whoever_lost_every_assignment_sees_the_visit_no_more(cast, visit):
    cast.guru2.teaching.all().delete()
    assert signed_in(cast.guru2).get(visit.get_absolute_url()).status_code == 404


def test_the_principal_prints_a_report_once_it_is_recorded(cast, visit):
    url = reverse("homevisits:report_print", args=[visit.pk])
    assert signed_in(cast.principal).get(url).status_code == 403
    make.record(visit, by=cast.bk, outcome="NOBODY")
    assert signed_in(cast.principal).get(url).status_code == 200


@pytest.mark.parametrize("query", ODD)
def test_an_odd_address_of_the_list_is_answered(cast, visit, query):
    assert signed_in(cast.bk).get(f"{reverse('homevisits:visits')}?{query}").status_code == 200


def test_the_shared_summary_says_that_nobody_was_met_and_not_what_was_found(cast, visit):
    make.record(visit, by=cast.bk, outcome="REFUSED")
    url = visit.case.get_absolute_url()
    pages = {who: signed_in(getattr(cast, who)).get(url).content.decode() for who in SUMMARY}
    assert all("tidak bertemu siapa pun" in page for page in pages.values())
    assert not any("ditolak" in page.lower() for page in pages.values())


def test_a_counselor_of_other_classes_reads_the_proposal_list_without_names_and_grounds(cast):
    visit = make.proposed_visit(cases.direct_case(cast), cast.bk)
    student = visit.case.student
    for name in ("proposals", "progress"):
        url = reverse(f"homevisits:{name}")
        assert student.name in signed_in(cast.bk).get(url).content.decode()
        page = signed_in(cast.bk2).get(url).content.decode()
        assert student.name not in page
        assert student.nis not in page
        assert cast.own.name in page
        assert "Alasan khusus" in page
        assert "ekonomi" not in page
        assert visit.get_absolute_url() not in page


def test_the_buttons_of_the_page_are_the_acts_of_the_table_with_the_reason_when_off(cast):
    case = cases.direct_case(cast)
    visit = make.proposed_visit(case, cast.bk)
    page = signed_in(cast.bk).get(visit.get_absolute_url()).content.decode()
    assert reverse("homevisits:withdraw", args=[visit.pk]) in page
    assert str(is_approved_or_waived(visit)) in page
    assert reverse("homevisits:schedule", args=[visit.pk]) not in page
    page = signed_in(cast.principal).get(visit.get_absolute_url()).content.decode()
    assert 'value="approve"' in page
    assert reverse("homevisits:withdraw", args=[visit.pk]) not in page


def many_visits(cast, count):
    """Make `count` visits, in four states by turns, each with a contact attempt."""
    for number, student in enumerate(cast.students[:count]):
        case = cases.direct_case(cast, student)
        cases.attempt(case, cast.bk)
        if number % 4 == 0:
            make.proposed_visit(case, cast.bk, basis="CONTACT")
        elif number % 4 == 1:
            make.approved_visit(case, cast.bk, cast.principal)
        elif number % 4 == 2:
            make.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.bk, cast.wali])
        else:
            visit = make.proposed_visit(case, cast.bk, urgent_reason="Mendesak")
            make.planned(visit, cast.bk)


@pytest.mark.sqlite
def test_a_list_asks_the_same_number_of_queries_at_4_and_at_32_rows():
    cast = small_school(32)
    client = signed_in(cast.principal)

    def asked():
        return {name: queries_of(client, reverse(f"homevisits:{name}")) for name in LISTS}

    many_visits(cast, 4)
    few = asked()
    Visit.objects.all().delete()
    cases.Case.objects.all().delete()
    many_visits(cast, 32)
    assert asked() == few
    assert max(few.values()) <= 15


@pytest.mark.sqlite
@pytest.mark.parametrize("name", ["visit", "schedule", "reschedule", "report", "record"])
def test_a_page_of_one_visit_asks_at_most_15_queries(cast, visit, name):
    if name == "schedule":
        visit = make.approved_visit(
            cases.direct_case(cast, cast.students[1]), cast.bk, cast.principal
        )
    url = reverse(f"homevisits:{name}", args=[visit.pk])
    assert queries_of(signed_in(cast.bk), url) <= 15


def test_without_a_semester_the_progress_report_says_so():
    head = person(PRINCIPAL)
    page = signed_in(head).get(reverse("homevisits:progress"))
    assert "Belum ada semester" in page.content.decode()
    assert signed_in(head).get(reverse("homevisits:proposals")).status_code == 200

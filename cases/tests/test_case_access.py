"""What one sees of a case on its page. Who opens which page: `counseling/tests/test_access.py`."""

import pytest

from cases.models import Case
from cases.models.case import EVIDENCE, KNOWN, SUMMARY
from cases.permissions import rights_in
from cases.tests import factories as make
from school.models import Student
from school.reach import CONTACTS
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

KNOW_OF_IT = ("bk", "coordinator", "wali", "principal", "guru")


def confirmed_case() -> tuple[Cast, Case]:
    """Return a confirmed case from guru's recap, with a contact attempt and a summons."""
    cast = small_school()
    case = make.referred_case(cast)
    make.confirm(case, by=cast.bk)
    make.attempt(case, cast.bk)
    make.summons(case, cast.bk)
    return cast, case


@pytest.mark.parametrize("is_confirmed", [False, True])
@pytest.mark.parametrize("who", KNOW_OF_IT)
def test_what_one_sees_of_a_case_is_what_the_tables_grant(who, is_confirmed):
    cast = small_school()
    case = make.referred_case(cast)
    if is_confirmed:
        make.confirm(case, by=cast.bk)
    person = getattr(cast, who)
    assert KNOWN.includes(case, person)
    granted = ((SUMMARY, case), (EVIDENCE, case), (CONTACTS, case.student))
    assert rights_in(person, case) == tuple(sight.includes(of, person) for sight, of in granted)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("bk", True), ("coordinator", True), ("principal", True), ("wali", True), ("guru", False)],
)
def test_the_address_is_shown_to_whom_the_contacts_are(who, sees):
    cast, case = confirmed_case()
    Student.objects.filter(pk=case.student_id).update(
        street="Dsn. Krajan", village="Muntung", latitude="-7.254100", longitude="110.056200"
    )
    assert CONTACTS.includes(case.student, getattr(cast, who)) == sees
    html = signed_in(getattr(cast, who)).get(case.get_absolute_url()).content.decode()
    for shown in ('id="people"', "Dsn. Krajan", "-7.254100"):
        assert (shown in html) == sees, shown

"""Who may open which page of a case: unseen is 404, forbidden is 403; a refusal changes nothing."""

import pytest
from django.urls import reverse

from cases.models import Case, Contact, Evidence, Summons
from cases.models.case import EVIDENCE, KNOWN, SUMMARY
from cases.permissions import rights_in
from cases.tests import factories as make
from school.models import Student
from school.reach import CONTACTS
from school.tests.cast import Cast, small_school
from workflow.models import AccessEntry, ActionEntry
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.django_db

OWN_CASE = {
    "bk": 200,
    "coordinator": 200,
    "wali": 403,
    "principal": 403,
    "guru": 403,
    "guru2": 404,
    "wali2": 404,
    "bk2": 404,
    "student_affairs": 404,
    "operator": 404,
}
"""The case's counselor may act; those who only know of the case get 403; others get 404."""
OWN_PART = {**OWN_CASE, "wali": 404, "principal": 404, "guru": 404}
"""Only its counselor sees contacts, summonses and evidence of a confirmed case."""

ON_CASE = ("confirm", "dismiss", "resolve", "close", "reopen", "log_contact", "issue_summons")
ON_CASE_TOO = ("summary", "notice_evidence")
ON_SUMMONS = (
    "fill_number",
    "reschedule",
    "summons_delivery",
    "summons_outcome",
    "withdraw_summons",
)


def confirmed_case() -> tuple[Cast, Case]:
    """Return a confirmed case from guru's recap, with a contact attempt and a summons."""
    cast = small_school()
    case = make.referred_case(cast)
    make.confirm(case, by=cast.bk)
    make.attempt(case, cast.bk)
    make.summons(case, cast.bk)
    return cast, case


def answers(cast: Cast, url: str, method: str = "get") -> dict[str, int]:
    found = {}
    for name in OWN_CASE:
        client = signed_in(getattr(cast, name))
        answer = client.get(url) if method == "get" else post(client, url)
        found[name] = answer.status_code
    return found


@pytest.mark.parametrize("page", [*ON_CASE, "summary"])
def test_only_its_counselor_opens_the_forms_of_a_case(page):
    cast, case = confirmed_case()
    assert answers(cast, reverse(f"cases:{page}", args=[case.pk])) == OWN_CASE


@pytest.mark.parametrize("page", ON_SUMMONS)
def test_only_its_counselor_opens_the_forms_of_a_summons(page):
    cast, _case = confirmed_case()
    summons = Summons.objects.get()
    assert answers(cast, reverse(f"cases:{page}", args=[summons.pk])) == OWN_PART


def test_only_its_counselor_opens_what_voids_a_contact():
    cast, _case = confirmed_case()
    url = reverse("cases:void_contact", args=[Contact.objects.get().pk])
    assert answers(cast, url) == OWN_PART


def test_the_letter_opens_for_the_counselor_and_to_print_for_the_principal():
    cast, _case = confirmed_case()
    url = reverse("cases:summons", args=[Summons.objects.get().pk])
    assert answers(cast, url) == OWN_PART | {"principal": 200}


def test_the_evidence_opens_for_the_homeroom_teacher_until_it_is_confirmed():
    cast = small_school()
    case = make.referred_case(cast)
    url = reverse("cases:evidence", args=[Evidence.objects.get().pk])
    assert answers(cast, url) == OWN_PART | {"wali": 200}
    make.confirm(case, by=cast.bk)
    assert answers(cast, url) == OWN_PART


def test_a_review_note_is_written_by_counselor_and_homeroom_teacher():
    cast = small_school()
    case = make.referred_case(cast)
    url = reverse("cases:review_note", args=[case.pk])
    assert answers(cast, url) == OWN_CASE | {"wali": 200}


def test_a_case_is_opened_directly_by_the_counselor_and_the_homeroom_teacher_of_the_class():
    cast = small_school()
    url = reverse("cases:open", args=[cast.students[0].pk])
    knows_the_name = dict.fromkeys(("guru", "guru2", "bk2", "principal"), 403)
    knows_the_name |= {"student_affairs": 403, "operator": 403}
    assert answers(cast, url) == {**OWN_CASE, **knows_the_name, "wali": 200}


def test_whoever_may_know_of_the_case_opens_its_page():
    cast, case = confirmed_case()
    opens = {"wali": 200, "principal": 200, "guru": 200}
    assert answers(cast, reverse("cases:case", args=[case.pk])) == OWN_CASE | opens


@pytest.mark.parametrize("page", [*ON_CASE, *ON_CASE_TOO, *ON_SUMMONS])
def test_a_forbidden_submit_changes_nothing(page):
    cast, case = confirmed_case()
    on = Summons.objects.get() if page in ON_SUMMONS else case
    before = everything()
    found = answers_of_strangers(cast, reverse(f"cases:{page}", args=[on.pk]))
    assert set(found.values()) <= {403, 404}
    assert everything() == before


def everything() -> tuple:
    summons = Summons.objects.values().get()
    return ActionEntry.objects.count(), Case.objects.values().get(), summons


def answers_of_strangers(cast: Cast, url: str) -> dict[str, int]:
    everybody = [name for name in OWN_CASE if name not in {"bk", "coordinator"}]
    return {name: post(signed_in(getattr(cast, name)), url).status_code for name in everybody}


def test_a_refused_look_is_on_record_too():
    cast, case = confirmed_case()
    signed_in(cast.bk2).get(reverse("cases:case", args=[case.pk]))
    entry = AccessEntry.objects.get(person=cast.bk2)
    assert (entry.kind, entry.object_id, entry.status) == ("cases.case", case.pk, 404)


def test_who_is_signed_out_is_sent_to_the_door(client):
    assert client.get("/kasus/").status_code == 302


@pytest.mark.parametrize("is_confirmed", [False, True])
@pytest.mark.parametrize("who", OWN_CASE)
def test_what_one_sees_of_a_case_is_what_the_tables_grant(who, is_confirmed):
    cast = small_school()
    case = make.referred_case(cast)
    if is_confirmed:
        make.confirm(case, by=cast.bk)
    person = getattr(cast, who)
    if not KNOWN.includes(case, person):
        return
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

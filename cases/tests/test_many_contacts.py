"""One attempt logged for several cases at once: each gets one contact, or none does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Case, Contact
from cases.tests import factories as make
from cases.workflow import dismiss, log_contacts, resolve
from school.models import Guardian, Semester, Student, User
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.errors import NotNow
from workflow.models import ActionEntry
from workflow.submits import FIELD
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CALLED = {"channel": "PHONE", "whom": "MOTHER", "outcome": "NO_NETWORK", "note": "Tanpa sinyal"}


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def cases(cast: Cast) -> list[Case]:
    return [make.direct_case(cast, student) for student in cast.students[:3]]


def url_of(*chosen: Case) -> str:
    return reverse("cases:log_contacts") + "?" + "&".join(f"case={case.pk}" for case in chosen)


def logged() -> list[tuple[int, str, str, int | None]]:
    rows = Contact.objects.order_by("case").values_list("case", "outcome", "note", "guardian")
    return list(rows)


def test_each_case_gets_one_contact_and_one_entry_of_the_log(cast, cases):
    before = ActionEntry.objects.count()
    answer = post(signed_in(cast.bk), url_of(*cases), CALLED)
    assert answer.url == reverse("cases:cases")
    assert logged() == [(case.pk, "NO_NETWORK", "Tanpa sinyal", None) for case in cases]
    entries = ActionEntry.objects.order_by("pk")[before:]
    assert [(e.action, e.root_id) for e in entries] == [("log", case.pk) for case in cases]


def test_the_toast_takes_all_of_them_back(cast, cases):
    browser = signed_in(cast.bk)
    post(browser, url_of(*cases), CALLED)
    undo = browser.session["undo"]
    assert len(undo["pks"]) == 3
    post(browser, reverse("undo", args=[undo["kind"], undo["pks"], undo["action"]]))
    assert set(Contact.objects.values_list("status", flat=True)) == {"VOID"}
    assert set(Case.objects.values_list("rung", flat=True)) == {10}


def test_a_second_send_of_the_same_form_logs_nothing_more(cast, cases):
    browser, number = signed_in(cast.bk), str(uuid4())
    for _time in range(2):
        browser.post(url_of(*cases), {**CALLED, FIELD: number})
    assert Contact.objects.count() == 3


def test_an_ended_case_is_named_with_its_reason_before_anything_is_sent(cast, cases):
    dismiss(cases[2], by=cast.bk, reason="Sakit")
    page = signed_in(cast.bk).get(url_of(*cases))
    assert page.context["cases"] == cases[:2]
    ((case, why),) = page.context["left_out"]
    assert (case, str(why)) == (cases[2], "Kasus sudah berakhir. Buka kembali dulu.")


def test_if_a_case_ends_meanwhile_nothing_is_logged_for_any(cast, cases):
    browser = signed_in(cast.bk)
    browser.get(url_of(*cases))
    dismiss(cases[2], by=cast.bk, reason="Sakit")
    page = post(browser, url_of(*cases), CALLED)
    assert page.status_code == 200
    assert "Belum ada yang dicatat" in page.content.decode()
    assert Contact.objects.count() == 0
    for case in cases[:2]:
        resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"], reason="Aktif lagi")


def test_a_refusal_of_one_names_the_student_and_logs_nothing(cast, cases):
    earlier = clock.now() - timedelta(days=2)
    Case.objects.filter(pk=cases[0].pk).update(opened_at=earlier)
    cases[0].refresh_from_db()
    with pytest.raises(NotNow, match=r"Siswa 002: Kasus.*Belum ada yang dicatat"):
        log_contacts(
            cases[:2],
            by=cast.bk,
            channel="PHONE",
            party="MOTHER",
            outcome="NO_ANSWER",
            happened_at=clock.now() - timedelta(days=1),
        )
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    "changed",
    [{"outcome": "READ"}, {"outcome": ""}, {"whom": "AUNT"}, {"channel": "PIGEON"}],
)
def test_bad_input_is_refused_for_all(cast, cases, changed):
    page = post(signed_in(cast.bk), url_of(*cases), CALLED | changed)
    assert page.status_code == 200
    assert Contact.objects.count() == 0


def test_cases_of_others_are_neither_offered_nor_taken(cast, cases):
    foreign = make.open_directly(
        cast.foreign_students[0], cast.semester, by=cast.bk2, reasons=["FAMILY"]
    )
    page = signed_in(cast.bk).get(url_of())
    offered = [case for _village, of_village in page.context["villages"] for case in of_village]
    assert sorted(case.pk for case in offered) == [case.pk for case in cases]
    post(signed_in(cast.bk), url_of(cases[0], foreign), CALLED)
    assert logged() == []


@pytest.mark.parametrize("person", ["wali", "principal", "operator"])
def test_only_counselors_open_the_page(cast, person):
    assert signed_in(getattr(cast, person)).get(url_of()).status_code == 403


def test_a_frozen_semester_takes_no_attempt(cast, cases):
    Semester.objects.update(frozen_at=clock.now())
    browser = signed_in(cast.bk)
    assert browser.get(url_of()).context["villages"] == []
    assert [why for _case, why in browser.get(url_of(cases[0])).context["left_out"]] != []


def test_neighbours_stand_together_and_cost_no_queries_of_their_own():
    cast = small_school(30)
    for student in cast.students:
        make.direct_case(cast, student)
    Student.objects.filter(pk__in=[s.pk for s in cast.students[::2]]).update(village="Bejen")
    client = signed_in(cast.bk)
    villages = client.get(url_of()).context["villages"]
    assert [(village, len(of)) for village, of in villages] == [("Bejen", 15), ("Muntung", 15)]
    many = queries_of(client, url_of())
    Case.objects.exclude(student=cast.students[0]).update(status="RESOLVED", ended_at=clock.now())
    assert queries_of(client, url_of()) == many


def hints(user: User, case: Case) -> list[str]:
    page = signed_in(user).get(reverse("cases:log_contact", args=[case.pk]))
    return [sibling.student.name for sibling in page.context["siblings"]]


def share_phone(*students: Student) -> None:
    Guardian.objects.filter(student__in=students).update(phone="6281234567890")


def share_address(*students: Student) -> None:
    at = {"street": "Dusun Krajan", "rt": "02", "village": "Muntung"}
    Student.objects.filter(pk__in=[student.pk for student in students]).update(**at)


@pytest.mark.parametrize("share", [share_phone, share_address])
def test_a_sibling_with_an_open_case_is_offered_beside_the_single_form(cast, cases, share):
    for student in (*cast.students, *cast.foreign_students):
        Student.objects.filter(pk=student.pk).update(street=f"Dsn. {student.nis}")
        Guardian.objects.filter(student=student).update(phone=f"628120000{student.pk:04}")
    assert hints(cast.bk, cases[0]) == []
    share(cases[0].student, cases[1].student, cast.foreign_students[0])
    make.open_directly(cast.foreign_students[0], cast.semester, by=cast.bk2, reasons=["FAMILY"])
    assert hints(cast.bk, cases[0]) == [cases[1].student.name]
    assert len(hints(cast.coordinator, cases[0])) == 2
    dismiss(cases[1], by=cast.bk, reason="Sakit")
    assert hints(cast.bk, cases[0]) == []


@pytest.mark.sqlite
def test_thirty_chosen_cases_cost_no_more_queries_than_one():
    cast = small_school(30)
    cases = [make.direct_case(cast, student) for student in cast.students]
    client = signed_in(cast.bk)
    client.get(url_of(cases[0]))
    assert queries_of(client, url_of(*cases)) == queries_of(client, url_of(cases[0]))


def test_too_many_at_once_stay_chosen_and_are_told_how_many_can_be(cast, cases, monkeypatch):
    monkeypatch.setattr("cases.views.many_contacts.MOST", 2)
    for page in (signed_in(cast.bk).get(url_of(*cases)), post(signed_in(cast.bk), url_of(*cases))):
        html = page.content.decode()
        assert "paling banyak 2" in html
        assert html.count("checked") == 3
    assert Contact.objects.count() == 0

"""The homeroom teacher's own attempts, until the case is confirmed."""

import pytest
from django.urls import reverse

from cases.models import Contact, Rung
from cases.models.contact import ContactStatus
from cases.tests import factories as make
from cases.tests.acts import fresh, send
from cases.workflow import confirm
from school.models import HomeroomAssignment
from school.tests.cast import small_school
from school.tests.factories import days_ago
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ATTEMPT = {"channel": "MESSAGE", "whom": "student", "outcome": "PASSED_ON", "note": "Lewat Sari"}


def test_the_homeroom_teacher_logs_an_attempt_and_the_counselor_reads_it():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    page = signed_in(cast.wali).get(case.get_absolute_url()).content.decode()
    assert reverse("cases:log_contact", args=[case.pk]) in page
    assert send(cast.wali, "log_contact", case, ATTEMPT).status_code == 302
    assert fresh(case).rung == Rung.CONTACT
    for person in (cast.wali, cast.bk):
        page = signed_in(person).get(case.get_absolute_url()).content.decode()
        assert "Titip pesan untuk siswa: disampaikan" in page
        assert "Lewat Sari" in page


def test_the_homeroom_teacher_sees_the_own_attempts_only():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    mother = case.student.guardians.get()
    given = {"note": "Rahasia", "guardian": mother, "party": mother.relation}
    made = make.attempt(case, cast.bk, "WRONG", **given)
    own = make.attempt(case, cast.wali)
    assert list(Contact.objects.visible_to(cast.wali)) == [own]
    assert list(Contact.objects.visible_to(cast.bk)) == [made, own]
    pages = (case.get_absolute_url(), reverse("cases:log_contact", args=[case.pk]))
    for url in pages:
        page = signed_in(cast.wali).get(url).content.decode()
        assert "Rahasia" not in page
        assert "nomor salah" not in page


def test_an_attempt_is_made_void_by_its_author_and_not_another_ones():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    of_bk, own = make.attempt(case, cast.bk), make.attempt(case, cast.wali)
    assert send(cast.wali, "void_contact", of_bk).status_code == 404
    assert send(cast.wali, "void_contact", own).status_code == 302
    assert [contact.status for contact in Contact.objects.order_by("pk")] == [
        ContactStatus.LOGGED,
        ContactStatus.VOID,
    ]


def test_after_the_case_is_confirmed_the_homeroom_teacher_does_none_of_it():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    own = make.attempt(case, cast.wali)
    confirm(case, by=cast.bk)
    assert not Contact.objects.visible_to(cast.wali).exists()
    assert send(cast.wali, "log_contact", case, ATTEMPT).status_code == 403
    assert send(cast.wali, "void_contact", own).status_code == 404
    page = signed_in(cast.wali).get(case.get_absolute_url()).content.decode()
    assert reverse("cases:log_contact", args=[case.pk]) not in page
    assert Contact.objects.get().status == ContactStatus.LOGGED


def test_it_ends_with_the_assignment():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    make.attempt(case, cast.wali)
    HomeroomAssignment.objects.filter(teacher=cast.wali).update(ends_on=days_ago(1))
    cast.wali.forget_ties()
    assert not Contact.objects.visible_to(cast.wali).exists()
    assert send(cast.wali, "log_contact", case, ATTEMPT).status_code == 404


@pytest.mark.sqlite
def test_the_page_of_the_homeroom_teacher_asks_as_often_for_many_attempts_as_for_one():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    family = {"guardian": case.student.guardians.get(), "party": "MOTHER"}
    make.attempt(case, cast.wali, **family)
    few = queries_of(signed_in(cast.wali), case.get_absolute_url())
    for _number in range(29):
        make.attempt(case, cast.wali, **family)
    assert queries_of(signed_in(cast.wali), case.get_absolute_url()) == few

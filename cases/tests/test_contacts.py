"""Contact attempts as forms: log, undo, void; bad phone numbers; bad input."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.models import Channel, Contact, ContactOutcome, Rung
from cases.models.contact import ContactStatus
from cases.tests import factories as make
from cases.tests.acts import BAD_MOMENTS, TOO_LONG, fresh, refused, send, take_back, typed
from cases.workflow import resolve
from cases.workflow.conditions import someone_was_reached
from school.models import Guardian
from school.tests.cast import Cast, small_school
from school.tests.factories import GuardianFactory
from school.workflow.students import remove_guardian
from workflow import clock
from workflow.errors import NotNow
from workflow.submits import FIELD
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def attempt(cast: Cast, **changed) -> dict:
    guardian = Guardian.objects.get(student=cast.students[0])
    given = {"channel": "WHATSAPP", "whom": f"guardian-{guardian.pk}", "outcome": "READ"}
    return given | changed


def test_an_attempt_is_logged_with_whom_and_what_came_of_it():
    cast = small_school()
    case = make.direct_case(cast)
    answer = send(cast.bk, "log_contact", case, attempt(cast, note="Janji menelepon"))
    assert (answer.status_code, answer.url) == (302, case.get_absolute_url())
    contact = Contact.objects.get()
    assert (contact.channel, contact.party, contact.outcome) == ("WHATSAPP", "MOTHER", "READ")
    assert contact.guardian.student == case.student
    assert contact.note == "Janji menelepon"
    assert fresh(case).rung == Rung.CONTACT


def test_the_student_can_be_the_one_to_reach():
    cast = small_school()
    case = make.direct_case(cast)
    send(cast.bk, "log_contact", case, attempt(cast, whom="student"))
    contact = Contact.objects.get()
    assert (contact.party, contact.guardian) == ("STUDENT", None)


def test_without_guardians_on_record_one_says_whom_one_tried():
    cast = small_school()
    case = make.direct_case(cast)
    case.student.guardians.all().delete()
    send(cast.bk, "log_contact", case, {"channel": "PHONE", "whom": "FATHER", "outcome": "WRONG"})
    assert Contact.objects.get().party == "FATHER"


def test_an_attempt_before_confirmation_is_logged_too():
    cast = small_school()
    case = make.direct_case(cast, confirmed=False)
    assert send(cast.bk, "log_contact", case, attempt(cast)).status_code == 302


def test_the_form_links_to_whatsapp_and_telephone_with_a_neutral_text():
    cast = small_school()
    case = make.direct_case(cast)
    page = signed_in(cast.bk).get(reverse("cases:log_contact", args=[case.pk])).content.decode()
    assert "https://wa.me/6281298765432?text=Selamat%20" in page
    assert 'href="tel:+6281298765432"' in page


@pytest.mark.parametrize(
    ("outcome", "is_offered"),
    [
        ("WRONG", True),
        ("INACTIVE", True),
        ("NO_ANSWER", False),
        ("READ", False),
        ("REACHED", False),
    ],
)
def test_a_bad_number_is_offered_for_correction_on_the_spot(outcome, is_offered):
    cast = small_school()
    case = make.direct_case(cast)
    client = signed_in(cast.bk)
    data = {FIELD: uuid4(), **attempt(cast, outcome=outcome)}
    url = reverse("cases:log_contact", args=[case.pk])
    page = client.post(url, data, follow=True).content.decode()
    guardian = Guardian.objects.get(student=case.student)
    fix = reverse("school:correct_guardian", args=[guardian.pk])
    assert (fix in page) == is_offered
    assert ("Perbaiki nomornya di bawah" in page) == is_offered


def test_an_attempt_undone_is_void_and_the_rung_follows():
    cast = small_school()
    case = make.direct_case(cast)
    send(cast.bk, "log_contact", case, attempt(cast))
    take_back(cast.bk, Contact.objects.get(), "log")
    assert Contact.objects.get().status == ContactStatus.VOID
    assert fresh(case).rung == Rung.REVIEW


def test_an_attempt_is_made_void_once():
    cast = small_school()
    case = make.direct_case(cast)
    contact = make.attempt(case, cast.bk)
    assert send(cast.bk, "void_contact", contact, {"reason": "Salah siswa"}).status_code == 302
    assert fresh(case).rung == Rung.REVIEW
    refused(send(cast.bk, "void_contact", contact))


def test_on_an_ended_case_nothing_is_logged_or_made_void():
    cast = small_school()
    case = make.direct_case(cast)
    contact = make.attempt(case, cast.bk, "REACHED")
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    words = "Buka kembali dulu"
    page = signed_in(cast.bk).get(reverse("cases:log_contact", args=[case.pk])).content.decode()
    assert words in page
    assert words in refused(send(cast.bk, "log_contact", case, attempt(cast)))
    assert words in refused(send(cast.bk, "void_contact", contact))
    assert Contact.objects.get().status == ContactStatus.LOGGED


def foreign_guardian(cast: Cast) -> str:
    return f"guardian-{GuardianFactory(student=cast.foreign_students[0]).pk}"


@pytest.mark.parametrize(
    "changed",
    [
        {"channel": ""},
        {"channel": "PIGEON"},
        {"whom": ""},
        {"whom": "guardian-0"},
        {"whom": "guardian--1"},
        {"whom": foreign_guardian},
        {"outcome": ""},
        {"outcome": "MAYBE"},
        {"note": TOO_LONG},
        *({"happened_at": moment} for moment in BAD_MOMENTS.values()),
    ],
)
def test_bad_input_logs_nothing_and_loses_nothing(changed):
    cast = small_school()
    case = make.direct_case(cast)
    made = {
        k: v(cast) if v is foreign_guardian else v() if callable(v) else v
        for k, v in changed.items()
    }
    page = refused(send(cast.bk, "log_contact", case, attempt(cast, note="Janji") | made))
    assert ("Janji" in page) or "note" in changed
    assert Contact.objects.count() == 0


def test_an_attempt_bears_the_minute_at_which_it_was_made():
    cast = small_school()
    case = make.direct_case(cast, days_ago=2)
    yesterday = clock.now() - timedelta(days=1)
    send(cast.bk, "log_contact", case, attempt(cast, happened_at=typed(yesterday)))
    assert typed(Contact.objects.get().happened_at) == typed(yesterday)


def test_an_attempt_sent_twice_is_one():
    cast = small_school()
    case = make.direct_case(cast)
    once = attempt(cast, **{FIELD: str(uuid4())})
    for _time in range(2):
        assert send(cast.bk, "log_contact", case, once).status_code == 302
    assert Contact.objects.count() == 1


@pytest.mark.sqlite
def test_the_form_asks_as_often_for_many_attempts_as_for_one():
    cast = small_school()
    case = make.direct_case(cast)
    url = reverse("cases:log_contact", args=[case.pk])
    make.attempt(case, cast.bk)
    few = queries_of(signed_in(cast.bk), url)
    for _number in range(30):
        make.attempt(case, cast.bk)
    assert queries_of(signed_in(cast.bk), url) == few <= 15


@pytest.mark.parametrize("channel", Channel)
def test_an_outcome_fits_its_channel_in_form_workflow_and_database(channel):
    cast = small_school()
    case = make.direct_case(cast)
    for outcome in ContactOutcome:
        fits = outcome in FITS[channel]
        given = attempt(cast, channel=channel, outcome=outcome)
        if fits:
            assert send(cast.bk, "log_contact", case, given).status_code == 302
            continue
        page = refused(send(cast.bk, "log_contact", case, given))
        assert "Hasil ini tidak cocok dengan cara menghubungi" in page
        with pytest.raises(NotNow):
            make.attempt(case, cast.bk, outcome, channel=channel)
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.create(
                case=case,
                channel=channel,
                party="MOTHER",
                outcome=outcome,
                by=cast.bk,
                happened_at=clock.now(),
            )
    assert {contact.outcome for contact in Contact.objects.all()} == FITS[channel]


FITS = {
    "WHATSAPP": {"REACHED", "READ", "NO_ANSWER", "NO_NETWORK", "INACTIVE", "WRONG"},
    "PHONE": {"REACHED", "NO_ANSWER", "NO_NETWORK", "INACTIVE", "WRONG"},
    "FACE": {"REACHED"},
    "MESSAGE": {"REACHED", "PASSED_ON", "NO_REPLY"},
}


def test_who_met_somebody_need_not_say_that_they_were_reached():
    cast = small_school()
    case = make.direct_case(cast)
    send(cast.bk, "log_contact", case, attempt(cast, channel="FACE", outcome=""))
    assert Contact.objects.get().outcome == "REACHED"
    assert fresh(case).rung == Rung.CONTACT


def test_a_message_passed_on_counts_as_contact_but_reached_nobody_yet():
    cast = small_school()
    case = make.direct_case(cast)
    send(cast.bk, "log_contact", case, attempt(cast, channel="MESSAGE", outcome="PASSED_ON"))
    assert fresh(case).rung == Rung.CONTACT
    assert someone_was_reached(fresh(case))
    page = signed_in(cast.bk).get(case.get_absolute_url()).content.decode()
    assert "Titip pesan untuk ibu: disampaikan" in page


def test_the_history_says_the_relation_in_the_words_of_the_guardian():
    cast = small_school()
    case = make.direct_case(cast)
    nenek = GuardianFactory(student=case.student, relation="GUARDIAN", kinship="nenek")
    given = {"channel": "WHATSAPP", "whom": f"guardian-{nenek.pk}", "outcome": "READ"}
    send(cast.bk, "log_contact", case, given)
    page = signed_in(cast.bk).get(case.get_absolute_url()).content.decode()
    assert "WhatsApp ke nenek: dibaca, tidak dijawab" in page
    remove_guardian(nenek, by=cast.operator)
    assert Contact.objects.get().guardian is None
    page = signed_in(cast.bk).get(case.get_absolute_url()).content.decode()
    assert "WhatsApp ke nenek: dibaca, tidak dijawab" in page


@pytest.mark.parametrize(
    ("attempts", "chosen"),
    [
        ([], "mother"),
        ([("mother", "PHONE", "WRONG")], "father"),
        ([("mother", "PHONE", "NO_ANSWER")], "mother"),
        ([("father", "PHONE", "REACHED"), ("mother", "PHONE", "NO_ANSWER")], "father"),
        ([("father", "PHONE", "REACHED"), ("father", "PHONE", "INACTIVE")], "mother"),
        ([("mother", "PHONE", "WRONG"), ("mother", "FACE", "REACHED")], "father"),
    ],
)
def test_a_number_that_works_is_chosen_beforehand(attempts, chosen):
    cast = small_school()
    case = make.direct_case(cast)
    family = {
        "mother": Guardian.objects.get(student=case.student),
        "father": GuardianFactory(student=case.student, relation="FATHER", phone="6281300000001"),
    }
    for who, channel, outcome in attempts:
        person = family[who]
        given = {"channel": channel, "guardian": person, "party": person.relation}
        make.attempt(case, cast.bk, outcome, **given)
    answer = signed_in(cast.bk).get(reverse("cases:log_contact", args=[case.pk]))
    assert answer.context["form"]["whom"].value() == f"guardian-{family[chosen].pk}"

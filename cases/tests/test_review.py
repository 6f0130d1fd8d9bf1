"""Cases are opened directly, reviewed and confirmed."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Case, Evidence, ReviewNote
from cases.tests import factories as make
from cases.tests.acts import BAD_MOMENTS, TOO_LONG, fresh, refused, send, take_back, typed
from cases.workflow import dismiss
from school.tests.cast import small_school
from school.tests.factories import EnrolmentFactory, StudentFactory, days_ago
from workflow import clock
from workflow.models import ActionEntry
from workflow.submits import FIELD
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OPENED = {"reasons": ["ECONOMY", "FAMILY"], "note": "Ayah sakit"}


@pytest.mark.parametrize(
    ("person", "opens"),
    [
        ("bk", 302),
        ("wali", 302),
        ("coordinator", 302),
        ("bk2", 403),
        ("guru", 403),
        ("principal", 403),
        ("operator", 403),
        ("wali2", 404),
        ("guru2", 403),
    ],
)
def test_a_case_is_opened_directly_by_who_is_responsible_for_the_class(person, opens):
    cast = small_school()
    answer = send(getattr(cast, person), "open", cast.students[0], OPENED)
    assert answer.status_code == opens
    assert Case.objects.count() == (opens == 302)


def test_a_directly_opened_case_bears_its_reasons_and_goes_to_the_counselor_of_the_class():
    cast = small_school()
    send(cast.wali, "open", cast.students[0], OPENED)
    case = Case.objects.get()
    evidence = Evidence.objects.get()
    assert (case.counselor, case.confirmed_at) == (cast.bk, None)
    assert (evidence.reasons, evidence.note, evidence.by) == (
        ["ECONOMY", "FAMILY"],
        "Ayah sakit",
        cast.wali,
    )


def test_where_the_student_has_a_case_it_gets_the_evidence():
    cast = small_school()
    case = make.direct_case(cast)
    page = signed_in(cast.wali).get(reverse("cases:open", args=[case.student_id]))
    assert "ditambahkan ke kasus itu" in page.content.decode()
    send(cast.wali, "open", case.student, OPENED)
    assert (Case.objects.count(), Evidence.objects.count()) == (1, 2)


def test_a_dismissed_case_opens_again():
    cast = small_school()
    case = make.direct_case(cast)
    dismiss(case, by=cast.bk, reason="Sakit")
    send(cast.wali, "open", case.student, OPENED)
    assert fresh(case).is_open
    assert fresh(case).confirmed_at is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"reasons": [], "note": "Ayah sakit"},
        {"reasons": ["OTHER"]},
        {"reasons": ["ECONOMY", "-1"]},
        {**OPENED, "note": TOO_LONG},
        *({**OPENED, "happened_at": moment} for moment in BAD_MOMENTS),
    ],
)
def test_bad_input_opens_nothing(data):
    cast = small_school()
    if (moment := data.get("happened_at")) in BAD_MOMENTS:
        data = {**data, "happened_at": BAD_MOMENTS[moment]()}
    page = refused(send(cast.bk, "open", cast.students[0], data))
    assert data.get("note", "")[:20] in page
    assert Case.objects.count() == 0


def test_who_was_not_enrolled_in_the_semester_gets_no_case():
    cast = small_school()
    student = StudentFactory(name="Lama", nis="9999")
    EnrolmentFactory(
        student=student, school_class=cast.own, starts_on=days_ago(300), ends_on=days_ago(200)
    )
    refused(send(cast.bk, "open", student, OPENED))
    assert Case.objects.count() == 0


def test_after_a_move_the_new_homeroom_teacher_opens_it():
    cast = small_school()
    student = cast.students[0]
    student.enrolments.update(ends_on=days_ago(3))
    EnrolmentFactory(student=student, school_class=cast.foreign, starts_on=days_ago(2))
    assert send(cast.wali, "open", student, OPENED).status_code == 404
    assert send(cast.wali2, "open", student, OPENED).status_code == 302
    assert Case.objects.get().counselor == cast.bk2


def test_opening_twice_with_one_submit_brings_one_piece_of_evidence():
    cast = small_school()
    once = {FIELD: str(uuid4()), **OPENED}
    for _time in range(2):
        assert send(cast.bk, "open", cast.students[0], once).status_code == 302
    assert Evidence.objects.count() == 1


def test_one_tap_confirms_and_can_be_undone():
    cast = small_school()
    case = make.referred_case(cast)
    assert send(cast.bk, "confirm", case).status_code == 302
    assert fresh(case).confirmed_at
    assert Evidence.objects.get().noticed_at
    take_back(cast.bk, case, "confirm")
    assert fresh(case).confirmed_at is None


def test_a_case_is_confirmed_at_the_minute_typed():
    cast = small_school()
    case = make.referred_case(cast)
    send(cast.bk, "confirm", case, {"happened_at": typed(clock.now())})
    assert fresh(case).confirmed_at <= clock.now()


def test_confirming_twice_is_refused_with_the_reason():
    cast = small_school()
    case = make.direct_case(cast)
    assert "Sudah dikonfirmasi" in refused(send(cast.bk, "confirm", case))


@pytest.mark.parametrize("moment", BAD_MOMENTS)
def test_a_bad_date_does_not_confirm(moment):
    cast = small_school()
    case = make.referred_case(cast)
    refused(send(cast.bk, "confirm", case, {"happened_at": BAD_MOMENTS[moment]()}))
    assert fresh(case).confirmed_at is None


def test_review_notes_are_written_until_the_case_is_confirmed():
    cast = small_school()
    case = make.referred_case(cast)
    for person in (cast.wali, cast.bk):
        assert send(person, "review_note", case, {"text": "Catatan"}).status_code == 302
    assert [note.author for note in ReviewNote.objects.all()] == [cast.wali, cast.bk]
    make.confirm(case, by=cast.bk)
    for person in (cast.wali, cast.bk):
        page = refused(send(person, "review_note", case, {"text": "Terlambat"}))
        assert "dikonfirmasi atau berakhir" in page
        assert "Terlambat" in page
    assert ReviewNote.objects.count() == 2


@pytest.mark.parametrize("text", ["", "   ", TOO_LONG])
def test_an_empty_or_endless_note_is_refused(text):
    cast = small_school()
    case = make.referred_case(cast)
    refused(send(cast.bk, "review_note", case, {"text": text}))
    assert ReviewNote.objects.count() == 0


def test_the_evidence_shows_what_was_seen_and_what_the_subjects_say_today():
    cast = small_school()
    make.referred_case(cast)
    url = reverse("cases:evidence", args=[Evidence.objects.get().pk])
    page = signed_in(cast.bk).get(url)
    assert page.context["seen"] == [("Tidak pernah ikut", 1)]
    ((entry, _shown),) = page.context["entries"]
    assert (entry.sheet.recap.subject.name, entry.absent, entry.is_never) == ("Matematika", 4, 1)


def test_reading_evidence_is_no_act_of_the_case():
    cast = small_school()
    case = make.direct_case(cast)
    acts = ActionEntry.objects.count()
    send(cast.bk, "notice_evidence", case)
    assert ActionEntry.objects.count() == acts

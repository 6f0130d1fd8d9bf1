"""Decisions and notes on the class list are saved at once, or refused with a message."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from recaps.models import ClassList, Decision, Knowledge
from recaps.tests import factories as make
from recaps.tests.class_list_pages import decided, handed_over_school, noted_school, page, url_of
from recaps.workflow import class_list_of, decide, hand_over_list
from school.models import Enrolment
from school.tests import factories as people
from workflow import clock
from workflow.models import AccessEntry
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("who", ["bk", "coordinator"])
def test_only_the_homeroom_teacher_acts_on_a_list(who):
    cast, _list = handed_over_school()
    client = signed_in(getattr(cast, who))
    given = {"student": cast.students[1].pk, "choice": "REFER"}
    assert post(client, url_of(cast, "class_list_decide"), given).status_code == 403
    note = url_of(cast, "class_list_knowledge", cast.students[1])
    assert client.get(note).status_code == 403
    assert post(client, note, {"read_at": 1, "note": "x"}).status_code == 403
    assert client.get(url_of(cast, "class_list_hand_over")).status_code == 403
    assert decided() == {cast.students[0]: "REFER"}


def test_a_decision_is_saved_without_a_script_and_can_be_undone():
    cast = noted_school()
    client = signed_in(cast.wali)
    given = {"student": cast.students[0].pk, "choice": "WATCH", "next": url_of(cast)}
    response = post(client, url_of(cast, "class_list_decide"), given)
    assert response.url == url_of(cast)
    assert decided() == {cast.students[0]: "WATCH"}
    html = page(client, url_of(cast))
    assert "1 dipantau" in html
    decision = Decision.objects.get()
    undo = reverse("undo", args=["recaps.decision", decision.pk, "decide"])
    assert undo in html
    post(client, undo)
    assert decided() == {}


def test_a_script_gets_the_row_and_the_bar_back():
    cast = noted_school()
    client = signed_in(cast.wali)
    row = url_of(cast, "class_list_row", cast.students[0])
    given = {"student": cast.students[0].pk, "choice": "REFER", "next": row}
    response = post(
        client, url_of(cast, "class_list_decide"), given, headers={"HX-Request": "true"}
    )
    assert response.url == row
    html = client.get(row, headers={"HX-Request": "true"}).content.decode()
    assert 'id="bar"' in html
    assert "1 dirujuk" in html
    assert client.get(row).url == url_of(cast) + f"?show=all#row-{cast.students[0].pk}"


def test_a_replayed_decision_has_one_effect():
    cast = noted_school()
    client = signed_in(cast.wali)
    given = {"student": cast.students[0].pk, "choice": "REFER", "submit_id": "6" * 32}
    for _ in range(2):
        assert client.post(url_of(cast, "class_list_decide"), given).status_code == 302
    assert Decision.objects.count() == 1


def test_many_are_decided_at_once_and_lead_back_to_the_list():
    cast = noted_school()
    client = signed_in(cast.wali)
    chosen = [student.pk for student in cast.students[:3]]
    here = url_of(cast) + "?show=all"
    assert page(client, here).count('form="many" data-choice') == 4
    given = {"student": chosen, "choice": "NO_CONCERN", "next": here}
    assert post(client, url_of(cast, "class_list_decide"), given).url == here
    assert set(decided()) == set(cast.students[:3])
    assert "3 siswa: Aman" in page(client, here)


def decided_at_once(cast, *students):
    """Decide for the students at once; return the undo that the list then offers."""
    client = signed_in(cast.wali)
    given = {"student": [s.pk for s in students], "choice": "NO_CONCERN", "next": url_of(cast)}
    post(client, url_of(cast, "class_list_decide"), given)
    pks = [d.pk for d in Decision.objects.standing().filter(choice="NO_CONCERN").order_by("pk")]
    undo = reverse("undo", args=["recaps.decision", pks, "decide"])
    assert undo in page(client, url_of(cast))

    def tapped():
        page = post(client, undo, {"next": url_of(cast)}, follow=True)
        return page.content.decode()

    return tapped


def test_one_tap_undoes_all_that_was_decided_at_once_and_what_stood_before_stands_again():
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, cast.students[:1], "REFER", by=cast.wali)
    undo = decided_at_once(cast, *cast.students[:3])
    assert "tidak diurungkan" not in undo()
    assert decided() == {cast.students[0]: "REFER"}


def test_what_was_decided_anew_since_is_said_not_to_be_undone_and_the_others_are():
    cast = noted_school()
    undo = decided_at_once(cast, *cast.students[:3])
    class_list = ClassList.objects.get()
    decide(class_list, cast.students[1:2], "WATCH", by=cast.wali)
    assert "1 tidak diurungkan." in undo()
    assert decided() == {cast.students[1]: "WATCH"}


def test_nothing_is_undone_once_the_list_has_gone_to_bk():
    cast = noted_school()
    undo = decided_at_once(cast, *cast.students[:3])
    hand_over_list(ClassList.objects.get(), by=cast.wali)
    assert "Rekap kelas sudah diserahkan ke BK." in undo()
    assert set(decided()) == set(cast.students[:3])


def test_what_has_gone_to_bk_is_not_undone_although_the_list_has_opened_again():
    cast = noted_school()
    undo = decided_at_once(cast, *cast.students[:2])
    hand_over_list(ClassList.objects.get(), by=cast.wali)
    make.handed_over_recap(cast.english, cast.period, {cast.students[2]: make.ABSENT})
    assert "Keputusan ini sudah diserahkan ke BK." in undo()
    assert set(decided()) == set(cast.students[:2])


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"choice": "REFER"},
        {"student": "", "choice": "REFER"},
        {"student": "x", "choice": "REFER"},
        {"student": "-1", "choice": "REFER"},
        {"student": "99999999999999999999999", "choice": "REFER"},
        {"student": "9" * 5000, "choice": "REFER"},
        {"student": "own", "choice": "EXPEL"},
        {"student": "own", "choice": ""},
        {"student": "foreign", "choice": "REFER"},
    ],
)
def test_a_bad_decision_is_refused_with_a_message(given):
    cast = noted_school()
    client = signed_in(cast.wali)
    names = {"own": cast.students[0].pk, "foreign": cast.foreign_students[0].pk}
    given = {k: names.get(v, v) for k, v in given.items()}
    assert post(client, url_of(cast, "class_list_decide"), given).status_code == 302
    assert Decision.objects.count() == 0
    assert "toast-s error" in page(client, url_of(cast))


def test_what_the_homeroom_teacher_knows_is_kept_and_read_by_the_counselor():
    cast, class_list = handed_over_school()
    cast.wali.refresh_from_db()
    late = make.handed_over_recap(cast.physics, cast.period)
    assert late
    url = url_of(cast, "class_list_knowledge", cast.students[0])
    given = {"read_at": 1, "economy": "on", "note": "Ayah merantau", "next": url_of(cast)}
    assert post(signed_in(cast.wali), url, given).url == url_of(cast)
    known = Knowledge.objects.get()
    assert (known.economy, known.family, known.note) == (True, False, "Ayah merantau")
    hand_over_list(class_list, by=cast.wali)
    html = page(signed_in(cast.bk), url_of(cast) + "?show=all")
    assert "Ayah merantau" in html
    assert "Tambah catatan" not in html


def test_of_two_editors_the_later_one_sees_both_texts():
    cast = noted_school()
    client = signed_in(cast.wali)
    url = url_of(cast, "class_list_knowledge", cast.students[0])
    post(client, url, {"read_at": 1, "note": "Dua"})
    response = post(client, url, {"read_at": 1, "note": "Tiga"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Dua" in html
    assert "Tiga" in html
    assert Knowledge.objects.get().note == "Dua"
    version = Knowledge.objects.get().version
    assert f'name="read_at" value="{version}"' in html
    post(client, url, {"read_at": version, "note": "Tiga"})
    assert Knowledge.objects.get().note == "Tiga"


@pytest.mark.parametrize(
    "given",
    [
        {"read_at": "1", "other": "on", "note": "  "},
        {"read_at": "1", "note": "x" * 501},
        {"read_at": "", "note": "Ditulis"},
        {"read_at": "-4", "note": "Ditulis"},
        {"read_at": "abc", "note": "Ditulis"},
    ],
)
def test_a_bad_note_is_refused_and_stays_in_the_form(given):
    cast = noted_school()
    url = url_of(cast, "class_list_knowledge", cast.students[0])
    response = post(signed_in(cast.wali), url, given)
    assert response.status_code == 200
    assert given["note"].strip() in response.content.decode()
    assert Knowledge.objects.count() == 0


def test_an_empty_note_is_no_note():
    cast = noted_school()
    client = signed_in(cast.wali)
    post(client, url_of(cast, "class_list_knowledge", cast.students[0]), {"read_at": 1})
    assert "Tambah catatan" in page(client, url_of(cast))


def test_who_turns_out_not_to_be_of_the_class_is_not_referred_with_the_list():
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, cast.students[:2], "REFER", by=cast.wali)
    before = cast.period.starts_on - timedelta(days=1)
    Enrolment.objects.filter(student=cast.students[0]).update(
        starts_on=before, ends_on=before, end_reason="MOVED"
    )
    assert hand_over_list(class_list, by=cast.wali) == 1
    gone = Decision.objects.filter(handed_over_at__isnull=False)
    assert [decision.student for decision in gone] == [cast.students[1]]


def refer_who_came_later():
    """Return a list to hand over that refers a student who came five days ago."""
    cast = noted_school()
    Enrolment.objects.filter(student=cast.students[0]).update(starts_on=people.days_ago(5))
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, [cast.students[0]], "REFER", by=cast.wali)
    return cast


def supplement():
    """Return a list that was handed over now, and has more to hand over."""
    cast, class_list = handed_over_school()
    make.handed_over_recap(cast.english, cast.period, {cast.students[1]: make.ABSENT})
    class_list.refresh_from_db()
    decide(class_list, cast.students[:2], "REFER", by=cast.wali)
    return cast


@pytest.mark.parametrize(
    ("school", "before", "why"),
    [
        (refer_who_came_later, timedelta(days=6), "terdaftar sejak"),
        (supplement, timedelta(minutes=2), "Rekap kelas ini diserahkan"),
    ],
)
def test_a_refused_date_of_a_hand_over_stays_in_the_form_with_the_reason(school, before, why):
    cast = school()
    typed = f"{timezone.localtime(clock.now() - before):%Y-%m-%dT%H:%M}"
    given = {"happened_at": typed}
    response = post(signed_in(cast.wali), url_of(cast, "class_list_hand_over"), given)
    assert response.status_code == 200
    html = response.content.decode()
    assert f'value="{typed}"' in html
    assert why in html
    assert ClassList.objects.get().status != "HANDED_OVER"


def test_a_hand_over_that_is_refused_is_on_record_as_such():
    cast = noted_school()
    assert post(signed_in(cast.wali), url_of(cast, "class_list_hand_over")).status_code == 302
    assert ClassList.objects.get().handed_over_at is None
    assert list(AccessEntry.objects.values_list("method", "status")) == [("POST", 409)]

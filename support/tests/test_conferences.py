"""Case conferences: planned, held, closed; what those invited see, and until when."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.read_steps import Read
from cases.tests import factories as cases
from cases.workflow import dismiss, resolve
from school.tests.cast import small_school
from support.conference_tasks import conferences_waiting
from support.models import Conference, FollowUp
from support.tests import factories as make
from support.workflow.conference import cancel, close, correct_minutes, decide, hold, reschedule
from workflow import clock
from workflow.errors import NotNow, WrongState
from workflow.run import undo
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

MINUTES = {"present": "Pak Hadi", "problem": "Sering alpa", "conclusion": "Didampingi"}


def status(user: Any, one: Conference, name: str = "conference") -> int:
    return signed_in(user).get(reverse(f"support:{name}", args=[one.pk])).status_code


def titles(user: Any) -> list[str]:
    return [task.title for task in conferences_waiting(user)]


def test_who_is_invited_sees_that_page_from_home_and_nothing_else_of_the_case() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    cases.attempt(case, cast.bk, note="Ayahnya sakit keras")
    one = make.conference(case, cast.bk, invited=[cast.guru, cast.student_affairs], guests="Pak RT")
    assert titles(cast.guru) == ["Konferensi kasus: Siswa 001"]
    assert one.get_absolute_url() in signed_in(cast.guru).get("/").content.decode()
    html = signed_in(cast.guru).get(one.get_absolute_url()).content.decode()
    for word in ("Siswa 001", "X MIPA 3", "Membahas kehadiran", "Ruang BK", "Pak RT", "Bu Joko"):
        assert word in html
    for word in ("Ayahnya", case.get_absolute_url(), "Ubah rencana"):
        assert word not in html
    assert signed_in(cast.guru).get(case.get_absolute_url()).status_code == 404
    assert {name: status(cast.guru, one, name) for name in ("hold", "cancel", "minutes_print")} == {
        "hold": 403,
        "cancel": 403,
        "minutes_print": 403,
    }
    assert (status(cast.guru2, one), titles(cast.guru2)) == (404, [])


def test_the_minutes_and_decisions_are_read_until_it_is_closed() -> None:
    cast = small_school()
    one = make.held_conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    due_on = clock.today() + timedelta(days=5)
    decide(one, by=cast.bk, what="Ajak bicara", due_on=due_on, doer=cast.wali)
    html = signed_in(cast.guru).get(one.get_absolute_url()).content.decode()
    assert "Didampingi bersama" in html
    assert "Ajak bicara" in html
    assert titles(cast.guru) == ["Baca berita acara: Siswa 001"]
    close(one, by=cast.bk)
    assert (status(cast.guru, one), titles(cast.guru)) == (404, [])
    assert (status(cast.bk, one), status(cast.coordinator, one)) == (200, 200)
    undo(one, "close", by=cast.bk)
    assert status(cast.guru, one) == 200


def test_who_is_left_out_of_the_plan_no_longer_sees_it() -> None:
    cast = small_school()
    one = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru, cast.wali])
    plan = {"place": "Ruang guru", "why": "Tugas", "invited": [cast.wali]}
    reschedule(one, by=cast.bk, meets_at=clock.now() + timedelta(days=2), **plan, read_at=1)
    assert (status(cast.guru, one), status(cast.wali, one)) == (404, 200)


@pytest.mark.parametrize("ends", ["cancelled", "dismissed"])
def test_an_invitation_ends_with_the_conference_and_with_a_false_alarm(ends: str) -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    one = make.conference(case, cast.bk, invited=[cast.guru])
    if ends == "cancelled":
        cancel(one, by=cast.bk, reason="Sakit")
    else:
        dismiss(case, by=cast.bk, reason="Sudah lapor")
    assert (status(cast.guru, one), titles(cast.guru)) == (404, [])


def test_each_decision_is_a_follow_up_of_whom_it_names() -> None:
    cast = small_school()
    one = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru], is_over=True)
    given = {"what": "Ajak bicara", "due_on": clock.today(), "doer": cast.guru}
    with pytest.raises(WrongState):
        decide(one, by=cast.bk, **given)
    hold(one, by=cast.bk, **MINUTES)
    decide(one, by=cast.bk, **given)
    decided = FollowUp.objects.get()
    assert (decided.doer, decided.source, decided.conference) == (cast.guru, "CONFERENCE", one)
    with pytest.raises(NotNow, match="sudah punya keputusan"):
        undo(one, "hold", by=cast.bk)


def test_it_is_recorded_once_its_hour_has_come_and_with_all_of_its_minutes() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    one = make.conference(case, cast.bk, invited=[cast.guru])
    with pytest.raises(NotNow):
        hold(one, by=cast.bk, **MINUTES)
    Conference.objects.filter(pk=one.pk).update(meets_at=clock.now() - timedelta(hours=1))
    one.refresh_from_db()
    assert titles(cast.bk) == ["Catat konferensi: Siswa 001"]
    with pytest.raises(NotNow):
        hold(one, by=cast.bk, **MINUTES | {"conclusion": " "})
    hold(one, by=cast.bk, **MINUTES)
    correct_minutes(one, by=cast.bk, **MINUTES | {"conclusion": "Dua minggu"}, read_at=1)
    assert Conference.objects.get().conclusion == "Dua minggu"


def test_who_corrects_the_minutes_later_sees_both_texts() -> None:
    cast = small_school()
    one = make.held_conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    url = reverse("support:minutes", args=[one.pk])
    first, second = ({**MINUTES, "conclusion": said, "read_at": 1} for said in ("Satu", "Dua"))
    assert post(signed_in(cast.coordinator), url, first).status_code == 303
    answer = post(signed_in(cast.bk), url, second)
    (difference,) = answer.context["form"].conflict
    assert (difference.standing, difference.typed) == ("Satu", "Dua")
    assert Conference.objects.get().conclusion == "Satu"
    assert post(signed_in(cast.bk), url, {**second, "read_at": 2}).status_code == 303
    assert (Conference.objects.get().conclusion, Conference.objects.get().version) == ("Dua", 3)


def test_a_case_is_erased_with_its_conference_and_what_that_decided() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    one = make.held_conference(case, cast.bk, invited=[cast.guru])
    decide(one, by=cast.bk, what="Ajak bicara", due_on=clock.today(), doer=cast.guru)
    case.delete()
    assert not Conference.objects.exists()


def test_a_second_one_is_planned_only_after_the_first() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    one = make.conference(case, cast.bk, invited=[cast.guru], is_over=True)
    with pytest.raises(NotNow, match="Sudah ada konferensi"):
        make.conference(case, cast.bk, invited=[cast.guru])
    with pytest.raises(IntegrityError), transaction.atomic():
        Conference.objects.create(
            case=case, planned_on=clock.today(), meets_at=clock.now(), place="", why="", by=cast.bk
        )
    hold(one, by=cast.bk, **MINUTES)
    make.conference(case, cast.bk, invited=[cast.guru])


@pytest.mark.parametrize("who", ["nobody", "operator"])
def test_only_people_at_work_who_are_no_operators_are_invited(who: str) -> None:
    cast = small_school()
    with pytest.raises(NotNow):
        make.conference(
            cases.direct_case(cast),
            cast.bk,
            invited=[cast.operator] if who == "operator" else [],
        )


def test_it_holds_up_no_end_and_the_summary_says_only_that_it_was_held() -> None:
    cast = small_school()
    case = cases.tried_case(cast, outcome="REACHED")
    make.held_conference(case, cast.bk, invited=[cast.guru])
    make.conference(case, cast.bk, invited=[cast.guru])
    assert (clock.today(), "Konferensi kasus: terlaksana") in [
        (day, str(text)) for day, text in Read([case]).summary(case)
    ]
    html = signed_in(cast.wali).get(case.get_absolute_url()).content.decode()
    assert "Didampingi bersama" not in html
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])


def test_whoever_has_another_conference_at_that_hour_is_named() -> None:
    cast = small_school()
    first = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    case = cases.direct_case(cast, cast.students[1])
    at = timezone.localtime(first.meets_at + timedelta(minutes=30))
    plan = {
        "meets_at": f"{at:%Y-%m-%dT%H:%M}",
        "place": "Ruang BK",
        "why": "x",
        "invited": [cast.guru.pk, cast.wali.pk],
    }
    url = reverse("support:plan", args=[case.pk])
    answer = post(signed_in(cast.bk), url, plan)
    assert "Pak Hadi sudah punya konferensi kasus pukul" in answer.content.decode()
    assert post(signed_in(cast.bk), url, plan | {"anyway": "on"}).status_code == 302


def test_the_minutes_are_printed_with_those_invited_and_what_was_decided() -> None:
    cast = small_school()
    one = make.held_conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    decide(one, by=cast.bk, what="Ajak bicara", due_on=clock.today(), doer=cast.guru)
    html = signed_in(cast.bk).get(reverse("support:minutes_print", args=[one.pk])).content.decode()
    for word in (
        "Berita Acara Konferensi Kasus",
        "Hadi Susanto",
        "Didampingi bersama",
        "Ajak bicara",
    ):
        assert word in html


def test_thirty_take_as_many_queries_as_one() -> None:
    cast = small_school(30)
    one = make.held_conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    pages = (reverse("home"), reverse("support:conference", args=[one.pk]))

    def asked() -> list[int]:
        return [queries_of(signed_in(cast.bk), page) for page in pages]

    before = asked()
    for student in cast.students[1:]:
        make.conference(cases.direct_case(cast, student), cast.bk, invited=[cast.guru])
        decide(one, by=cast.bk, what="Ajak bicara", due_on=clock.today(), doer=cast.guru)
    assert asked() == before


@pytest.mark.parametrize("when", ["0001-01-01T00:00", "2001-09-11T08:00"])
def test_no_conference_was_before_its_case(when: str) -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    data = {"meets_at": when, "place": "BK", "why": "x", "guests": "Bu Siti", "anyway": "on"}
    answer = post(signed_in(cast.bk), reverse("support:plan", args=[case.pk]), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Conference.objects.exists()


def test_a_decision_locks_the_case_before_the_conference_as_each_act_does() -> None:
    cast = small_school()
    one = make.held_conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    with CaptureQueriesContext(connection) as asked:
        decide(one, by=cast.bk, what="Ajak bicara", due_on=clock.today(), doer=cast.guru)
    tables = re.findall(r'FROM "(cases_case|support_conference)"', str(asked.captured_queries))
    assert tables[:2] == ["cases_case", "support_conference"]


def test_a_paper_is_minutes_only_of_what_was_held_and_nothing_is_printed_of_a_cancelled_one() -> (
    None
):
    cast = small_school()
    one = make.conference(cases.direct_case(cast), cast.bk, invited=[cast.guru])
    url = reverse("support:minutes_print", args=[one.pk])
    html = signed_in(cast.bk).get(url).content.decode()
    assert ("Daftar Hadir Konferensi Kasus" in html, "Demikian berita acara" in html) == (
        True,
        False,
    )
    cancel(one, by=cast.bk, reason="Wali kelas sakit")
    assert status(cast.bk, one, "minutes_print") == 404


def test_the_paper_names_people_in_full_whatever_language_its_reader_has_chosen() -> None:
    cast = small_school()
    held = make.held_conference(cases.direct_case(cast), cast.bk, invited=[cast.wali])
    for doer in (cast.guru, None):
        decide(
            held, by=cast.bk, what="Menyusun jadwal", due_on=clock.today() + timedelta(7), doer=doer
        )
    client = signed_in(cast.bk)
    client.cookies["django_language"] = "en"
    html = client.get(reverse("support:minutes_print", args=[held.pk])).content.decode()
    for person in (cast.guru, cast.bk):
        assert f"<td>{person.full_name}</td>" in html

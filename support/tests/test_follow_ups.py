"""Follow-ups: agreed, done, put off, dropped; to whom they come, and who sees what of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cases.read_steps import Read
from cases.tests import factories as cases
from cases.workflow import dismiss, resolve
from school.models import OfficeHolding, TeachingAssignment
from school.tests.cast import small_school
from support.follow_up_tasks import follow_ups_waiting
from support.models import FollowUp
from support.step_kinds.follow_up import FollowUpSteps
from support.tests import factories as make
from support.workflow import agree, drop, finish, put_off
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.run import undo
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

TODAY = clock.today


def fresh(one: FollowUp) -> FollowUp:
    return FollowUp.objects.get(pk=one.pk)


def lines(user: Any) -> list[tuple[str, str, int]]:
    """Return what waits for a person of follow-ups: title, what else, days to go."""
    user.forget_ties()
    return [
        (task.title, task.sub, (task.due_on - TODAY()).days if task.due_on else 0)
        for task in follow_ups_waiting(user)
    ]


def page(user: Any, one: FollowUp, name: str = "follow_up") -> Any:
    return signed_in(user).get(reverse(f"support:{name}", args=[one.pk]))


def test_what_was_agreed_waits_for_whom_it_concerns_and_for_nobody_else() -> None:
    cast = small_school()
    make.follow_up(cases.direct_case(cast), cast.bk, doer=cast.guru)
    assert lines(cast.guru) == [("Tindak lanjut: Siswa 001", "X MIPA 3 · Ajak bicara", 7)]
    assert {person.username: lines(person) for person in cast.everybody if lines(person)} == {
        cast.guru.username: lines(cast.guru)
    }


def test_the_counselor_hears_of_what_somebody_else_does_once_it_is_late() -> None:
    cast = small_school()
    make.late_follow_up(cases.direct_case(cast), cast.bk, doer=cast.guru)
    late = ("Cek tindak lanjut: Siswa 001", "X MIPA 3 · Pak Hadi · Ajak bicara", -3)
    assert lines(cast.bk) == [late]
    assert lines(cast.coordinator) == [late]
    assert "lewat 3 hari" in signed_in(cast.bk).get("/").content.decode()
    assert lines(cast.bk2) == []


def test_what_a_family_does_waits_for_the_counselor_to_look_at_it() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    make.follow_up(case, cast.bk, doer_name="Ibu Suminah")
    make.follow_up(case, cast.bk, what="Lihat nilai")
    assert sorted(lines(cast.bk)) == [
        ("Cek tindak lanjut: Siswa 001", "X MIPA 3 · Ibu Suminah · Ajak bicara", 7),
        ("Tindak lanjut: Siswa 001", "X MIPA 3 · Lihat nilai", 7),
    ]


def test_what_the_counselor_does_goes_along_with_the_case() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    one = make.follow_up(case, cast.bk, doer=cast.bk)
    assert one.doer is None
    type(case).objects.filter(pk=case.pk).update(counselor=cast.bk2)
    assert (lines(cast.bk), len(lines(cast.bk2))) == ([], 1)


def test_whom_it_concerns_reads_that_page_and_nothing_else_of_the_case() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    cases.attempt(case, cast.bk, note="Ayahnya sakit keras")
    one = make.follow_up(case, cast.bk, doer=cast.student_affairs)
    html = page(cast.student_affairs, one).content.decode()
    for word in ("Siswa 001", "X MIPA 3", "Ajak bicara", "Bu Retno"):
        assert word in html
    for word in ("Ayahnya", case.get_absolute_url(), "Ekonomi", "Tunda"):
        assert word not in html
    client = signed_in(cast.student_affairs)
    assert client.get(case.get_absolute_url()).status_code == 404
    for name in ("put_off", "drop"):
        assert page(cast.student_affairs, one, name).status_code == 403


def test_why_it_was_dropped_stays_with_the_counselor() -> None:
    cast = small_school()
    one = make.follow_up(cases.direct_case(cast), cast.bk, doer=cast.guru)
    drop(one, by=cast.bk, reason="Ibunya tidak berkenan")
    assert "tidak berkenan" in page(cast.bk, one).content.decode()
    assert "tidak berkenan" not in page(cast.guru, one).content.decode()


@pytest.mark.parametrize("ends", [TeachingAssignment, None], ids=["assignment", "operator"])
def test_a_follow_up_goes_with_the_assignment_of_whom_it_concerns(ends: Any) -> None:
    cast = small_school()
    one = make.follow_up(cases.direct_case(cast), cast.bk, doer=cast.guru)
    if ends:
        yesterday = TODAY() - timedelta(days=1)
        ends.objects.filter(teacher=cast.guru).update(ends_on=yesterday)
    else:
        OfficeHolding.objects.create(user=cast.guru, office="OPERATOR", starts_on=TODAY())
    cast.guru.forget_ties()
    assert page(cast.guru, one).status_code == 404
    assert lines(cast.guru) == []
    with pytest.raises(NotAllowed):
        finish(one, by=cast.guru)


def test_it_is_done_from_its_page_and_can_be_undone() -> None:
    cast = small_school()
    one = make.follow_up(cases.direct_case(cast), cast.bk, doer=cast.guru)
    url = reverse("support:finish", args=[one.pk])
    answer = post(signed_in(cast.guru), url, {"outcome": "Sudah bicara"})
    assert (answer.status_code, answer.url) == (302, "/")
    assert (fresh(one).status, fresh(one).outcome) == ("DONE", "Sudah bicara")
    undo(fresh(one), "finish", by=cast.guru)
    assert (fresh(one).status, fresh(one).outcome, fresh(one).ended_at) == ("OPEN", "", None)


def test_an_act_on_the_case_does_not_keep_it_from_being_undone() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    one = make.follow_up(case, cast.bk, doer=cast.guru)
    finish(one, by=cast.guru)
    cases.attempt(case, cast.bk)
    undo(fresh(one), "finish", by=cast.guru)
    assert fresh(one).status == "OPEN"


def test_put_off_keeps_it_open_with_the_reason_and_the_first_day() -> None:
    cast = small_school()
    one = make.late_follow_up(cases.direct_case(cast), cast.bk)
    first, later = one.due_on, TODAY() + timedelta(days=5)
    with pytest.raises(NotNow):
        put_off(one, by=cast.bk, due_on=later, reason=" ")
    with pytest.raises(NotNow):
        put_off(one, by=cast.bk, due_on=TODAY() - timedelta(days=1), reason="Sakit")
    put_off(one, by=cast.bk, due_on=later, reason="Sakit")
    one = fresh(one)
    assert (one.status, one.due_on, one.first_due_on) == ("OPEN", later, first)
    assert "semula:" in page(cast.bk, one).content.decode()
    undo(one, "put_off", by=cast.bk)
    assert (fresh(one).due_on, fresh(one).later_because) == (first, "")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"what": " "}, "Tulis yang akan dilakukan"),
        ({"due_on": -1}, "sebelum hari kesepakatan"),
        ({"due_on": 4000}, "terlalu jauh"),
        ({"doer": "guru", "doer_name": "Ibu"}, "jangan keduanya"),
    ],
)
def test_what_makes_no_sense_is_refused(given: dict[str, Any], words: str) -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    if "due_on" in given:
        given = {"due_on": TODAY() + timedelta(days=given["due_on"])}
    if "doer" in given:
        given = given | {"doer": cast.guru}
    with pytest.raises(NotNow, match=words):
        make.follow_up(case, cast.bk, **given)


def test_the_database_keeps_one_doer_and_one_follow_up_for_each_promise() -> None:
    cast = small_school()
    one = make.follow_up(cases.direct_case(cast), cast.bk, doer_name="Ibu", origin="x 1")
    for values in ({"doer": cast.guru}, {"status": "DONE"}, {"ended_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowUp.objects.filter(pk=one.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.follow_up(one.case, cast.bk, origin="x 1")


def test_resolving_can_leave_a_follow_up_which_its_undo_takes_back() -> None:
    cast = small_school()
    case = cases.tried_case(cast, outcome="REACHED")
    kept = make.follow_up(case, cast.bk)
    data = {"outcome": "SOLVED", "causes": ["FORGOT"], "look_again_in": "14"}
    url = reverse("cases:resolve", args=[case.pk])
    assert post(signed_in(cast.bk), url, data).status_code == 302
    added = FollowUp.objects.exclude(pk=kept.pk).get()
    assert (added.what, added.source) == ("Lihat lagi perkembangan siswa", "RESOLUTION")
    assert added.due_on == cast.semester.policy.due(TODAY(), 14)
    assert len(lines(cast.bk)) == 2
    case.refresh_from_db()
    undo(case, "resolve", by=cast.bk)
    assert (case.status, fresh(kept).status) == ("OPEN", "OPEN")
    assert list(FollowUp.objects.kept()) == [kept]


def test_follow_ups_hold_up_no_end_and_go_on_after_it() -> None:
    cast = small_school()
    case = cases.tried_case(cast, outcome="REACHED")
    one = make.follow_up(case, cast.bk, doer=cast.guru)
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    assert len(lines(cast.guru)) == 1
    finish(one, by=cast.guru)
    assert lines(cast.guru) == []
    assert make.follow_up(case, cast.bk).is_open


def test_a_false_alarm_drops_them_and_its_undo_takes_them_up_again() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    one, over = make.follow_up(case, cast.bk, doer=cast.guru), make.follow_up(case, cast.bk)
    drop(over, by=cast.bk, reason="Pindah")
    dismiss(case, by=cast.bk, reason="Sudah lapor sakit")
    assert (fresh(one).status, fresh(one).fell_with_case) == ("DROPPED", True)
    assert lines(cast.guru) == []
    with pytest.raises(NotNow, match="bukan masalah"):
        agree(case, by=cast.bk, what="x", due_on=TODAY())
    undo(case, "dismiss", by=cast.bk)
    assert (fresh(one).status, fresh(one).fell_with_case) == ("OPEN", False)
    assert fresh(over).status == "DROPPED"


def test_the_case_shows_them_in_its_history_and_its_summary_does_not() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    done = make.follow_up(case, cast.bk, doer_name="Ibu Suminah")
    finish(done, by=cast.bk, outcome="Sudah beli kuota")
    make.late_follow_up(case, cast.bk, what="Lihat nilai")
    read = Read([case])
    titles = [str(moment.title) for kind, moment in read.timeline(case) if kind.name == "follow_up"]
    assert sorted(titles) == [
        *("Tindak lanjut selesai: Ajak bicara", "Tindak lanjut: Ajak bicara"),
        "Tindak lanjut: Lihat nilai",
    ]
    assert read.coming(case).url == FollowUp.objects.open().get().get_absolute_url()
    assert FollowUpSteps().summary(case, list(FollowUp.objects.all())) == []
    html = signed_in(cast.wali).get(case.get_absolute_url()).content.decode()
    assert "Lihat nilai" not in html
    assert "Lihat nilai" in signed_in(cast.bk).get(case.get_absolute_url()).content.decode()


def test_the_list_counts_each_state_and_finds_by_whom() -> None:
    cast = small_school()
    case = cases.direct_case(cast)
    make.follow_up(case, cast.bk, doer=cast.guru)
    make.late_follow_up(case, cast.bk, doer_name="Ibu Suminah", what="Beli kuota")
    finish(make.follow_up(case, cast.bk), by=cast.bk)
    client, url = signed_in(cast.bk), reverse("support:follow_ups")

    def found(**query: str) -> list[str]:
        rows = client.get(url, query).context["rows"]
        return [by_whom for _one, by_whom in rows]

    assert client.get(url).context["asked"].counts["state"] == {
        "open": 2,
        "late": 1,
        "done": 1,
        "dropped": 0,
        "all": 3,
    }
    assert found() == ["Ibu Suminah", "Pak Hadi"]
    assert found(state="late") == ["Ibu Suminah"]
    assert found(doer="school") == ["Pak Hadi"]
    assert found(state="all", doer="counselor") == ["Guru BK"]
    assert found(q="kuota") == ["Ibu Suminah"]
    assert signed_in(cast.bk2).get(url).context["rows"] == []


def test_thirty_take_as_many_queries_as_one() -> None:
    cast = small_school()
    case = cases.direct_case(cast)

    def asked(count: int) -> list[int]:
        for _n in range(count):
            make.follow_up(case, cast.bk, doer_name="Ibu Suminah")
            make.late_follow_up(case, cast.bk, doer=cast.guru)
        client = signed_in(cast.bk)
        return [queries_of(client, reverse(name)) for name in ("support:follow_ups", "home")]

    assert asked(1) == asked(29)


def test_the_homeroom_teacher_is_named_right_after_the_counselor() -> None:
    cast = small_school()
    page = signed_in(cast.bk).get(reverse("support:agree", args=[cases.direct_case(cast).pk]))
    offered = list(page.context["form"].fields["doer"].choices)
    assert offered[1] == (cast.wali.pk, f"{cast.wali.name} · Wali kelas")

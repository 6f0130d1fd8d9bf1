"""Summonses as forms: issue, number, deliver, reschedule, record the outcome, withdraw."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Case, Rung, Summons, SummonsStatus
from cases.tests import factories as make
from cases.tests.acts import BAD_MOMENTS, TOO_LONG, fresh, refused, send, take_back, typed
from cases.workflow import fill_number, resolve
from school.days import Holiday
from school.models import LetterNumber, Policy
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.errors import NotNow
from workflow.submits import FIELD
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def ready_case(attempts: int = 1, **options) -> tuple[Cast, Case]:
    cast = small_school()
    case = make.direct_case(cast, **options)
    for _number in range(attempts):
        make.attempt(case, cast.bk)
    return cast, case


def issued(**options) -> tuple[Cast, Case, Summons]:
    cast, case = ready_case()
    return cast, case, make.summons(case, cast.bk, **options)


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def on(days: int) -> Callable[[], str]:
    """Return a function that gives a day counted from today when the test runs."""
    return lambda: day(days)


def at(days: int) -> Callable[[], str]:
    return lambda: typed(clock.now() + timedelta(days=days))


def sent(data: dict) -> dict:
    return {name: value() if callable(value) else value for name, value in data.items()}


def letter(**changed) -> dict:
    given = {
        "number": "422/007/BK/XI/2026",
        "issued_on": day(0),
        "meets_at": typed(clock.now() + timedelta(days=2)),
        "place": "Ruang BK",
        "to_meet": "Guru BK",
        "purpose": "Perkembangan belajar",
    }
    return given | changed


def test_the_form_proposes_everything():
    cast, case = ready_case()
    page = signed_in(cast.bk).get(reverse("cases:issue_summons", args=[case.pk]))
    form = page.context["form"]
    proposed = {
        name: form.get_initial_for_field(field, name) for name, field in form.fields.items()
    }
    assert proposed["number"].startswith("422/001/BK/")
    assert proposed["place"] == "Ruang BK"
    assert proposed["to_meet"] == "Guru BK (Retno Wulandari)"
    assert proposed["purpose"] == "Membicarakan perkembangan belajar putra/putri Bapak/Ibu"
    assert proposed["issued_on"] == clock.today()
    assert proposed["meets_at"] > clock.now()
    assert page.context["title"] == "Buat surat panggilan I"


def test_what_is_proposed_can_be_sent_as_it_is():
    cast, case = ready_case()
    page = signed_in(cast.bk).get(reverse("cases:issue_summons", args=[case.pk]))
    form = page.context["form"]
    as_proposed = {bound.html_name: bound.subwidgets[0].data["value"] for bound in form}
    answer = send(cast.bk, "issue_summons", case, as_proposed)
    assert answer.url == reverse("cases:summons", args=[Summons.objects.get().pk])
    assert fresh(case).rung == Rung.SUMMONS


def free_on(days: int) -> None:
    """Make Maulid Nabi fall on a day counted from today."""
    that_day = clock.today() + timedelta(days=days)
    Policy.objects.update(holidays=[Holiday(that_day, that_day, "Maulid Nabi")])


def test_the_meeting_is_proposed_on_the_second_school_day():
    cast, case = ready_case()
    free_on(2)
    page = signed_in(cast.bk).get(reverse("cases:issue_summons", args=[case.pk]))
    proposed = clock.local(page.context["form"]["meets_at"].initial)
    assert proposed.date() == clock.today() + timedelta(days=3)


def test_a_meeting_on_a_free_day_is_asked_about_once():
    cast, case = ready_case()
    free_on(2)
    page = refused(send(cast.bk, "issue_summons", case, letter()))
    assert "Hari itu bukan hari sekolah: Maulid Nabi. Pilih hari lain." in page
    assert "Tetap pakai" in page
    assert not Summons.objects.exists()
    assert send(cast.bk, "issue_summons", case, letter(anyway="on")).status_code == 302
    assert Summons.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "by_same", "is_asked"),
    [(0, True, True), (30, True, True), (-30, True, True), (60, True, False), (0, False, False)],
)
def test_two_families_for_one_counselor_at_one_hour_are_asked_about(minutes, by_same, is_asked):
    cast, case = ready_case()
    other = make.direct_case(cast, cast.students[1])
    make.attempt(other, cast.bk)
    there = make.summons(other, cast.bk)
    Case.objects.filter(pk=other.pk).update(counselor=cast.bk if by_same else cast.bk2)
    meets_at = clock.now() + timedelta(days=2)
    Summons.objects.filter(pk=there.pk).update(meets_at=meets_at + timedelta(minutes=minutes))
    answer = send(cast.bk, "issue_summons", case, letter(meets_at=typed(meets_at)))
    if is_asked:
        assert "Bu Retno sudah punya pertemuan dengan orang tua pukul" in refused(answer)
        answer = send(cast.bk, "issue_summons", case, letter(anyway="on"))
    assert answer.status_code == 302


def test_a_meeting_on_a_school_day_is_not_asked_about():
    cast, case = ready_case()
    page = signed_in(cast.bk).get(reverse("cases:issue_summons", args=[case.pk]))
    assert "Tetap pakai" not in page.content.decode()
    assert send(cast.bk, "issue_summons", case, letter()).status_code == 302


def test_a_number_may_wait_and_is_filled_in_later():
    cast, case = ready_case()
    send(cast.bk, "issue_summons", case, letter(number=""))
    summons = Summons.objects.get()
    assert (summons.number, summons.sequence) == (None, 1)
    answer = send(cast.bk, "fill_number", summons, {"number": "422/9/BK/2026"})
    assert answer.status_code == 302
    assert Summons.objects.get().number.text == "422/9/BK/2026"
    assert summons.versions.count() == 2
    assert "sudah bernomor" in refused(send(cast.bk, "fill_number", summons, {"number": "1"}))


def test_of_two_who_give_a_letter_its_number_the_later_one_takes_none():
    cast, case = ready_case()
    seen_before = make.summons(case, cast.bk)
    fill_number(Summons.objects.get(), by=cast.bk, number="422/9/BK/2026")
    with pytest.raises(NotNow):
        fill_number(seen_before, by=cast.bk, number="422/10/BK/2026")
    assert LetterNumber.objects.get().text == "422/9/BK/2026"


def test_a_taken_number_is_refused_in_either_form():
    cast, _case, _first = issued(number="422/1/BK")
    other = make.direct_case(cast, cast.students[1])
    make.attempt(other, cast.bk)
    words = "sudah dipakai tahun ini"
    assert words in refused(send(cast.bk, "issue_summons", other, letter(number="422/1/BK")))
    second = make.summons(other, cast.bk)
    assert words in refused(send(cast.bk, "fill_number", second, {"number": "422/1/BK"}))


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        ("no attempt", "Hubungi dulu (0 dari 1 upaya kontak tercatat)."),
        ("not confirmed", "Tinjau dan konfirmasi"),
        ("one waits", "Panggilan I belum ada hasil."),
        ("three were", "Panggilan III adalah yang terakhir."),
        ("ended", "Kasus sudah berakhir"),
    ],
)
def test_a_summons_that_cannot_be_issued_says_why(prepare, words):
    cast, case = ready_case(
        attempts=0 if prepare == "no attempt" else 1, confirmed=prepare != "not confirmed"
    )
    if prepare == "one waits":
        make.summons(case, cast.bk)
    for _sequence in range(3 if prepare == "three were" else 0):
        make.unattended_summons(case, cast.bk)
    if prepare == "ended":
        resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"], reason="Selesai")
    letters = Summons.objects.count()
    page = signed_in(cast.bk).get(reverse("cases:issue_summons", args=[case.pk])).content.decode()
    assert words in page
    assert words in refused(send(cast.bk, "issue_summons", case, letter()))
    assert Summons.objects.count() == letters


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "9" * 61},
        {"issued_on": ""},
        {"issued_on": on(1)},
        {"issued_on": on(-200)},
        {"issued_on": "kemarin"},
        {"meets_at": ""},
        {"meets_at": "2026-13-45T99:99"},
        {"meets_at": "0001-01-01T00:00"},
        {"meets_at": "9999-12-31T23:59"},
        {"meets_at": at(-3)},
        {"meets_at": at(200)},
        {"place": ""},
        {"place": TOO_LONG},
        {"to_meet": ""},
        {"to_meet": TOO_LONG},
        {"purpose": "  "},
        {"purpose": TOO_LONG},
    ],
)
def test_bad_input_issues_nothing_and_loses_nothing(changed):
    cast, case = ready_case()
    page = refused(send(cast.bk, "issue_summons", case, letter(**sent(changed))))
    assert "422/007/BK" in page or "number" in changed
    assert Summons.objects.count() == LetterNumber.objects.count() == 0


def test_a_letter_sent_twice_is_one():
    cast, case = ready_case()
    once = letter(**{FIELD: str(uuid4())})
    answers = [send(cast.bk, "issue_summons", case, once) for _time in range(2)]
    first, second = (answer.headers["Location"] for answer in answers)
    assert first == second
    assert Summons.objects.count() == 1


def test_the_receipt_is_recorded_and_undone():
    cast, case, summons = issued()
    data = {"delivered_on": day(0), "receiver": "Suminah", "relation": "ibu"}
    assert send(cast.bk, "summons_delivery", summons, data).status_code == 302
    assert Summons.objects.get().receiver == "Suminah"
    shown = signed_in(cast.bk).get(case.get_absolute_url()).content.decode()
    assert "Surat diterima Suminah (ibu)" in shown
    take_back(cast.bk, summons, "deliver")
    assert Summons.objects.get().delivered_on is None


@pytest.mark.parametrize(
    ("outcome", "status", "action"),
    [
        (
            {"came": "yes", "came_with": "Ibu dan siswa", "minutes": "Sepakat"},
            "ATTENDED",
            "attended",
        ),
        ({"came": "no"}, "NOT_ATTENDED", "not_attended"),
    ],
)
def test_an_outcome_is_recorded_and_undone(outcome, status, action):
    cast, case, summons = issued()
    assert send(cast.bk, "summons_outcome", summons, outcome).url == case.get_absolute_url()
    assert Summons.objects.get().status == status
    take_back(cast.bk, summons, action)
    assert Summons.objects.get().status == SummonsStatus.ISSUED


@pytest.mark.parametrize("outcome", [{"came": "no"}, {"came": "yes", "came_with": "Ibu"}])
def test_a_meeting_has_no_outcome_before_its_hour(outcome):
    cast, case, summons = issued(is_over=False)
    assert "mulai " in refused(send(cast.bk, "summons_outcome", summons, outcome))
    noon = clock.day_start(clock.today()) + timedelta(hours=12)
    Summons.objects.update(meets_at=noon)
    with clock.shifted_to(noon - timedelta(hours=1)):
        page = signed_in(cast.bk).get(case.get_absolute_url())
        off = {act.name: act.reason for act in page.context["others"] if not act.on}
        assert off["attended"] == "mulai 12.00"
    with clock.shifted_to(noon + timedelta(minutes=1)):
        page = signed_in(cast.bk).get(case.get_absolute_url())
        assert page.context["main"][0].name == "attended"


def test_a_new_day_makes_a_new_version_that_has_to_be_delivered_again():
    cast, _case, summons = issued(number="422/3/BK")
    receipt = {"delivered_on": day(-1), "receiver": "Suminah", "relation": "ibu"}
    send(cast.bk, "summons_delivery", summons, receipt)
    later = typed(clock.now() + timedelta(days=5))
    data = {"issued_on": day(0), "meets_at": later, "place": "Ruang rapat"}
    answer = send(cast.bk, "reschedule", summons, data)
    assert answer.url == reverse("cases:summons", args=[summons.pk])
    summons = Summons.objects.get()
    assert (typed(summons.meets_at), summons.place) == (later, "Ruang rapat")
    assert (summons.sequence, summons.number.text) == (1, "422/3/BK")
    assert summons.delivered_on is None
    assert summons.versions.count() == 2


def test_a_withdrawn_summons_keeps_its_number_and_frees_its_sequence():
    cast, case, summons = issued(number="422/3/BK")
    page = signed_in(cast.bk).get(reverse("cases:withdraw_summons", args=[summons.pk]))
    assert "Tidak dapat diurungkan" in page.content.decode()
    assert send(cast.bk, "withdraw_summons", summons, {"reason": ""}).status_code == 302
    assert fresh(case).rung == Rung.CONTACT
    assert LetterNumber.objects.get().is_cancelled
    send(cast.bk, "issue_summons", case, letter())
    assert Summons.objects.latest("pk").sequence == 1


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("summons_delivery", {}),
        ("summons_delivery", {"delivered_on": on(1), "receiver": "S", "relation": "ibu"}),
        ("summons_delivery", {"delivered_on": on(-9), "receiver": "S", "relation": "ibu"}),
        ("summons_delivery", {"delivered_on": on(-200), "receiver": "S", "relation": "ibu"}),
        ("summons_delivery", {"delivered_on": on(0), "receiver": TOO_LONG, "relation": "ibu"}),
        ("summons_delivery", {"delivered_on": on(0), "receiver": "S", "relation": ""}),
        ("summons_outcome", {}),
        ("summons_outcome", {"came": "perhaps"}),
        ("summons_outcome", {"came": "yes"}),
        ("summons_outcome", {"came": "yes", "came_with": TOO_LONG}),
        ("summons_outcome", {"came": "no", "came_with": "Ibu", "minutes": "Sepakat"}),
        ("summons_outcome", {"came": "no", "minutes": TOO_LONG}),
        *(("summons_outcome", {"came": "no", "happened_at": m}) for m in BAD_MOMENTS.values()),
        ("reschedule", {}),
        ("reschedule", {"issued_on": on(0), "meets_at": "besok", "place": "Ruang BK"}),
        ("reschedule", {"issued_on": on(-200), "meets_at": on(1), "place": "Ruang BK"}),
        ("fill_number", {}),
        ("fill_number", {"number": "   "}),
        ("fill_number", {"number": "9" * 61}),
        ("withdraw_summons", {"reason": TOO_LONG}),
    ],
)
def test_bad_input_leaves_the_letter_as_it_is(page, data):
    cast, _case, summons = issued()
    before = Summons.objects.values().get()
    refused(send(cast.bk, page, summons, sent(data)))
    assert Summons.objects.values().get() == before


@pytest.mark.parametrize(
    "page", ["fill_number", "reschedule", "summons_delivery", "summons_outcome", "withdraw_summons"]
)
def test_what_has_its_outcome_is_not_changed_any_more(page):
    cast, case = ready_case()
    summons = make.unattended_summons(case, cast.bk)
    shown = signed_in(cast.bk).get(reverse(f"cases:{page}", args=[summons.pk])).content.decode()
    assert "sudah ada hasilnya" in shown


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "page", ["fill_number", "reschedule", "summons_delivery", "summons_outcome", "withdraw_summons"]
)
def test_the_forms_of_a_letter_ask_little(page):
    cast, _case, summons = issued()
    assert queries_of(signed_in(cast.bk), reverse(f"cases:{page}", args=[summons.pk])) <= 15

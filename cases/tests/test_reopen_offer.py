"""What offers the counselor of an ended case to reopen it, and what does not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Case
from cases.tasks import waiting
from cases.tests import factories as make
from cases.workflow import dismiss, notice_evidence, open_directly, resolve
from recaps.workflow import class_list_of, decide, hand_over_list, write_knowledge
from school.models import Semester, User
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OFFERED = "Buka kembali?: Siswa 001"


@pytest.fixture
def cast() -> Cast:
    return small_school()


def ended(cast: Cast, status: str = "RESOLVED") -> Case:
    case = make.tried_case(cast, outcome="REACHED")
    if status == "DISMISSED":
        dismiss(case, by=cast.bk, reason="Sakit")
        return case
    resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"])
    Case.objects.filter(pk=case.pk).update(status=status)
    case.refresh_from_db()
    return case


def listed(cast: Cast, choice: str) -> None:
    """Hand over a list on which the first student never took part, and is decided so."""
    student = cast.students[0]
    make.handed_over_recap(cast.maths, cast.period, {student: make.ABSENT})
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    known = {"family": True, "note": "Ibunya sakit"}
    write_knowledge(class_list, student, by=cast.wali, values=known, read_at=0)
    decide(class_list, [student], choice, by=cast.wali)
    hand_over_list(class_list, by=cast.wali)


def titles(user: User) -> list[str]:
    return [task.title for task in waiting(user)]


def list_page(cast: Cast, user: User) -> str:
    url = reverse("recaps:class_list", args=[cast.own.pk, cast.period.pk])
    return signed_in(user).get(url, {"show": "all"}).content.decode()


@pytest.mark.parametrize("status", ["RESOLVED", "REFERRED", "CLOSED"])
def test_referred_again_an_ended_case_is_offered_to_be_reopened(cast, status):
    case = ended(cast, status)
    listed(cast, "REFER")
    url = reverse("cases:reopen", args=[case.pk])
    (line,) = [task for task in waiting(cast.bk) if task.title == OFFERED]
    assert line.url == url
    assert url in signed_in(cast.bk).get(case.get_absolute_url()).content.decode()
    assert url in list_page(cast, cast.bk)


def _watched(cast: Cast) -> None:
    listed(cast, "WATCH")


def _no_concern(cast: Cast) -> None:
    listed(cast, "NO_CONCERN")


def _not_handed_over(cast: Cast) -> None:
    make.handed_over_recap(cast.maths, cast.period, {cast.students[0]: make.ABSENT})
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, [cast.students[0]], "REFER", by=cast.wali)


def _read_already(cast: Cast) -> None:
    listed(cast, "REFER")
    notice_evidence(Case.objects.get(), by=cast.bk)


def _frozen(cast: Cast) -> None:
    listed(cast, "REFER")
    Semester.objects.filter(pk=cast.semester.pk).update(frozen_at=clock.now())


NOTHING_NEW: list[Callable[[Cast], None]] = [
    _watched,
    _no_concern,
    _not_handed_over,
    _read_already,
    _frozen,
]


@pytest.mark.parametrize("happens", NOTHING_NEW, ids=lambda it: it.__name__)
def test_nothing_is_offered_without_new_evidence_in_a_semester_that_takes_acts(cast, happens):
    case = ended(cast)
    happens(cast)
    assert OFFERED not in titles(cast.bk)
    assert reverse("cases:reopen", args=[case.pk]) not in list_page(cast, cast.bk)


def test_a_false_alarm_opens_again_by_itself_and_is_not_offered(cast):
    case = ended(cast, "DISMISSED")
    listed(cast, "REFER")
    case.refresh_from_db()
    assert (case.status, case.confirmed_at) == ("OPEN", None)
    assert OFFERED not in titles(cast.bk)


@pytest.mark.parametrize("person", ["bk2", "wali", "principal"])
def test_only_the_cases_counselor_gets_the_offer(cast, person):
    case = ended(cast)
    listed(cast, "REFER")
    assert OFFERED not in titles(getattr(cast, person))
    if person == "wali":
        assert reverse("cases:reopen", args=[case.pk]) not in list_page(cast, cast.wali)


def test_the_form_proposes_what_the_evidence_says_and_takes_what_one_writes(cast):
    case = ended(cast)
    listed(cast, "REFER")
    url, browser = reverse("cases:reopen", args=[case.pk]), signed_in(cast.bk)
    proposed: str = browser.get(url).context["form"]["reason"].value()
    assert proposed.startswith("Dirujuk lagi ")
    assert proposed.endswith("Tidak pernah ikut: 1 mapel, Masalah keluarga. Ibunya sakit")
    post(browser, url, {"reason": f"{proposed} Sudah ditelepon."})
    case.refresh_from_db()
    assert case.is_open
    assert OFFERED not in titles(cast.bk)


def test_several_pieces_of_evidence_are_proposed_in_order_and_without_any_nothing(cast):
    case = ended(cast)
    url = reverse("cases:reopen", args=[case.pk])
    assert signed_in(cast.bk).get(url).context["form"]["reason"].value() == ""
    for reason in ("FAMILY", "ECONOMY"):
        open_directly(case.student, cast.semester, by=cast.wali, reasons=[reason], note="x" * 400)
    value = signed_in(cast.bk).get(url).context["form"]["reason"].value()
    assert len(value) == 500
    assert value.index("Masalah keluarga") < 60


def test_the_list_costs_as_many_queries_with_many_offers_as_with_one() -> None:
    cast = small_school(31)
    students = cast.students[:30]
    at = clock.now() - timedelta(days=1)
    for student in students:
        case = open_directly(student, cast.semester, by=cast.bk, reasons=["FAMILY"], happened_at=at)
        make.confirm(case, by=cast.bk)
        resolve(case, by=cast.bk, outcome="SOLVED", causes=["FORGOT"], reason="Aktif lagi")
    make.handed_over_recap(cast.maths, cast.period, dict.fromkeys(students, make.ABSENT))
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, list(students), "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    url = reverse("recaps:class_list", args=[cast.own.pk, cast.period.pk])
    client = signed_in(cast.bk)
    many = queries_of(client, url)
    notice = Case.objects.filter(student__in=students[1:])
    for case in notice:
        case.evidence.update(noticed_at=clock.now())
    assert queries_of(client, url) == many

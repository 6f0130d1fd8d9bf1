"""Cases and classes get their counselor; who handles a case hands it over with a reason."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import Case
from cases.tests import factories as make
from cases.tests.acts import fresh, refused, send
from cases.workflow import confirm, give_class, hand_over, hand_over_class, open_directly
from school.models import OfficeHolding, SchoolClass, User
from school.roles import COORDINATOR, COUNSELOR
from school.tests.cast import Cast, small_school
from school.tests.factories import EnrolmentFactory, days_ago
from school.tests.factories import person as make_person
from school.workflow.changes import undo
from school.workflow.counselors import give_classes
from workflow.errors import NotAllowed, NotNow
from workflow.models import ActionEntry, ActionNote, IdempotentSubmit
from workflow.submits import FIELD
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/kasus/guru-bk/"


def without_counselor(size: int = 4) -> tuple[Cast, list[Case]]:
    """Return a school whose own class has no counselor, with two cases that wait."""
    cast = small_school(size)
    SchoolClass.objects.filter(pk=cast.own.pk).update(counselor=None)
    cast.own.refresh_from_db()
    cases = [
        open_directly(student, cast.semester, by=cast.wali, reasons=["FAMILY"])
        for student in cast.students[:2]
    ]
    assert {case.counselor for case in cases} == {None}
    return cast, cases


@pytest.mark.parametrize(("moves_in", "counselor"), [(3, "bk"), (0, "bk2")])
def test_a_move_entered_ahead_gives_a_new_case_to_the_next_counselor_only_from_its_day(
    moves_in, counselor
):
    cast = small_school()
    student = cast.students[0]
    student.enrolments.update(ends_on=days_ago(1 - moves_in), end_reason="MOVED_CLASS")
    EnrolmentFactory(student=student, school_class=cast.foreign, starts_on=days_ago(-moves_in))
    by = getattr(cast, counselor)
    assert open_directly(student, cast.semester, by=by, reasons=["FAMILY"]).counselor == by


def counselors_of(cases: list[Case]) -> list[User | None]:
    return [fresh(case).counselor for case in cases]


def test_when_a_class_gets_a_counselor_its_waiting_cases_go_to_them():
    cast, cases = without_counselor()
    assert give_class(cast.own, cast.bk, by=cast.coordinator) == 2
    assert SchoolClass.objects.get(pk=cast.own.pk).counselor == cast.bk
    assert counselors_of(cases) == [cast.bk, cast.bk]
    logged = ActionEntry.objects.filter(actor_id=cast.coordinator.pk)
    assert sorted(logged.values_list("kind", "action")) == [
        ("cases.case", "follow"),
        ("cases.case", "follow"),
        ("school.schoolclass", "counselor"),
    ]


def test_cases_of_a_counselor_who_left_the_office_wait_too():
    cast = small_school()
    case = make.direct_case(cast)
    OfficeHolding.objects.filter(user=cast.bk).update(ends_on=days_ago(1))
    give_class(cast.own, cast.bk2, by=cast.operator)
    assert fresh(case).counselor == cast.bk2


def test_when_the_counselor_changes_open_cases_stay_until_they_are_handed_over():
    cast = small_school()
    cases = [make.direct_case(cast, student) for student in cast.students[:3]]
    assert give_class(cast.own, cast.bk2, by=cast.coordinator) == 0
    assert counselors_of(cases) == [cast.bk] * 3
    cast.own.refresh_from_db()
    assert hand_over_class(cast.own, by=cast.coordinator) == 3
    assert counselors_of(cases) == [cast.bk2] * 3
    with pytest.raises(NotNow):
        hand_over_class(cast.own, by=cast.coordinator)


def test_who_does_not_assign_gives_no_class():
    cast, _cases = without_counselor()
    for person in (cast.bk, cast.wali, cast.principal, cast.guru):
        with pytest.raises(NotAllowed):
            give_class(cast.own, cast.bk, by=person)
    for person in (cast.wali, cast.principal):
        with pytest.raises(NotNow):
            give_class(cast.own, person, by=cast.coordinator)


def test_without_a_coordinator_any_counselor_assigns():
    cast, cases = without_counselor()
    OfficeHolding.objects.filter(office=COORDINATOR.code).delete()
    bk = User.objects.get(pk=cast.bk.pk)
    assert signed_in(bk).get(PAGE).status_code == 200
    give_class(cast.own, cast.bk2, by=bk)
    assert counselors_of(cases) == [cast.bk2, cast.bk2]


def test_a_case_is_handed_over_with_a_reason():
    cast = small_school()
    case = make.direct_case(cast)
    with pytest.raises(NotNow):
        hand_over(case, cast.bk2, by=cast.bk)
    given = {"counselor": cast.bk2.pk, "reason": ""}
    refused(send(cast.bk, "hand_over", case, given))
    assert send(cast.bk, "hand_over", case, given | {"reason": "Cuti"}).status_code == 302
    assert fresh(case).counselor == cast.bk2
    assert ActionNote.objects.latest("pk").text == "Kepada Bu Bambang. Cuti"
    assert send(cast.bk, "resolve", case).status_code == 403
    page = signed_in(cast.bk2).get(case.get_absolute_url()).content.decode()
    assert "Diserahkan kepada guru BK" in page


@pytest.mark.parametrize("who", ["bk", "coordinator"])
def test_who_handed_a_case_over_is_led_to_what_they_still_act_on(who):
    cast = small_school()
    case = make.direct_case(cast)
    url = reverse("cases:hand_over", args=[case.pk])
    given = {"counselor": cast.bk2.pk, "reason": "Cuti", FIELD: str(uuid4())}
    client = signed_in(getattr(cast, who))
    answer = client.post(url, given, headers={"referer": f"http://testserver{url}"})
    assert answer.url == {"bk": "/kasus/", "coordinator": case.get_absolute_url()}[who]


@pytest.mark.parametrize("who", ["wali", "principal", "bk"])
def test_nobody_gets_a_case_who_is_no_counselor_or_has_it(who):
    cast = small_school()
    case = make.direct_case(cast)
    given = {"counselor": getattr(cast, who).pk, "reason": "Cuti"}
    refused(send(cast.coordinator, "hand_over", case, given))
    with pytest.raises(NotNow):
        hand_over(case, getattr(cast, who), by=cast.coordinator, reason="Cuti")
    assert fresh(case).counselor == cast.bk


def test_the_coordinator_gives_a_waiting_case_by_its_button_without_a_reason():
    cast, cases = without_counselor()
    page = signed_in(cast.coordinator).get(PAGE).content.decode()
    url = reverse("cases:hand_over", args=[cases[0].pk])
    assert f'action="{url}"' in page
    given = {"counselor": cast.bk.pk, "next": PAGE}
    answer = post(signed_in(cast.coordinator), url, given)
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert counselors_of(cases) == [cast.bk, None]


def test_the_page_shows_load_waiting_classes_and_cases_of_other_counselors():
    cast, _cases = without_counselor()
    moved = open_directly(cast.foreign_students[0], cast.semester, by=cast.bk2, reasons=["FAMILY"])
    confirm(moved, by=cast.bk2)
    give_class(cast.foreign, cast.bk, by=cast.coordinator)
    page = signed_in(cast.coordinator).get(PAGE)
    assert f"{cast.bk.called} <small" in " ".join(page.content.decode().split())
    context = page.context
    assert [row.class_id for row in context["classes"]] == [cast.own.pk]
    assert [(row.school_class.class_id, row.cases) for row in context["elsewhere"]] == [
        (cast.foreign.pk, 1)
    ]
    load = {row.counselor: (len(row.classes), row.students, row.cases) for row in context["loads"]}
    assert load == {cast.bk: (1, 2, 0), cast.bk2: (0, 0, 1), cast.coordinator: (0, 0, 0)}


@pytest.mark.sqlite
def test_the_pages_of_the_coordinator_ask_as_often_for_thirty_cases_as_for_one():
    cast = small_school(30)
    counts = []
    for students in (cast.students[:1], cast.students[1:]):
        for number, student in enumerate(students):
            case = make.direct_case(cast, student)
            if number % 2:
                Case.objects.filter(pk=case.pk).update(counselor=None)
        client = signed_in(cast.coordinator)
        counts.append({page: queries_of(client, page) for page in (PAGE, "/", "/kasus/")})
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 22


def test_the_list_names_the_counselor_for_those_who_see_all():
    cast = small_school()
    make.direct_case(cast)
    for person, name in (
        (cast.coordinator, "Bu Retno"),
        (cast.principal, "Bu Retno"),
        (cast.bk, ""),
    ):
        (row,) = signed_in(person).get("/kasus/").context["rows"]
        assert row.counselor == name


def test_a_class_whose_counselor_left_the_office_waits_for_one():
    cast = small_school()
    OfficeHolding.objects.filter(user=cast.bk).update(ends_on=days_ago(1))
    client = signed_in(cast.coordinator)
    assert [row.class_id for row in client.get(PAGE).context["classes"]] == [cast.own.pk]
    assert "1 kelas belum punya guru BK" in client.get("/").content.decode()


def test_home_the_page_and_the_act_agree_on_the_cases_with_another_counselor():
    cast = small_school()
    of_bk, of_nobody, of_former = (make.direct_case(cast, one) for one in cast.students[:3])
    moved = make.direct_case(cast, cast.students[3])
    former = make_person(COUNSELOR)
    Case.objects.filter(pk=of_nobody.pk).update(counselor=None)
    Case.objects.filter(pk=of_former.pk).update(counselor=former)
    OfficeHolding.objects.filter(user=former).update(ends_on=days_ago(1))
    moved.student.enrolments.update(school_class=cast.foreign, ends_on=days_ago(1))
    SchoolClass.objects.filter(pk=cast.own.pk).update(counselor=cast.bk2)
    client = signed_in(cast.coordinator)
    home = client.get("/").content.decode()
    assert "2 kasus pindah kelas" in home
    assert "2 kasus tanpa guru BK" in home
    context = client.get(PAGE).context
    rows = {row.school_class.class_id: row.cases for row in context["elsewhere"]}
    assert rows == {cast.own.pk: 1, cast.foreign.pk: 1}
    assert set(context["cases"]) == {of_nobody, of_former}
    cast.own.refresh_from_db()
    assert hand_over_class(cast.own, by=cast.coordinator) == 1
    assert counselors_of([of_bk, of_nobody, of_former]) == [cast.bk2, None, former]


def test_without_a_coordinator_a_counselor_hands_over_the_own_cases_only():
    cast = small_school()
    own, other = make.direct_case(cast), make.direct_case(cast, cast.students[1])
    SchoolClass.objects.filter(pk=cast.own.pk).update(counselor=cast.bk2)
    third = make_person(COUNSELOR)
    Case.objects.filter(pk=other.pk).update(counselor=third)
    OfficeHolding.objects.filter(office=COORDINATOR.code).delete()
    client = signed_in(User.objects.get(pk=cast.bk.pk))
    (row,) = client.get(PAGE).context["elsewhere"]
    assert (row.counselor, row.cases) == (cast.bk2, 1)
    post(client, reverse("cases:hand_over_class", args=[cast.own.pk]))
    assert counselors_of([own, other]) == [cast.bk2, third]
    assert client.get(PAGE).context["elsewhere"] == []


@pytest.mark.parametrize("chosen", ["", "nonsense", "9" * 30])
def test_a_class_is_given_to_nobody_unchosen(chosen):
    cast, cases = without_counselor()
    url = reverse("cases:give_class", args=[cast.own.pk])
    client = signed_in(cast.coordinator)
    given = {"counselor": chosen, "next": PAGE, FIELD: str(uuid4())}
    assert "Pilih guru BK" in client.post(url, given, follow=True).content.decode()
    assert not IdempotentSubmit.objects.exists()
    assert counselors_of(cases) == [None, None]


def test_a_class_is_given_by_its_button():
    cast, cases = without_counselor()
    url = reverse("cases:give_class", args=[cast.own.pk])
    client = signed_in(cast.coordinator)
    assert f'action="{url}"' in client.get(PAGE).content.decode()
    given = {"counselor": cast.bk.pk, FIELD: str(uuid4())}
    said = client.post(url, given, follow=True).content.decode()
    assert "X MIPA 3 sekarang dipegang Bu Retno, beserta 2 kasus." in said
    assert counselors_of(cases) == [cast.bk, cast.bk]


def test_home_folds_the_work_of_each_counselor():
    cast = small_school()
    make.direct_case(cast)
    page = signed_in(cast.coordinator).get("/")
    assert page.context["waiting"].later == []
    rows = {row["load"].counselor: row for row in page.context["counselors"]}
    assert [str(line.title) for line in rows[cast.bk]["lines"]] == [
        "Hubungi pertama kali: Siswa 001"
    ]
    assert rows[cast.bk2]["lines"] == []
    assert page.content.decode().count("<details>") == 2
    assert signed_in(cast.bk).get("/").context["counselors"] == []


def test_a_case_whose_student_moved_stays_with_its_counselor_and_is_counted_elsewhere():
    cast = small_school()
    case = make.direct_case(cast)
    case.student.enrolments.update(ends_on=days_ago(1), end_reason="MOVED_CLASS")
    EnrolmentFactory(student=case.student, school_class=cast.foreign, starts_on=days_ago(0))
    (row,) = signed_in(cast.coordinator).get(PAGE).context["elsewhere"]
    assert (row.school_class.class_id, row.counselor, row.cases) == (cast.foreign.pk, cast.bk2, 1)


def test_when_the_operator_passes_classes_on_their_waiting_cases_follow():
    cast, cases = without_counselor()
    own = SchoolClass.objects.get(pk=cast.own.pk)
    give_classes([own], cast.bk2, by=cast.operator)
    assert counselors_of(cases) == [cast.bk2, cast.bk2]


def test_an_undo_tells_the_operator_of_no_case_and_leaves_each_with_its_counselor():
    """As any other act on a class's counselor; a refusal could have no other ground than a case."""
    cast, cases = without_counselor()
    own = SchoolClass.objects.get(pk=cast.own.pk)
    change = give_classes([own], cast.bk2, by=cast.operator)
    opened = open_directly(cast.students[2], cast.semester, by=cast.bk2, reasons=["FAMILY"])
    page = signed_in(cast.operator).get(reverse("school:change", args=[change.pk]))
    assert page.context["off"] == ""
    undo(change, by=cast.operator)
    assert SchoolClass.objects.get(pk=cast.own.pk).counselor is None
    assert counselors_of([*cases, opened]) == [cast.bk2] * 3


def test_a_class_without_a_case_of_the_new_counselor_goes_back_to_the_one_before():
    cast = small_school()
    make.direct_case(cast)
    own = SchoolClass.objects.get(pk=cast.own.pk)
    undo(give_classes([own], cast.bk2, by=cast.operator), by=cast.operator)
    assert SchoolClass.objects.get(pk=cast.own.pk).counselor == cast.bk


def test_when_a_counselor_falls_away_open_cases_stay_until_they_are_handed_over():
    cast = small_school()
    cases = [make.direct_case(cast, student) for student in cast.students[:2]]
    own = SchoolClass.objects.get(pk=cast.own.pk)
    give_classes([own], None, by=cast.operator)
    assert counselors_of(cases) == [cast.bk] * 2

"""Cases are handed over singly or together; notes pass on only as their author chose."""

import pytest
from django.urls import reverse

from cases.models import Case, PassedNote
from cases.tests import factories as make
from cases.tests.acts import fresh, refused, send
from cases.tests.confirmed import confirmed
from cases.workflow import give_class, hand_over, hand_over_all, hand_over_class
from school.models import OfficeHolding, User
from school.roles import COORDINATOR, COUNSELOR
from school.tests.cast import Cast, small_school
from school.tests.factories import days_ago
from school.tests.factories import person as make_person
from workflow.errors import NotNow
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WHY = "Pindah tugas"


@pytest.fixture
def cast() -> Cast:
    return small_school(6)


def passed() -> list[tuple[int, int]]:
    return list(PassedNote.objects.values_list("note", "to").order_by("passed_at", "note"))


def all_of(person: User) -> str:
    return reverse("cases:hand_over_all", args=[person.pk])


def test_of_a_case_those_notes_pass_on_that_their_author_chose(cast):
    case = make.direct_case(cast)
    kept, chosen = (make.note(case, cast.bk, text) for text in ("Rahasia satu", "Rahasia dua"))
    page = signed_in(cast.bk).get(reverse("cases:hand_over", args=[case.pk])).content.decode()
    assert page.count('name="notes"') == 2
    assert "checked" not in page.partition('name="notes"')[2].partition("</form>")[0]
    assert "Rahasia" not in page
    given = {"counselor": cast.bk2.pk, "reason": WHY, "notes": chosen.key}
    assert send(cast.bk, "hand_over", case, given).status_code == 302
    assert passed() == [(chosen.pk, cast.bk2.pk)]
    reads = confirmed(cast.bk2)
    assert reads.get(reverse("cases:confidential_note", args=[chosen.key])).status_code == 200
    assert reads.get(reverse("cases:confidential_note", args=[kept.key])).status_code == 404
    stays = confirmed(cast.bk)
    for note in (kept, chosen):
        answer = stays.get(reverse("cases:confidential_note", args=[note.key]))
        assert note.text in answer.content.decode()


def test_without_a_choice_no_note_passes_on(cast):
    case = make.direct_case(cast)
    make.note(case, cast.bk)
    hand_over(case, cast.bk2, by=cast.bk, reason=WHY)
    assert passed() == []


def test_nobody_passes_on_what_another_one_wrote(cast):
    case = make.direct_case(cast)
    theirs, mine = make.note(case, cast.bk), make.note(case, cast.coordinator)
    url = reverse("cases:hand_over", args=[case.pk])
    page = signed_in(cast.coordinator).get(url).content.decode()
    assert page.count('name="notes"') == 1
    given = {"counselor": cast.bk2.pk, "reason": WHY, "notes": theirs.key}
    refused(send(cast.coordinator, "hand_over", case, given))
    hand_over(case, cast.bk2, by=cast.coordinator, reason=WHY, notes=[theirs.pk, mine.pk])
    assert passed() == [(mine.pk, cast.bk2.pk)]


def test_a_note_of_another_case_does_not_go_along(cast):
    case, other = (make.direct_case(cast, student) for student in cast.students[:2])
    note = make.note(other, cast.bk)
    hand_over(case, cast.bk2, by=cast.bk, reason=WHY, notes=[note.pk])
    assert passed() == []


def test_a_counselor_hands_all_own_cases_over_with_the_notes_chosen_for_each(cast):
    cases = [make.direct_case(cast, student) for student in cast.students[:3]]
    notes = [make.note(case, cast.bk) for case in cases]
    page = signed_in(cast.bk).get(all_of(cast.bk)).content.decode()
    assert page.count('name="notes"') == 3
    chosen = [notes[0], notes[2]]
    given = {"counselor": cast.bk2.pk, "reason": WHY, "notes": [note.key for note in chosen]}
    assert post(signed_in(cast.bk), all_of(cast.bk), given).url == "/kasus/"
    assert {fresh(case).counselor for case in cases} == {cast.bk2}
    assert passed() == [(note.pk, cast.bk2.pk) for note in chosen]


@pytest.mark.parametrize("how", ["at work", "disabled", "left the office"])
def test_the_coordinator_hands_over_all_cases_of_one_who_leaves_and_their_notes_stay(cast, how):
    cases = [make.direct_case(cast, student) for student in cast.students[:2]]
    note = make.note(cases[0], cast.bk)
    if how == "disabled":
        User.objects.filter(pk=cast.bk.pk).update(is_active=False)
    if how == "left the office":
        OfficeHolding.objects.filter(user=cast.bk).update(ends_on=days_ago(1))
    client = signed_in(cast.coordinator)
    assert all_of(cast.bk) in client.get("/kasus/guru-bk/").content.decode()
    assert 'name="notes"' not in client.get(all_of(cast.bk)).content.decode()
    answer = post(client, all_of(cast.bk), {"counselor": cast.bk2.pk, "reason": WHY})
    assert answer.url == "/kasus/guru-bk/"
    assert {fresh(case).counselor for case in cases} == {cast.bk2}
    assert passed() == []
    url = reverse("cases:confidential_note", args=[note.key])
    assert confirmed(cast.bk2).get(url).status_code == 404
    assert signed_in(cast.coordinator).get(all_of(cast.bk)).status_code == 404


def test_all_are_handed_over_or_none(cast):
    cases = [make.direct_case(cast, student) for student in cast.students[:2]]
    for counselor, reason in ((cast.wali, WHY), (cast.bk2, " "), (cast.bk, WHY)):
        with pytest.raises(NotNow):
            hand_over_all(cast.bk, counselor, by=cast.coordinator, reason=reason)
    assert {fresh(case).counselor for case in cases} == {cast.bk}
    assert hand_over_all(cast.bk, cast.bk2, by=cast.coordinator, reason=WHY) == 2
    with pytest.raises(NotNow):
        hand_over_all(cast.bk, cast.bk2, by=cast.coordinator, reason=WHY)


def test_an_ended_case_stays_with_who_handled_it(cast):
    ended, going = (make.direct_case(cast, student) for student in cast.students[:2])
    Case.objects.filter(pk=ended.pk).update(status="DISMISSED", ended_at=ended.opened_at)
    assert hand_over_all(cast.bk, cast.bk2, by=cast.bk, reason=WHY) == 1
    assert (fresh(ended).counselor, fresh(going).counselor) == (cast.bk, cast.bk2)


def test_of_a_class_they_go_by_one_tap_or_with_a_choice_of_notes(cast):
    OfficeHolding.objects.filter(office=COORDINATOR.code).delete()
    bk = User.objects.get(pk=cast.bk.pk)
    cases = [make.direct_case(cast, student) for student in cast.students[:2]]
    notes = [make.note(case, bk) for case in cases]
    give_class(cast.own, cast.bk2, by=bk)
    client = signed_in(bk)
    url = reverse("cases:hand_over_class", args=[cast.own.pk])
    page = client.get(url).content.decode()
    assert page.count('name="notes"') == 2
    assert f'href="{url}"' in client.get("/kasus/guru-bk/").content.decode()
    assert post(client, url, {"notes": notes[1].key}).status_code == 302
    assert passed() == [(notes[1].pk, cast.bk2.pk)]
    assert "sudah dipegang" in client.get(url).content.decode()


def test_by_one_tap_no_note_of_a_class_passes_on(cast):
    make.note(make.direct_case(cast), cast.coordinator)
    give_class(cast.own, cast.bk2, by=cast.coordinator)
    cast.own.refresh_from_db()
    assert hand_over_class(cast.own, by=cast.coordinator) == 1
    assert passed() == []


@pytest.mark.sqlite
def test_one_case_and_thirty_ask_the_same():
    cast = small_school(31)
    asked = []
    for students in (cast.students[:1], cast.students[1:]):
        for student in students:
            make.note(make.direct_case(cast, student), cast.bk)
        asked.append(queries_of(signed_in(cast.bk), all_of(cast.bk)))
    assert asked[0] == asked[1]


def test_a_note_goes_to_nobody_whom_its_author_did_not_mean(cast):
    case = make.direct_case(cast)
    note = make.note(case, cast.bk)
    client = signed_in(cast.bk)
    Case.objects.filter(pk=case.pk).update(counselor=cast.coordinator)
    post(client, reverse("cases:pass_on", args=[note.key]), {"to": cast.bk2.pk})
    assert passed() == []
    post(client, reverse("cases:pass_on", args=[note.key]), {"to": cast.coordinator.pk})
    assert passed() == [(note.pk, cast.coordinator.pk)]


def test_the_cases_of_a_class_go_to_nobody_whom_the_page_did_not_name(cast):
    case = make.direct_case(cast)
    note = make.note(case, cast.bk)
    OfficeHolding.objects.filter(office=COORDINATOR.code).delete()
    bk = User.objects.get(pk=cast.bk.pk)
    client, url = signed_in(bk), reverse("cases:hand_over_class", args=[cast.own.pk])
    give_class(cast.own, cast.bk2, by=bk)
    third = make_person(COUNSELOR)
    named = {"to": client.get(url).context["form"]["to"].value(), "notes": note.key}
    give_class(cast.own, third, by=bk)
    post(client, url, named)
    assert (fresh(case).counselor, passed()) == (bk, [])
    post(client, url, named | {"to": third.pk})
    assert (fresh(case).counselor, passed()) == (third, [(note.pk, third.pk)])


def test_the_tap_on_the_page_of_counselors_names_whom_it_says(cast):
    make.direct_case(cast)
    give_class(cast.own, cast.bk2, by=cast.coordinator)
    page = signed_in(cast.coordinator).get("/kasus/guru-bk/").content.decode()
    assert f'name="to" value="{cast.bk2.pk}"' in page

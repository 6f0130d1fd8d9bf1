"""What was handed over stands until it is handed over again: for BK, and for who handed it over."""

import re
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse

from recaps.models import ClassList, Knowledge, Recap
from recaps.tests import factories as make
from recaps.tests.class_list_pages import handed_over_school, noted_school, page, url_of
from recaps.workflow import (
    begin_correction,
    class_list_of,
    decide,
    hand_over,
    hand_over_list,
    save_entry,
    write_knowledge,
)
from school.models import Enrolment, HomeroomAssignment
from school.tests import factories as people
from school.tests.cast import Cast
from workflow.tests.browser_free import signed_in

pytestmark = pytest.mark.django_db


def supplement(cast: Cast) -> None:
    """Correct the recap that showed the first student, and hand in one that shows the second."""
    first, second = cast.students[:2]
    corrected = begin_correction(Recap.objects.get(), by=cast.guru, reason="Salah hitung")
    [entry] = corrected.entries.all()
    save_entry(
        cast.maths, cast.period, first.pk, by=cast.guru, values={"absent": 0}, read_at=entry.version
    )
    hand_over(corrected.recap, by=cast.guru)
    make.handed_over_recap(cast.english, cast.period, {second: make.ABSENT})


def referred_in_the_overview(html: str) -> int:
    [found] = re.findall(r'data-label="Dirujuk">(\d+)<', html)
    return int(found)


def test_the_overview_counts_what_was_handed_over_until_it_is_handed_over_again():
    cast, class_list = handed_over_school()
    first, second, third = cast.students[:3]
    decide_again = [([first], "WATCH"), ([second, third], "REFER")]
    supplement(cast)
    class_list.refresh_from_db()
    for students, choice in decide_again:
        decide(class_list, students, choice, by=cast.wali)
    client = signed_in(cast.bk)
    assert referred_in_the_overview(page(client, reverse("recaps:class_lists"))) == 1
    assert "1 dirujuk" in page(client, url_of(cast) + "?show=all")
    hand_over_list(class_list, by=cast.wali)
    assert referred_in_the_overview(page(client, reverse("recaps:class_lists"))) == 2
    assert "2 dirujuk" in page(client, url_of(cast) + "?show=all")


def test_the_knowledge_that_was_handed_over_stays_in_view_while_it_is_added_to():
    cast, class_list = handed_over_school()
    supplement(cast)
    class_list.refresh_from_db()
    student = cast.students[0]

    def know(note: str, read_at: int) -> None:
        values = {"note": note}
        write_knowledge(class_list, student, by=cast.wali, values=values, read_at=read_at)

    know("Ayah merantau", 1)
    client = signed_in(cast.bk)
    shown = url_of(cast) + "?show=all"
    assert "Ayah merantau" not in page(client, shown)
    decide(class_list, cast.students[:2], "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    assert "Ayah merantau" in page(client, shown)
    make.handed_over_recap(cast.physics, cast.period)
    class_list.refresh_from_db()
    know("Ibu sakit", 2)
    html = page(client, shown)
    assert "Ayah merantau" in html
    assert "Ibu sakit" not in html


def test_a_former_homeroom_teacher_reads_a_list_as_handed_over_while_a_supplement_is_open():
    cast, class_list = handed_over_school()
    first, second = cast.students[:2]
    HomeroomAssignment.objects.filter(teacher=cast.wali).update(ends_on=people.days_ago(1))
    people.HomeroomAssignmentFactory(teacher=cast.wali2, school_class=cast.own)
    client = signed_in(cast.wali)
    pages = [
        url_of(cast),
        url_of(cast) + "?show=all",
        url_of(cast, "class_list_student", first),
        url_of(cast, "class_list_student", second),
    ]
    before = [_content(page(client, url)) for url in pages]
    assert "Matematika" in before[2]
    supplement(cast)
    class_list.refresh_from_db()
    decide(class_list, [first, second], "WATCH", by=cast.wali2)
    assert ClassList.objects.get().status == "SUPPLEMENT"
    assert [_content(page(client, url)) for url in pages] == before
    html = page(client, reverse("recaps:class_lists"))
    assert url_of(cast) in html
    assert "Susulan" not in html
    assert client.get(url_of(cast, "class_list_hand_over")).status_code == 403


def test_a_former_homeroom_teacher_does_not_read_where_students_went_afterwards():
    cast, _class_list = handed_over_school()
    HomeroomAssignment.objects.filter(teacher=cast.wali).update(ends_on=people.days_ago(1))
    people.HomeroomAssignmentFactory(teacher=cast.wali2, school_class=cast.own)
    moved, left = cast.students[:2]
    Enrolment.objects.filter(student__in=(moved, left)).update(ends_on=people.days_ago(1))
    Enrolment.objects.filter(student=left).update(end_reason="LEFT")
    today = people.days_ago(0)
    people.EnrolmentFactory(student=moved, school_class=cast.foreign, starts_on=today)
    shown = url_of(cast) + "?show=all"
    for words in ("sekarang di X MIPA 4", "sudah keluar"):
        assert words in page(signed_in(cast.wali2), shown)
        assert words not in page(signed_in(cast.wali), shown)


def test_a_former_homeroom_teacher_keeps_a_list_when_the_successor_hands_a_supplement_over():
    cast, class_list = handed_over_school()
    first, second = cast.students[:2]
    supplement(cast)
    class_list.refresh_from_db()
    values = {"note": "Ayah merantau"}
    write_knowledge(class_list, first, by=cast.wali, values=values, read_at=1)
    decide(class_list, [first, second], "WATCH", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    HomeroomAssignment.objects.filter(teacher=cast.wali).update(ends_on=people.days_ago(1))
    people.HomeroomAssignmentFactory(teacher=cast.wali2, school_class=cast.own)
    client = signed_in(cast.wali)
    lists = reverse("recaps:class_lists")
    pages = [
        url_of(cast),
        url_of(cast) + "?show=all",
        url_of(cast, "class_list_student", first),
        url_of(cast, "class_list_student", second),
        lists,
    ]
    before = [_content(page(client, url)) for url in pages]
    assert "Ayah merantau" in before[1]
    assert referred_in_the_overview(before[-1]) == 0

    make.handed_over_recap(cast.physics, cast.period, {second: make.ABSENT})
    class_list.refresh_from_db()
    values = {"note": "Ibu sakit"}
    write_knowledge(class_list, first, by=cast.wali2, values=values, read_at=2)
    decide(class_list, [first, second], "REFER", by=cast.wali2)
    hand_over_list(class_list, by=cast.wali2)
    assert ClassList.objects.get().handed_over_by == cast.wali2
    assert [_content(page(client, url)) for url in pages] == before
    assert referred_in_the_overview(page(signed_in(cast.bk), lists)) == 2
    assert "Ibu sakit" in page(signed_in(cast.bk), pages[1])


def test_a_list_leads_a_former_homeroom_teacher_to_no_recap_that_they_may_not_read():
    cast, _list = handed_over_school()
    recap = Recap.objects.get().get_absolute_url()
    assert recap in page(signed_in(cast.wali), url_of(cast))
    HomeroomAssignment.objects.filter(teacher=cast.wali).update(ends_on=people.days_ago(1))
    html = page(signed_in(cast.wali), url_of(cast))
    assert "<b>Matematika</b>" in html
    assert recap not in html


def test_a_former_homeroom_teacher_reads_no_list_that_they_did_not_hand_over():
    cast, _list = handed_over_school()
    HomeroomAssignment.objects.filter(teacher=cast.wali2).update(
        school_class=cast.own, ends_on=people.days_ago(1)
    )
    assert signed_in(cast.wali2).get(url_of(cast)).status_code == 404


@pytest.mark.parametrize("kept", [{}, {"economy": False, "family": False, "other": False}])
def test_what_was_known_with_a_list_that_went_before_that_was_kept_is_read_on(kept: dict[str, Any]):
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    first = cast.students[0]
    values = {"note": "Ayah merantau"}
    write_knowledge(class_list, first, by=cast.wali, values=values, read_at=1)
    decide(class_list, [first], "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    # As it was before migration 0006: kept once or not at all.
    Knowledge.objects.update(handed_over=kept | values if kept else {})
    import_module("recaps.migrations.0006_what_went_before").keep_what_was_known(apps, None)
    HomeroomAssignment.objects.filter(teacher=cast.wali).update(ends_on=people.days_ago(1))
    for reader in (cast.bk, cast.wali):
        assert "Ayah merantau" in page(signed_in(reader), url_of(cast) + "?show=all")


def _content(html: str) -> str:
    """Return the main part of a page, without what differs from request to request."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r'name="(csrfmiddlewaretoken|submit_id)" value="[^"]*"', "", main)

"""The class list goes to BK, and goes again as a supplement that shows the difference."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Case
from recaps.models import ClassList, ClassListStatus, Recap
from recaps.tests import factories as make
from recaps.tests.class_list_pages import decided, handed_over_school, noted_school, page, url_of
from recaps.workflow import (
    begin_correction,
    class_list_of,
    decide,
    hand_over,
    hand_over_list,
    save_entry,
    write_knowledge,
)
from school.models import Enrolment
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_student_who_was_never_in_the_class_after_all_does_not_hold_the_list_up():
    cast = noted_school()
    held = Enrolment.objects.get(student=cast.students[0])
    held.ends_on = cast.period.starts_on - timedelta(days=2)
    held.save()
    client = signed_in(cast.wali)
    assert "Perlu keputusan 0" in page(client, url_of(cast))
    assert "belum diputuskan" not in page(client, reverse("recaps:class_lists"))
    post(client, url_of(cast, "class_list_hand_over"))
    assert ClassList.objects.get().status == ClassListStatus.HANDED_OVER


def test_the_list_is_handed_over_after_one_question_that_says_what_follows():
    cast = noted_school()
    client = signed_in(cast.wali)
    url = url_of(cast, "class_list_hand_over")
    html = page(client, url)
    assert "1 siswa masih perlu keputusan" in html
    assert "Ya, serahkan" not in html
    given = {"student": cast.students[0].pk, "choice": "REFER"}
    post(client, url_of(cast, "class_list_decide"), given)
    html = page(client, url)
    assert "1 siswa dirujuk" in html
    assert "2 mapel belum masuk" in html
    assert "Tidak dapat diurungkan" in html
    post(client, url)
    class_list = ClassList.objects.get()
    assert (class_list.status, class_list.missing_subjects) == (ClassListStatus.HANDED_OVER, 2)
    assert Case.objects.get().student == cast.students[0]
    html = page(client, url_of(cast))
    assert "Diserahkan saat 2 mapel belum masuk" in html
    assert "hx-post" not in html


def test_handing_over_with_somebody_undecided_says_why_not():
    cast = noted_school()
    client = signed_in(cast.wali)
    assert "1 belum diputuskan" in page(client, url_of(cast))
    response = post(client, url_of(cast, "class_list_hand_over"), {"next": url_of(cast)})
    assert response.url == url_of(cast)
    assert "toast-s error" in page(client, url_of(cast))
    assert Case.objects.count() == 0


def test_a_replayed_hand_over_has_one_effect():
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, [cast.students[0]], "REFER", by=cast.wali)
    client = signed_in(cast.wali)
    for _ in range(2):
        sent = client.post(url_of(cast, "class_list_hand_over"), {"submit_id": "7" * 32})
        assert sent.headers["Location"] == url_of(cast)
    assert Case.objects.get().evidence.count() == 1


def test_after_the_hand_over_a_decision_is_refused_and_says_why():
    cast, _list = handed_over_school()
    client = signed_in(cast.wali)
    given = {"student": cast.students[1].pk, "choice": "REFER", "next": url_of(cast)}
    assert post(client, url_of(cast, "class_list_decide"), given).url == url_of(cast)
    assert "toast-s error" in page(client, url_of(cast))
    assert decided() == {cast.students[0]: "REFER"}


def test_a_decision_older_than_a_change_of_its_recaps_says_so():
    cast = noted_school()
    class_list = class_list_of(cast.own, cast.period, by=cast.wali)
    decide(class_list, [cast.students[0]], "WATCH", by=cast.wali)
    make.handed_over_recap(cast.english, cast.period, {cast.students[0]: make.ABSENT})
    html = page(signed_in(cast.wali), url_of(cast))
    assert "berubah sejak diputuskan" in html
    assert "<s>1</s>" in html


def test_a_late_recap_asks_a_new_decision_for_those_only_whose_figures_changed():
    cast, class_list = handed_over_school()
    first, second = cast.students[:2]
    make.handed_over_recap(cast.english, cast.period, {second: make.ABSENT})
    client = signed_in(cast.wali)
    html = page(client, url_of(cast))
    assert "Susulan" in html
    assert "Perlu keputusan 1" in html
    assert f'id="row-{second.pk}"' in html
    assert f'id="row-{first.pk}"' not in html
    given = {"student": second.pk, "choice": "REFER"}
    post(client, url_of(cast, "class_list_decide"), given)
    html = page(client, url_of(cast, "class_list_hand_over"))
    assert "1 siswa dirujuk" in html
    post(client, url_of(cast, "class_list_hand_over"))
    class_list.refresh_from_db()
    assert class_list.status == ClassListStatus.HANDED_OVER
    assert Case.objects.count() == 2


def test_a_corrected_recap_shows_the_difference_to_homeroom_teacher_and_counselor():
    cast, _list = handed_over_school()
    recap = corrected_maths(cast)
    hand_over(recap, by=cast.guru)
    for person in (cast.wali, cast.bk):
        html = page(signed_in(person), url_of(cast))
        assert "<s>1</s>" in html
        assert "Susulan" in html


def corrected_maths(cast):
    """Correct the recap of maths: the first student was present once."""
    recap = Recap.objects.get(group=cast.maths.group)
    sheet = begin_correction(recap, by=cast.guru, reason="Salah hitung")
    entry = sheet.entries.get(student=cast.students[0])
    values = {"absent": 3}
    save_entry(
        cast.maths,
        cast.period,
        cast.students[0].pk,
        by=cast.guru,
        values=values,
        read_at=entry.version,
    )
    return recap


def test_the_counselor_reads_what_was_handed_over_while_a_supplement_is_decided():
    cast, class_list = handed_over_school()
    make.handed_over_recap(cast.english, cast.period, {cast.students[0]: make.ABSENT})
    decide(class_list, [cast.students[0]], "NO_CONCERN", by=cast.wali)
    html = page(signed_in(cast.bk), url_of(cast) + "?show=all")
    assert '<span class="decided refer">Rujuk ke BK</span>' in html
    assert "Aman</span>" not in html


def test_the_counselor_reads_what_the_homeroom_teacher_knows_once_it_was_handed_over():
    cast, class_list = handed_over_school()
    make.handed_over_recap(cast.english, cast.period, {cast.students[0]: make.ABSENT})
    class_list.refresh_from_db()
    known = {"economy": True, "family": False, "other": False, "note": "Ayah sakit"}
    write_knowledge(class_list, cast.students[0], by=cast.wali, values=known, read_at=1)
    url = url_of(cast) + "?show=all"
    assert "Ayah sakit" in page(signed_in(cast.wali), url)
    assert "Ayah sakit" not in page(signed_in(cast.bk), url)
    decide(class_list, [cast.students[0]], "REFER", by=cast.wali)
    hand_over_list(class_list, by=cast.wali)
    assert "Ayah sakit" in page(signed_in(cast.bk), url)

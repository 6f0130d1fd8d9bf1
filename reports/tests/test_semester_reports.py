"""The pages of semester reports: list, draft, frozen report, earlier versions, and the acts."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case, Rung
from cases.tests import factories as cases
from reports.models import SemesterReport
from reports.tests.factories import case_of
from reports.tests.pages import text_of
from reports.workflow import freeze, report_of, unfreeze, write_texts
from school.models import Semester, User
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.tests.browser_free import post, queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WRITTEN = {"introduction": "Semester daring", "conclusion": "Membaik", "plans": "Kunjungan"}


@pytest.fixture
def cast() -> Cast:
    cast = small_school(30)
    cases.next_semester(cast)
    return cast


def url(semester: Semester, name: str = "semester_report", *args: Any) -> str:
    return reverse(f"reports:{name}", args=[semester.code, *args])


def read(user: User, address: str) -> Any:
    response = signed_in(user).get(address)
    assert response.status_code == 200
    return response


def tables(response: Any) -> list[Any]:
    """Return the lines of Tables 2 and 3 in words, without links."""
    return [
        (grid.heads, [(label, [said for said, _url in cells]) for label, cells in lines])
        for grid in response.context["shown"].grids[:2]
        for lines in ([*grid.said_lines, *grid.said_totals],)
    ]


@pytest.mark.parametrize("by", ["grade", "class"])
def test_a_frozen_report_says_what_the_draft_said_last(cast, by):
    write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=0)
    cases.tried_case(cast)
    cases.direct_case(cast, cast.students[1])
    page = f"{url(cast.semester)}?by={by}"
    draft = read(cast.principal, page)
    freeze(cast.semester, by=cast.principal)
    frozen = read(cast.principal, page)
    assert tables(frozen) == tables(draft)
    for name in ("figures", "texts"):
        shown, was = (getattr(one.context["shown"], name) for one in (frozen, draft))
        assert [str(one) for one in shown] == [
            re.sub(r"url='[^']*'", "url=''", str(one)) for one in was
        ]
    assert re.search(r'<td class="num"><a href="/kasus/', draft.content.decode())
    assert not re.search(r'<td class="num"><a', frozen.content.decode())


def test_a_frozen_report_stays_when_everything_else_changes(cast):
    cases.direct_case(cast)
    freeze(cast.semester, by=cast.principal)
    before = text_of(read(cast.principal, url(cast.semester)).content.decode())
    User.objects.update(name="Nama Lain", title_after="M.Pd.")
    Case.objects.filter(semester=cast.semester).update(rung=Rung.HOME_VISIT)
    cast.students[5].enrolments.all().delete()
    after = text_of(read(cast.principal, url(cast.semester)).content.decode())
    assert after == before


def test_reasons_and_causes_are_kept_too(cast):
    cases.direct_case(cast)
    freeze(cast.semester, by=cast.principal)
    page = read(cast.principal, url(cast.semester))
    further = [grids for _title, grids in page.context["shown"].further]
    kept = {grid.key: grid.said_lines for grids in further for grid in grids}
    assert kept["reasons_by_rung"][3][1][0] == ("1", "")
    read(cast.principal, f"{url(cast.semester)}?by=class")


def test_student_affairs_read_tables_by_grade_and_texts_of_frozen_reports_alone(cast):
    write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=0)
    cases.direct_case(cast)
    browser = signed_in(cast.student_affairs)
    assert browser.get(url(cast.semester)).status_code == 404
    freeze(cast.semester, by=cast.principal)
    page = read(cast.student_affairs, url(cast.semester))
    assert [grid.key for grid in page.context["shown"].grids] == ["problem_rate", "handling"]
    assert page.context["shown"].further == ()
    html = page.content.decode()
    assert all(text in html for text in WRITTEN.values())
    assert cast.bk.name not in html
    assert "X MIPA" not in html
    assert browser.get(f"{url(cast.semester)}?by=class").status_code == 403
    assert browser.get(url(cast.semester, "semester_report_json")).status_code == 403
    listed = read(cast.student_affairs, reverse("reports:semester_reports"))
    assert [row[0] for row in listed.context["semesters"]] == [cast.semester]


def test_what_keeps_it_from_being_frozen_leads_to_where_it_is_mended(cast):
    waiting = cases.tried_case(cast)
    cases.summons(waiting, cast.bk)
    cases.direct_case(cast, cast.students[1])
    Semester.objects.filter(term=2).delete()
    page = read(cast.principal, url(cast.semester))
    assert [(one.what, one.whom, one.url) for one in page.context["blockers"]] == [
        (
            "2 kasus berjalan dilanjutkan di semester berikutnya, yang harus ditambahkan "
            "dulu oleh operator.",
            "",
            "",
        ),
        ("Panggilan I belum ada hasil.", "Siswa 001 · X MIPA 3", waiting.get_absolute_url()),
    ]
    refused = post(signed_in(cast.principal), url(cast.semester, "freeze_semester"), {"read_at": 0})
    assert "semester berikutnya" in refused.content.decode()
    assert not SemesterReport.objects.exists()


def test_a_counselor_sees_no_names_of_other_counselors_students(cast):
    waiting = cases.tried_case(cast)
    cases.summons(waiting, cast.bk)
    page = read(cast.bk2, url(cast.semester))
    said = [one.what for one in page.context["blockers"]]
    assert said == ["1 kasus guru BK lain masih menunggu hasil."]
    assert waiting.student.name not in page.content.decode()


def test_an_earlier_semester_with_open_cases_is_frozen_first(cast):
    cases.direct_case(cast)
    later = Semester.objects.get(term=2)
    with clock.shifted_to(clock.now() + timedelta(days=200)):
        page = read(cast.principal, url(later))
        (blocker,) = page.context["blockers"]
    assert blocker.url == url(cast.semester)
    assert blocker.what == (
        "Ganjil 2021/2022 belum dibekukan dan masih punya 1 kasus berjalan. "
        "Bekukan dulu semester itu."
    )


def test_cases_do_not_go_on_in_a_frozen_semester(cast):
    cases.direct_case(cast)
    Semester.objects.filter(term=2).update(frozen_at=clock.now())
    (blocker,) = read(cast.principal, url(cast.semester)).context["blockers"]
    assert "Genap 2021/2022, padahal semester itu dibekukan" in blocker.what


def test_freezing_asks_once_and_says_what_follows(cast):
    cases.direct_case(cast)
    page = read(cast.principal, url(cast.semester, "freeze_semester"))
    said = text_of(page.content.decode())
    assert "1 kasus berjalan dilanjutkan di Genap 2021/2022" in said
    assert "Belum semua teks ditulis" in said
    answer = post(signed_in(cast.principal), url(cast.semester, "freeze_semester"), {"read_at": 0})
    assert (answer.status_code, answer["Location"]) == (302, url(cast.semester))
    assert Case.objects.get(semester__term=2).carried_from.status == "CARRIED"


def test_the_page_that_asks_shows_the_texts_that_it_freezes(cast):
    write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=0)
    said = text_of(read(cast.principal, url(cast.semester, "freeze_semester")).content.decode())
    assert all(text in said for text in WRITTEN.values())


def test_it_tells_cases_that_go_on_from_those_that_are_only_linked(cast):
    for student in cast.students[:4]:
        cases.direct_case(cast, student)
    later = Semester.objects.get(term=2)
    for student, status in zip(cast.students, ("OPEN", "DISMISSED"), strict=False):
        case_of(student, later, status=status).save()
    page = read(cast.principal, url(cast.semester, "freeze_semester"))
    said = text_of(page.content.decode())
    assert "2 kasus berjalan dilanjutkan di Genap 2021/2022" in said
    assert "2 kasus berjalan berakhir tanpa dilanjutkan" in said
    assert [case.student for case in page.context["ended"]] == [cast.students[1]]
    assert f"{cast.students[1].name} · Bukan masalah" in said


def test_whoever_reads_drafts_can_take_the_json_along(cast):
    freeze(cast.semester, by=cast.principal)
    file = url(cast.semester, "semester_report_json")
    people = (cast.principal, cast.coordinator, cast.bk, cast.student_affairs)
    has_button = [file in read(one, url(cast.semester)).content.decode() for one in people]
    assert has_button == [True, True, True, False]


def test_each_text_is_asked_for_without_names(cast):
    page = read(cast.coordinator, url(cast.semester, "semester_report_texts"))
    assert page.content.decode().count("Jangan sebut nama siswa") == 3


def test_what_the_principal_did_not_read_is_not_frozen(cast):
    write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=0)
    answer = post(signed_in(cast.principal), url(cast.semester, "freeze_semester"), {"read_at": 0})
    assert "Teksnya sudah berubah" in answer.content.decode()
    assert not report_of(cast.semester).is_frozen


def test_a_version_that_was_unfrozen_stays_readable_with_its_reason(cast):
    write_texts(cast.semester, by=cast.coordinator, values=WRITTEN, read_at=0)
    freeze(cast.semester, by=cast.principal)
    unfreeze(cast.semester, by=cast.principal, reason="Angka kelas X keliru")
    changed = WRITTEN | {"conclusion": "Perlu perhatian"}
    now = report_of(cast.semester)
    write_texts(cast.semester, by=cast.coordinator, values=changed, read_at=now.version)
    draft = read(cast.bk, url(cast.semester)).content.decode()
    assert url(cast.semester, "semester_report_version", 1) in draft
    old = read(cast.bk, url(cast.semester, "semester_report_version", 1)).content.decode()
    assert "dibuka kembali: Angka kelas X keliru" in old
    assert "Membaik" in old
    assert "Perlu perhatian" not in old
    missing = url(cast.semester, "semester_report_version", 2)
    assert signed_in(cast.bk).get(missing).status_code == 404


def test_who_saves_texts_later_sees_both(cast):
    page = url(cast.semester, "semester_report_texts")
    first = WRITTEN | {"plans": "Rapat orang tua"}
    assert post(signed_in(cast.coordinator), page, first | {"read_at": 0}).status_code == 303
    answer = post(signed_in(cast.coordinator), page, WRITTEN | {"read_at": 0})
    shown = {row.label: (row.standing, row.typed) for row in answer.context["form"].conflict}
    assert shown == {"Rencana semester berikutnya": ("Rapat orang tua", "Kunjungan")}


@pytest.mark.parametrize("state", ["draft", "frozen"])
def test_a_report_costs_the_same_for_one_case_and_for_thirty(cast, state):
    def cost() -> int:
        return queries_of(signed_in(cast.principal), url(cast.semester))

    def change(students: list[Any]) -> None:
        if state == "frozen":
            unfreeze(cast.semester, by=cast.principal, reason="Lagi")
        for student in students:
            case = cases.tried_case(cast, student)
            if state == "draft":
                cases.summons(case, cast.bk)
        if state == "frozen":
            freeze(cast.semester, by=cast.principal)

    if state == "frozen":
        freeze(cast.semester, by=cast.principal)
    change(cast.students[:1])
    one = cost()
    change(cast.students[1:])
    assert cost() == one
    assert one <= 15

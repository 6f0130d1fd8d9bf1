"""A teacher's recap on a phone: how many taps it needs, and what two editors see."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from recaps.models import Absence, Entry, Recap, RecapStatus, Sheet
from recaps.models.arithmetic import COUNTS
from recaps.workflow import save_entry
from school.models import TeachingAssignment
from school.tests import factories as make_school
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import eventually

pytestmark = pytest.mark.browser

MOST_TAPS = 12


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Wait longer for pages, since a busy machine is slow."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


class Taps:
    """Clicks on elements, and counts the clicks."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, target: Locator, times: int = 1) -> None:
        for _ in range(times):
            target.click()
            self.count += 1


def sheet_of(cast: Cast, assignment: TeachingAssignment | None = None) -> str:
    return f"/rekap/{(assignment or cast.maths).pk}/{cast.period.pk}/"


def row(page: Page, student) -> Locator:
    return page.locator(f"#s{student.pk}")


def more(page: Page, student, label: str) -> Locator:
    return row(page, student).get_by_role("button", name=f"Tambah: {label}", exact=True)


def noted(cast: Cast) -> dict[str, dict[str, int]]:
    """Return student → figures other than zero, from the recap of maths."""
    entries = Entry.objects.filter(sheet__recap__group=cast.maths.group)
    return {
        entry.student.name: {name: n for name in COUNTS if (n := getattr(entry, name))}
        for entry in entries.select_related("student")
    }


def test_a_class_of_36_with_five_shortcut_exceptions_takes_12_taps(page_of) -> None:
    cast = small_school(36)
    page, tap = page_of(cast.guru), Taps()
    page.goto("/")
    tap(page.get_by_role("link", name="Matematika, X MIPA 3").first)
    never, no_work = cast.students[2:4], cast.students[10:13]
    for student in never:
        tap(row(page, student).locator("summary").first)
        tap(row(page, student).get_by_role("button", name="Tidak pernah ikut"))
    for student in no_work:
        tap(row(page, student).locator("summary").first)
        tap(row(page, student).get_by_role("button", name="Tugas kosong semua"))
    expect(page.locator(".foot")).to_contain_text("5 dari 36 dicatat")
    tap(page.get_by_role("button", name="Serahkan"))
    expect(page.get_by_text("Diserahkan: X MIPA 3 · Matematika.")).to_be_visible()

    print(f"taps from home to handed over: {tap.count}")
    assert tap.count <= MOST_TAPS
    assert Recap.objects.get().status == RecapStatus.HANDED_OVER
    assert noted(cast) == {
        "Siswa 003": {"absent": 4, "missing_work": 2},
        "Siswa 004": {"absent": 4, "missing_work": 2},
        "Siswa 011": {"missing_work": 2},
        "Siswa 012": {"missing_work": 2},
        "Siswa 013": {"missing_work": 2},
    }


def test_daily_attendance_is_a_hint_that_one_tap_takes_over(page_of) -> None:
    """Of six days of absence four fit into the four meetings: sick first, then without notice."""
    cast = small_school()
    days = [cast.period.ends_on - timedelta(days=n) for n in range(6)]
    for at, day in enumerate(days):
        code = "A" if at > 2 else "S"
        Absence.objects.create(student=cast.students[0], day=day, code=code, by=cast.wali)
    page = page_of(cast.guru)
    page.goto(sheet_of(cast))
    first = row(page, cast.students[0])
    expect(first.locator("summary").first).to_contain_text("sakit")
    assert noted(cast) == {}
    first.locator("summary").first.click()
    first.get_by_role("button", name="Pakai").click()
    eventually(lambda: noted(cast), {"Siswa 001": {"sick": 3, "absent": 1}})
    second = row(page, cast.students[1])
    second.locator("summary").first.click()
    expect(second.get_by_role("button", name="Pakai")).to_be_hidden()


def test_nihil_is_one_tap_and_can_be_taken_back(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    page.goto(sheet_of(cast))
    page.get_by_role("button", name="Nihil").click()
    expect(page.get_by_text("Nihil diserahkan: X MIPA 3 · Matematika.")).to_be_visible()
    assert Recap.objects.get().status == RecapStatus.HANDED_OVER
    page.get_by_role("button", name="Urungkan").click()
    expect(page.get_by_text("Draf")).to_be_visible()
    assert Recap.objects.get().status == RecapStatus.DRAFT


def test_nihil_is_off_and_says_why_once_something_is_noted(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    page.goto(sheet_of(cast))
    row(page, cast.students[0]).locator("summary").first.click()
    more(page, cast.students[0], "Sakit").click()
    nihil = page.get_by_role("button", name="Nihil")
    expect(nihil).to_have_attribute("aria-disabled", "true")
    nihil.click(force=True)
    expect(page.get_by_text("Nihil tidak bisa: ada catatan.")).to_be_visible()
    assert page.url.endswith(sheet_of(cast))


def the_entry(*names: str) -> tuple:
    return Entry.objects.values_list(*names).get()


def test_what_is_typed_is_saved_and_stands_after_a_reload(page_of) -> None:
    cast = small_school()
    page, student = page_of(cast.guru), cast.students[1]
    page.goto(sheet_of(cast))
    page.get_by_role("button", name="Tambah: Pertemuan periode ini").click()
    row(page, student).locator("summary").first.click()
    row(page, student).get_by_role("button", name="Tidak pernah ikut").click()
    row(page, student).get_by_placeholder("Catatan untuk wali kelas").fill("Kata ibunya bekerja")
    row(page, student).get_by_text("Di bawah 50%").click()
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    page.reload()
    expect(row(page, student)).to_contain_text("Alpa 5 dari 5")
    row(page, student).locator("summary").first.click()
    note = row(page, student).get_by_placeholder("Catatan untuk wali kelas")
    expect(note).to_have_value("Kata ibunya bekerja")
    row(page, student).get_by_role("button", name="Aktif", exact=True).click()
    expect(row(page, student)).to_contain_text("aktif")
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    wanted = (5, 0, "", "ATTENDANCE")
    eventually(lambda: the_entry("sheet__meetings", "absent", "note", "activity"), wanted)


def test_who_came_late_has_numbers_of_their_own(page_of) -> None:
    cast = small_school()
    page, student = page_of(cast.guru), cast.students[0]
    page.goto(sheet_of(cast))
    row(page, student).locator("summary").first.click()
    row(page, student).get_by_text("Dispensasi, terlambat, lainnya").click()
    less = row(page, student).get_by_role("button", name="Kurangi: Pertemuan siswa ini")
    less.click()
    less.click()
    row(page, student).get_by_role("button", name="Tidak pernah ikut").click()
    expect(row(page, student)).to_contain_text("Alpa 2 dari 2")
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    eventually(lambda: the_entry("own_meetings", "own_assignments", "absent"), (2, None, 2))


def two_editors(page_of) -> tuple[Cast, Page]:
    """Return the successor's page, opened before the predecessor noted three days of illness."""
    cast = small_school()
    make_school.TeachingAssignmentFactory(
        teacher=cast.guru2, school_class=cast.own, subject=cast.maths.subject
    )
    page = page_of(cast.guru2)
    mine = TeachingAssignment.objects.get(teacher=cast.guru2, group=cast.maths.group)
    page.goto(sheet_of(cast, mine))
    student = cast.students[0]
    save_entry(
        cast.maths,
        cast.period,
        student.pk,
        by=cast.guru,
        values={"sick": 3, "note": "A"},
        read_at=0,
    )
    row(page, student).locator("summary").first.click()
    more(page, student, "Alpa").click()
    expect(row(page, student).get_by_role("alert")).to_contain_text("Pakai isian saya")
    return cast, page


def test_two_editors_see_both_texts_and_the_later_one_lets_hers_stand(page_of) -> None:
    cast, page = two_editors(page_of)
    problem = row(page, cast.students[0]).get_by_role("alert")
    expect(problem.get_by_role("row", name="Sakit 3 0")).to_be_visible()
    expect(problem.get_by_role("row", name="Alpa 0 1")).to_be_visible()
    problem.get_by_role("button", name="Pakai isian saya").click()
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    eventually(lambda: the_entry("sick", "absent", "note"), (0, 1, ""))


def test_two_editors_see_both_texts_and_the_later_one_takes_what_stands(page_of) -> None:
    cast, page = two_editors(page_of)
    problem = row(page, cast.students[0]).get_by_role("alert")
    problem.get_by_role("button", name="Pakai yang tersimpan").click()
    expect(row(page, cast.students[0])).to_contain_text("Sakit 3")
    more(page, cast.students[0], "Sakit").click()
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    eventually(lambda: the_entry("sick", "absent", "note"), (4, 0, "A"))


def test_a_save_refused_because_it_was_handed_over_keeps_the_text_in_view(page_of) -> None:
    cast = small_school()
    page, student = page_of(cast.guru), cast.students[0]
    page.goto(sheet_of(cast))
    other = page.context.new_page()
    other.goto(sheet_of(cast))
    other.get_by_role("button", name="Nihil").click()
    expect(other.get_by_text("Nihil diserahkan")).to_be_visible()
    row(page, student).locator("summary").first.click()
    row(page, student).get_by_placeholder("Catatan untuk wali kelas").fill("Jarang hadir")
    expect(row(page, student).get_by_role("alert")).to_contain_text("Rekap sudah diserahkan")
    expect(row(page, student).get_by_placeholder("Catatan untuk wali")).to_have_value(
        "Jarang hadir"
    )
    page.goto("/akun/")
    expect(page.locator("#offline")).to_contain_text("Siswa 001. Rekap sudah diserahkan")
    expect(page.locator("#offline")).to_contain_text("Jarang hadir")
    page.get_by_role("button", name="Hapus").click()
    expect(page.locator("#offline")).to_be_hidden()
    assert Entry.objects.count() == 0


def test_a_row_that_was_tapped_before_the_script_came_can_be_filled_in(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/sheet*.js", hold)
    page.goto(sheet_of(cast), wait_until="commit")
    row(page, cast.students[0]).locator("summary").first.click()
    expect(row(page, cast.students[0])).to_have_attribute("open", "")
    held[0].continue_()
    row(page, cast.students[0]).get_by_role("button", name="Tidak pernah ikut").click()
    expect(row(page, cast.students[0])).to_contain_text("Alpa 4")


def test_an_open_row_is_at_most_a_phone_screen_high_with_the_name_in_view(page_of) -> None:
    cast = small_school(12)
    page, student = page_of(cast.guru, height=640), cast.students[4]
    page.goto(sheet_of(cast))
    row(page, student).locator("summary").first.click()
    row(page, student).get_by_role("button", name="Tidak pernah ikut").click()
    assert row(page, student).bounding_box()["height"] <= 640
    note = row(page, student).get_by_placeholder("Catatan untuk wali kelas")
    note.scroll_into_view_if_needed()
    note.fill("Bekerja")
    expect(row(page, student).get_by_text("Siswa 005")).to_be_in_viewport(ratio=1)


def test_what_is_rarely_noted_is_folded_until_it_is_used(page_of) -> None:
    cast = small_school()
    page, student = page_of(cast.guru), cast.students[1]
    page.goto(sheet_of(cast))
    row(page, student).locator("summary").first.click()
    for label in ("Dispensasi", "Terlambat", "Tugas terlambat"):
        expect(more(page, student, label)).to_be_hidden()
    row(page, student).get_by_text("Dispensasi, terlambat, lainnya").click()
    more(page, student, "Tugas terlambat").click()
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    page.reload()
    row(page, student).locator("summary").first.click()
    expect(more(page, student, "Tugas terlambat")).to_be_visible()


def test_escape_closes_a_row_and_leaves_the_focus_on_it(page_of) -> None:
    cast = small_school()
    page, student = page_of(cast.guru), cast.students[1]
    page.goto(sheet_of(cast))
    row(page, student).locator("summary").first.click()
    more(page, student, "Sakit").focus()
    page.keyboard.press("Escape")
    expect(row(page, student)).not_to_have_attribute("open", "")
    expect(row(page, student).locator("summary").first).to_be_focused()


def test_the_bar_keeps_its_height_whatever_it_says(page_of) -> None:
    cast = small_school(36)
    page = page_of(cast.guru, height=640)
    page.goto(sheet_of(cast))
    foot, state = page.locator(".foot"), page.locator("#sheet-state")
    said = state.evaluate("place => ['', '✓ tersimpan 07.12', ...Object.values(place.dataset)]")
    heights = set()
    for words in said:
        state.evaluate("(place, words) => place.textContent = words.replace('{n}', 12)", words)
        heights.add(foot.bounding_box()["height"])
        assert state.evaluate("place => place.scrollHeight <= place.clientHeight"), words
    assert len(heights) == 1
    assert heights.pop() <= 72, "three lines"


IMPOSSIBLE = ("Siswa 002: Lebih dari 2 pertemuan", "Siswa 005: Lebih dari 2 pertemuan")


def with_impossible_rows(cast: Cast) -> None:
    """Save three absences of two students where there were two meetings."""
    for number in (4, 1):
        save_entry(
            cast.maths,
            cast.period,
            cast.students[number].pk,
            by=cast.guru,
            values={"absent": 3},
            read_at=0,
        )
    Sheet.objects.update(meetings=2)


def test_a_refused_hand_over_lists_every_row_and_leads_to_each(page_of) -> None:
    cast = small_school(6)
    with_impossible_rows(cast)
    page = page_of(cast.guru)
    page.goto(sheet_of(cast))
    page.get_by_role("button", name="Serahkan").click()
    problems = page.locator("#sheet-problems")
    expect(problems).to_be_focused()
    expect(problems).to_be_in_viewport()
    expect(problems.get_by_role("link")).to_have_text(IMPOSSIBLE)
    problems.get_by_role("link").nth(1).click()
    expect(row(page, cast.students[4])).to_have_attribute("open", "")
    expect(row(page, cast.students[4])).to_contain_text("Lebih dari 2 pertemuan")
    expect(row(page, cast.students[4]).locator("summary").first).to_be_focused()


def test_the_text_of_a_refused_save_stands_under_the_name(page_of) -> None:
    cast, page = two_editors(page_of)
    opened = row(page, cast.students[0])
    problem, first = opened.get_by_role("alert"), opened.get_by_role("button", name="Tidak pernah")
    assert problem.bounding_box()["y"] < first.bounding_box()["y"]

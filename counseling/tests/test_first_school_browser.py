"""From an empty database to the first recap, by clicking alone, with the taps counted.

What a person types and taps is counted, and valued as somebody does it who is not quick: three
seconds a tap, half a second a letter, and eight a page to look at.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from counseling.tests.second_factor import code_of_app, secret_on_screen
from recaps.models import Recap
from school.checklist import steps_of
from school.models import Semester
from school.readiness import readiness
from workflow import clock
from workflow.models import ClockOffset

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STUDENTS = settings.BASE_DIR / "school/tests/samples/dapodik_daftar_peserta_didik.xlsx"
OWN_PASSWORD = "kucing oren di atap"
MONDAY = datetime(2026, 8, 31, 7, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
A_TAP, A_LETTER, A_PAGE = 3, 0.5, 8
"""Seconds."""
LONGEST = 15 * 60
PASTED = "Hadi Susanto\tMatematika\tX MIPA 1\nSri Lestari\tMatematika\tXI IPS 2"


class Person:
    """Somebody at a screen, whose taps and letters are counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.letters, self.pages = page, 0, 0, 0
        page.on("load", lambda _page: self._looked())

    def _looked(self) -> None:
        self.pages += 1

    def tap(self, it: Locator) -> None:
        it.click()
        self.taps += 1

    def link(self, name: str, *, exact: bool = False) -> None:
        self.tap(
            self.page.locator("main, header").get_by_role("link", name=name, exact=exact).first
        )
        self.page.wait_for_load_state()

    def button(self, name: str) -> None:
        self.tap(self.page.get_by_role("button", name=name, exact=True).first)
        self.page.wait_for_load_state()

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)
        self.taps, self.letters = self.taps + 1, self.letters + len(text)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label).first.select_option(label=option)
        self.taps += 2

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def from_home(self, *links: str) -> None:
        """Go home, and through these links."""
        self.home()
        for name in links:
            self.link(name)

    def from_place(self, place: str, *links: str) -> None:
        """Tap a place of the bar below, and go through these links."""
        self.tap(self.page.locator("nav.tabs").get_by_role("link", name=place))
        self.page.wait_for_load_state()
        for name in links:
            self.link(name)

    def home(self) -> None:
        self.page.goto("/")
        self.taps += 1

    @property
    def seconds(self) -> float:
        return self.taps * A_TAP + self.letters * A_LETTER + self.pages * A_PAGE


@pytest.fixture
def on_a_monday() -> Iterator[None]:
    """Let every thread live in the semester, as a demo school does."""
    cache.clear()
    clock.set_offset(MONDAY - timezone.now())
    yield
    ClockOffset.objects.all().delete()
    clock.forget()


def sign_in(person: Person, username: str, password: str, *, two_steps: bool = False) -> None:
    """Sign in with a first password, make an own one, and set up the second step if asked."""
    person.page.goto("/masuk/")
    person.type("Nama pengguna", username)
    person.page.get_by_label("Kata sandi", exact=True).fill(password)
    person.button("Masuk")
    fields = person.page.locator("main input[type=password]")
    for at, text in enumerate((password, OWN_PASSWORD, OWN_PASSWORD)[-fields.count() :]):
        fields.nth(at).fill(text)
        person.taps, person.letters = person.taps + 1, person.letters + len(text)
    person.tap(person.page.locator("main form button").first)
    person.page.wait_for_load_state()
    if two_steps:
        person.link("Pasang aplikasi kode")
        secret = secret_on_screen(person.page.content())
        person.type("Kode dari aplikasi", code_of_app(secret=secret))
        person.button("Selesai")
    person.home()


def set_up() -> dict[str, str]:
    """Return user name → first password."""
    out = StringIO()
    call_command(
        "setup",
        no_input=True,
        stdout=out,
        school="SMA Negeri 1 Candiroto",
        year="2026/2027",
        operator="Pak Tri Hartono",
        coordinator="Bu Endang Rahayu",
        principal="Bu Sri Wahyuni",
    )
    lines = [line.split() for line in out.getvalue().splitlines()]
    return {line[-2]: line[-1] for line in lines if len(line) > 3 and line[-1].count("-") == 2}


def fill_in_the_school(operator: Person) -> None:
    """Type the address, import the students, and say who teaches, leads and counsels."""
    operator.link("Kop surat")
    operator.type("Alamat", "Jl. Sibajag, Candiroto, Temanggung")
    operator.button("Simpan")
    semester = Semester.objects.earliest("starts_on")
    operator.page.goto(f"/sekolah/semester/{semester.pk}/")
    operator.link("Bulan pertama rekap")
    operator.tap(operator.page.get_by_label("Agustus 2026"))
    operator.button("Simpan")
    operator.home()
    operator.link("Dari file")
    operator.page.locator("input[type=file]").set_input_files(STUDENTS)
    operator.taps += 3
    operator.button("Periksa file")
    operator.button("Terapkan")
    operator.sees("Siswa dari file: 64 baru.")
    for name, honorific in (("Hadi Susanto", "L (Pak)"), ("Sri Lestari", "P (Bu)")):
        operator.from_home("Guru dan staf", "Tambah guru atau staf")
        operator.type("Nama tanpa gelar", name)
        operator.choose("L/P", honorific)
        operator.button("Simpan")
    operator.from_place("Sekolah", "Mata pelajaran", "Tambah mata pelajaran")
    operator.type("Mapel", "Matematika")
    operator.button("Simpan")
    operator.from_home("Tugas mengajar", "Tempel")
    operator.type("Tabel dari Excel", PASTED)
    operator.button("Tunjukkan yang berubah")
    operator.button("Terapkan")
    operator.from_home("Wali kelas")
    for name, teacher in (("X MIPA 1", "Hadi Susanto"), ("XI IPS 2", "Sri Lestari")):
        operator.type(name, teacher)
    operator.button("Tunjukkan yang berubah")
    operator.button("Simpan perubahan ini")
    operator.from_place("Sekolah", "Guru BK tiap kelas")
    for name in ("X MIPA 1", "XI IPS 2"):
        operator.choose(name, "Endang Rahayu")
    operator.button("Simpan")


def first_password_of(operator: Person, name: str) -> str:
    """Give a teacher a first password; return what the slip says."""
    operator.from_home("Guru dan staf", name)
    operator.button("Beri kata sandi awal")
    operator.button("Beri kata sandi awal")
    return operator.page.locator(".slip code").nth(2).inner_text()


def test_an_empty_database_becomes_a_school_with_a_first_recap(
    page_of: Callable[..., Page], on_a_monday: None, record_property: Callable[..., None]
) -> None:
    passwords = set_up()
    operator = Person(page_of(None))
    sign_in(operator, "tri.hartono", passwords["tri.hartono"], two_steps=True)
    fill_in_the_school(operator)
    password = first_password_of(operator, "Hadi Susanto")
    steps = {step.label: step.is_done for step in steps_of(readiness())}
    assert [label for label, is_done in steps.items() if not is_done] == [
        "Nomor orang tua",
        "Kata sandi awal",
    ]

    teacher = Person(page_of(None))
    sign_in(teacher, "hadi.susanto", password)
    teacher.tap(teacher.page.locator("main a.line[href*='/rekap/']").first)
    teacher.button("Nihil")
    teacher.sees("diserahkan")
    assert Recap.objects.get(status="HANDED_OVER").group.subject.name == "Matematika"

    for who, person in (("operator", operator), ("teacher", teacher)):
        record_property(f"{who}_taps", person.taps)
        record_property(f"{who}_letters", person.letters)
        record_property(f"{who}_seconds", person.seconds)
    assert operator.taps + teacher.taps <= 80
    assert operator.seconds + teacher.seconds < LONGEST

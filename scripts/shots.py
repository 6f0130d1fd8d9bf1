"""Makes the pictures of the documents: the demo school as each office sees it.

Loads a demo school of its own into var/shots, serves it, and opens it in Chromium at the size of a
phone and of a laptop: docs/screenshots for the README, docs/panduan/gambar for the guides.
`SHOTS=case-1280,guru-mengisi` makes only those. What is made is what the documents show:
`counseling/tests/test_documents.py` compares the two.
"""

import math
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from counseling.demo.roster import PASSWORD  # noqa: E402
from scripts.png import smaller  # noqa: E402
from scripts.stages import chromium, why_no_chromium  # noqa: E402

WORK = ROOT / "var" / "shots"
DOCS = ROOT / "docs"
PORT = int(os.environ.get("SHOTS_PORT", "8028"))
Look = dict[str, Any]
PHONE: Look = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 1.5}
TALL = PHONE | {"viewport": {"width": 360, "height": 900}}
DARK: Look = {"color_scheme": "dark"}
LAPTOP: Look = {"viewport": {"width": 1280, "height": 860}}
DESK: Look = {"viewport": {"width": 1024, "height": 640}}
"""A small laptop: a guide shows it at two thirds of its width, so its text is to stay readable."""


MORNING = datetime(2021, 10, 4, 7, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
BELOW_THE_BAR = "element => scrollBy(0, element.getBoundingClientRect().top - 130)"


@dataclass(frozen=True)
class Shot:
    """A page: who opens it, the steps to it from the home page, the screen that shows it."""

    name: str
    who: str
    go: tuple[str | Callable[[Page], Any], ...] = ()
    look: Look = field(default_factory=lambda: PHONE)

    @property
    def file(self) -> str:
        return f"{self.name}.png"


def first(selector: str) -> Callable[[Page], Any]:
    """Click the first element that matches, and wait for the page it leads to."""

    def click(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state("networkidle")

    return click


def has(selector: str, words: str) -> Callable[[Page], Any]:
    """Click the first element that matches and has these words."""
    return first(f"{selector}:has-text('{words}')")


def open_row(name: str) -> Callable[[Page], Any]:
    """Open a student's row of the recap sheet, below the top bar."""

    def click(page: Page) -> None:
        row = page.locator("summary", has_text=name).first
        row.click()
        row.evaluate(BELOW_THE_BAR)

    return click


def from_google(page: Page) -> None:
    """Choose grades of the students of the open sheet; the page then asks what an empty mark is."""
    read = "all => all.map(one => one.firstChild.textContent.trim())"
    names = page.locator("#sheet .who").evaluate_all(read)
    rows = ["Last Name,First Name,Email Address,Tugas 1,Kuis 1", "Date,,,2021-09-06,2021-09-20"]
    rows += [f",{name},,{80 if n % 9 else ''},75" for n, name in enumerate(names)]
    page.locator("main a[href$='/google/']").click()
    given = "\n".join(rows).encode()
    page.locator("input[type=file]").set_input_files(
        {"name": "nilai.csv", "mimeType": "text/csv", "buffer": given}
    )
    first("button:has-text('Periksa file')")(page)
    page.evaluate("document.getElementById('toasts').remove()")


def scroll_to(selector: str) -> Callable[[Page], Any]:
    """Scroll until the first element that matches stands below the top bar."""
    return lambda page: page.locator(selector).first.evaluate(BELOW_THE_BAR)


def without_network(page: Page) -> None:
    """Lose the network, count one more on the open row, wait until it waits, and go to the top."""
    page.context.set_offline(True)
    page.locator("details[open] button:has-text('+')").first.click()
    page.locator("#offline", has_text="1 ").wait_for()
    page.evaluate("scrollTo(0, 0)")


def search(words: str) -> Callable[[Page], Any]:
    """Type words into the search of everything, and wait for what is found."""

    def type_words(page: Page) -> None:
        page.locator("main input[type=search]").press_sequentially(words)
        page.locator("main a:has-text('Setiawan')").first.wait_for()
        page.wait_for_load_state("networkidle")

    return type_words


def taken_along(page: Page) -> None:
    """Take along what is open, lose the network, and open the app as after a restart."""
    page.clock.set_system_time(MORNING)
    page.locator("[data-take]").first.click()
    page.locator("[data-take-state]:has-text('Sudah dibawa')").first.wait_for()
    page.context.set_offline(True)
    page.evaluate("sessionStorage.clear()")
    page.goto("/")
    page.locator("[data-taken-list] li").first.wait_for()


def sign(page: Page) -> None:
    """Draw a signature into the box, which is never sent."""
    box = page.locator("svg.pad-box").first
    box.evaluate(BELOW_THE_BAR)
    at = box.bounding_box()
    assert at
    left, middle = at["x"] + 50, at["y"] + at["height"] / 2
    page.mouse.move(left, middle)
    page.mouse.down()
    for n in range(100):
        size = 45 - n * 0.35
        x = left + n * (at["width"] - 120) / 100 + size * 0.5 * (1 - math.cos(n / 4))
        page.mouse.move(x, middle - size * math.sin(n / 4))
        page.wait_for_timeout(20)
    page.mouse.up()


BAGAS = ("/kasus/?q=Bagas+Setiawan", first("td a.name"))
SHEET = ("/rekap/", has("a.recap-cell", "Draf"), open_row("Bagas Setiawan"))
OTHER_ROW = (*SHEET[:2], open_row("Danang Wicaksono"))
LIST = ("/kelas/", has("main a", "September 2021"))
REPORT = ("/", first("main a[href^='/kunjungan/'][href$='/laporan/']"))
LETTER = (*BAGAS, first("main a[href^='/surat-panggilan/']"))
DAY = ("/kelas/", first("main a[href$='/kehadiran/']"), first("main a[href*='/kehadiran/isi/']"))
TAKEN = ("/kunjungan/hari/", has("main a", "Siti Aminah"), taken_along)
MET = ("/kasus/?q=Fadli+Ryan", first("td a.name"), first("main a[href^='/kunjungan/']"))
PHOTOS = (
    *MET,
    first("main a[href$='/laporan/']"),
    first("main a[href$='/foto/']"),
    scroll_to("main img"),
)
SIGNING = ("/bantuan-siswa/", has("main a", "Angga"), first("a[href$='/tanda-tangan/']"), sign)
RECORD = ("/siswa/?q=Bagas+Setiawan", first("main td a"))
CONTACT = (*BAGAS, first("main a[href$='/kontak/']"))
PUPIL = ("/siswa/", first("main td a"))
YEAR = ("/laporan/?year=2020/2021",)

README = (
    Shot("home-bk-1280", "bk1", (), LAPTOP),
    Shot("case-1280", "bk1", BAGAS, LAPTOP),
    Shot("recap-360", "guru1", SHEET, TALL),
    Shot("classlist-360", "wali1", LIST, TALL),
    Shot("case-360-dark", "bk1", BAGAS, TALL | DARK),
    Shot("visit-360", "bk1", REPORT, TALL),
    Shot("dashboard-1280", "kepsek", YEAR, LAPTOP),
    Shot("letter-1280", "bk1", LETTER, LAPTOP),
    Shot("calendar-360", "bk1", ("/kunjungan/bulan/",), TALL),
    Shot("photos-360", "bk6", PHOTOS, TALL),
    Shot("signature-360", "bk1", SIGNING, TALL),
    Shot("taken-360", "wali4", TAKEN, TALL),
    Shot("record-1280", "wali1", RECORD, LAPTOP),
    Shot("approvals-1280", "kepsek", ("/kunjungan/usulan/",), LAPTOP),
)
GUIDES = (
    Shot("umum-masuk", ""),
    Shot("umum-beranda", "bk1"),
    Shot("umum-cari", "bk1", ("/cari/", search("setiawan"))),
    Shot("umum-akun", "guru1", ("/akun/",)),
    Shot("guru-rekap-saya", "guru1", ("/rekap/",)),
    Shot("guru-mengisi", "guru1", SHEET),
    Shot("guru-isi-dari-google", "guru1", (*SHEET[:2], from_google)),
    Shot("guru-tanpa-jaringan", "guru1", (*OTHER_ROW, without_network)),
    Shot("wali-kelas-rekap-kelas", "wali1", (*LIST, scroll_to("main table"))),
    Shot("wali-kelas-kehadiran", "wali1", DAY),
    Shot("wali-kelas-kasus", "wali1", BAGAS),
    Shot("bk-kasus-baru", "bk1", ("/kasus/baru/",), DESK),
    Shot("bk-kasus", "bk1", BAGAS, DESK),
    Shot("bk-kontak", "bk1", (*CONTACT, scroll_to("main fieldset"))),
    Shot("bk-kalender", "bk1", ("/kunjungan/bulan/",), TALL),
    Shot("bk-bantuan", "bk1", SIGNING),
    Shot("bk-catatan-siswa", "bk1", RECORD, DESK),
    Shot("kunjungan-hari", "wali4", ("/kunjungan/hari/", scroll_to("main article, main .card-s"))),
    Shot("kunjungan-dibawa", "wali4", TAKEN),
    Shot("kunjungan-foto", "bk6", PHOTOS),
    Shot("guru-konferensi", "guru1", ("/", has("main a", "Dimas Prasetyo"))),
    Shot("wali-kelas-tindak-lanjut", "wali1"),
    Shot("kepala-sekolah-beranda", "kepsek", (), DESK),
    Shot("kepala-sekolah-persetujuan", "kepsek", ("/kunjungan/usulan/",), DESK),
    Shot("kepala-sekolah-semester", "kepsek", YEAR, LAPTOP),
    Shot("waka-beranda", "waka", (), DESK),
    Shot("waka-tabel", "waka", (*YEAR, scroll_to("table")), LAPTOP),
    Shot("waka-siswa", "waka", ("/siswa/",), DESK),
    Shot("operator-siswa", "operator", PUPIL, DESK),
    Shot("operator-kelas", "operator", ("/sekolah/kelas/", first("main tbody a")), DESK),
    Shot("operator-mengajar", "operator", ("/sekolah/tugas-mengajar/", first("main tbody a"))),
)
FOLDERS = {DOCS / "screenshots": README, DOCS / "panduan" / "gambar": GUIDES}


def main() -> int:
    if refused := why_no_chromium():
        raise SystemExit(f"There is {refused}. On Debian: apt-get install chromium-headless-shell")
    wanted = set(filter(None, os.environ.get("SHOTS", "").split(",")))
    with school_served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for folder, shots in FOLDERS.items():
            folder.mkdir(parents=True, exist_ok=True)
            for shot in shots:
                if not wanted or shot.name in wanted:
                    picture = smaller(take(browser, url, shot))
                    (folder / shot.file).write_bytes(picture)
                    print(f"{shot.file}  {len(picture) // 1024} KB", flush=True)
        browser.close()
    return 0


def take(browser: Browser, url: str, shot: Shot) -> bytes:
    context = browser.new_context(
        base_url=url,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        reduced_motion="reduce",
        **shot.look,
    )
    page = context.new_page()
    sign_in(page, shot.who)
    for step in shot.go:
        page.goto(step) if isinstance(step, str) else step(page)
    page.wait_for_load_state("networkidle")
    picture = page.screenshot()
    context.close()
    return picture


def sign_in(page: Page, who: str) -> None:
    page.goto("/masuk/")
    if who:
        page.locator("input[name=login]").fill(who)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=remember]").check()
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/")


@contextmanager
def school_served() -> Iterator[str]:
    """Serve a demo school for the length of the block, and yield its address."""
    WORK.mkdir(parents=True, exist_ok=True)
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{WORK / 'db.sqlite3'}",
        "SECURE": "0",
        "MEDIA_ROOT": str(WORK / "media"),
        "PORT": str(PORT),
        "WORKERS": "1",
    }
    for command in (["migrate", "-v0"], ["collectstatic", "--no-input", "-v0"], ["demo"]):
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(manage, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    serve = [sys.executable, "-m", "gunicorn", "--log-level", "warning", "counseling.wsgi"]
    server = subprocess.Popen(serve, cwd=ROOT, env=env)
    try:
        wait_until_it_answers(PORT)
        yield f"http://127.0.0.1:{PORT}"
    finally:
        server.terminate()
        server.wait()


def wait_until_it_answers(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"Nothing answers on port {port}.")


if __name__ == "__main__":
    sys.exit(main())

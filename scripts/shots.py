"""Makes the pictures in docs/screenshots: the demo school as each office sees it.

Loads a demo school of its own into var/shots, serves it, and opens it in Chromium at the size of a
phone and of a laptop. `SHOTS=case,recap` makes only those; `ALL=1` also makes those that no
document shows.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from counseling.demo.roster import PASSWORD  # noqa: E402

WORK = ROOT / "var" / "shots"
TARGET = Path(os.environ.get("TARGET", ROOT / "docs" / "screenshots"))
PORT = int(os.environ.get("SHOTS_PORT", "8028"))
PHONE = {"viewport": {"width": 360, "height": 900}, "device_scale_factor": 1.5}
LAPTOP_WIDTH = 1280
LAPTOP = {"viewport": {"width": LAPTOP_WIDTH, "height": 860}}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Shot:
    """A page: who opens it, the steps to it from the home page, its widths, light or dark."""

    name: str
    who: str
    go: tuple[str | Callable[[Page], Any], ...] = ()
    sizes: tuple[int, ...] = (360, 1280)
    scheme: str = "light"


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
        row.evaluate("row => scrollBy(0, row.getBoundingClientRect().top - 260)")

    return click


BAGAS = ("/kasus/?q=Bagas+Setiawan", first("td a.name"))
SHEET = ("/rekap/", has("a.recap-cell", "Draf"), open_row("Bagas Setiawan"))
LIST = ("/kelas/", has("main a", "September 2021"))
REPORT = ("/", has("main a", "Catat kunjungan: Wahyu"))
LETTER = (*BAGAS, has("main a", "Buka surat"))

SHOTS = (
    Shot("login", ""),
    Shot("home-bk", "bk1"),
    Shot("home-guru", "guru1"),
    Shot("home-wali", "wali1"),
    Shot("home-kepsek", "kepsek"),
    Shot("home-koordinator", "koordinator"),
    Shot("recaps", "guru1", ("/rekap/",)),
    Shot("recap", "guru1", SHEET),
    Shot("recap", "guru1", SHEET, (360,), "dark"),
    Shot("classlist", "wali1", LIST),
    Shot("cases", "bk1", ("/kasus/",)),
    Shot("case", "bk1", BAGAS),
    Shot("case", "bk1", BAGAS, (360,), "dark"),
    Shot("letter", "bk1", LETTER),
    Shot("visits", "bk1", ("/kunjungan/",)),
    Shot("visit", "bk1", REPORT),
    Shot("approval", "kepsek", ("/kunjungan/usulan/",)),
    Shot("progress", "kepsek", ("/laporan/progres/",)),
    Shot("dashboard", "kepsek", ("/laporan/?year=2020/2021",)),
    Shot("tables", "waka", ("/laporan/?year=2020/2021",)),
    Shot("students", "operator", ("/siswa/",)),
)
BEST = {
    "login-1280",
    "home-bk-360",
    "home-bk-1280",
    "home-kepsek-1280",
    "recap-360",
    "recap-360-dark",
    "classlist-360",
    "classlist-1280",
    "cases-1280",
    "cases-360",
    "case-360",
    "case-360-dark",
    "case-1280",
    "letter-1280",
    "visit-360",
    "approval-360",
    "progress-1280",
    "dashboard-1280",
    "dashboard-360",
}
"""The pictures that the documents show."""


def main() -> int:
    wanted = set(filter(None, os.environ.get("SHOTS", "").split(",")))
    TARGET.mkdir(parents=True, exist_ok=True)
    with school_served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for shot in SHOTS:
            if not wanted or shot.name in wanted:
                for path in take(browser, url, shot):
                    print(f"{path.name}  {path.stat().st_size // 1024} KB")
        browser.close()
    return 0


def take(browser: Browser, url: str, shot: Shot) -> Iterator[Path]:
    for width in shot.sizes:
        name = f"{shot.name}-{width}{'-dark' if shot.scheme == 'dark' else ''}"
        if name not in BEST and os.environ.get("ALL") != "1":
            continue
        look: Any = PHONE if width < LAPTOP_WIDTH else LAPTOP
        context = browser.new_context(
            base_url=url, color_scheme=shot.scheme, locale="id-ID", reduced_motion="reduce", **look
        )
        page = context.new_page()
        sign_in(page, shot.who)
        for step in shot.go:
            page.goto(step) if isinstance(step, str) else step(page)
        page.wait_for_load_state("networkidle")
        path = TARGET / f"{name}.png"
        page.screenshot(path=path)
        context.close()
        yield path


def sign_in(page: Page, who: str) -> None:
    page.goto("/masuk/")
    if who:
        page.locator("input[name=login]").fill(who)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url("**/")


@contextmanager
def school_served() -> Iterator[str]:
    """Serve a demo school for the length of the block, and yield its address."""
    WORK.mkdir(parents=True, exist_ok=True)
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{WORK / 'db.sqlite3'}",
        "SECURE": "0",
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


def chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        raise SystemExit("No Chromium found. On Debian: apt-get install chromium")
    return found


if __name__ == "__main__":
    sys.exit(main())

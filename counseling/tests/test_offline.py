"""Without network, with an ended session or on a shared phone, no typed text is lost."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from recaps.models import Entry
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import eventually, signed_in

PASSWORD = "sembilan belas kunci"
pytestmark = pytest.mark.service_worker
browser = pytest.mark.browser


def sheet_of(cast: Cast) -> str:
    return f"/rekap/{cast.maths.pk}/{cast.period.pk}/"


def note(page: Page, student: Any, label: str) -> Locator:
    """Open the student's row and press + once."""
    row = page.locator(f"#s{student.pk}")
    if row.get_attribute("open") is None:
        row.locator("summary").first.click()
    row.get_by_role("button", name=f"Tambah: {label}", exact=True).click()
    return row


def open_sheet(page: Page, cast: Cast) -> None:
    """Open the sheet with the service worker active, as on every page but the first one."""
    page.goto(sheet_of(cast))
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.reload()


def saved() -> dict[str, tuple[int, int]]:
    """Return student → (sick, absent) of all entries."""
    entries = Entry.objects.select_related("student").order_by("student__name")
    return {entry.student.name: (entry.sick, entry.absent) for entry in entries}


@browser
def test_what_was_typed_without_a_network_waits_and_is_sent_when_it_is_back(page_of) -> None:
    cast = small_school(36)
    page = page_of(cast.guru)
    open_sheet(page, cast)
    note(page, cast.students[0], "Sakit")
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()

    page.context.set_offline(True)
    note(page, cast.students[1], "Alpa")
    note(page, cast.students[1], "Alpa")
    note(page, cast.students[2], "Sakit")
    expect(page.locator("#offline")).to_contain_text("Tidak ada jaringan. 2 isian belum terkirim")
    expect(page.locator("#sheet-state")).to_contain_text("2 menunggu jaringan")
    page.goto("/akun/")
    expect(page.get_by_role("heading", name="Tidak ada jaringan")).to_be_visible()
    expect(
        page.get_by_text("2 isian belum terkirim, masih tersimpan di HP/laptop ini.")
    ).to_be_visible()
    eventually(saved, {"Siswa 001": (1, 0)})

    page.go_back()
    expect(page.locator(f"#s{cast.students[1].pk}")).to_contain_text("Alpa 2")
    page.context.set_offline(False)
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    expect(page.locator("#noted")).to_have_text("3")
    eventually(saved, {"Siswa 001": (1, 0), "Siswa 002": (0, 2), "Siswa 003": (1, 0)})
    page.get_by_role("button", name="Serahkan").click()
    expect(page.get_by_text("Diserahkan: X MIPA 3")).to_be_visible()


@browser
def test_it_is_sent_from_whichever_page_opens_next(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    open_sheet(page, cast)
    page.context.set_offline(True)
    note(page, cast.students[0], "Alpa")
    expect(page.locator("#offline")).to_contain_text("1 isian belum terkirim")
    page.close()
    context = page.context
    context.set_offline(False)
    next_page = context.new_page()
    with next_page.expect_response(lambda answer: "/siswa/" in answer.url and answer.ok):
        next_page.goto("/akun/")
    eventually(saved, {"Siswa 001": (0, 1)})


@browser
def test_it_is_not_handed_over_while_an_edit_waits(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    open_sheet(page, cast)
    page.context.set_offline(True)
    note(page, cast.students[0], "Alpa")
    page.get_by_role("button", name="Serahkan").click()
    expect(page.get_by_text("Belum diserahkan: 1 menunggu")).to_be_visible()
    expect(page.get_by_role("button", name="Serahkan")).to_be_enabled()
    page.context.set_offline(False)
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    page.get_by_role("button", name="Serahkan").click()
    expect(page.get_by_text("Diserahkan: X MIPA 3")).to_be_visible()


@browser
def test_without_a_network_a_link_away_from_a_page_that_is_not_kept_asks_first(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    open_sheet(page, cast)
    page.context.set_offline(True)
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("link", name="Beranda").click()
    assert "Tetap keluar?" in asked[0]
    assert page.url.endswith(sheet_of(cast))
    page.context.set_offline(False)
    page.get_by_role("link", name="Beranda").click()
    expect(page).to_have_url(re.compile("/$"))


def sign_in_by_hand(page: Page, user: Any) -> None:
    page.wait_for_url("**/masuk/**")
    page.get_by_label("Nama pengguna").fill(user.username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    with page.expect_navigation():
        page.get_by_role("button", name="Masuk").click()


@browser
def test_an_edit_waits_through_a_session_that_ended_for_the_same_person(page_of) -> None:
    cast = small_school()
    for user in (cast.guru, cast.guru2):
        user.set_password(PASSWORD)
        user.save()
    page = page_of(cast.guru)
    page.goto(sheet_of(cast))
    Session.objects.all().delete()
    note(page, cast.students[0], "Alpa")
    expect(page.locator("#offline")).to_contain_text("Sesi berakhir")
    assert saved() == {}

    page.get_by_role("link", name="Sesi berakhir").click()
    sign_in_by_hand(page, cast.guru2)
    page.goto("/akun/")
    page.wait_for_timeout(500)
    assert saved() == {}
    page.get_by_role("button", name="Keluar").click()

    sign_in_by_hand(page, cast.guru)
    page.goto(sheet_of(cast))
    expect(page.locator(f"#s{cast.students[0].pk}")).to_contain_text("Alpa 1")
    eventually(saved, {"Siswa 001": (0, 1)})


@browser
def test_signing_out_sends_first_what_waits(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    page.goto(sheet_of(cast))
    page.context.set_offline(True)
    note(page, cast.students[0], "Alpa")
    expect(page.locator("#offline")).to_contain_text("1 isian belum terkirim")
    page.route("**/siswa/**", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto("/akun/")
    page.unroute("**/siswa/**")
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    eventually(saved, {"Siswa 001": (0, 1)})


@browser
def test_signing_out_asks_before_it_drops_what_cannot_be_sent(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    page.goto(sheet_of(cast))
    page.route("**/siswa/**", lambda route: route.abort())
    note(page, cast.students[0], "Alpa")
    page.goto("/akun/")
    question = (
        "1 isian belum terkirim, masih tersimpan di HP/laptop ini. Keluar dan hapus "
        "isian yang belum terkirim?"
    )

    assert asked_on_sign_out(page, yes=False) == question
    expect(page.locator("#offline")).to_contain_text("1 isian belum terkirim")
    assert asked_on_sign_out(page, yes=True) == question
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    assert saved() == {}


def asked_on_sign_out(page: Page, *, yes: bool) -> str:
    """Press the button, answer the question, and return its text."""
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.message)
        if yes:
            dialog.accept()
        else:
            dialog.dismiss()

    page.once("dialog", answer)
    page.get_by_role("button", name="Keluar").click()
    for _ in range(100):
        if asked:
            break
        page.wait_for_timeout(100)
    return asked[0]


@browser
def test_a_save_that_the_net_swallowed_has_one_effect_when_it_is_sent_again(page_of) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    page.goto(sheet_of(cast))
    seen: list[str] = []
    page.on(
        "request", lambda sent: seen.append(sent.post_data or "") if sent.method == "POST" else 0
    )

    def swallow(route: Any) -> None:
        route.fetch(max_redirects=0)  # the request arrives, but its answer is lost
        route.abort()

    page.route("**/siswa/**", swallow, times=1)
    note(page, cast.students[0], "Alpa")
    expect(page.locator("#sheet-state")).to_contain_text("1 menunggu jaringan")
    note(page, cast.students[0], "Alpa")
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    uuids = [post.split("submit_id=")[1][:36] for post in seen]
    assert uuids[0] == uuids[1] != uuids[2]
    entry = Entry.objects.get()
    assert (entry.absent, entry.version) == (2, 2)


@pytest.mark.django_db
def test_the_worker_and_the_offline_page_ask_nobody_to_sign_in() -> None:
    worker = Client().get("/sw.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.headers["Cache-Control"] == "no-cache"
    script = worker.content.decode()
    assert "/static/js/queue.js" in script
    for code, _name in settings.LANGUAGES:
        assert f"/offline/?lang={code}" in script
    assert "No network" in Client().get("/offline/?lang=en").content.decode()
    assert "Tidak ada jaringan" in Client().get("/offline/?lang=xx").content.decode()


@pytest.mark.django_db
def test_the_offline_page_says_nothing_of_who_is_signed_in() -> None:
    cast = small_school()
    assert cast.guru.name not in signed_in(cast.guru).get("/offline/").content.decode()


@pytest.mark.django_db
def test_an_edit_goes_to_nobody_but_who_typed_it() -> None:
    cast = small_school()
    url = f"{sheet_of(cast)}siswa/{cast.students[0].pk}/"
    data = {"read_at": 0, "absent": 1, "submit_id": str(uuid4())}
    headers = {"accept": "application/json", "x-for-user": str(cast.guru.pk)}
    for client in (Client(), signed_in(cast.guru2)):
        assert client.post(url, data, headers=headers).status_code == 401
    assert Entry.objects.count() == 0
    answer = signed_in(cast.guru).post(url, data, headers=headers)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


@pytest.mark.django_db
def test_what_is_refused_to_a_waiting_edit_is_said_in_words_it_can_show() -> None:
    cast = small_school()
    url = f"{sheet_of(cast)}siswa/{cast.students[0].pk}/"
    headers = {"accept": "application/json", "x-for-user": str(cast.guru2.pk)}
    data = {"read_at": 0, "absent": 1, "submit_id": str(uuid4())}
    answer = signed_in(cast.guru2).post(url, data, headers=headers)
    assert answer.status_code == 404
    assert answer.json() == {"error": "Tidak tersimpan: Anda tidak dapat mengubahnya lagi."}

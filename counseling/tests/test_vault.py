"""What was typed and not sent stays in the browser for its person alone, a change until sent."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from counseling.tests.test_offline import note, open_sheet, saved, sheet_of
from school.models import User
from school.tests.cast import Cast, small_school
from workflow.tests.browser_free import eventually, signed_in

pytestmark = pytest.mark.service_worker
browser = pytest.mark.browser
DAYS = 24 * 3600 * 1000

ROWS = """() => new Promise((done) => {
  const opened = indexedDB.open("sambang-vault");
  opened.onsuccess = () => {
    const rows = opened.result.transaction("kept").objectStore("kept").openCursor();
    const all = [];
    rows.onsuccess = () => {
      const at = rows.result;
      if (!at) { opened.result.close(); return done(all); }
      const text = at.value.text ? new TextDecoder("latin1").decode(at.value.text) : "";
      all.push(`${at.key} ${JSON.stringify(at.value)} ${text}`);
      at.continue();
    };
  };
})"""
AGE = """(by) => new Promise((done) => {
  const opened = indexedDB.open("sambang-vault");
  opened.onsuccess = () => {
    const writing = opened.result.transaction("kept", "readwrite");
    const rows = writing.objectStore("kept").openCursor();
    rows.onsuccess = () => {
      const at = rows.result;
      if (!at) return;
      if (at.value.at) at.update({ ...at.value, at: at.value.at - by });
      at.continue();
    };
    writing.oncomplete = () => { opened.result.close(); done(); };
  };
})"""


def type_without_a_network(page: Page, cast: Cast) -> None:
    page.goto(sheet_of(cast))
    page.route("**/siswa/**", lambda route: route.abort())
    note(page, cast.students[0], "Alpa")
    expect(page.locator("#offline")).to_contain_text("1 isian belum terkirim")


def sit_down(page: Page, user: User, base: str) -> None:
    """Let another person sign in at the same computer."""
    name = "sessionid"
    page.context.clear_cookies()
    cookie = {"name": name, "value": signed_in(user).cookies[name].value, "url": base}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


@browser
def test_nobody_else_reads_at_a_shared_computer_what_one_has_typed(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    type_without_a_network(page, cast)
    kept = "\n".join(page.evaluate(ROWS))
    assert "Siswa" not in kept
    assert "absent" not in kept
    assert "/rekap/" not in kept
    assert len(page.evaluate("SambangVault.values()")) == 1

    sit_down(page, cast.guru2, page.evaluate("location.origin"))
    page.goto("/akun/")
    assert page.evaluate("SambangVault.values()") == []
    key = page.locator("#offline").get_attribute("data-key")
    assert key != cast.guru.vault_key
    assert "\n".join(page.evaluate(ROWS)).count("text") == kept.count("text")


def rows(page: Page) -> list[bool]:
    """Return of each row whether it is a change that waits to be sent."""
    return sorted('"waits":true' in row for row in page.evaluate(ROWS) if '"iv"' in row)


@browser
@pytest.mark.parametrize(("days", "left"), [(6, [False, True]), (8, [True])])
@pytest.mark.parametrize("somebody", ["guru", "guru2"])
def test_after_seven_days_a_draft_is_gone_and_what_waits_to_be_sent_stays(
    page_of: Any, days: int, left: list[bool], somebody: str
) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    type_without_a_network(page, cast)
    page.evaluate("SambangVault.set('draft /akun/ /akun/', { fields: {} })")
    page.evaluate(AGE, days * DAYS)
    sit_down(page, getattr(cast, somebody), page.evaluate("location.origin"))
    page.goto("/akun/")
    page.evaluate("SambangVault.settled()")
    assert rows(page) == left
    sit_down(page, cast.guru, page.evaluate("location.origin"))
    page.unroute("**/siswa/**")
    page.goto("/akun/")
    eventually(saved, {"Siswa 001": (0, 1)})


@browser
@pytest.mark.parametrize(("days", "left"), [(6, [True]), (8, [])])
def test_after_seven_days_what_no_key_opens_any_more_is_gone(
    page_of: Any, days: int, left: list[bool]
) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    type_without_a_network(page, cast)
    other_key = AGE.replace("at: at.value.at - by", "at: at.value.at - by, iv: new Uint8Array(12)")
    page.evaluate(other_key, days * DAYS)
    page.goto("/akun/")
    page.evaluate("SambangVault.settled()")
    assert rows(page) == left


@browser
def test_without_encryption_it_is_kept_as_long_as_the_page_is_open(page_of: Any) -> None:
    cast = small_school()
    page = page_of(cast.guru)
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    type_without_a_network(page, cast)
    assert not any('"iv"' in row for row in page.evaluate(ROWS))
    page.unroute("**/siswa/**")
    expect(page.get_by_text("✓ tersimpan")).to_be_visible()
    eventually(saved, {"Siswa 001": (0, 1)})


@browser
def test_two_tabs_that_type_at_the_same_moment_lose_nothing(page_of: Any) -> None:
    cast = small_school()
    first = page_of(cast.guru)
    open_sheet(first, cast)
    second = first.context.new_page()
    second.goto(sheet_of(cast))
    one = "SambangVault.update('sum', (sum) => (sum || 0) + 1)"
    add = f"(n) => Promise.all([...Array(n)].map(() => {one}))"
    first.evaluate(f"window.many = ({add})(20)")
    second.evaluate(add, 20)
    first.evaluate("window.many.then(() => null)")
    assert second.evaluate("SambangVault.get('sum')") == 40


@pytest.mark.django_db
def test_each_person_has_a_key_of_their_own_which_nobody_else_is_given() -> None:
    cast = small_school()
    page = signed_in(cast.guru).get("/akun/")
    assert f'data-key="{cast.guru.vault_key}"' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert cast.guru.vault_key != cast.guru2.vault_key
    assert len(cast.guru.vault_key) == 44

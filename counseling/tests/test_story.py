"""A case in a real browser, at phone size, from a teacher's recap to the tables.

Everybody clicks their way from the home page. In between, each office opens what it may see of
the case, and types the addresses of what it may not see.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cases.models import Case, Rung, Summons
from homevisits.models import Visit
from school.tests.cast import Cast, small_school
from workflow import clock

pytestmark = [
    pytest.mark.browser,
    pytest.mark.service_worker,
    pytest.mark.django_db(transaction=True),
]

SECRET = "Ayahnya merantau, ia menjaga adik"


def today() -> datetime:
    return timezone.localtime(clock.now())


def tap(page: Page, name: str, *, role: str = "link") -> None:
    page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]


def toast(page: Page, text: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(text)


def answers(page: Page, name: str, *args: int) -> int:
    """Return the status of the answer to an address typed by hand."""
    return page.request.get(reverse(name, args=args)).status


class Story:
    """Bagas and the people who deal with him; each method is one day."""

    def __init__(self, page_of: Callable[..., Page]) -> None:
        self.cast: Cast = small_school(6)
        self.cast.earlier_period.delete()
        self.bagas = self.cast.students[0]
        self.bagas.name = "Bagas Setiawan"
        self.bagas.save(update_fields=["name"])
        cast = self.cast
        people = {
            "guru": cast.guru,
            "guru2": cast.guru2,
            "wali": cast.wali,
            "wali2": cast.wali2,
            "bk": cast.bk,
            "bk2": cast.bk2,
            "principal": cast.principal,
            "waka": cast.student_affairs,
            "operator": cast.operator,
        }
        self.phone = {name: page_of(user) for name, user in people.items()}

    @property
    def case(self) -> Case:
        return Case.objects.get(student=self.bagas)

    def home(self, who: str) -> Page:
        page = self.phone[who]
        page.goto("/")
        return page

    def the_case(self, who: str) -> Page:
        """Open the case from the list of cases, as a person would."""
        page = self.home(who)
        tap(page, "Kasus")
        tap(page, "Bagas Setiawan")
        expect(page.get_by_role("heading", level=1)).to_have_text("Bagas Setiawan")
        return page

    def guru_hands_over_a_recap(self) -> None:
        page = self.home("guru")
        tap(page, "Matematika")
        tap_row(page, "Bagas Setiawan")
        tap(page, "Tidak pernah ikut", role="button")
        expect(page.locator("#noted")).to_have_text("1")
        expect(page.locator("#sheet-state")).to_contain_text("tersimpan")
        tap(page, "Serahkan", role="button")
        toast(page, "")
        assert answers(page, "recaps:class_list", self.cast.own.pk, self.cast.period.pk) == 404

    def wali_hands_over_the_list(self) -> None:
        page = self.home("wali")
        tap(page, "Kelas saya")
        page.locator(f"a[href='{self.list_url}']").first.click()
        expect(page.locator("main")).to_contain_text("1 dari 3 mapel masuk")
        row = page.get_by_role("group", name="Bagas Setiawan")
        row.get_by_role("button", name="Rujuk ke BK").click()
        expect(row.get_by_role("button", name="Rujuk ke BK")).to_have_attribute(
            "aria-pressed", "true"
        )
        tap(page, "Serahkan ke BK")
        expect(page.locator("main")).to_contain_text("Bahasa Inggris")  # said to be missing
        tap(page, "Ya, serahkan", role="button")
        page.wait_for_url(f"**{self.list_url}")
        assert self.case.counselor == self.cast.bk

    @property
    def list_url(self) -> str:
        return reverse("recaps:class_list", args=[self.cast.own.pk, self.cast.period.pk])

    def bk_confirms(self) -> None:
        page = self.home("bk")
        tap(page, "Bagas Setiawan")
        expect(page.locator("main")).to_contain_text("1 mapel")
        tap(page, "Konfirmasi kasus", role="button")
        toast(page, "")
        assert self.case.confirmed_at is not None

    def bk_logs_two_attempts(self) -> None:
        for channel, outcome in (("WHATSAPP", "READ"), ("PHONE", "NO_ANSWER")):
            page = self.the_case("bk")
            tap(page, "Catat kontak")
            choose(page, "channel", channel)
            choose(page, "outcome", outcome)
            save(page)
            page.wait_for_url(f"**{self.case.get_absolute_url()}")
        expect(page.locator(".rung").first).to_contain_text("Kontak")
        assert self.case.contacts.count() == 2

    def five_days_pass(self) -> None:
        """Move what was done so far back, since the clock of the server goes on as it does."""
        ago = timedelta(days=5)
        self.case.contacts.update(happened_at=F("happened_at") - ago)
        Case.objects.update(opened_at=F("opened_at") - ago, confirmed_at=F("confirmed_at") - ago)

    def bk_issues_a_summons(self) -> None:
        page = self.the_case("bk")
        tap(page, "Buat surat panggilan")
        yesterday = today() - timedelta(days=1)
        page.locator("[name=issued_on]").fill(f"{today() - timedelta(days=4):%Y-%m-%d}")
        page.locator("[name=meets_at]").fill(f"{yesterday:%Y-%m-%d}T09:00")
        expect(page.locator("[name=number]")).to_have_value(f"422/001/BK/{roman()}/{today():%Y}")
        save(page)
        expect(page.locator(".paper")).to_contain_text("Bagas Setiawan")
        expect(page.locator(".paper")).to_contain_text("Tanda Terima")

    def nobody_comes(self) -> None:
        page = self.home("bk")
        tap(page, "Bagas Setiawan")
        if page.locator("[name=came]").count() == 0:
            tap(page, "Catat hasil panggilan")
        choose(page, "came", "no")
        page.locator("[name=happened_at]").fill(f"{today() - timedelta(days=1):%Y-%m-%d}T09:30")
        save(page)
        page.wait_for_url(f"**{self.case.get_absolute_url()}")
        assert Summons.objects.get(case=self.case).status == "NOT_ATTENDED"

    def bk_proposes_a_visit(self) -> None:
        page = self.the_case("bk")
        tap(page, "Usulkan kunjungan rumah")
        page.locator("[name=reason]").fill(SECRET)
        page.locator("[name=proposed_on]").fill(f"{today() - timedelta(days=1):%Y-%m-%d}")
        save(page)
        page.wait_for_url("**/kunjungan/*/")

    def kepsek_reads_the_progress_report_and_approves(self) -> None:
        page = self.home("principal")
        tap(page, "Persetujuan")
        expect(page.locator("main")).to_contain_text("1 kunjungan")
        page.locator("main a[href*='/laporan/progres/']").first.click()
        expect(page.locator("main")).to_contain_text("Bagas Setiawan")
        page.go_back()
        page.locator("input[name=visit]").first.check()
        page.locator("button[name=act][value=approve]").click()
        toast(page, "")
        assert self.visit.status == "APPROVED"

    @property
    def visit(self) -> Visit:
        return Visit.objects.get(case=self.case)

    def bk_schedules_the_visit(self) -> None:
        page = self.home("bk")
        tap(page, "Bagas Setiawan")
        if page.locator("[name=day]").count() == 0:
            tap(page, "Jadwalkan")
        page.locator("[name=day]").fill(f"{today() - timedelta(days=1):%Y-%m-%d}")
        page.locator("[name=at]").fill("15:30")
        page.get_by_label(self.cast.bk.name).check()
        page.get_by_label(self.cast.wali.name).check()
        page.locator("[name=purposes][value=DATA]").check(force=True)
        save(page)
        page.wait_for_url(f"**{self.visit.get_absolute_url()}")
        assert self.visit.status == "SCHEDULED"

    def wali_goes_along_and_the_visit_is_recorded(self) -> None:
        page = self.home("wali")
        tap(page, "Bagas Setiawan")
        if page.locator("[name=outcome]").count() == 0:
            page.locator(f"a[href='{self.visit_url('report')}']").first.click()
        choose(page, "outcome", "MET")
        choose(page, "met", "MOTHER")
        page.locator("[name=direct_intervention]").fill("Mendengarkan ibu di ruang tamu")
        page.locator("[name=problem]").fill(SECRET)
        save(page)
        page.wait_for_url(f"**{self.visit_url('record')}")
        save(page)
        page.wait_for_url(f"**{self.visit.get_absolute_url()}")
        assert self.visit.status == "RECORDED"

    def visit_url(self, name: str) -> str:
        return reverse(f"homevisits:{name}", args=[self.visit.pk])

    def bk_resolves_the_case(self) -> None:
        page = self.the_case("bk")
        tap(page, "Nyatakan tuntas")
        choose(page, "outcome", "SOLVED")
        choose(page, "causes", "ECONOMY")
        save(page)
        page.wait_for_url(f"**{self.case.get_absolute_url()}")
        expect(page.locator(".rung").first).to_contain_text("Tuntas")
        assert (self.case.status, self.case.rung) == ("RESOLVED", Rung.HOME_VISIT)

    def the_tables_show_it(self) -> None:
        page = self.home("principal")
        tap(page, "Semester")
        table = page.get_by_role("table")
        assert cells(page, table.nth(0).locator("tfoot tr"))[:3] == ["Jumlah", "8", "1"]
        assert cells(page, table.nth(1).locator("tfoot tr"))[-1] == "1"  # a home visit
        page.get_by_role("link", name="1", exact=True).first.click()
        expect(page.locator("main")).to_contain_text("Bagas Setiawan")


def tap_row(page: Page, name: str) -> None:
    page.locator("summary", has_text=name).click()


def choose(page: Page, name: str, value: str) -> None:
    """Choose an option of a radio group or of a menu."""
    found = page.locator(f"[name={name}]").first
    if found.evaluate("field => field.tagName") == "SELECT":
        found.select_option(value)
    else:
        page.locator(f"[name={name}][value={value}]").check(force=True)


def save(page: Page) -> None:
    page.locator("main button.go").last.click()


def cells(page: Page, row: object) -> list[str]:
    return [text.strip() for text in row.locator("th, td").all_inner_texts()]  # type: ignore[attr-defined]


def roman() -> str:
    month = (today() - timedelta(days=4)).month
    return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")[month - 1]


def test_a_case_goes_from_a_recap_to_the_tables_by_clicking(page_of: Callable[..., Page]) -> None:
    story = Story(page_of)
    story.guru_hands_over_a_recap()
    story.wali_hands_over_the_list()
    what_each_office_sees_before_it_is_confirmed(story)
    story.bk_confirms()
    story.bk_logs_two_attempts()
    story.five_days_pass()
    story.bk_issues_a_summons()
    story.nobody_comes()
    what_each_office_sees_while_it_is_handled(story)
    story.bk_proposes_a_visit()
    story.kepsek_reads_the_progress_report_and_approves()
    story.bk_schedules_the_visit()
    story.wali_goes_along_and_the_visit_is_recorded()
    what_each_office_sees_of_the_visit(story)
    story.bk_resolves_the_case()
    story.the_tables_show_it()


def what_each_office_sees_before_it_is_confirmed(story: Story) -> None:
    """Check that guru and wali may open the case but not confirm it, and others find nothing."""
    pk = story.case.pk
    assert answers(story.phone["guru"], "cases:case", pk) == 200
    wali = story.phone["wali"]
    assert answers(wali, "cases:case", pk) == 200
    assert answers(wali, "cases:confirm", pk) == 403
    for stranger in ("guru2", "wali2", "bk2", "waka", "operator"):
        assert answers(story.phone[stranger], "cases:case", pk) == 404, stranger


def what_each_office_sees_while_it_is_handled(story: Story) -> None:
    """Check that wali and kepsek see the rung, guru who handles it, only kepsek the letter."""
    case, letter = story.case, Summons.objects.get(case=story.case)
    for who in ("guru", "wali", "principal"):
        page = story.phone[who]
        page.goto(case.get_absolute_url())
        says = "Ditangani BK (Bu Retno)" if who == "guru" else "Panggilan"
        expect(page.locator(".rung").first).to_contain_text(says)
        expect(page.get_by_text("Riwayat penanganan")).to_have_count(0)
        for page_of in ("cases:log_contact", "cases:issue_summons", "cases:resolve"):
            assert answers(page, page_of, case.pk) == 403, (who, page_of)
    expect(story.phone["guru"].locator("main")).not_to_contain_text("Ringkasan")
    assert answers(story.phone["principal"], "cases:summons", letter.pk) == 200
    assert answers(story.phone["principal"], "cases:summons_outcome", letter.pk) in {403, 404}
    for stranger in ("guru", "wali", "bk2", "waka", "operator"):
        assert answers(story.phone[stranger], "cases:summons", letter.pk) == 404, stranger


def what_each_office_sees_of_the_visit(story: Story) -> None:
    """Check that BK and visitors read the report, the principal prints it, others find nothing."""
    pk = story.visit.pk
    for who in ("bk", "wali"):
        page = story.phone[who]
        page.goto(story.visit_url("report"))
        expect(page.locator("main")).to_contain_text(SECRET)
    principal = story.phone["principal"]
    assert answers(principal, "homevisits:visit", pk) == 200
    assert answers(principal, "homevisits:report_print", pk) == 200
    assert answers(principal, "homevisits:schedule", pk) == 403
    for stranger in ("guru", "guru2", "wali2", "bk2", "waka", "operator"):
        assert answers(story.phone[stranger], "homevisits:visit", pk) == 404, stranger
        assert answers(story.phone[stranger], "homevisits:report_print", pk) == 404, stranger
    for stranger in ("guru2", "wali2", "bk2", "waka", "operator"):
        assert answers(story.phone[stranger], "cases:case", story.case.pk) == 404, stranger

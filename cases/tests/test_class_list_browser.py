"""The class list in a real browser at phone size: decide, note and hand over on the page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import Case
from recaps.models import ClassList, Decision, Knowledge
from recaps.tests import factories as make
from school.models import Student
from school.tests.cast import small_school

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def cast():
    cast = small_school()
    first, second = cast.students[:2]
    entries = {first: {"absent": 4, "note": "Tidak pernah muncul"}, second: {"missing_work": 2}}
    make.handed_over_recap(cast.maths, cast.period, entries)
    return cast


def opened(page, cast):
    page.goto(reverse("recaps:class_list", args=[cast.own.pk, cast.period.pk]))
    return [page.locator(f"#row-{student.pk}") for student in cast.students[:2]]


def test_a_list_is_decided_in_place_and_handed_over(page_of, cast):
    page = page_of(cast.wali)
    first, second = opened(page, cast)
    bar = page.locator("#bar")

    first.get_by_role("link", name="Tidak ikut").click()
    expect(first.get_by_text("Tidak pernah muncul")).to_be_visible()
    first.get_by_role("link", name="Tutup").click()
    expect(first.get_by_text("Tidak pernah muncul")).to_have_count(0)

    first.get_by_role("link", name="Tambah catatan").click()
    first.get_by_role("checkbox", name="Latar belakang ekonomi").check()
    first.get_by_label("Catatan").fill("Ayah merantau")
    first.get_by_role("button", name="Simpan").click()
    expect(first.get_by_text("Ayah merantau")).to_be_visible()
    assert Knowledge.objects.get().economy

    first.get_by_role("button", name="Rujuk ke BK").click()
    expect(first.get_by_role("button", name="Rujuk ke BK")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(bar).to_contain_text("1 dirujuk")
    expect(bar).to_contain_text("1 belum diputuskan")
    expect(bar.get_by_role("button", name="Serahkan ke BK")).to_be_disabled()

    second.get_by_role("button", name="Rujuk ke BK").click()
    expect(bar).to_contain_text("2 dirujuk")
    page.locator("#toasts").get_by_role("button", name="Urungkan").click()
    expect(bar).to_contain_text("1 dirujuk")
    page.locator(f"#row-{cast.students[1].pk}").get_by_role("button", name="Aman").click()
    expect(bar).to_contain_text("1 aman")

    bar.get_by_role("link", name="Serahkan ke BK").click()
    expect(page.get_by_text("2 mapel belum masuk")).to_be_visible()
    page.get_by_role("button", name="Ya, serahkan").click()
    expect(page.get_by_text("Diserahkan ke BK: 1 siswa dirujuk")).to_be_visible()
    assert Case.objects.get().student == cast.students[0]
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_dead_network_is_said_and_a_second_tap_saves(page_of, cast):
    page = page_of(cast.wali)
    first, _second = opened(page, cast)
    page.context.set_offline(True)
    first.get_by_role("button", name="Rujuk ke BK").click()
    expect(page.get_by_text("Belum tersimpan")).to_be_visible()
    assert Decision.objects.count() == 0
    page.context.set_offline(False)
    first.get_by_role("button", name="Rujuk ke BK").click()
    expect(page.locator("#bar")).to_contain_text("1 dirujuk")
    assert Decision.objects.count() == 1


def test_many_are_chosen_and_decided_together(page_of, cast):
    page = page_of(cast.wali)
    opened(page, cast)
    height = page.locator("#bar").bounding_box()["height"]
    for student in cast.students[:2]:
        page.locator(f"#row-{student.pk}").get_by_role("checkbox").check()
    bar = page.locator("#bar")
    expect(bar.get_by_text("2 dipilih")).to_be_visible()
    expect(bar.get_by_text("keputusan diganti")).to_be_hidden()
    expect(bar.get_by_role("button", name="Serahkan ke BK")).to_be_hidden()
    assert bar.bounding_box()["height"] == height
    bar.get_by_role("button", name="Pantau").click()
    expect(page.get_by_text("2 siswa: Pantau")).to_be_visible()
    assert Decision.objects.standing().filter(choice="WATCH").count() == 2
    page.locator(f"#row-{cast.students[0].pk}").get_by_role("checkbox").check()
    expect(bar.get_by_text("1 keputusan diganti")).to_be_visible()


def test_a_tick_is_beside_the_name_that_it_chooses_on_a_narrow_phone(page_of, cast):
    Student.objects.filter(pk=cast.students[0].pk).update(name="Muhammad Rizky Aditya Pratama P")
    page = page_of(cast.wali)
    first, _second = opened(page, cast)
    tick, name = first.locator(".tick").bounding_box(), first.locator(".head b").bounding_box()
    assert tick["width"] >= 48
    assert tick["height"] >= 48
    assert name["x"] >= tick["x"] + tick["width"] - 12
    assert tick["y"] <= name["y"] + name["height"] / 2 <= tick["y"] + tick["height"]


def test_everything_works_without_a_script(page_of, cast):
    page = page_of(cast.wali, java_script_enabled=False)
    first, second = opened(page, cast)
    first.get_by_role("link", name="Tidak ikut").click()
    expect(page.get_by_text("Tidak pernah muncul")).to_be_visible()
    first, second = opened(page, cast)
    second.get_by_role("link", name="Tambah catatan").click()
    page.get_by_label("Catatan").fill("Membantu di pasar")
    page.get_by_role("button", name="Simpan").click()
    expect(second.get_by_text("Membantu di pasar")).to_be_visible()
    first.get_by_role("button", name="Rujuk ke BK").click()
    second.get_by_role("button", name="Pantau").click()
    page.get_by_role("link", name="Serahkan ke BK").click()
    page.get_by_role("button", name="Ya, serahkan").click()
    assert ClassList.objects.get().handed_over_by == cast.wali


def test_an_ended_session_leads_to_the_door_instead_of_an_empty_row(page_of, cast):
    page = page_of(cast.wali)
    first, _second = opened(page, cast)
    page.context.clear_cookies()
    first.get_by_role("link", name="Tidak ikut").click()
    page.wait_for_url("**/masuk/**")


def test_a_student_is_found_while_typing(page_of, cast):
    page = page_of(cast.bk)
    page.goto("/siswa/")
    page.locator("main input[type=search]").press_sequentially("siswa 003")
    expect(page.locator("#found tbody tr")).to_have_count(1)
    page.locator("#found").get_by_role("link", name="Siswa 003").click()
    expect(page.get_by_role("heading", name="Siswa 003")).to_be_visible()


def test_four_students_are_decided_at_once_in_six_taps_from_home(page_of, cast):
    make.handed_over_recap(cast.english, cast.period, dict.fromkeys(cast.students, make.ABSENT))
    page = page_of(cast.wali)
    page.goto("/")
    page.locator(".task-lines a").filter(has_text=str(cast.period)).last.click()
    for student in cast.students[:4]:
        page.locator(f"#row-{student.pk} .tick").click()
    page.locator("#bar").get_by_role("button", name="Pantau").click()
    expect(page.get_by_text("4 siswa: Pantau")).to_be_visible()
    assert Decision.objects.standing().filter(choice="WATCH").count() == 4
    assert page.url.endswith(reverse("recaps:class_list", args=[cast.own.pk, cast.period.pk]))

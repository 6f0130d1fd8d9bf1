import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from school import wording
from school.filter_kinds import EVERY, Choice, Search
from school.filters import ListFilter
from school.maps import map_links
from school.models import Student, User
from workflow import clock
from workflow.views import UNDO

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2021, 10, 4, 7, 12, tzinfo=WIB)


@pytest.fixture(autouse=True)
def on_a_monday():
    with clock.shifted_to(MONDAY):
        yield


def drawn(source: str, address: str = "/", **context) -> str:
    context["request"] = RequestFactory().get(address)
    html = Template("{% load sambang %}" + source).render(Context(context))
    return " ".join(html.split())


@pytest.mark.parametrize(
    ("due_on", "indonesian", "english"),
    [
        (date(2021, 10, 1), "lewat 3 hari", "3 days late"),
        (date(2021, 10, 3), "lewat 1 hari", "1 day late"),
        (date(2021, 10, 4), "hari ini", "today"),
        (date(2021, 10, 5), "besok", "tomorrow"),
        (date(2021, 10, 8), "Jumat", "Friday"),
        (date(2021, 10, 10), "Minggu", "Sunday"),
        (date(2021, 10, 11), "11 Okt", "11 Oct"),
    ],
)
def test_a_due_date_is_said_in_words_the_shorter_the_nearer(due_on, indonesian, english):
    assert wording.due(due_on) == indonesian
    with translation.override("en"):
        assert wording.due(due_on) == english


def test_a_late_date_is_marked_and_what_else_is_said_of_it_gives_way():
    late, today = date(2021, 10, 3), date(2021, 10, 4)
    assert drawn("{% due on '13.30' %}", on=late) == (
        '<time class="due late" datetime="2021-10-03">lewat 1 hari</time>'
    )
    assert drawn("{% due on '13.30' %}", on=today) == (
        '<time class="due near" datetime="2021-10-04">13.30</time>'
    )
    assert drawn("{% due on %}", on=None) == ""


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ on|day }}", "7 Sep"),
        ("{{ on|day_of_any_year }}", "7 Sep 2020"),
        ("{{ on|full_day }}", "7 September 2020"),
        ("{{ on|long_date }}", "Senin, 7 September 2020"),
        ("{{ on|month }}", "September 2020"),
        ("{{ at|clock }}", "09.05"),
        ("{{ on|date_range:on }}", "7 September 2020"),
        ("{{ on|date_range:soon }}", "7–9 September 2020"),
        ("{{ on|date_range:later }}", "7 September – 1 Oktober 2020"),
    ],
)
def test_dates_are_written_as_indonesians_write_them(source, said):
    at = datetime(2020, 9, 7, 2, 5, tzinfo=ZoneInfo("UTC"))
    days = {"on": date(2020, 9, 7), "soon": date(2020, 9, 9), "later": date(2020, 10, 1)}
    assert drawn(source, at=at, **days) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (wording.figure("13.653"), "13,65"),
        (wording.figure("0.125"), "0,13"),
        (wording.figure(Decimal("2.675")), "2,68"),
        (wording.figure(None), "–"),
        (wording.percent("4.444"), "4,44%"),
        (wording.percent(50, 0), "50%"),
    ],
)
def test_figures_are_rounded_half_up_and_have_a_decimal_comma(written, said):
    assert written == said


def test_english_has_a_decimal_point_and_colons_in_its_times():
    with translation.override("en"):
        assert wording.percent("4.444") == "4.44%"
        assert wording.clock_time(MONDAY) == "07:12"


@pytest.mark.parametrize("number", ["0812-3456-7890", "81234567890", "+62 812 3456 7890"])
def test_a_number_written_in_any_way_opens_whatsapp_and_the_telephone(number):
    assert drawn("{% wa_link n 'Selamat pagi, Bu & Pak' %}", n=number) == (
        "https://wa.me/6281234567890?text=Selamat%20pagi%2C%20Bu%20%26%20Pak"
    )
    assert drawn("{% tel_link n %}", n=number) == "tel:+6281234567890"
    assert drawn("{{ n|phone }}", n=number) == "0812-3456-7890"


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in drawn("{% icon 'search' %}")
    assert 'role="img" aria-label="&lt;Cari&gt;"' in drawn(
        "{% icon 'search' label %}", label="<Cari>"
    )


class Letters(ListFilter):
    status = Choice(
        "Status", choices=[("open", "Terbuka"), ("all", "Semua")], initial="open", chips=1
    )
    kind = Choice("Jenis", choices=[("letter", "Surat"), ("visit", "Kunjungan")], chips=EVERY)
    late = Choice("Terlambat", choices=[("1", "Terlambat")], is_switch=True)
    counts = {"status": {"open": 31}}


class Searched(Letters):
    q = Search("name")


def filters_drawn(address: str, of: type[ListFilter] = Letters) -> str:
    listed = of(RequestFactory().get(address), User.objects.none())
    listed.request.user = None
    return drawn("{% list_filters listed %}", address, listed=listed)


def test_a_filter_keeps_the_rest_of_the_address_but_not_the_page():
    html = filters_drawn("/?q=a&kind=visit&page=3")
    assert '<a class="f" href="?q=a&amp;kind=letter">Surat</a>' in html
    assert '<a class="f" href="?q=a&amp;kind=visit" aria-current="true">Kunjungan</a>' in html


def test_the_chosen_filter_says_so_and_the_one_that_goes_without_saying_leaves_the_address():
    assert '<a class="f" href="?" aria-current="true">Terbuka 31</a>' in filters_drawn("/")
    assert '<a class="f" href="?">Terbuka 31</a>' in filters_drawn("/?status=all")
    assert "Status: Semua" in filters_drawn("/?status=all")


def test_a_switch_that_is_on_takes_itself_off():
    assert '<a class="f" href="?q=a&amp;late=1">Terlambat</a>' in filters_drawn("/?q=a")
    assert '<a class="f" href="?q=a" aria-current="true">' in filters_drawn("/?q=a&late=1")


class Rare(ListFilter):
    place = Choice("Tempat", choices=[("home", "Rumah"), ("school", "Sekolah")])
    reason = Choice("Alasan", choices=[("late", "Terlambat"), ("ill", "Sakit")], rare=True)
    cause = Choice("Penyebab", choices=[("device", "Perangkat"), ("forgot", "Lupa")], rare=True)


def pills_of_rare_filters(address: str) -> list[str]:
    listed = Rare(RequestFactory().get(address), User.objects.none())
    listed.request.user = None
    html = drawn("{% list_filters listed %}", address, listed=listed)
    pills = re.findall(r"<summary[^>]*>(.*?)</summary>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", "", pill).split()) for pill in pills]


def test_rare_filters_share_a_pill_until_one_is_chosen():
    assert pills_of_rare_filters("/") == ["Tempat", "Filter lain"]
    assert pills_of_rare_filters("/?cause=forgot") == ["Tempat", "Alasan", "Penyebab: Lupa"]


def test_a_zero_of_a_table_of_numbers_is_faint():
    lines = [("X", [("0", ""), ("10", ""), ("3", "/kasus/")])]
    assert drawn("{% number_lines lines %}", lines=lines) == (
        '<tr><th scope="row">X</th><td class="num"><span class="nil">0</span></td>'
        '<td class="num">10</td><td class="num"><a href="/kasus/">3</a></td></tr>'
    )


def test_a_filter_of_an_unknown_value_is_refused_in_words():
    assert 'class="notice warn"' not in filters_drawn("/?kind=letter")
    html = filters_drawn("/?kind=<b>")
    assert "Jenis: Pilih salah satu yang tersedia: &lt;b&gt; tidak ada." in html
    with translation.override("en"):
        assert "Jenis: Select a valid choice. &lt;b&gt; is not" in filters_drawn("/?kind=<b>")


def test_a_column_sorts_the_other_way_at_the_second_press():
    assert 'href="?sort=name"' in drawn("{% sort_head 'Siswa' 'name' %}")
    second = drawn("{% sort_head 'Siswa' 'name' %}", "/?sort=name")
    assert 'aria-sort="ascending"' in second
    assert 'href="?sort=-name"' in second


def test_a_search_keeps_the_filters_but_not_the_page():
    address = "/kasus/?q=ani&kind=visit&page=2"
    html = drawn("{% search 'Cari nama' %}", address)
    assert 'hx-get="/kasus/"' in html
    assert 'name="q" value="ani"' in html
    kept = filters_drawn(address, Searched)
    assert '<input type="hidden" name="kind" value="visit" form="search">' in kept
    assert 'name="page"' not in kept
    assert 'form="search"' not in filters_drawn(address)


def test_no_browser_puts_what_is_searched_for_into_an_address_by_itself():
    assert 'method="dialog"' in drawn("{% search 'Cari nama' %}", "/kasus/")


def test_a_line_of_a_letter_without_a_content_is_left_to_be_filled_in():
    line = "{% letter_line 'Nomor' %}{{ number }}{% endletter_line %}"
    assert "<td>05/X</td>" in drawn(line, number="05/X")
    assert '<td><span class="blank"></span></td>' in drawn(line, number="")


def test_a_map_shows_the_point_of_a_home_or_else_looks_for_its_address():
    home = Student(street="Jl. Melati & 5", latitude=Decimal("-7.25"), longitude=Decimal("110.5"))
    assert [link.url for link in map_links(home)] == [
        "https://www.openstreetmap.org/?mlat=-7.25&mlon=110.5#map=17/-7.25/110.5",
        "https://www.google.com/maps/dir/?api=1&destination=-7.25,110.5",
        "geo:-7.25,110.5?q=-7.25,110.5",
    ]
    home.latitude = None
    assert [link.url.partition("=1&")[2] for link in map_links(home)] == [
        "query=Jl.%20Melati%20%26%205",
        "destination=Jl.%20Melati%20%26%205",
    ]
    home.street = ""
    assert map_links(home) == []


def test_links_to_a_home_leave_the_school_without_saying_where_from():
    home = Student(latitude=Decimal("-7.25"), longitude=Decimal("110.5"))
    html = drawn("{% map_links home 'b small' %}", home=home)
    assert html.count("<a ") == 3
    assert html.count('rel="noreferrer" target="_blank"') == 2
    assert '<span class="only-phone"> <a href="geo:-7.25,110.5?q=-7.25,110.5"' in html


def test_a_line_of_links_to_a_home_has_no_dot_that_could_end_a_line():
    home = Student(latitude=Decimal("-7.25"), longitude=Decimal("110.5"))
    html = drawn("{% map_links home %}", home=home)
    shown = re.sub(r'<span class="only-phone">.*?</span>', "", html)
    assert re.sub(r"<[^>]*>", "", shown) == "OpenStreetMap Petunjuk arah"
    assert re.sub(r"<[^>]*>", "", html).endswith(" Buka di aplikasi peta")


def test_pages_say_which_rows_and_keep_the_filters():
    page = Paginator(range(120), 50).page(2)
    html = drawn("{% pagination page %}", "/?q=a&page=2", page=page)
    assert "51–100 dari 120" in html
    assert 'href="?q=a&amp;page=1"' in html
    assert 'href="?q=a&amp;page=3"' in html


def test_a_line_of_work_without_a_link_says_that_it_is_off():
    on = drawn("{% task_line 'Tuntas' url='/x/' %}")
    off = drawn("{% task_line 'Tuntas' sub='panggilan belum ada hasil' %}")
    assert '<a class="line" href="/x/">' in on
    assert '<span class="line" aria-disabled="true">' in off


def test_what_a_person_typed_is_text_in_every_component():
    bad = "<script>"
    for source in (
        "{% card bad %}x{% endcard %}",
        "{% task_line bad sub=bad %}",
        "{% kpi bad bad %}",
        "{% empty bad bad %}",
        "{% notice %}{{ bad }}{% endnotice %}",
        "{% search bad %}",
        "{% letter_line bad %}{{ bad }}{% endletter_line %}",
        "{% whatsapp_dot '0812' bad bad %}{% call_button '0812' bad %}",
    ):
        assert bad not in drawn(source, bad=bad), source


def test_an_arrow_back_and_a_line_under_the_heading_are_there_only_where_a_page_has_them():
    assert drawn("{% back_link %} {% endback_link %}{% lead %} {% endlead %}") == ""
    assert 'href="/kasus/"' in drawn("{% back_link %}/kasus/{% endback_link %}")
    source = "{% back_link %}{{ url }}{% endback_link %}"
    assert 'href="/kasus/?a=1&amp;b=2"' in drawn(source, url="/kasus/?a=1&b=2")


@pytest.mark.parametrize(
    ("level", "undone", "has_undo"),
    [
        (constants.SUCCESS, "Panggilan I diterbitkan.", True),
        (constants.SUCCESS, "Kontak dicatat.", False),
        (constants.SUCCESS, "", False),
        (constants.ERROR, "", False),
    ],
)
def test_a_toast_offers_to_undo_what_can_be_undone(level, undone, has_undo):
    request = RequestFactory().get("/")
    request._messages = [Message(level, "Panggilan I diterbitkan.")]
    undo = {"said": undone, "kind": "cases.summons", "pks": [1, 2], "action": "issue"}
    request.session = {UNDO: undo} if undone else {}
    html = Template("{% load sambang %}{% messages_toast %}").render(Context({"request": request}))
    assert 'role="status"' in html
    assert ("toast-s error" in html) == (level == constants.ERROR)
    assert ('action="/batalkan/cases.summons/1,2/issue/"' in html) == has_undo
    assert ('name="submit_id"' in html) == has_undo
    assert UNDO not in request.session

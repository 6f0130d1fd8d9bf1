"""The figures of the progress report as of a date, compared with a simple oracle."""

import copy
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, Contact, Rung, Summons
from cases.tests import factories as cases
from cases.workflow import dismiss, void_contact, withdraw_summons
from homevisits import queries
from homevisits.models import Visit
from homevisits.tests import factories as make
from homevisits.workflow import decline
from school.models import Enrolment, OfficeHolding, User
from school.roles import COORDINATOR, PRINCIPAL
from school.tests.cast import small_school
from school.tests.factories import EnrolmentFactory, days_ago, person
from workflow import clock
from workflow.tests.browser_free import rolled_back, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def past(days: int):
    return clock.shifted_to(clock.now() - timedelta(days=days))


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), rolled_back():
        yield eight_students(), clock.now()


@pytest.fixture
def cast(kept, db):
    school, made_at = kept
    with clock.shifted_to(made_at):
        yield copy.deepcopy(school)


def eight_students():
    """Make eight cases, opened 20 to 13 days ago, that were handled in different ways."""
    cast = small_school(8)
    for number, student in enumerate(cast.students):
        with past(20 - number):
            case = cases.direct_case(cast, student)
        if number >= 1:
            with past(10):
                contact = cases.attempt(case, cast.bk)
        if number == 2:
            void_contact(contact, by=cast.bk)
        if number >= 3:
            with past(8):
                letter = cases.unattended_summons(case, cast.bk)
        if number == 4:
            with past(7):
                letter = cases.summons(case, cast.bk, is_over=False, issued_on=clock.today())
            withdraw_summons(letter, by=cast.bk)
        if number >= 5:
            with past(5):
                visit = make.proposed_visit(case, cast.bk, basis="SUMMONS", reason="")
        if number == 6:
            decline([visit], by=cast.principal, note="Hubungi dulu")
        if number == 0:
            dismiss(case, by=cast.bk, reason="Sakit")
    foreign = cast.foreign_students[0]
    with past(3):
        cases.open_directly(foreign, cast.semester, by=cast.bk2, reasons=["FAMILY"])
    return cast


def oracle(day):
    """Return class name and rung → cases, counted from the rows of the tables."""
    found = Counter()
    for case in Case.objects.exclude(status="DISMISSED"):
        if timezone.localdate(case.opened_at) > day:
            continue
        rung = Rung.REVIEW
        for contact in Contact.objects.filter(case=case, status="LOGGED"):
            if timezone.localdate(contact.happened_at) <= day:
                rung = max(rung, Rung.CONTACT)
        for letter in Summons.objects.filter(case=case).exclude(status="WITHDRAWN"):
            if letter.issued_on <= day:
                rung = max(rung, Rung.SUMMONS)
        for visit in Visit.objects.filter(case=case):
            gone = visit.status in {"DECLINED", "WITHDRAWN", "CANCELLED"}
            if not gone and visit.proposed_on <= day:
                rung = Rung.HOME_VISIT
        name = case.student.enrolments.get().school_class.name
        found[name, rung] += 1
    return found


@pytest.mark.parametrize("days", range(24))
def test_the_figures_are_those_of_the_oracle_on_each_day(cast, days):
    day = clock.today() - timedelta(days=days)
    report = queries.progress(cast.semester, day, cast.principal)
    expected = oracle(day)
    shown = {
        (line.label, rung): count for line in report.classes for rung, count in line.cells if count
    }
    assert shown == dict(expected)
    for lines in (report.grades, report.classes):
        sums = [sum(line.counts[place] for line in lines) for place in range(len(Rung))]
        assert tuple(sums) == report.total.counts
    assert report.total.total == sum(expected.values())


@pytest.mark.parametrize("days", range(24))
def test_the_list_holds_a_visit_for_each_case_at_the_highest_rung(cast, days):
    report = queries.progress(cast.semester, clock.today() - timedelta(days=days), cast.principal)
    assert len({p.visit.case_id for p in report.proposals}) == report.total.counts[-1]


def test_today_the_line_above_the_proposals_says_the_same(cast):
    report = queries.progress(cast.semester, clock.today(), cast.principal)
    assert queries.total_today(cast.semester).counts == report.total.counts


def test_each_number_opens_to_its_rows(cast):
    client = signed_in(cast.principal)
    report = queries.progress(cast.semester, clock.today(), cast.principal)
    for line in [*report.grades, *report.classes, report.total]:
        for rung, count in line.cells:
            url = f"{reverse('homevisits:progress_cases')}?{line.query}&rung={rung.name}"
            assert len(client.get(url).context["page"].object_list) == count


def test_a_counselor_opens_the_rows_that_are_theirs_and_reads_how_many_are_not(cast):
    page = signed_in(cast.bk2).get(reverse("homevisits:progress_cases"))
    assert (len(page.context["page"].object_list), page.context["hidden"]) == (1, 7)


@pytest.mark.parametrize(
    "query",
    [
        "as_of=2030-01-01",
        "as_of=0001-01-01",
        "as_of=kemarin",
        "as_of=2001-01-01",
        "semester=1999/2000-1",
        "semester=x&as_of=",
        "semester=%00",
    ],
)
@pytest.mark.parametrize("name", ["progress", "progress_print", "progress_cases"])
def test_a_wrong_date_or_semester_is_refused_in_words_and_shows_no_figure(cast, name, query):
    page = signed_in(cast.principal).get(f"{reverse(f'homevisits:{name}')}?{query}")
    assert page.status_code == 200
    assert 'class="notice warn"' in page.content.decode()
    assert not page.context.get("progress")
    assert not page.context.get("all")
    assert page.context["as_of"] == clock.today()
    assert page.context["semester"] == cast.semester


@pytest.mark.parametrize("query", ["rung=9", "rung=x", "class=x", "class=-", "grade=", "page=99"])
def test_what_picks_no_case_shows_none_and_a_page_beyond_the_last_shows_the_last(cast, query):
    url = f"{reverse('homevisits:progress_cases')}?{query}"
    shown = signed_in(cast.principal).get(url).context["page"].object_list
    assert len(shown) == (8 if query == "page=99" else 0)


@pytest.mark.parametrize("who", ["principal", "coordinator"])
def test_the_printed_report_bears_the_letterhead_and_both_signatures(cast, who):
    User.objects.filter(pk=cast.principal.pk).update(title_before="Dra.", title_after="M.Pd.")
    page = signed_in(getattr(cast, who)).get(reverse("homevisits:progress_print"))
    text = page.content.decode()
    for words in (
        *("Laporan Progres Penanganan Siswa", "Yth. Kepala Sekolah", "Dra. Sri Wahyuni, M.Pd."),
        *("Koordinator BK,", "Endang Rahayu", "Mengetahui", "Status"),
        *("Dengan hormat, kami laporkan", "Kasus per tingkat", "Kasus per kelas"),
        "Demikian laporan ini kami sampaikan.",
    ):
        assert words in text
    assert "Laporan progres per" not in text


def test_a_printed_report_of_a_past_day_bears_who_held_the_offices_then(cast):
    deputy = person(name="Wulan Ayu")
    for office in (PRINCIPAL, COORDINATOR):
        OfficeHolding.objects.create(user=deputy, office=office.code, starts_on=days_ago(3))
    url = reverse("homevisits:progress_print")
    client = signed_in(cast.principal)
    then = client.get(f"{url}?as_of={days_ago(5)}").content.decode()
    assert "Sri Wahyuni" in then
    assert "Endang Rahayu" in then
    assert "Wulan Ayu" not in then
    now = client.get(url).content.decode()
    assert now.count("Wulan Ayu") == 2


def test_a_student_stands_in_the_class_of_the_reports_day(cast):
    mover = cast.students[5]
    Enrolment.objects.filter(student=mover).update(ends_on=days_ago(5), end_reason="MOVED_CLASS")
    EnrolmentFactory(student=mover, school_class=cast.foreign, starts_on=days_ago(4))

    def classes(days):
        day = clock.today() - timedelta(days=days)
        rows = queries.counted(cast.semester, day)
        names = [row.class_name for row in rows if row.pk == case.pk]
        url = f"{reverse('homevisits:progress_cases')}?as_of={day}&class={cast.foreign.pk}"
        shown = [of for _then, of in signed_in(cast.principal).get(url).context["page"]]
        return names, case in shown

    case = Case.objects.get(student=mover)
    assert classes(5) == ([cast.own.name], False)
    assert classes(4) == ([cast.foreign.name], True)


def test_a_counselor_prints_the_own_proposals_alone(cast):
    own, other = (signed_in(person) for person in (cast.bk, cast.coordinator))
    foreign = Visit.objects.counting().order_by("pk").values("case")[:1]
    Case.objects.filter(pk__in=foreign).update(counselor=cast.bk2)
    text = own.get(reverse("homevisits:progress_print")).content.decode()
    mine = Visit.objects.counting().filter(case__counselor=cast.bk).select_related("case__student")
    others = Visit.objects.counting().exclude(pk__in=mine).select_related("case__student")
    assert mine
    assert others
    assert all(visit.case.student.name in text for visit in mine)
    assert not any(visit.case.student.name in text for visit in others)
    assert "Usulan Kunjungan Rumah" in text
    assert "Dengan hormat, kami mengusulkan kunjungan rumah" in text
    assert "Laporan Progres Penanganan Siswa" not in text
    assert "Guru BK," in text
    assert "Retno Wulandari" in text
    assert "Usulan saya" in own.get(reverse("homevisits:progress_print")).content.decode()
    whole = other.get(reverse("homevisits:progress_print")).content.decode()
    assert all(visit.case.student.name in whole for visit in (*mine, *others))

"""A student's record over semesters: each part for whom the table grants it, also on paper."""

import re
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation

from cases.models import Case, Contact, Rung, Summons
from cases.tests import factories as make
from cases.workflow import confirm
from counseling.record import record_of
from counseling.record_chart import RecordChart, drawn
from recaps.models import Absence, Entry, Recap, Sheet
from recaps.tests.factories import ABSENT
from school.models import Student
from school.tests import factories as people
from school.tests.cast import small_school
from workflow import clock
from workflow.models import AccessEntry
from workflow.tests.browser_free import queries_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SUMMARY, NOTE, MINUTES = "Ringkasan7731", "Catatan7732", "Notulen7733"
SAYS = {
    "maths": "Matematika",
    "english": "Bahasa Inggris",
    "figures": '<svg class="chart"',
    "case": "Kasus",
    "rung": 'class="ladder"',
    "summary": SUMMARY,
    "timeline": NOTE,
    "print": "/catatan/",
}
"""Part of the record → what its page says."""
GRANTED = {
    "guru": "maths figures case",
    "guru2": "english figures case",
    "wali": "maths english figures case rung summary print",
    "bk": "maths english figures case rung summary timeline print",
    "bk2": "",
    "coordinator": "maths english figures case rung summary timeline print",
    "principal": "case rung summary print",
    "student_affairs": "",
    "operator": "",
}
"""Who → what they read of a student of X MIPA 3 whom guru and guru2 reported to bk.

From the table "who sees what" of the design: a subject teacher reads own recaps and that there is a
case; the homeroom teacher and the principal the shared summary; the counselor of the case all.
"""


def student_with_everything(cast):
    student = cast.students[0]
    make.handed_over_recap(cast.english, cast.period, {student: ABSENT})
    case = make.referred_case(cast, student)
    confirm(case, by=cast.bk)
    make.attempt(case, cast.bk, note=NOTE)
    summons = make.summons(case, cast.bk)
    Case.objects.update(summary=SUMMARY)
    Summons.objects.filter(pk=summons.pk).update(minutes=MINUTES)
    return student


def main_of(user, url):
    response = signed_in(user).get(url)
    assert response.status_code == 200
    return response.content.decode().split("<main", 1)[1]


def parts_of(html):
    return {part for part, says in SAYS.items() if says in html}


@pytest.mark.parametrize("who", GRANTED)
def test_each_office_reads_the_parts_that_the_table_grants(who):
    cast = small_school()
    url = student_with_everything(cast).get_absolute_url()
    html = signed_in(getattr(cast, who)).get(url).content.decode()
    record = "".join(re.findall(r'<details class="card-s record".*', html, re.DOTALL))
    found = parts_of(record) | (parts_of(html) & {"print"})
    assert found == set(GRANTED[who].split())
    assert MINUTES not in html


@pytest.mark.parametrize("who", GRANTED)
def test_paper_says_the_same_without_what_was_said_in_confidence(who):
    cast = small_school()
    student = student_with_everything(cast)
    response = signed_in(getattr(cast, who)).get(reverse("student_record", args=[student.pk]))
    prints = "print" in GRANTED[who].split()
    assert response.status_code == (200 if prints else 403)
    entry = AccessEntry.objects.get(view="student_record")
    assert (entry.student_id, entry.status) == (student.pk, response.status_code)
    if prints:
        paper = response.content.decode().split("<article", 1)[1].split("</article>")[0]
        wanted = set(GRANTED[who].split()) - {"timeline", "print"}
        assert parts_of(paper) == wanted
        assert student.name in paper


def test_paper_is_indonesian_whatever_language_its_reader_reads():
    cast = small_school()
    student = student_with_everything(cast)
    cast.wali.language = "en"
    cast.wali.save()
    response = signed_in(cast.wali).get(reverse("student_record", args=[student.pk]))
    paper = response.content.decode().split("<article", 1)[1].split("</article>")[0]
    assert "Alpa 4 dari 4" in paper
    assert "Pertemuan tidak diikuti" in paper
    assert not re.search(r"\b(Absent|Contact|Meetings|Sick|since)\b", paper)


def test_nothing_to_read_is_said_kindly():
    cast = small_school()
    html = signed_in(cast.student_affairs).get(cast.students[0].get_absolute_url())
    assert "Tidak ada catatan tentang siswa ini yang boleh Anda lihat" in html.content.decode()
    paper = main_of(cast.wali, reverse("student_record", args=[cast.students[0].pk]))
    assert "Belum ada kasus atau catatan rekap." in paper


def test_days_away_count_in_the_period_in_which_they_lie():
    cast = small_school()
    student, period = cast.students[0], cast.period
    for day, code in (
        (period.starts_on, "S"),
        (period.ends_on, "A"),
        (period.ends_on + timedelta(days=1), "A"),
        (cast.earlier_period.ends_on, "I"),
    ):
        Absence.objects.create(student=student, day=day, code=code, by=cast.wali)
    (semester,) = record_of(student, cast.wali)
    assert [each.days_said for each in semester.periods] == ["I 1", "S 1 · A 1"]
    assert semester.chart is None
    assert "I 1" in main_of(cast.wali, student.get_absolute_url())


def test_the_newest_semester_is_open_and_the_others_are_folded():
    cast = small_school()
    student = cast.students[0]
    long_ago(cast, student, 2)
    html = main_of(cast.bk, student.get_absolute_url())
    found = re.findall(r'<details class="card-s record" id="(\S+)"( open)?>', html)
    assert found == [("semester-1991-1992-2", " open"), ("semester-1991-1992-1", "")]
    assert 'href="#semester-1991-1992-1"' in html


def long_ago(cast, student, number):
    """Give a student cases with their steps, and recaps, in so many semesters of the past."""
    for at in range(number):
        year, term = 1991 + at // 2, at % 2 + 1
        begins = date(year, 7, 15) if term == 1 else date(year + 1, 1, 5)
        semester = people.SemesterFactory(
            year=people.AcademicYearFactory(label=f"{year}/{year + 1}"),
            term=term,
            starts_on=begins,
            ends_on=begins + timedelta(days=150),
        )
        period = people.RecapPeriodFactory(
            semester=semester, starts_on=begins, ends_on=begins + timedelta(days=30)
        )
        noon = datetime(*begins.timetuple()[:3], 12, tzinfo=clock.now().tzinfo)
        case = Case.objects.create(
            student=student,
            semester=semester,
            counselor=cast.bk,
            opened_at=noon,
            confirmed_at=noon,
            rung=Rung.SUMMONS,
        )
        given = {"case": case, "by": cast.bk}
        Contact.objects.create(
            channel="PHONE", party="MOTHER", outcome="NO_ANSWER", happened_at=noon, **given
        )
        Summons.objects.create(sequence=1, issued_on=begins, meets_at=noon, **given)
        recap = Recap.objects.create(group=cast.maths.group, period=period, status="HANDED_OVER")
        sheet = Sheet.objects.create(
            recap=recap,
            author=cast.guru,
            handed_over_at=noon,
            handed_over_by=cast.guru,
            stands=True,
        )
        Entry.objects.create(sheet=sheet, student=student, absent=2)


@pytest.mark.parametrize("name", ["student", "student_record"])
def test_one_and_thirty_semesters_ask_the_same_number_of_queries(name):
    cast = small_school()
    one, many = cast.students[:2]
    long_ago(cast, one, 1)
    client = signed_in(cast.bk)
    few = queries_of(client, reverse(name, args=[one.pk]))
    Case.objects.all().delete()
    Recap.objects.all().delete()
    for model in (people.RecapPeriodFactory, people.SemesterFactory):
        model._meta.model.objects.filter(starts_on__year__lt=2000).delete()
    long_ago(cast, many, 30)
    assert queries_of(client, reverse(name, args=[many.pk])) == few
    assert few <= MOST_QUERIES


MOST_QUERIES = 25  # one for each kind of step
"""Who asks, the student, family, classes, recaps, days, periods, cases, and each kind of step."""


def counts(**given):
    names = ("sick", "permitted", "absent", "dispensed", "late", "never", "low", "missing")
    return dict.fromkeys(names, 0) | given


def chart_of(number):
    return RecordChart(
        "semester-1",
        ["Sep"] * number,
        ["September 2021"] * number,
        [counts(sick=1, absent=at % 7) for at in range(number)],
        [counts(never=at % 3, low=1) for at in range(number)],
        {"never": "Tidak pernah ikut", "low": "Keaktifan < 50%", "missing": "Tugas kosong"},
    )


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("periods", [1, 6, 26])
def test_the_chart_is_xml_whose_numbers_are_points_in_every_language(periods, language):
    with translation.override(language):
        svg = ElementTree.fromstring(drawn(chart_of(periods)))
    width, height = map(float, svg.attrib["viewBox"].split()[2:])
    for part in svg.iter():
        for name in {"x", "y", "x1", "x2", "y1", "y2", "width", "height"} & set(part.attrib):
            assert -1 <= float(part.attrib[name]) <= max(width, height), (part.tag, part.attrib)


def test_the_chart_says_its_numbers_in_words_and_draws_no_bar_for_nothing():
    with translation.override("id"):
        chart = chart_of(2)
        svg = drawn(chart)
        words = chart.in_words()
    assert words.startswith("September 2021: Pertemuan tidak diikuti Sakit 1, ")
    assert "Alpa 1" in words
    assert "Keaktifan &lt; 50%" in svg
    assert svg.count("<rect") == 6


def test_a_student_without_sight_is_as_unseen_on_paper_as_on_the_page():
    cast = small_school()
    foreign = cast.foreign_students[0]
    for name in ("student", "student_record"):
        assert signed_in(cast.wali).get(reverse(name, args=[foreign.pk])).status_code == 404
    assert Student.objects.visible_to(cast.wali).filter(pk=foreign.pk).count() == 0

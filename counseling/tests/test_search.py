"""The search finds what the person may see, and nothing else; its words stay out of addresses."""

import random
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, Contact, Summons
from cases.tests import factories as make_case
from counseling.tests.access import CASE, LETTER, VISIT
from counseling.tests.access_desk import STUDENT
from counseling.tests.access_referrals import STEP as REFERRAL
from counseling.tests.scenarios.access import ANONYMOUS, DISABLED, access_scenario
from homevisits.models import Visit
from school import finding
from school.models import LetterNumber, Student, User
from school.tests import factories as people
from school.tests.cast import small_school
from support.models import Referral
from workflow.models import AccessEntry
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

SEARCH = "/cari/"
TERMS = 20
MOST_QUERIES = 11
"""Session, person and their rights, three groups, three kinds of letters, the log."""


def addresses(user, words):
    """Return group → addresses of what the person finds."""
    return {
        each.group.key: {row.url for row in each.rows}
        for each in finding.find(user, finding.words_of(words))
    }


def signed_in_people(made):
    """Return name and person, read anew: what the rights of some follow from has ended."""
    return [
        (name, User.objects.get(pk=person.pk))
        for name, person in made.people.items()
        if name not in {ANONYMOUS, DISABLED}
    ]


def found_by(client, words):
    html = client.post(SEARCH, {"q": words}).content.decode()
    return re.findall(r'<a class="line" href="([^"]+)"', html)


def test_each_person_finds_exactly_what_the_table_of_access_grants_them():
    made = access_scenario()
    wrong = []
    for name, person in signed_in_people(made):
        for group, table, kind, page, words in WHAT:
            for variant, may in table.items():
                if variant not in made.ids[kind]:
                    continue
                pk = made.ids[kind][variant]["pk"]
                url = reverse(page, args=[pk])
                is_found = url in addresses(person, words(pk)).get(group, set())
                if is_found != (name in may):
                    wrong.append((name, group, variant, is_found))
    assert wrong == []


def nis_of(model):
    return lambda pk: model.objects.get(pk=pk).case.student.nis


def number_of(model):
    def words(pk):
        letter = model.objects.get(pk=pk)
        if letter.number is None:
            kind = KINDS[model]
            text = f"{kind.lower()}/{letter.pk:03d}/X/2021"
            number = LetterNumber.objects.create(kind=kind, year=2021, text=text)
            model.objects.filter(pk=pk).update(number=number)
            return text
        return letter.number.text

    return words


KINDS = {Summons: "SUMMONS", Visit: "ASSIGNMENT", Referral: "REFERRAL"}
WHAT = (
    ("students", STUDENT, "student", "student", lambda pk: Student.objects.get(pk=pk).nis),
    ("cases", CASE, "case", "cases:case", lambda pk: Case.objects.get(pk=pk).student.name),
    ("visits", VISIT, "visit", "homevisits:visit", nis_of(Visit)),
    ("letters", LETTER, "summons", "cases:summons", number_of(Summons)),
    ("letters", REFERRAL, "referral", "support:referral", number_of(Referral)),
)
"""Group, table of access, kind of object, its page, and words that find it."""


def test_an_assignment_letter_is_found_by_who_sees_its_visit():
    made = access_scenario()
    pk = made.ids["visit"]["own"]["pk"]
    words = number_of(Visit)(pk)
    url = reverse("homevisits:assignment_letter", args=[pk])
    finders = {
        name
        for name, person in signed_in_people(made)
        if url in addresses(person, words).get("letters", set())
    }
    assert finders == VISIT["own"]


def test_whatever_is_typed_results_are_of_rows_that_the_person_sees():
    made, dice = access_scenario(), random.Random(7)
    Student.objects.update(nisn=None)
    for student in Student.objects.all():
        Student.objects.filter(pk=student.pk).update(nisn=f"00{student.pk:08d}")
    pool = [
        *Student.objects.values_list("name", flat=True),
        *Student.objects.values_list("nis", flat=True),
        *Student.objects.values_list("nisn", flat=True),
        *Student.objects.exclude(village="").values_list("village", flat=True),
        *LetterNumber.objects.values_list("text", flat=True),
        *("%", "__", "' OR 1=1 --", "\x00\x00", "sisw 00", "SISWA", "😀😀"),
    ]
    terms = []
    for _ in range(TERMS):
        text = dice.choice(pool)
        start = dice.randrange(len(text))
        terms.append(text[start : start + dice.randint(2, 12)])
    for name, person in signed_in_people(made):
        may_open = _may_open(person)
        names = set(Student.objects.values_list("name", flat=True))
        visible = Student.objects.visible_to(person).values_list("name", flat=True)
        hidden = names - set(visible)
        for term in terms:
            for each in finding.find(person, finding.words_of(term)):
                for row in each.rows:
                    assert row.url in may_open, (name, term, row)
                    assert not hidden & {row.name, *row.detail.split(" · ")}, (name, term, row)


def _may_open(person):
    pages = (
        ("student", Student.objects.visible_to(person)),
        ("cases:case", Case.objects.visible_to(person)),
        ("homevisits:visit", Visit.objects.visible_to(person)),
        ("homevisits:assignment_letter", Visit.objects.visible_to(person)),
        ("cases:summons", Summons.objects.printable_for(person)),
        ("support:referral", Referral.objects.visible_to(person)),
    )
    return {reverse(name, args=[row.pk]) for name, rows in pages for row in rows}


@pytest.mark.parametrize(
    ("who", "finds"),
    [
        ("guru", False),
        ("wali", True),
        ("bk", True),
        ("bk2", False),
        ("coordinator", True),
        ("principal", True),
        ("student_affairs", False),
        ("operator", True),
    ],
)
def test_only_who_may_know_the_nisn_finds_a_student_by_it(who, finds):
    cast = small_school()
    student = cast.students[0]
    Student.objects.filter(pk=student.pk).update(nisn="0051234567")
    found = found_by(signed_in(getattr(cast, who)), "005123")
    assert (student.get_absolute_url() in found) == finds


@pytest.mark.parametrize("typed", ["ma'ruf", "MA’RUF", "maʼruf  nur", " nur ma`ruf "])
def test_case_order_and_kind_of_apostrophe_do_not_matter(typed):
    cast = small_school()
    student = people.StudentFactory(name="Nur Ma’ruf")
    people.EnrolmentFactory(student=student, school_class=cast.own)
    plain = people.StudentFactory(name="Ma'ruf Nurdin")
    people.EnrolmentFactory(student=plain, school_class=cast.own)
    client = signed_in(cast.wali)
    assert set(found_by(client, typed)) == {s.get_absolute_url() for s in (student, plain)}


def test_one_letter_and_words_in_an_address_search_for_nothing():
    cast = small_school()
    client = signed_in(cast.coordinator)
    assert found_by(client, "S") == []
    assert found_by(client, " S ") == []
    html = client.get(SEARCH, {"q": "Siswa", "only": "students"}).content.decode()
    assert "Siswa 001" not in html
    assert 'value="Siswa"' not in html


@pytest.mark.parametrize(
    "bad", ["", "\0\0\0", "x" * 5000, "😀" * 40, "%_%", "' OR 1=1 --", "<b>hm"]
)
def test_words_that_fit_nothing_find_nothing(bad):
    client = signed_in(small_school().coordinator)
    assert found_by(client, bad) == []
    assert "<b>hm" not in client.post(SEARCH, {"q": bad, "only": bad}).content.decode()


def test_a_search_is_logged_without_its_words_and_leads_to_no_address_with_them():
    cast = small_school()
    html = signed_in(cast.coordinator).post(SEARCH, {"q": "Siswa"}).content.decode()
    entry = AccessEntry.objects.get()
    seen = (entry.view, entry.kind, entry.object_id, entry.student_id, entry.method, entry.status)
    assert seen == ("search", "search", None, None, "POST", 200)
    assert "Siswa 001" in html
    assert not re.findall(r'(?:href|action|hx-get|hx-post)="[^"]*Siswa', html)


def test_what_was_written_about_a_student_is_not_searched():
    cast = small_school()
    case = make_case.direct_case(cast)
    make_case.attempt(case, cast.bk)
    summons = make_case.summons(case, cast.bk)
    token = "Kuncitoken77"
    Case.objects.update(summary=token)
    Summons.objects.filter(pk=summons.pk).update(minutes=token, purpose=token, receiver=token)
    Contact.objects.update(note=token)
    for person in cast.everybody:
        assert found_by(signed_in(person), token) == []


def test_a_group_shows_few_at_first_and_more_when_it_is_asked_for_alone():
    cast = small_school(12)
    client = signed_in(cast.coordinator)
    html = client.post(SEARCH, {"q": "siswa"}).content.decode()
    assert html.count('<a class="line"') == finding.FEW
    assert 'name="only" value="students"' in html
    alone = client.post(SEARCH, {"q": "siswa", "only": "students"}).content.decode()
    assert alone.count('<a class="line"') == 14
    assert 'name="only"' not in alone
    assert "14 hasil" in alone


def test_few_and_many_results_ask_the_same_number_of_queries():
    cast = small_school(31)
    make_case.direct_case(cast, cast.students[0])
    client = signed_in(cast.coordinator)
    few = queries_for(client, q="Siswa 001")
    for student in cast.students[1:]:
        make_case.direct_case(cast, student)
    assert queries_for(client, q="Siswa 0") == few
    assert queries_for(client, q="Siswa 0", only="cases") < few
    assert few <= MOST_QUERIES


def queries_for(client, **words):
    """Return how many queries a search needs for a client that has searched before."""
    client.post(SEARCH, words)
    with CaptureQueriesContext(connection) as asked:
        assert client.post(SEARCH, words).status_code == 200
    return len(asked)

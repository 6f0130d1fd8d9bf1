"""Each list as a file: the rows that its page shows to the person, and nothing more."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.filters import CaseFilter
from cases.models import Case, Evidence
from counseling.tests.test_filters import LISTS
from reports.tests.files import formulas_in, lines_of, sheets_of
from school.filters import ListFilter
from school.models import Student
from school.tests.cast import Cast
from school.views.students import StudentFilter
from workflow import progress
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

Asked = dict[str, str]
FILES: dict[type[ListFilter], tuple[Asked, ...]] = {
    CaseFilter: ({}, {"status": "all", "sort": "-class"}, {"rung": "SUMMONS"}),
    StudentFilter: ({}, {"status": "left"}, {"q": "Siswa 1"}),
}
"""Lists → what is asked of them beside nothing."""
NAME = re.compile(r'<a class="name"[^>]*>\s*(.*?)\s*</a>', re.DOTALL)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


def opened(client: Client, listed: type[ListFilter], args: list[int], asked: Asked) -> Any:
    """Return the rows of the file of a list, without the heads."""
    answer = client.get(reverse(f"{LISTS[listed][1]}_file", args=args), asked)
    assert answer.status_code == 200, answer
    assert formulas_in(answer) == []
    rows, about = sheets_of(answer).values()
    assert ["Dibuat oleh", answer.wsgi_request.user.name] in about
    assert ["Baris", str(len(rows) - 1)] in about
    return rows[1:]


@pytest.mark.parametrize(
    ("listed", "asked"),
    [(listed, asked) for listed, every in FILES.items() for asked in every],
    ids=lambda value: urlencode(value) if isinstance(value, dict) else value.__name__,
)
def test_a_file_has_the_rows_of_its_page_in_their_order(
    listed: type[ListFilter], asked: Asked, every_state: Cast
) -> None:
    who, name, args, _rows = LISTS[listed]
    client, of = signed_in(getattr(every_state, who)), args(every_state)
    page = client.get(reverse(name, args=of), asked)
    html = unescape(page.content.decode())
    shown = [" ".join(found.split()) for found in NAME.findall(html)]
    assert [row[0] for row in opened(client, listed, of, asked)] == shown
    assert len(shown) == page.context["page"].paginator.count > 0
    link = reverse(f"{name}_file", args=of)
    assert f'href="{link}?{urlencode(asked | {"format": "csv"})}"' in html


@pytest.mark.parametrize("listed", FILES, ids=lambda listed: listed.__name__)
def test_a_refused_filter_gives_no_file(listed: type[ListFilter], every_state: Cast) -> None:
    who, name, args, _rows = LISTS[listed]
    client = signed_in(getattr(every_state, who))
    url = reverse(f"{name}_file", args=args(every_state))
    refused = {param: "nonsense" for param in listed.base_filters if param != "q"}
    assert [client.get(url, {param: bad}).status_code for param, bad in refused.items()] == [
        404
    ] * len(refused)
    assert client.get(url, {"format": "pdf"}).status_code == 404


def test_a_file_says_what_narrows_it_who_made_it_and_when(every_state: Cast) -> None:
    cast = every_state
    asked = {"q": cast.students[0].name, "class": str(cast.own.pk), "format": "csv"}
    answer = signed_in(cast.coordinator).get(reverse("cases:cases_file"), asked)
    name = answer["Content-Disposition"]
    assert name.endswith("Kasus%20berjalan%2C%20X%20MIPA%203.csv")  # a search may be a name
    about = lines_of(answer)[-9:]
    assert [line[0] for line in about] == [
        *("Isi", "Sekolah", "Cari", "Status", "Kelas", "Semester"),
        *("Baris", "Dibuat oleh", "Dibuat pada"),
    ]
    assert [line[1] for line in about[2:5]] == [f"“{asked['q']}”", "Berjalan", "X MIPA 3"]


def test_numbers_of_students_are_texts_and_notes_are_in_no_file(every_state: Cast) -> None:
    case = Case.objects.visible_to(every_state.coordinator).filter(status="OPEN").first()
    assert case is not None
    Student.objects.filter(pk=case.student_id).update(nis="0012")
    nothing = {"never": 0, "low": 0, "missing": 0, "reasons": []}
    Evidence.objects.filter(case=case).update(**nothing, note="Ibunya sakit keras")
    client, asked = signed_in(every_state.coordinator), {"q": "0012"}
    assert "Ibunya sakit" in client.get(reverse("cases:cases"), asked).content.decode()
    [row] = opened(client, CaseFilter, [], asked)
    assert row[1] == "0012"
    assert "Ibunya sakit" not in str(row)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(TEXT, min_size=3, max_size=3))
def test_no_name_becomes_a_formula(every_state: Cast, names: list[str]) -> None:
    for student, name in zip(every_state.students, names, strict=False):
        Student.objects.filter(pk=student.pk).update(name=f"={name}")
    assert opened(signed_in(every_state.coordinator), StudentFilter, [], {"q": "="})


def test_who_waits_for_a_file_is_told_when_it_is_done(every_state: Cast) -> None:
    cast, number = every_state, "00000000000040008000000000000001"
    url = reverse("school:students_file")
    signed_in(cast.coordinator).get(url, {"submit_id": number})
    signed_in(cast.coordinator).get(url, {"submit_id": "no number"})
    assert progress.told(cast.coordinator.pk, number) == (1, 1)
    assert progress.told(cast.bk.pk, number) == (0, 0)

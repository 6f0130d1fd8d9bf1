"""The rows that a file is refused for, to be downloaded, corrected and chosen again."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from school.forms.imports import BasicsForm
from school.imports.kinds import KINDS
from school.tests.cast import Cast, small_school
from school.tests.import_files import BUDI, SECRET, book, dapodik, fields_of, last_upload, seen
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> Cast:
    return small_school()


def downloaded(client: Client, page: Any) -> list[list[str]]:
    answer = client.get(page.context["refused_url"])
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_refused_rows_come_with_number_reason_and_cells(cast: Cast) -> None:
    client = signed_in(cast.operator)
    people = [BUDI, BUDI | {"NIPD": "2", "NISN": SECRET, "JK": "1"}, BUDI | {"JK": "-X"}]
    page = seen(client, book(dapodik(people)))
    head, *rows = downloaded(client, page)
    assert head[:5] == ["Baris", "Yang perlu dilakukan", "NISN", "NIS", "Nama"]
    assert [row[0] for row in rows] == [str(each.row) for each in page.context["plan"].refusals]
    by_name = dict(zip(head, rows[-1], strict=True))
    assert by_name["Yang perlu dilakukan"] == "“-X” bukan L atau P."
    assert (by_name["Nama"], by_name["L/P"], by_name["NISN"]) == (
        "Budi Santoso",
        "'-X",
        "0051234567",
    )


def test_no_private_number_leaves_with_a_refused_row(cast: Cast) -> None:
    client = signed_in(cast.operator)
    page = seen(client, book(dapodik([BUDI | {"NISN": SECRET, "JK": "X", "Alamat": SECRET}])))
    text = repr(downloaded(client, page))
    assert "X" in text
    assert SECRET not in text


def test_the_corrected_rows_are_read_again(cast: Cast) -> None:
    client = signed_in(cast.operator)
    page = seen(client, book(dapodik([BUDI | {"JK": "X"}])))
    text = client.get(page.context["refused_url"]).content.replace(b";X;", b";L;")
    again = seen(client, text, name="diperbaiki.csv")
    assert (len(again.context["plan"].new), again.context["plan"].refusals) == (1, [])


def test_refusals_are_those_of_the_chosen_day(cast: Cast) -> None:
    """Who comes into another class later cannot be moved before."""
    client = signed_in(cast.operator)
    page = seen(client, book([["NIS", "Nama", "Kelas"], ["9", "Siapa", "X MIPA 3"]]))
    assert f"semester={cast.semester.pk}&on=" in page.context["refused_url"]
    assert len(downloaded(client, page)) == 2


def test_nobody_else_gets_them(cast: Cast) -> None:
    seen(signed_in(cast.operator), book(dapodik([BUDI | {"JK": "X"}])))
    url = reverse("school:import_refused", args=[last_upload().pk])
    for person in (cast.guru, cast.bk, cast.principal):
        assert signed_in(person).get(url).status_code == 404
    assert signed_in(cast.operator).post(url).status_code == 405


def test_each_refused_cell_of_a_table_comes_with_its_own_class(cast: Cast) -> None:
    client = signed_in(cast.operator)
    table = book([["Mapel", "X MIPA 3", "X MIPA 4"], ["Kimia" * 20, "Hadi", "Hadi"]])
    head, *rows = downloaded(client, seen(client, table, kind="ASSIGNMENTS"))
    said = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Kelas"] for row in said] == ["X MIPA 3", "X MIPA 4"]


@pytest.mark.parametrize("since", ["start", "day"])
def test_the_rows_are_those_that_are_refused_since_the_chosen_day(cast: Cast, since: str) -> None:
    client = signed_in(cast.operator)
    page = seen(client, book(dapodik([BUDI | {"JK": "X"}])))
    page = post(client, page.request["PATH_INFO"], fields_of(page) | {"since": since})
    said = QueryDict(page.context["refused_url"].partition("?")[2])
    answers = BasicsForm(said, KINDS["STUDENTS"]).answers(said)
    assert answers.first_on == page.context["plan"].answers.first_on
    assert (answers.first_on is None) == (since == "day")

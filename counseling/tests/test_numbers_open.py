"""A number that is a link opens to as many rows as it says, and the list says which they are."""

import re
from collections import Counter
from typing import Any

import pytest

from cases.models import Case
from counseling.tests.crawl import view_name, walked
from counseling.tests.numbers import (
    MORE_PAGES,
    TAGS,
    headings_in,
    main_of,
    numbers_for,
    numbers_of,
    opened,
    wrong,
)
from counseling.tests.scenarios.january import January
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("january"), pytest.mark.once]

OFFICES = (
    *("wali", "wali2", "bk", "coordinator", "principal"),
    *(pytest.param(who, marks=pytest.mark.trust) for who in ("guru", "bk2", "student_affairs")),
)
RUNG_OF_GRADE = "Kunjungan rumah, X, Ganjil 2021/2022: 2 siswa"


@pytest.mark.parametrize("who", OFFICES)
def test_each_number_of_a_school_in_january_opens_to_its_rows(who: str, january: January) -> None:
    user = getattr(january.cast, who)
    assert not wrong(user, walked(user, more=MORE_PAGES))


@pytest.mark.parametrize(
    ("who", "pages"),
    [
        ("coordinator", ("cases:cases", "school:students")),
        ("principal", ("cases:cases", "school:students", "homevisits:progress_cases")),
        ("wali2", ("recaps:class_list_student",)),
    ],
)
def test_numbers_of_each_kind_are_found(who: str, pages: tuple[str, ...], january: January) -> None:
    walk = walked(getattr(january.cast, who), more=MORE_PAGES)
    led = Counter(view_name(number.url) for number in numbers_for(walk).values())
    assert all(led[page] for page in pages), led


def test_home_opens_the_new_cases_that_it_counts(january: January) -> None:
    """One was called before it was confirmed, one moved; one has another counselor."""
    home = signed_in(january.cast.bk).get("/").content.decode()
    line = next(n for n in numbers_of("/", home) if "list=" in n.url)
    assert (line.number, line.url) == (4, f"/kasus/baru/?list={january.brought.pk}")
    page = signed_in(january.cast.bk).get(line.url)
    shown = {row.case.pk for row in page.context["rows"]}
    students = [january.cast.students[at] for at in (0, 1, 3, 4)]
    assert shown == set(Case.objects.filter(student__in=students).values_list("pk", flat=True))
    assert "4 kasus baru dari X MIPA 3" in page.content.decode()


def test_the_students_of_a_semester_are_those_of_table_2_in_the_class_of_then(
    january: January,
) -> None:
    client = signed_in(january.cast.coordinator)

    def names(**query: Any) -> list[tuple[str, str | None]]:
        found = client.get("/siswa/", query).context["page"]
        return [(student.name, student.class_name) for student in found]

    first, second = january.first.code, january.second.code
    cast = january.cast
    here, there = cast.own.name, cast.foreign.name
    own = [(student.name, here) for student in cast.students]
    own[1] = (own[1][0], there)
    foreign = [(student.name, there) for student in cast.foreign_students]
    newcomer = (january.newcomer.name, there)
    assert names(semester=first) == sorted([*own, *foreign])
    del own[10]
    assert names(semester=second) == sorted([*own, *foreign, newcomer])
    del own[5]
    assert names() == sorted([*own, *foreign, newcomer])
    assert names(semester=first, status="left") == [(cast.students[10].name, here)]


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/kasus/?status=counted&semester=2021/2022-1&grade=X&rung=HOME_VISIT", RUNG_OF_GRADE),
        ("/kasus/?rung=CONTACT", "Kontak, Berjalan: 2 kasus"),
        ("/kasus/?q=siswa&status=RESOLVED", "Kasus, Tuntas, “siswa”, Genap 2021/2022: 0 kasus"),
        ("/kasus/?counselor=none", "Kasus berjalan, Guru BK: Belum ada: 0 kasus"),
        ("/siswa/?semester=2021/2022-1", "Siswa, Ganjil 2021/2022: 14 siswa"),
        ("/siswa/?grade=X", "Siswa hari ini, X: 13 siswa"),
        ("/siswa/?status=left", "Siswa, Keluar dari sekolah: 2 siswa"),
        ("/kunjungan/?grade=XI", "Kunjungan, XI: 0 kunjungan"),
        ("/kunjungan/?grade=X", "Kunjungan, X: 1 kunjungan"),
    ],
)
def test_a_narrowed_list_says_which_set_it_shows(
    address: str, title: str, january: January
) -> None:
    client = signed_in(january.cast.coordinator)
    _rows, heading = opened(client, address)
    assert heading.endswith(title)
    plain, _query = address.split("?")
    assert len(headings_in(client.get(plain).content.decode())) == 1


def test_a_case_that_ended_shows_its_rung_too(january: January) -> None:
    query = {"status": "counted", "semester": "2021/2022-1", "rung": "HOME_VISIT"}
    main = main_of(signed_in(january.cast.coordinator).get("/kasus/", query).content.decode())
    words = [TAGS.sub(" ", cell).split() for cell in re.findall(r"<tr>.*?</tr>", main, re.S)]
    assert any({"Kunjungan", "Tuntas"} <= set(row) for row in words)


def test_a_list_opened_by_a_number_leads_back(january: January) -> None:
    client = signed_in(january.cast.coordinator)
    address = "/kasus/?class=" + str(january.cast.own.pk)

    def back(url: str, came_from: str) -> bool:
        html = client.get(url, headers={"Referer": f"http://testserver{came_from}"})
        return f'href="http://testserver{came_from}"' in html.content.decode()

    assert back(address, "/laporan/?by=class")
    assert not back("/kasus/", "/laporan/?by=class")
    assert not back(address, "/kasus/?status=all")

"""Assignments copied from a spreadsheet: read by their heads, shown and undone as a file is."""

import pytest

from school.imports.lesson_shapes import rows_in
from school.imports.reading import read
from school.models import Change, Subject, TeachingAssignment, Upload
from school.models.change import ChangeKind
from school.roles import OPERATOR
from school.sheets.grid import Grid
from school.sheets.limits import MOST_ROWS
from school.tests import factories as make
from school.tests.cast import small_school
from school.tests.import_files import applied
from school.workflow.changes import undo
from workflow import clock
from workflow.tests.browser_free import post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PASTE = "/sekolah/tugas-mengajar/tempel/"


@pytest.fixture
def cast():
    return small_school(2)


@pytest.fixture
def client(cast):
    return signed_in(cast.operator)


def said(text):
    rows = read(text.encode(), ChangeKind.ASSIGNMENTS).rows
    return [(row["teacher"], row["subject"], row["class"]) for row in rows]


def pasted(client, text):
    """Paste a text; return the page that shows what it changes."""
    answer = post(client, PASTE, {"text": text})
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer.headers["Location"])


def lessons(**of):
    rows = TeachingAssignment.objects.filter(ends_on=None, **of).order_by("group__school_class")
    return [(row.teacher.username, str(row.group), row.starts_on) for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "Guru\tMapel\tKelas\nHadi\tKimia\tX MIPA 4",
        "Kelas\tMata Pelajaran\tNama Guru\tJam\nX MIPA 4\tKimia\tHadi\t4",
        "No;Nama Guru;Mapel;Kelas\n1;Hadi;Kimia;X MIPA 4",
        "\tX MIPA 3\tX MIPA 4\nFisika\t\t\nKimia\t\tHadi",
        "Mapel\tX MIPA 3\tX MIPA 4\nKimia\t\tHadi",
        "Guru\tX MIPA 3\tX MIPA 4\nHadi\t\tKimia",
        "Kelas / Mapel\tKimia\tSosiologi\nX MIPA 4\tHadi\t\nX MIPA 5\t\t",
        "Kelas / Guru\tHadi\tSri\nX MIPA 4\tKimia\t",
        "JADWAL 2026/2027\nNo\tMapel\tX MIPA 3\tX MIPA 4\n1\tKimia\t\tHadi",
        "Hadi\tKimia\tX MIPA 4",
        "X MIPA 4\tKimia\tHadi",
        "1\tHadi\tKimia\tX MIPA 4",
    ],
)
def test_one_lesson_is_read_from_every_shape_though_its_subject_is_new(cast, text):
    assert said(text) == [("Hadi", "Kimia", "X MIPA 4")]


def test_nothing_of_a_grid_with_a_head_rests_on_known_names():
    make.SemesterFactory()
    assert said("Guru\tX 1\tX 2\nBu Ani\tBatik; Tari\t\nPak Edi\tTari\tTari") == [
        ("Bu Ani", "Batik", "X 1"),
        ("Bu Ani", "Tari", "X 1"),
        ("Pak Edi", "Tari", "X 1"),
        ("Pak Edi", "Tari", "X 2"),
    ]


def test_of_a_grid_with_too_many_lessons_only_so_many_are_read_as_tell_that(cast):
    classes = "\t".join(f"X {number}" for number in range(1, 200))
    cells = "\t".join(["a;b;c;d"] * 199)
    lines = [f"Guru\t{classes}", *[f"Hadi\t{cells}"] * 15]
    grid = Grid("", lambda: enumerate((line.split("\t") for line in lines), start=1))
    assert len(rows_in([grid])) == MOST_ROWS + 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Bu Ani\tBatik\tX 1", "baris pertama: Guru, Mapel, Kelas"),
        ("Hadi\tSiti\tSri", "baris pertama: Guru, Mapel, Kelas"),
        ("\tX 1\tX 2\nTari\tBu Ani\t", "“Mapel” atau “Guru” di sel pertamanya"),
        ("Guru\tKelas\nHadi\tX MIPA 4", "kolom Mapel"),
        ("Guru\tMapel\tKelas", "Tidak ada baris di bawah judul"),
        ("Hadi", "baris pertama"),
        ("a;b;c\n" * 2001, "lebih dari 2000 baris"),
        ("=1+1\t\t", "baris pertama"),
    ],
)
def test_a_text_that_cannot_be_read_says_what_to_write_and_stays(cast, client, text, why):
    page = post(client, PASTE, {"text": text})
    assert page.status_code == 200
    assert why in str(page.context["form"].errors["text"])
    assert page.context["form"]["text"].value() == text
    assert not Upload.objects.exists()


def test_what_is_pasted_is_shown_then_applied_and_undone_whole(cast, client):
    page = pasted(
        client, "Guru\tMapel\tKelas\nSri Lestari\tFisika\tX MIPA 3\nHadi\tKimia\tX MIPA 4"
    )
    assert not Change.objects.exists()
    assert "Tabel yang ditempel" in page.content.decode()
    assert applied(client, page).status_code == 302
    assert ("guru2", "X MIPA 3", clock.today()) in lessons(group__subject__name="Fisika")
    assert lessons(group__subject__name="Kimia") == [("guru", "X MIPA 4", make.days_ago(90))]
    undo(Change.objects.get(), by=cast.operator)
    assert not Subject.objects.filter(name="Kimia").exists()
    assert lessons(group__subject__name="Fisika") == [("guru", "X MIPA 3", make.days_ago(90))]


def test_a_preview_says_from_when_each_holds_and_why(cast, client):
    text = "Guru\tMapel\tKelas\nSri Lestari\tFisika\tX MIPA 3\nHadi\tKimia\tX MIPA 4"
    page = pasted(client, text)
    assert page.context["plan"].days == [(make.days_ago(90), 1), (clock.today(), 1)]
    assert "karena di semester ini belum ada siapa-siapa" in page.content.decode()
    on = {"since": "day"}
    page = post(client, page.request["PATH_INFO"], {**on, "on": clock.today(), **semester(cast)})
    assert page.context["plan"].days == [(clock.today(), 2)]
    assert "belum ada siapa-siapa" not in page.content.decode()
    applied(client, page, **on)
    assert lessons(group__subject__name="Kimia") == [("guru", "X MIPA 4", clock.today())]


def semester(cast):
    return {"semester": cast.semester.pk}


def test_an_unknown_teacher_is_asked_about_with_the_way_to_add_them(cast, client):
    page = pasted(client, "Guru\tMapel\tKelas\nAni Yuliani\tFisika\tX MIPA 4")
    (question,) = page.context["plan"].open_questions
    assert question.key == "teacher-aniyuliani"
    assert "/sekolah/orang/baru/" in page.content.decode()
    make.person(name="Ani Yuliani", username="ani")
    page = client.get(page.request["PATH_INFO"])
    assert page.context["plan"].open_questions == []
    applied(client, page)
    assert ("ani", "X MIPA 4", make.days_ago(90)) in lessons(group__subject__name="Fisika")


def test_a_subject_that_may_be_an_abbreviation_is_asked_about(cast, client):
    plan = pasted(client, "Guru\tMapel\tKelas\nHadi\tFis\tX MIPA 4").context["plan"]
    (question,) = plan.open_questions
    assert [label for _value, label in question.choices[:2]] == ["Fisika", "Mapel baru"]


def test_lessons_that_the_text_does_not_have_end_only_when_asked_to(cast, client):
    page = pasted(client, "Guru\tMapel\tKelas\nHadi\tFisika\tX MIPA 4")
    (question,) = page.context["plan"].questions
    assert (question.key, question.usual) == ("others", "stay")
    applied(client, page)
    assert [row[1] for row in lessons(group__subject__name="Fisika")] == ["X MIPA 3", "X MIPA 4"]
    page = pasted(client, "Guru\tMapel\tKelas\nHadi\tFisika\tX MIPA 4")
    answer = {"q-others": "end", "on": clock.today(), **semester(cast)}
    page = post(client, page.request["PATH_INFO"], answer)
    assert page.context["plan"].changed[0].who == "X MIPA 3 · Fisika"
    applied(client, page, **answer)
    assert [row[1] for row in lessons(group__subject__name="Fisika")] == ["X MIPA 4"]


def test_what_was_read_is_corrected_as_text_by_who_pasted_it_alone(cast, client):
    page = pasted(client, "Mapel\tX MIPA 3\nFisika\tHadi Susanto, S.Pd.")
    again = f"{PASTE}?again={Upload.objects.get().pk}"
    assert again in page.content.decode()
    text = "Guru\tMapel\tKelas\nHadi Susanto, S.Pd.\tFisika\tX MIPA 3"
    assert client.get(again).context["form"]["text"].value() == text
    assert said(text) == [("Hadi Susanto, S.Pd.", "Fisika", "X MIPA 3")]
    other = signed_in(make.person(OPERATOR))
    assert other.get(again).context["form"]["text"].value() == ""
    post(client, again, {"text": text})
    assert Upload.objects.count() == 1
    for bad in ("x", "999999"):
        assert client.get(f"{PASTE}?again={bad}").context["form"]["text"].value() == ""


@pytest.mark.parametrize("cell", ["Hadi Susanto;", "/ Hadi Susanto", " ; Hadi Susanto ; "])
def test_a_separator_at_the_end_of_a_cell_names_nobody(cast, client, cell):
    plan = pasted(client, f"Guru\tMapel\tKelas\n{cell}\tFisika\tX MIPA 4").context["plan"]
    assert [field.becomes for line in plan.new for field in line.fields] == ["Hadi Susanto"]
    assert plan.open_questions == []


def test_without_a_semester_nothing_can_be_pasted_yet():
    operator = make.person(OPERATOR)
    assert "Buat semesternya dulu" in signed_in(operator).get(PASTE).content.decode()

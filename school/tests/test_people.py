"""The operator's pages for people: list and form, and who is told of their accounts."""

import pytest

from school import names
from school.models import Told, User
from school.roles import OPERATOR
from school.tests import factories as make
from school.tests.cast import small_school
from workflow import clock
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PEOPLE = "/sekolah/orang/"
GUARDED = ("bk", "coordinator", "principal")


@pytest.fixture
def cast():
    return small_school(2)


def shown(user, query=""):
    return [row["name"] for row in signed_in(user).get(PEOPLE + query).context["rows"]]


def act(cast, name, *people):
    sent = {"row": [person.pk for person in people], "act": name, "sure": "1"}
    return post(signed_in(cast.operator), PEOPLE, sent)


def edited(person, **values):
    fields = ("name", "title_before", "title_after", "honorific", "goes_by", "username")
    more = ("nip", "grade_rank", "position", "phone")
    person.refresh_from_db()
    return {name: getattr(person, name) for name in (*fields, *more)} | {
        "read_at": person.version,
        **values,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=retno", ["Retno Wulandari"]),
        ("?q=1986", ["Hadi Susanto"]),
        ("?q=kepsek", ["Sri Wahyuni"]),
        ("?office=COUNSELOR", ["Bambang Irawan", "Retno Wulandari"]),
        ("?account=disabled", ["Budi Utomo"]),
        ("?account=never&q=agus", []),
        ("?account=never&q=sri", ["Sri Lestari", "Sri Wahyuni"]),
    ],
)
def test_the_list_is_searched_and_filtered(cast, query, found):
    User.objects.filter(pk=cast.guru.pk).update(nip="198609262015051001")
    User.objects.filter(pk=cast.wali2.pk).update(is_active=False)
    User.objects.filter(pk=cast.wali.pk).update(last_login=clock.now())
    assert shown(cast.operator, query) == found


def test_a_row_says_titles_offices_and_assignments_of_today(cast):
    User.objects.filter(pk=cast.wali.pk).update(title_before="Drs.", title_after="M.Pd.")
    make.TeachingAssignmentFactory(teacher=cast.wali, group=cast.maths.group)
    make.holding(cast.wali, make.COORDINATOR).save()
    row = signed_in(cast.operator).get(f"{PEOPLE}?q=agus").context["rows"][0]
    assert row["first"] == "Drs. Agus Santoso, M.Pd."
    assert [str(value) for _label, value in row["cells"]] == [
        "Koordinator BK · Wali Kelas X MIPA 3 · mengajar Matematika",
        "wali",
        "belum pernah",
    ]


@pytest.mark.parametrize(
    ("name", "user_name"),
    [
        ("Retno Wulandari", "retno.wulandari"),
        ("Dra. Hj. Siti Nur'aini", "siti.nuraini"),
        ("Suminah", "suminah"),
        ("Muh. Ali Ali", "ali"),
        ("André Ñ", "andre.n"),
        ("李", "guru"),
    ],
)
def test_a_user_name_follows_from_the_name(name, user_name):
    assert names.user_name(name) == user_name


def test_who_is_added_cannot_sign_in_before_a_first_password(cast):
    for _twice in range(2):
        sent = {"name": "Dewi  Lestari", "honorific": "IBU", "phone": "0812 3456 789", "read_at": 0}
        page = post(signed_in(cast.operator), f"{PEOPLE}baru/", sent)
    first, second = User.objects.filter(name="Dewi Lestari").order_by("pk")
    assert (first.username, second.username) == ("dewi.lestari", "dewi.lestari2")
    assert page["Location"] == f"{PEOPLE}{second.pk}/"
    assert (first.phone, first.must_change_password) == ("628123456789", True)
    assert not first.has_usable_password()
    assert first.history.get().history_user == cast.operator
    slip = act(cast, "give_first_password", first)
    assert "<code>dewi.lestari</code>" in slip.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "BK"),
        ("username", "ada spasi"),
        ("username", "a"),
        ("nip", "12345"),
        ("nip", "198609262015051001"),
        ("honorific", ""),
        ("name", "Hadi\u202eSusanto"),
        ("goes_by", "Bu Retno"),
        ("phone", "nomor"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(cast, field, value):
    User.objects.filter(pk=cast.wali.pk).update(nip="198609262015051001")
    page = post(
        signed_in(cast.operator), f"{PEOPLE}{cast.guru.pk}/", edited(cast.guru, **{field: value})
    )
    assert list(page.context["form"].errors) == [field]


def test_an_edit_stands_in_the_history(cast):
    client = signed_in(cast.operator)
    sent = edited(cast.guru, username="Hadi", nip="19860926 201505 1 001")
    assert post(client, f"{PEOPLE}{cast.guru.pk}/", sent).status_code == 303
    cast.guru.refresh_from_db()
    assert (cast.guru.username, cast.guru.nip) == ("hadi", "198609262015051001")
    (edit, *_) = client.get(f"{PEOPLE}{cast.guru.pk}/riwayat/").context["edits"]
    assert edit.by == cast.operator.called


def test_the_page_of_an_operator_says_that_their_lessons_do_not_count_yet(cast):
    make.holding(cast.guru, OPERATOR).save()
    pages = {
        person: signed_in(cast.operator).get(f"{PEOPLE}{person.pk}/").context["facts"]
        for person in (cast.guru, cast.guru2)
    }
    assert [len(facts) for facts in pages.values()] == [3, 2]


@pytest.mark.parametrize("who", GUARDED)
def test_their_user_name_stays_and_the_rest_can_be_edited(cast, who):
    person = getattr(cast, who)
    before = person.username
    sent = edited(person, username="lain", position="Guru Ahli Muda")
    post(signed_in(cast.operator), f"{PEOPLE}{person.pk}/", sent)
    person.refresh_from_db()
    assert (person.username, person.position) == (before, "Guru Ahli Muda")


def test_a_homeroom_teachers_new_first_password_is_told_to_those_who_answer(cast):
    act(cast, "give_first_password", cast.wali, cast.guru)
    assert not Told.objects.exists()  # they had none of their own yet
    User.objects.filter(pk__in=[cast.wali.pk, cast.guru.pk]).update(last_login=clock.now())
    act(cast, "give_first_password", cast.wali, cast.guru)
    told = set(Told.objects.values_list("to", "what", "about"))
    assert told == {
        (cast.coordinator.pk, "PASSWORD", cast.wali.pk),
        (cast.principal.pk, "PASSWORD", cast.wali.pk),
    }


def test_it_is_told_of_a_former_one_too_who_keeps_their_lists(cast):
    cast.wali.homerooms.update(ends_on=make.days_ago(1))
    User.objects.filter(pk=cast.wali.pk).update(last_login=clock.now())
    act(cast, "give_first_password", cast.wali)
    assert set(Told.objects.values_list("what", "about")) == {("PASSWORD", cast.wali.pk)}


@pytest.mark.sqlite
def test_the_list_asks_as_many_queries_for_30_rows_as_for_1():
    cast = small_school(2)
    User.objects.exclude(pk__in=[cast.wali.pk, cast.operator.pk]).update(is_active=False)
    make.TeachingAssignmentFactory(teacher=cast.wali, group=cast.maths.group)
    one = queries_of_warm(signed_in(cast.operator), PEOPLE)
    for person in make.UserFactory.create_batch(29):
        make.HomeroomAssignmentFactory(teacher=person, school_class=cast.own)
        make.TeachingAssignmentFactory(teacher=person, group=cast.maths.group)
    assert queries_of_warm(signed_in(cast.operator), PEOPLE) == one

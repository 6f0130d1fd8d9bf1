"""A school is set up by one command on an empty database, once."""

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command

from school import names
from school.models import OfficeHolding, Policy, RecapPeriod, SchoolProfile, Semester, User
from school.tests import factories as make
from workflow import clock
from workflow.clock import day_start

pytestmark = [pytest.mark.django_db, pytest.mark.once]
GIVEN = {
    "school": "SMA Negeri 1 Candiroto",
    "year": "2021/2022",
    "operator": "Pak Tri Hartono, A.Md.",
    "coordinator": "Bu Endang Rahayu, S.Pd.",
    "principal": "Bu Dra. Hj. Sri Wahyuni, M.Pd.",
    "principal_username": "kepsek",
}


def setup(**changed):
    out = StringIO()
    with clock.still_at(day_start(date(2021, 7, 5))):
        call_command("setup", no_input=True, stdout=out, **{**GIVEN, **changed})
    return out.getvalue()


def refused(**changed):
    before = [model.objects.count() for model in (SchoolProfile, User, Semester)]
    with pytest.raises(CommandError) as why:
        setup(**changed)
    assert [model.objects.count() for model in (SchoolProfile, User, Semester)] == before
    return why.value


def test_it_makes_the_school_with_its_year():
    setup()
    assert SchoolProfile.objects.get().name == "SMA Negeri 1 Candiroto"
    assert [str(one) for one in Semester.objects.all()] == ["Ganjil 2021/2022", "Genap 2021/2022"]
    assert (Policy.objects.count(), RecapPeriod.objects.count()) == (2, 12)


def test_the_first_people_have_their_offices_names_and_titles():
    setup()
    held = {h.office: h.user for h in OfficeHolding.objects.select_related("user")}
    assert {office: (u.username, u.full_name, u.called) for office, u in held.items()} == {
        "OPERATOR": ("tri.hartono", "Tri Hartono, A.Md.", "Pak Tri"),
        "COORDINATOR": ("endang.rahayu", "Endang Rahayu, S.Pd.", "Bu Endang"),
        "PRINCIPAL": ("kepsek", "Dra. Hj. Sri Wahyuni, M.Pd.", "Bu Sri"),
    }


def test_it_prints_each_first_password_which_must_be_changed():
    out = setup()
    for user in User.objects.all():
        (line,) = (line for line in out.splitlines() if f" {user.username} " in line)
        assert check_password(line.split()[-1], user.password)
        assert user.must_change_password


def test_a_second_call_changes_nothing_and_says_what_to_do():
    setup()
    why = refused(year="2022/2023")
    assert why.returncode == 1
    assert "SMA Negeri 1 Candiroto" in str(why)
    assert "changepassword" in str(why)


def test_the_demo_is_left_alone():
    SchoolProfile.objects.create(pk=1, name="Contoh", is_demo=True)
    assert "demo" in str(refused())


def test_a_database_with_people_is_left_alone():
    make.person()
    assert refused().returncode == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"school": None},
        {"year": "2021"},
        {"operator": None},
        {"operator": "Tri Hartono"},
        {"operator": "Pak"},
        {"operator_username": "Tri Hartono"},
        {"coordinator_username": "kepsek"},
    ],
)
def test_what_is_missing_or_wrong_is_refused(wrong):
    assert refused(**wrong).returncode == 2


@pytest.mark.parametrize(
    ("school", "title"),
    [
        ("SMK Bina Bangsa", "Kepala Sekolah"),
        ("MAN 2 Temanggung", "Kepala Madrasah"),
        ("MTs Negeri 1", "Kepala Madrasah"),
    ],
)
def test_the_head_has_the_title_of_such_a_school(school, title):
    setup(school=school)
    assert SchoolProfile.objects.get().head_title == title


class Terminal(StringIO):
    """Somebody who types lines."""

    def isatty(self):
        return True


def typed(*lines, **given):
    terminal = Terminal("".join(f"{line}\n" for line in lines))
    with clock.still_at(day_start(date(2021, 7, 5))):
        call_command("setup", stdin=terminal, stdout=StringIO(), stderr=StringIO(), **given)


def test_it_asks_for_what_no_flag_gives_until_it_is_right():
    given = {name: text for name, text in GIVEN.items() if name != "operator"}
    typed("Tri Hartono", "Pak Tri Hartono", "", "Bu", "bu.endang", **given)
    usernames = set(User.objects.values_list("username", flat=True))
    assert usernames == {"tri.hartono", "bu.endang", "kepsek"}


def test_who_stops_typing_has_set_up_nothing():
    with pytest.raises(CommandError):
        typed("SMA Negeri 1 Candiroto", "")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("Dra. Hj. Sri Wahyuni, M.Pd.", ("Dra. Hj.", "Sri Wahyuni", "M.Pd.")),
        ("M. Agus Salim", ("", "M. Agus Salim", "")),
        ("Drs. H. Muh. Yusuf, M.Pd., Gr.", ("Drs. H.", "Muh. Yusuf", "M.Pd., Gr.")),
        ("Sumarno", ("", "Sumarno", "")),
        ("H.", ("", "H.", "")),
        ("", ("", "", "")),
    ],
)
def test_titles_are_told_from_a_name(full, parts):
    assert names.split_titles(full) == parts

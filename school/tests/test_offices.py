"""Offices from a day to a day, also in the principal's place; and what they open meanwhile."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from school.models import OfficeHolding, Told, User
from school.offices_held import office_edits_of
from school.permissions import is_counselor, is_student_affairs
from school.roles import OPERATOR, PRINCIPAL, STUDENT_AFFAIRS
from school.tests import factories as make
from school.tests.cast import small_school
from school.wording import full_day
from school.workflow.offices import end_office, give_office, let_teach
from workflow import clock
from workflow.errors import NotNow
from workflow.models import ActionEntry
from workflow.tests.browser_free import post, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return small_school(2)


def in_days(days):
    return clock.today() + timedelta(days=days)


def read(user):
    return User.objects.get(pk=user.pk)


def end(cast, holding, by=None, **sent):
    return post(signed_in(by or cast.operator), f"/sekolah/jabatan/{holding.pk}/akhiri/", sent)


def test_an_office_holds_from_its_day_to_its_last(cast):
    give_office(
        cast.guru, STUDENT_AFFAIRS, by=cast.operator, starts_on=in_days(2), ends_on=in_days(4)
    )
    held = [bool(OfficeHolding.objects.on(in_days(n)).filter(user=cast.guru)) for n in range(6)]
    assert held == [False, False, True, True, True, False]
    assert not is_student_affairs(read(cast.guru))


@pytest.mark.parametrize(("first", "last"), [(0, None), (0, 1), (3, 9), (5, 5), (10, None)])
def test_the_same_office_twice_on_a_day_is_refused(cast, first, last):
    for days in ((1, 5), (10, None)):
        OfficeHolding.objects.create(
            user=cast.guru,
            office=OPERATOR.code,
            starts_on=in_days(days[0]),
            ends_on=days[1] and in_days(days[1]),
        )
    with pytest.raises(NotNow):
        give_office(
            cast.guru,
            OPERATOR,
            by=cast.operator,
            starts_on=in_days(first),
            ends_on=last and in_days(last),
        )


@pytest.mark.parametrize(
    ("office", "days", "acting"),
    [
        (STUDENT_AFFAIRS, (-1, None), ""),
        (STUDENT_AFFAIRS, (2, 1), ""),
        (STUDENT_AFFAIRS, (0, 5), "Plh."),
        (PRINCIPAL, (0, None), "Plh."),
    ],
)
def test_what_cannot_be_is_refused(cast, office, days, acting):
    first, last = in_days(days[0]), None if days[1] is None else in_days(days[1])
    with pytest.raises(NotNow):
        give_office(
            cast.guru, office, by=cast.operator, starts_on=first, ends_on=last, acting=acting
        )


def test_nobody_gives_themselves_an_office_or_ends_their_own(cast):
    sent = {"office": "STUDENT_AFFAIRS", "starts_on": clock.today().isoformat()}
    page = post(signed_in(cast.operator), f"/sekolah/orang/{cast.operator.pk}/jabatan/", sent)
    assert page.context["form"].non_field_errors()
    end(cast, cast.operator.office_holdings.get(), last_day=clock.today().isoformat())
    assert list(cast.operator.office_holdings.values_list("office", "ends_on")) == [
        ("OPERATOR", None)
    ]


def test_an_office_ends_at_once_and_those_who_answer_are_told(cast):
    assert (
        end(cast, cast.bk.office_holdings.get(), last_day=in_days(-1).isoformat()).status_code
        == 302
    )
    assert not is_counselor(read(cast.bk))
    assert set(Told.objects.values_list("to__username", "what", "office")) == {
        ("koordinator", "ENDED", "COUNSELOR"),
        ("kepsek", "ENDED", "COUNSELOR"),
    }
    assert ActionEntry.objects.get().action == "end_office"


def test_who_sees_cases_is_disabled_at_once_and_those_who_answer_are_told(cast):
    sent = {"row": [cast.bk.pk, cast.guru.pk], "act": "disable", "sure": "1"}
    post(signed_in(cast.operator), "/sekolah/orang/", sent)
    assert set(Told.objects.values_list("to__username", "what", "about")) == {
        ("koordinator", "DISABLED", cast.bk.pk),
        ("kepsek", "DISABLED", cast.bk.pk),
    }


def test_ending_gives_no_day_more(cast):
    holding = cast.bk.office_holdings.get()
    OfficeHolding.objects.filter(pk=holding.pk).update(ends_on=in_days(3))
    for day in (in_days(4), in_days(-2)):
        with pytest.raises(NotNow):
            end_office(holding, last_day=day, by=cast.operator)
    end_office(holding, last_day=in_days(2), by=cast.operator)
    assert OfficeHolding.objects.get(pk=holding.pk).ends_on == in_days(2)


def test_before_an_office_ends_the_page_says_what_stays(cast):
    make.TeachingAssignmentFactory(teacher=cast.bk, group=cast.maths.group)
    holding = cast.bk.office_holdings.get()
    page = signed_in(cast.operator).get(f"/sekolah/jabatan/{holding.pk}/akhiri/")
    person = f"/sekolah/orang/{cast.bk.pk}/"
    assert [(line.url, line.more.split(",")[0]) for line in page.context["remains"]] == [
        (f"{person}digantikan/", "1 tugas mengajar"),
        (f"{person}kelas-binaan/", "1 kelas binaan"),
    ]
    assert f'href="{person}kelas-binaan/"' in page.content.decode()


def test_cases_alone_lead_nowhere_the_coordinator_hands_them_over(cast):
    holding = cast.coordinator.office_holdings.get()
    page = signed_in(cast.operator).get(f"/sekolah/jabatan/{holding.pk}/akhiri/")
    (line,) = page.context["remains"]
    assert (line.url, line.more.split(",")[0]) == ("", "kasus")


def test_where_nothing_stays_nothing_is_said(cast):
    holding = cast.student_affairs.office_holdings.get()
    page = signed_in(cast.operator).get(f"/sekolah/jabatan/{holding.pk}/akhiri/")
    assert page.context["remains"] == []


def test_the_page_of_a_person_says_what_they_were(cast):
    cast.bk.office_holdings.update(starts_on=in_days(-400), ends_on=in_days(-1))
    facts = dict(signed_in(cast.operator).get(f"/sekolah/orang/{cast.bk.pk}/").context["facts"])
    assert facts["Hari ini"] == "–"
    assert facts["Jabatan sebelumnya"].startswith("Guru BK (")


def test_the_history_of_a_person_has_the_offices_given_ended_and_taken_back(cast):
    client = signed_in(cast.operator)
    sent = {"office": "STUDENT_AFFAIRS", "starts_on": clock.today().isoformat()}
    post(client, f"/sekolah/orang/{cast.guru.pk}/jabatan/", sent)
    end(cast, cast.guru.office_holdings.get(), last_day=clock.today().isoformat())
    later = {**sent, "office": "OPERATOR", "starts_on": in_days(3).isoformat()}
    post(client, f"/sekolah/orang/{cast.guru.pk}/jabatan/", later)
    end(cast, cast.guru.office_holdings.get(office="OPERATOR"))
    page = client.get(f"/sekolah/orang/{cast.guru.pk}/riwayat/")
    today, to_come = full_day(clock.today()), full_day(in_days(3))
    assert [
        (edit.by, edit.what, edit.office, edit.days) for edit in page.context["office_edits"]
    ] == [
        ("Bu Tri", "Ditarik kembali sebelum berlaku", "Operator", f"mulai {to_come}"),
        ("Bu Tri", "Diberikan", "Operator", f"mulai {to_come}"),
        ("Bu Tri", "Diakhiri", "Waka Kesiswaan", f"mulai {today}, sampai {today}"),
        ("Bu Tri", "Diberikan", "Waka Kesiswaan", f"mulai {today}"),
    ]
    assert page.content.decode().count("Waka Kesiswaan") == 2
    others = client.get(f"/sekolah/orang/{cast.guru2.pk}/riwayat/")
    assert others.context["office_edits"] == []


def test_a_yes_for_lessons_is_no_end_of_the_office(cast):
    held = give_office(cast.guru, OPERATOR, by=cast.operator)
    let_teach(cast.guru, by=cast.principal)
    assert [edit.what for edit in office_edits_of(cast.guru)] == [
        "Tugas mengajar dan kelasnya ikut berlaku",
        "Diberikan",
    ]
    held.refresh_from_db()
    assert held.also_teaches


def test_offices_from_before_the_history_come_from_the_log(cast):
    held = give_office(cast.guru, STUDENT_AFFAIRS, by=cast.operator)
    end_office(held, last_day=clock.today(), by=cast.operator)
    expected = [(one.at.date(), one.what, one.days) for one in office_edits_of(cast.guru)]
    OfficeHolding.history.all().delete()
    import_module("school.migrations.0020_office_history").fill(apps, None)
    edits = office_edits_of(cast.guru)
    assert [(one.at.date(), one.what, one.days) for one in edits] == expected
    assert [one.by for one in edits] == [cast.operator.called] * 2
    assert [one.by for one in office_edits_of(cast.bk)] == ["Pengaturan awal"]


def test_an_office_that_is_to_come_is_taken_back(cast):
    holding = give_office(cast.guru, STUDENT_AFFAIRS, by=cast.operator, starts_on=in_days(2))
    end(cast, holding)
    assert not cast.guru.office_holdings.exists()

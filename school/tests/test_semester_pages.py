"""The operator's pages for semesters, recap periods, school days and policy."""

from datetime import date

import pytest

from school.days import Holiday
from school.models import OfficeHolding, Policy, RecapPeriod, Semester
from school.models.semesters import Term
from school.roles import OPERATOR
from school.tests import factories as make
from school.workflow.semesters import make_semester
from workflow import clock
from workflow.tests.browser_free import post, queries_of_warm, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAYS = {"starts_on": "2021-07-12", "ends_on": "2021-12-17"}


@pytest.fixture
def operator():
    person = make.person()
    OfficeHolding.objects.create(user=person, office=OPERATOR.code, starts_on=date(2020, 7, 13))
    return person


@pytest.fixture
def ganjil(operator):
    return make_semester("2021/2022", Term.ODD, date(2021, 7, 12), date(2021, 12, 17), by=operator)


@pytest.fixture
def september(ganjil):
    return ganjil.periods.get(starts_on=date(2021, 9, 1))


def at(day, act, *given):
    with clock.still_at(clock.day_start(day)):
        return act(*given)


def errors(answer):
    assert answer.status_code == 200
    return str(answer.context["form"].errors)


def test_the_form_proposes_the_semester_of_today(operator):
    page = at(date(2021, 9, 6), signed_in(operator).get, "/sekolah/semester/baru/")
    assert page.context["form"].initial["starts_on"] == date(2021, 7, 12)


def test_a_semester_is_added_with_its_months(operator):
    given = {"year_label": "2021/2022", "term": "1", "read_at": 0, **DAYS}
    with clock.still_at(clock.day_start(date(2021, 7, 5))):
        answer = post(signed_in(operator), "/sekolah/semester/baru/", given)
    assert answer.url == f"/sekolah/semester/{Semester.objects.get().pk}/"
    assert RecapPeriod.objects.count() == 6


def months(semester):
    return [(one.starts_on.month, one.ends_on.month) for one in semester.periods.all()]


def test_recaps_of_months_before_a_school_began_are_asked_of_nobody(operator):
    given = {"year_label": "2021/2022", "term": "1", "read_at": 0, **DAYS}
    at(date(2021, 11, 20), post, signed_in(operator), "/sekolah/semester/baru/", given)
    assert months(Semester.objects.get()) == [(11, 11), (12, 12)]


def test_the_month_from_which_recaps_count_is_chosen_and_chosen_again(operator, ganjil):
    client, url = signed_in(operator), f"/sekolah/semester/{ganjil.pk}/awal-rekap/"
    field = client.get(url).context["form"]["first"]
    assert field.value() == "2021-07-12"
    assert [label for _value, label in field.field.choices][:2] == ["Juli 2021", "Agustus 2021"]
    assert post(client, url, {"first": "2021-10-01"}).status_code == 302
    assert months(ganjil) == [(10, 10), (11, 11), (12, 12)]
    assert "Oktober 2021" in client.get(f"/sekolah/semester/{ganjil.pk}/").content.decode()
    post(client, url, {"first": "2021-09-01"})
    assert months(ganjil) == [(9, 9), (10, 10), (11, 11), (12, 12)]
    assert "first" in post(client, url, {"first": "2021-09-02"}).context["form"].errors


def test_of_a_frozen_semester_no_month_is_chosen(operator, ganjil):
    Semester.objects.update(frozen_at=clock.now())
    url = f"/sekolah/semester/{ganjil.pk}/awal-rekap/"
    assert "dibekukan" in errors(post(signed_in(operator), url, {"first": "2021-10-01"}))
    assert len(months(ganjil)) == 6


def test_a_semester_that_overlaps_is_refused_on_its_form(operator, ganjil):
    given = {"year_label": "2021/2022", "term": "2", "read_at": 0, **DAYS}
    assert "Ganjil 2021/2022" in errors(post(signed_in(operator), "/sekolah/semester/baru/", given))


def test_its_days_are_changed_and_the_history_says_so(operator, ganjil):
    client = signed_in(operator)
    post(client, f"/sekolah/semester/{ganjil.pk}/", {**DAYS, "ends_on": "2021-12-18", "read_at": 1})
    (newest, _first) = client.get(f"/sekolah/semester/{ganjil.pk}/riwayat/").context["edits"]
    assert [(d.was, d.now) for d in newest.differences] == [
        ("17 Desember 2021", "18 Desember 2021")
    ]


def test_a_period_is_proposed_after_the_last_one(operator, ganjil):
    ganjil.periods.filter(starts_on__gte=date(2021, 11, 1)).delete()
    page = signed_in(operator).get("/sekolah/periode/baru/?semester=2021/2022-1")
    initial = page.context["form"].initial
    assert (initial["starts_on"], initial["ends_on"]) == (date(2021, 11, 1), date(2021, 11, 30))


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2021-09-01", "2021-10-02", "1–31 Oktober 2021"),
        ("2021-09-01", "2021-08-31", "berakhir sebelum dimulai"),
        ("2021-07-01", "2021-09-30", "di dalam semester"),
    ],
)
def test_days_that_are_no_period_are_refused(operator, september, first, last, why):
    given = {"starts_on": first, "ends_on": last, "read_at": 1}
    url = f"/sekolah/periode/{september.pk}/"
    asked = at(date(2022, 1, 5), post, signed_in(operator), url, given)
    assert why in errors(asked)
    september.refresh_from_db()
    assert september.version == 1


def test_a_period_that_ends_earlier_says_which_due_dates_move_and_asks(operator, september):
    client, url = signed_in(operator), f"/sekolah/periode/{september.pk}/"
    given = {"starts_on": "2021-09-01", "ends_on": "2021-09-29", "read_at": 1}
    asked = at(date(2021, 9, 6), post, client, url, given)
    assert "2 batas waktu" in asked.context["asks"]
    assert "dari 5 Oktober 2021 menjadi 4 Oktober 2021" in asked.context["asks"]
    september.refresh_from_db()
    assert september.version == 1
    at(date(2021, 9, 6), post, client, url, {**given, "sure": asked.context["asks"]})
    september.refresh_from_db()
    assert september.ends_on == date(2021, 9, 29)


def test_periods_without_recaps_are_deleted(operator, ganjil):
    chosen = [period.pk for period in ganjil.periods.all()[:2]]
    post(signed_in(operator), "/sekolah/periode/", {"row": chosen, "act": "delete", "sure": "1"})
    assert ganjil.periods.count() == 4


def days_of(*holidays, pasted="", free=("7",), read_at=1, **more):
    columns = list(zip(*holidays, strict=True)) or [(), (), ()]
    names = ("holidays_first", "holidays_last", "holidays_name")
    rows = dict(zip(names, map(list, columns), strict=True))
    return {**rows, "free_weekdays": list(free), "pasted": pasted, "read_at": read_at, **more}


def test_holidays_are_typed_and_pasted(operator, ganjil):
    given = days_of(
        ("2021-08-17", "", "Hari Kemerdekaan"),
        ("", "", ""),
        pasted="20/12/2021 - 31/12/2021\tLibur semester\nSenin, 19 Juli 2021 Cuti bersama",
    )
    post(signed_in(operator), f"/sekolah/semester/{ganjil.pk}/hari/", given)
    assert Policy.objects.get().holidays == (
        Holiday(date(2021, 7, 19), date(2021, 7, 19), "Cuti bersama"),
        Holiday(date(2021, 8, 17), date(2021, 8, 17), "Hari Kemerdekaan"),
        Holiday(date(2021, 12, 20), date(2021, 12, 31), "Libur semester"),
    )


@pytest.mark.parametrize(
    "holiday",
    [
        ("2021-08-17", "", ""),
        ("", "", "Hari Kemerdekaan"),
        ("2021-08-17", "2021-08-16", "Hari Kemerdekaan"),
        ("2021-08-17", "2022-08-17", "Hari Kemerdekaan"),
        ("17 Agustus", "", "Hari Kemerdekaan"),
        ("2021-08-17", "", "x" * 81),
    ],
)
def test_a_holiday_that_is_none_is_refused_with_its_row(operator, ganjil, holiday):
    given = days_of(("2021-09-01", "", "Libur"), holiday)
    assert "Baris 2" in errors(
        post(signed_in(operator), f"/sekolah/semester/{ganjil.pk}/hari/", given)
    )
    assert Policy.objects.get().holidays == ()


def test_a_pasted_line_that_is_no_holiday_is_named(operator, ganjil):
    given = days_of(pasted="17/08/2021 Hari Kemerdekaan\nlibur lagi\n30/02/2021 Tidak ada")
    found = errors(post(signed_in(operator), f"/sekolah/semester/{ganjil.pk}/hari/", given))
    assert "Baris 2, 3" in found


def test_a_week_without_lessons_is_refused(operator, ganjil):
    given = days_of(free="1234567")
    asked = post(signed_in(operator), f"/sekolah/semester/{ganjil.pk}/hari/", given)
    assert errors(asked)


def test_a_holiday_that_moves_due_dates_is_asked_about(operator, ganjil):
    client, url = signed_in(operator), f"/sekolah/semester/{ganjil.pk}/hari/"
    given = days_of(("2021-10-05", "", "Rapat guru"))
    asked = at(date(2021, 9, 6), post, client, url, given)
    assert "dari 5 Oktober 2021 menjadi 6 Oktober 2021" in asked.context["asks"]
    assert Policy.objects.get().holidays == ()


def test_two_who_change_the_holidays_see_both_texts(operator, ganjil):
    client, url = signed_in(operator), f"/sekolah/semester/{ganjil.pk}/hari/"
    post(client, url, days_of(("2021-08-17", "", "Hari Kemerdekaan")))
    page = post(client, url, days_of(("2021-07-20", "", "Iduladha")))
    (difference,) = page.context["form"].conflict
    assert (difference.standing, difference.typed) == (
        "17 Agustus 2021 Hari Kemerdekaan",
        "20 Juli 2021 Iduladha",
    )


def test_the_policy_is_changed_and_its_history_is_in_words(operator, ganjil):
    client, url = signed_in(operator), f"/sekolah/semester/{ganjil.pk}/aturan/"
    given = dict(client.get(url).context["form"].initial)
    answer = post(client, url, {**given, "visits_need_approval": "", "attempts_before_summons": 2})
    assert answer.status_code == 303
    (newest, _first) = client.get(f"{url}riwayat/").context["edits"]
    assert [(d.was, d.now) for d in newest.differences] == [("1", "2"), ("ya", "tidak")]


@pytest.mark.parametrize("values", [{"activity_below": 0}, {"recap_days": 61}, {"small_cell": -1}])
def test_a_value_out_of_bounds_is_refused(operator, ganjil, values):
    client, url = signed_in(operator), f"/sekolah/semester/{ganjil.pk}/aturan/"
    assert errors(post(client, url, {**client.get(url).context["form"].initial, **values}))


@pytest.mark.parametrize(
    "address",
    [
        "sekolah/semester/{s}/",
        "sekolah/semester/{s}/aturan/",
        "sekolah/semester/{s}/hari/",
        "sekolah/periode/{p}/",
    ],
)
def test_a_frozen_semester_is_not_changed(operator, ganjil, september, address):
    Semester.objects.update(frozen_at=clock.now())
    client, url = signed_in(operator), "/" + address.format(s=ganjil.pk, p=september.pk)
    initial = client.get(url).context["form"].initial
    given = {name: value for name, value in initial.items() if name != "holidays"}
    given |= (
        {"ends_on": "2021-12-16"}
        if "ends_on" in given
        else {"recap_days": 6, "free_weekdays": ["6"]}
    )
    answer = at(date(2022, 9, 6), post, client, url, given)
    assert "beku" in errors(answer)


@pytest.mark.sqlite
@pytest.mark.parametrize("address", ["/sekolah/semester/", "/sekolah/periode/"])
def test_the_lists_ask_as_many_queries_for_30_rows_as_for_1(operator, ganjil, address):
    client = signed_in(operator)
    RecapPeriod.objects.exclude(starts_on=date(2021, 9, 1)).delete()
    one = queries_of_warm(client, address)
    for year in range(2000, 2021):
        make.SemesterFactory(
            year=make.AcademicYearFactory(label=f"{year}/{year + 1}"),
            starts_on=date(year, 7, 12),
            ends_on=date(year, 12, 17),
        )
    RecapPeriod.objects.bulk_create(
        RecapPeriod(semester=ganjil, starts_on=date(2021, 10, n), ends_on=date(2021, 10, n))
        for n in range(1, 30)
    )
    assert queries_of_warm(client, address) == one

"""Who may take which pages of a visit along."""

import pytest

from cases.tests import factories as cases
from homevisits.models import Visit
from homevisits.taken import takes_of, takes_of_day
from homevisits.tests import factories as make
from homevisits.workflow import cancel
from school.tests.cast import Cast, small_school
from workflow import clock
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def cast() -> Cast:
    return small_school()


@pytest.fixture
def visit(cast: Cast) -> Visit:
    case = cases.direct_case(cast)
    return make.scheduled_visit(case, cast.bk, cast.principal, visitors=[cast.guru2])


def test_a_visit_is_taken_along_with_its_report_and_photos(cast: Cast, visit: Visit) -> None:
    (take,) = takes_of(visit, cast.guru2)
    page = f"/kunjungan/{visit.pk}/"
    assert (take["address"], take["pages"]) == (page, [page, f"{page}laporan/", f"{page}foto/"])
    assert take["title"].startswith(f"{visit.case.student.name} · ")


@pytest.mark.parametrize(("person", "takes"), [("guru2", True), ("bk", True), ("principal", False)])
def test_only_who_may_record_it_takes_it_along(
    cast: Cast, visit: Visit, person: str, takes: bool
) -> None:
    page = signed_in(getattr(cast, person)).get(f"/kunjungan/{visit.pk}/")
    assert ("data-takes" in page.content.decode()) is takes


@pytest.mark.parametrize("page", ["/kunjungan/{}/", "/kunjungan/hari/"])
def test_on_a_device_that_is_not_called_ones_own_it_says_why_not(
    cast: Cast, visit: Visit, page: str
) -> None:
    client = signed_in(cast.guru2)
    address = page.format(visit.pk)
    for own in (True, False):
        session = client.session
        session.set_expiry(12 * 3600 if own else 0)
        session.save()
        html = client.get(address).content.decode()
        assert ("data-takes" in html, "data-not-taken" in html) == (own, not own)


def test_a_visit_that_is_not_to_come_is_not_taken_along(cast: Cast, visit: Visit) -> None:
    cancel(visit, by=cast.bk, reason="Keluarga pindah")
    visit.refresh_from_db()
    assert takes_of(visit, cast.guru2) == []


def test_a_day_is_taken_along_with_its_list_and_what_is_still_to_come(
    cast: Cast, visit: Visit
) -> None:
    case = cases.direct_case(cast, cast.students[1])
    made = make.recorded_visit(case, cast.bk, cast.principal, visitors=[cast.guru2])
    day, (_, *pages) = clock.today(), takes_of_day(clock.today(), [visit, made])
    assert [one["address"] for one in pages] == [f"/kunjungan/{visit.pk}/"]
    assert takes_of_day(day, [made]) == []


@pytest.mark.parametrize(("query", "takes"), [("", True), ("?order=time", True), ("bk", False)])
def test_all_visits_of_a_day_are_taken_along_by_who_goes(
    cast: Cast, visit: Visit, query: str, takes: bool
) -> None:
    person = cast.coordinator if query == "bk" else cast.guru2
    query = f"?who={cast.guru2.pk}" if query == "bk" else query
    page = signed_in(person).get(f"/kunjungan/hari/{visit.scheduled_for:%Y-%m-%d}/{query}")
    assert ("data-takes" in page.content.decode()) is takes

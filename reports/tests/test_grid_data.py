"""Tables that are kept as data are read as they were."""

from decimal import Decimal

import pytest

from reports.frozen import _asked
from reports.grid import Cell, Column, Grid, Line, Unit
from reports.grid_data import data_of, grid_from
from reports.kinds import years
from reports.tables import CLASS, GRADE
from school.models import OfficeHolding
from school.roles import STUDENT_AFFAIRS
from school.tests import factories as make
from school.tests.cast import small_school
from workflow.tests.browser_free import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_a_table_is_read_as_it_was_kept():
    columns = [Column("Kontak", over="Retno"), Column("Persen", Unit.PERCENT, "Retno")]
    line = Line("Minggu 1", [Cell(3, "/kasus/"), Cell(Decimal("2.50"))])
    grid = Grid("load", "Beban", "Minggu", columns, [line], [line], "Catatan")
    kept = grid_from(data_of(grid))
    assert (kept.top, kept.heads, kept.note) == (grid.top, grid.heads, grid.note)
    assert [cell.value for cell in kept.lines[0].cells] == [3, Decimal("2.50")]
    assert kept.said_totals[0][1] == [("3", ""), ("2,50", "")]


def test_over_the_years_keeps_the_semesters_until_then_by_grade():
    cast = small_school()
    earlier = make.SemesterFactory(
        year__label="2019/2020", starts_on=make.days_ago(500), ends_on=make.days_ago(400)
    )
    make.SemesterFactory(
        year__label="2030/2031", starts_on=make.days_ago(-300), ends_on=make.days_ago(-400)
    )
    for by in (GRADE, CLASS):
        asked = _asked(years.KIND, cast.semester, by)
        assert (asked.semesters, asked.by) == ([earlier, cast.semester], GRADE)


def test_who_teaches_a_class_beside_student_affairs_reads_no_other_class_of_a_report():
    cast = small_school()
    OfficeHolding.objects.bulk_create([make.holding(cast.wali, STUDENT_AFFAIRS)])
    cast.wali.forget_ties()
    url = f"/laporan/semester/{cast.semester.code}/"
    assert signed_in(cast.wali).get(url, {"by": CLASS}).status_code in {403, 404}
    assert "by=class" not in signed_in(cast.wali).get("/laporan/semester/").content.decode()

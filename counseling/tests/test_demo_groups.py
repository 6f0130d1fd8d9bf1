"""The groups of the demo school that are no whole class."""

import pytest

from counseling.tests.conftest import DemoSchool
from recaps.models import Entry
from school.models import GroupMember, RecapPeriod, Semester, Student, TeachingGroup

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.once]


@pytest.fixture(autouse=True)
def lives_in_the_demo(demo_school: DemoSchool) -> None:
    """Run every test of this module in the demo school."""


def test_three_classes_share_a_religion_group_and_an_elective() -> None:
    year = Semester.objects.current().year
    groups = {str(g): g for g in TeachingGroup.objects.filter(year=year, school_class=None)}
    islam = [f"Islam XI MIPA {n}" for n in (2, 3, 4)]
    assert sorted(groups) == [*islam, "Kristen XI", "Lintas Minat XI MIPA"]
    august = RecapPeriod.objects.get(starts_on="2021-08-01")

    def members(name: str) -> set[int]:
        return set(Student.objects.of_group(groups[name], august).values_list("pk", flat=True))

    for name in ("Kristen XI", "Lintas Minat XI MIPA"):
        assert len(groups[name].class_ids(august.starts_on, august.ends_on)) == 3
    assert all(members("Kristen XI").isdisjoint(members(name)) for name in islam)
    for entry in Entry.objects.filter(sheet__recap__group__in=groups.values()):
        assert GroupMember.objects.filter(
            group=entry.sheet.recap.group, student=entry.student
        ).exists()

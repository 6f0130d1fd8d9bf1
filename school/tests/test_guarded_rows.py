"""No import and no other change of many rows makes BK, or opens the account of who is."""

import pytest

from school.models import OfficeHolding, User
from school.models.change import ChangeKind
from school.roles import COORDINATOR, COUNSELOR, GUARDED, STUDENT_AFFAIRS
from school.tests import factories as make
from school.tests.cast import small_school
from school.workflow.changes import recording, undo
from workflow import clock
from workflow.errors import NotNow

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return small_school(2)


def holding(user, office):
    return OfficeHolding(user=user, office=office.code, starts_on=clock.today())


@pytest.mark.parametrize("office", GUARDED)
def test_a_guarded_office_is_not_given(cast, office):
    with (
        pytest.raises(NotNow),
        recording(ChangeKind.STUDENTS, by=cast.operator) as change,
    ):
        change.create([holding(cast.guru, STUDENT_AFFAIRS), holding(cast.guru2, office)])
    assert not OfficeHolding.objects.filter(user__in=[cast.guru, cast.guru2]).exists()


@pytest.mark.parametrize(
    ("field", "value"), [("office", COUNSELOR.code), ("ends_on", None), ("user_id", "guru")]
)
def test_a_holding_does_not_become_one_or_last_longer(cast, field, value):
    rows = OfficeHolding.objects.filter(user=cast.bk)
    if field == "office":
        rows = OfficeHolding.objects.filter(user=cast.student_affairs)
    rows.update(ends_on=clock.today())
    held = rows.get()
    setattr(held, field, cast.guru.pk if value == "guru" else value)
    before = list(OfficeHolding.objects.order_by("pk").values())
    with (
        pytest.raises(NotNow),
        recording(ChangeKind.STUDENTS, by=cast.operator) as change,
    ):
        change.update([held], (field.removesuffix("_id"),))
    assert list(OfficeHolding.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    ("field", "value"), [("username", "lain"), ("password", "x"), ("is_active", False)]
)
def test_the_account_of_a_holder_stays(cast, field, value):
    setattr(cast.bk, field, value)
    with (
        pytest.raises(NotNow),
        recording(ChangeKind.STUDENTS, by=cast.operator) as change,
    ):
        change.update([cast.bk], (field,))
    assert getattr(User.objects.get(pk=cast.bk.pk), field) != value


def test_all_else_may_be_changed(cast):
    cast.bk.phone, cast.guru.username = "6281111111111", "hadi"
    with recording(ChangeKind.STUDENTS, by=cast.operator) as change:
        change.create([holding(cast.guru2, STUDENT_AFFAIRS)])
        change.update([cast.bk], ("phone",))
        change.update([cast.guru], ("username",))
    assert User.objects.get(pk=cast.bk.pk).phone == "6281111111111"
    assert User.objects.get(pk=cast.guru.pk).username == "hadi"


def test_an_undo_renames_nobody_who_has_come_to_see_cases(cast):
    cast.guru.username = "hadi"
    with recording(ChangeKind.STUDENTS, by=cast.operator) as change:
        change.update([cast.guru], ("username",))
    make.holding(cast.guru, COORDINATOR).save()
    with pytest.raises(NotNow):
        undo(change.made, by=cast.operator)
    assert User.objects.get(pk=cast.guru.pk).username == "hadi"

import pytest
from django.core.management import CommandError, call_command

from school.models import SchoolProfile, User
from school.tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_real_school_is_never_thrown_away() -> None:
    SchoolProfile.objects.create(pk=SchoolProfile.ONLY, name="SMA Nyata")
    with pytest.raises(CommandError, match="holds a real school"):
        call_command("demo_reset")
    assert SchoolProfile.objects.get().name == "SMA Nyata"


def test_people_without_a_school_are_never_thrown_away() -> None:
    make.UserFactory()
    with pytest.raises(CommandError, match="holds a real school"):
        call_command("demo_reset")
    assert User.objects.count() == 1

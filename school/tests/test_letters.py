"""Letter numbers: proposed in the school's pattern, can be changed, unique in a year."""

from datetime import date

import pytest

from school.models import LetterNumber, SchoolProfile
from school.models.letters import LetterKind
from workflow.errors import NotNow

pytestmark = pytest.mark.django_db
DAY = date(2021, 10, 4)


@pytest.mark.parametrize(
    ("pattern", "typed", "proposed"),
    [
        ("422/{urut}/BK/{bulan_romawi}/{tahun}", "422/031/BK/X/2021", "422/032/BK/X/2021"),
        ("422/{urut}/BK/{bulan_romawi}/{tahun}", "422/9/BK", "422/010/BK/X/2021"),
        ("{urut}/{tahun}", "045/2021", "046/2021"),
        ("{urut}/BK/{tahun}", "7/BK/2021", "008/BK/2021"),
        ("B-{urut}/SMA/{tahun}", "B-012/SMA/2021", "B-013/SMA/2021"),
        ("421.3/{urut}/{tahun}", "tanpa nomor", "421.3/001/2021"),
    ],
)
def test_the_next_number_follows_the_last_in_any_pattern(pattern, typed, proposed):
    SchoolProfile.objects.create(pk=1, name="SMA", summons_number_pattern=pattern)
    LetterNumber.objects.take(LetterKind.SUMMONS, typed, DAY)
    assert LetterNumber.objects.proposed(LetterKind.SUMMONS, DAY) == proposed


def test_a_number_is_given_once_a_year():
    LetterNumber.objects.take(LetterKind.SUMMONS, "422/1/BK/2021", DAY)
    with pytest.raises(NotNow):
        LetterNumber.objects.take(LetterKind.SUMMONS, "422/1/BK/2021", DAY)
    LetterNumber.objects.take(LetterKind.SUMMONS, "422/1/BK/2021", date(2022, 1, 3))
    LetterNumber.objects.take(LetterKind.ASSIGNMENT, "422/1/BK/2021", DAY)

"""Months are read as schools write them, in files and in pasted lines."""

from datetime import date

import pytest

from school.holiday_lines import holiday_of
from school.imports.days import Days
from school.months import month_of


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Januari", 1),
        ("peb", 2),
        ("Mar", 3),
        ("Agt", 8),
        ("Ags", 8),
        ("Agust", 8),
        ("SEPT", 9),
        ("Nopember", 11),
        ("December", 12),
        ("", 0),
        ("ma", 0),
        ("Desa", 0),
        ("Senin", 0),
    ],
)
def test_a_month_is_known_by_its_name_or_the_beginning_of_it(word: str, month: int) -> None:
    assert month_of(word) == month


def test_files_and_pasted_lines_know_the_same_names() -> None:
    for word in ("Pebruari", "Agust", "Nop"):
        day = date(2021, month_of(word), 5)
        assert Days().read(f"5 {word} 2021") == day
        assert holiday_of(f"5 {word} 2021 Libur").first == day

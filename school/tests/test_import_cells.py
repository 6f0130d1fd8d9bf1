"""Cells as nobody should write them: they take no time, and nothing is read into them."""

from time import process_time

import pytest

from school.imports import fields
from school.imports.days import Days
from school.imports.plan import Refused


@pytest.mark.parametrize("text", ["-" * 250, ", " * 125, "dr." * 83, "- " * 124 + "x 1"])
def test_a_long_cell_that_is_no_day_takes_no_time(text: str) -> None:
    began = process_time()
    for _time in range(20):
        with pytest.raises(Refused):
            Days().read(text)
    assert process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "name"),
    [("12. Budi Santoso *", "Budi Santoso"), ("Budi 2. Santoso", "Budi 2. Santoso")],
)
def test_the_number_of_a_list_is_taken_from_before_a_name_alone(text: str, name: str) -> None:
    assert fields.name(text) == name

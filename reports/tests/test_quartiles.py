"""Median and quartiles, by the method that the reports say."""

from decimal import Decimal

import pytest

from reports.quartiles import spread_of

ROWS = (
    ([], [0, None, None, None]),
    ([7], [1, None, 7, None]),
    ([9, 4], [2, 4, 6.5, 9]),
    ([3, 1, 8], [3, 1, 3, 8]),
    ([1, 2, 3, 4], [4, 1.5, 2.5, 3.5]),
    ([5, 4, 3, 2, 1], [5, 1.5, 3, 4.5]),
    ([6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49], [11, 15, 40, 43]),
)


@pytest.mark.parametrize(("figures", "expected"), ROWS)
def test_quartiles_are_the_medians_of_the_halves_without_the_middle(figures, expected):
    found = spread_of(figures)
    assert list(found) == expected
    assert all(isinstance(each, Decimal) for each in found[1:] if each is not None)

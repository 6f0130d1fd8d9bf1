"""Parts of a whole in percent, and how figures are rounded (decision 0016)."""

from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


def rounded(value: Decimal) -> Decimal:
    """Return `value` with two decimals, half up: 14.717 → 14.72, 0.125 → 0.13."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def share(part: int, whole: int) -> Decimal:
    """Return `part` of `whole` in percent, to be rounded once, where it is shown."""
    return Decimal(100 * part) / whole if whole else Decimal(0)


def percent(part: int, whole: int) -> Decimal:
    """Return `part` of `whole` in percent, rounded; 0.00 if there is nobody."""
    return rounded(share(part, whole))

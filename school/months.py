"""The month that a word means, as schools write it: "Agustus", "agt", "Nop", "December"."""

NAMES: tuple[tuple[str, ...], ...] = (
    ("januari", "january"),
    ("februari", "february", "pebruari"),
    ("maret", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "august", "agt", "ags"),
    ("september",),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)
SHORTEST = 3
"""Letters of a name that is cut off."""


def month_of(word: str) -> int:
    """Return the number of the month whose name is this word or begins with it; 0 for none."""
    typed = word.casefold()
    if len(typed) < SHORTEST:
        return 0
    numbered = enumerate(NAMES, start=1)
    return next((n for n, names in numbered if any(one.startswith(typed) for one in names)), 0)

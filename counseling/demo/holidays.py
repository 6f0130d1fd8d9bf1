"""The holidays of the demo's school years: the national ones, and those between the semesters."""

from datetime import date

from school.days import Holiday, Weekday, calendar_of

FREE_WEEKDAYS = (Weekday.SATURDAY.value, Weekday.SUNDAY.value)
"""Schools of Central Java have lessons on five days a week."""
BETWEEN = "Libur semester"
Span = tuple[int, int, int]
"""A month, and the first and the last day of it."""


def _of(year: int, *named: tuple[str, Span]) -> tuple[Holiday, ...]:
    return tuple(
        Holiday(date(year, month, first), date(year, month, last), name)
        for name, (month, first, last) in named
    )


HOLIDAYS = (
    *_of(
        2020,
        ("Iduladha 1441 H", (7, 31, 31)),
        ("Hari Kemerdekaan RI", (8, 17, 17)),
        ("Tahun Baru Islam 1442 H", (8, 20, 21)),
        ("Maulid Nabi Muhammad saw.", (10, 28, 30)),
        ("Pilkada serentak", (12, 9, 9)),
        (BETWEEN, (12, 21, 24)),
        ("Hari Raya Natal", (12, 25, 25)),
        (BETWEEN, (12, 26, 31)),
    ),
    *_of(
        2021,
        ("Tahun Baru 2021", (1, 1, 1)),
        ("Tahun Baru Imlek 2572", (2, 12, 12)),
        ("Isra Mikraj Nabi Muhammad saw.", (3, 11, 11)),
        ("Hari Raya Nyepi", (3, 14, 14)),
        ("Wafat Isa Almasih", (4, 2, 2)),
        ("Hari Buruh Internasional", (5, 1, 1)),
        ("Idulfitri 1442 H", (5, 12, 14)),
        ("Hari Raya Waisak 2565", (5, 26, 26)),
        ("Hari Lahir Pancasila", (6, 1, 1)),
        (BETWEEN, (6, 21, 30)),
        (BETWEEN, (7, 1, 11)),
        ("Iduladha 1442 H", (7, 20, 20)),
        ("Tahun Baru Islam 1443 H", (8, 11, 11)),
        ("Hari Kemerdekaan RI", (8, 17, 17)),
        ("Maulid Nabi Muhammad saw.", (10, 20, 20)),
        (BETWEEN, (12, 20, 24)),
        ("Hari Raya Natal", (12, 25, 25)),
        (BETWEEN, (12, 26, 31)),
    ),
    *_of(2022, ("Tahun Baru 2022", (1, 1, 1))),
)
CALENDAR = calendar_of(FREE_WEEKDAYS, HOLIDAYS)


def holidays_from(first: date, until: date) -> tuple[Holiday, ...]:
    """Return the holidays that begin on a day of the span, both ends included."""
    return tuple(holiday for holiday in HOLIDAYS if first <= holiday.first <= until)

"""Where the students live: villages around Candiroto, and hamlets with names usual there."""

import random
from dataclasses import dataclass

SPREAD = 9
"""Thousandths of a degree from a village's middle: about a kilometre."""

VILLAGES = (
    # village, district, thousandths of a degree south of 7°, east of 110°, students
    ("Muntung", "Candiroto", 190, 62, 10),
    ("Candiroto", "Candiroto", 181, 55, 10),
    ("Mento", "Candiroto", 198, 48, 6),
    ("Lempuyang", "Candiroto", 172, 47, 6),
    ("Bantir", "Candiroto", 158, 41, 5),
    ("Batursari", "Candiroto", 149, 62, 4),
    ("Canggal", "Candiroto", 203, 33, 5),
    ("Kentengsari", "Candiroto", 207, 56, 4),
    ("Krawitan", "Candiroto", 177, 71, 4),
    ("Muneng", "Candiroto", 165, 72, 4),
    ("Plosogaden", "Candiroto", 186, 78, 5),
    ("Sidoharjo", "Candiroto", 169, 34, 4),
    ("Ngabeyan", "Candiroto", 196, 70, 3),
    ("Bejen", "Bejen", 116, 106, 5),
    ("Duren", "Bejen", 141, 99, 3),
    ("Larangan", "Bejen", 129, 83, 3),
    ("Jumo", "Jumo", 215, 96, 6),
    ("Gedongsari", "Jumo", 209, 87, 3),
    ("Morobongo", "Jumo", 222, 79, 2),
    ("Wonoboyo", "Wonoboyo", 228, 31, 4),
    ("Pateken", "Wonoboyo", 236, 22, 3),
    ("Tretep", "Tretep", 201, 5, 3),
    ("Gemawang", "Gemawang", 178, 128, 3),
)
HAMLETS = (
    "Krajan",
    "Kauman",
    "Ngemplak",
    "Gondang",
    "Sumberan",
    "Karanganyar",
    "Jambon",
    "Kalisat",
    "Wonosari",
    "Sibajag",
    "Ngabean",
    "Tegalsari",
    "Banaran",
    "Gintung",
    "Kemiri",
    "Sawahan",
    "Pandansari",
    "Sorogaten",
    "Dukuh",
    "Gletuk",
    "Ploso",
    "Ngropoh",
    "Mranggen",
    "Gemawang",
    "Sodong",
    "Tempuran",
    "Kalirejo",
    "Sidomulyo",
    "Wates",
    "Candi",
    "Bulu",
    "Kluwung",
)


@dataclass(frozen=True)
class Home:
    street: str
    rt: str
    rw: str
    village: str
    district: str
    latitude: str
    longitude: str


def home(rng: random.Random, fixed: tuple[str, str, str, str] | None = None) -> Home:
    """Draw a house in one of the villages and a point near it.

    `fixed` gives its hamlet, RT, RW and village instead.
    """
    weights = [row[4] for row in VILLAGES]
    drawn = rng.choices(VILLAGES, weights)[0]
    hamlet = (f"Dsn. {rng.choice(HAMLETS)}", f"{rng.randint(1, 8):02d}", f"{rng.randint(1, 5):02d}")
    street, rt, rw, name = fixed or (*hamlet, drawn[0])
    village, district, south, east, _students = next(row for row in VILLAGES if row[0] == name)
    return Home(
        street=street,
        rt=rt,
        rw=rw,
        village=village,
        district=district,
        latitude=f"{-7 - (south + rng.uniform(-SPREAD, SPREAD)) / 1000:.6f}",
        longitude=f"{110 + (east + rng.uniform(-SPREAD, SPREAD)) / 1000:.6f}",
    )

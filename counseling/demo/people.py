"""Staff and students of the demo school."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from simple_history.utils import bulk_create_with_history

from counseling.demo import roster
from counseling.demo.moments import at
from counseling.demo.names import STAFF_BOYS, STAFF_GIRLS, Names
from counseling.demo.places import home
from school.models import Guardian, OfficeHolding, Student, User

HELD_SINCE = date(2019, 7, 15)
UNUSED_PREFIX = "62840"
"""0840: no network in Indonesia uses this prefix, so a number tapped by mistake calls nobody."""
RANKS = (
    "Penata Muda, III/a",
    "Penata Muda Tingkat I, III/b",
    "Penata, III/c",
    "Penata Tingkat I, III/d",
    "Pembina, IV/a",
)
HONORARY = 0.3
OLD_DEGREE, OLDER = 1968, 1975
"""Born before the one: Drs. or Dra.; before the other: perhaps a pilgrim (H., Hj.)."""
PILGRIMS, MASTERS = 0.35, 0.2
RELATIVES = (
    # what the family says, the form of address, whether it is a woman; how many of them
    (("nenek", "Mbah", True), 5),
    (("kakek", "Mbah", False), 2),
    (("paman", "Pak", False), 3),
    (("bibi", "Bu", True), 3),
)
OCCUPATIONS = (
    ("Petani", 9),
    ("Buruh tani", 6),
    ("Pedagang", 4),
    ("Buruh harian lepas", 4),
    ("Wiraswasta", 3),
    ("Karyawan swasta", 2),
    ("Tukang bangunan", 2),
    ("PNS", 1),
    ("Sopir", 1),
)

OF_MEN = ("Tukang bangunan", "Sopir")


def phone(rng: random.Random) -> str:
    return f"{UNUSED_PREFIX}{rng.randrange(10_000_000, 100_000_000)}"


@dataclass
class Teacher:
    user: User
    subjects: tuple[str, ...]


@dataclass
class Staff:
    by_username: dict[str, User]
    teachers: list[Teacher]

    def __getitem__(self, username: str) -> User:
        return self.by_username[username]

    def homeroom_of(self, class_name: str) -> User:
        return self[f"wali{roster.HOMEROOMS.index(class_name) + 1}"]

    def counselor_of(self, class_name: str) -> User | None:
        for username, classes in roster.COUNSELED.items():
            if class_name in classes:
                return self[username]
        return None


def hire(rng: random.Random) -> Staff:
    """Make the staff with their offices; all of them have the demo's password."""
    hashed = make_password(roster.PASSWORD)
    officials = [_official(rng, row, hashed) for row in roster.OFFICIALS]
    teachers = list(_teachers(rng, hashed))
    pastor = _official(random.Random(roster.PASTOR.name), roster.PASTOR, hashed)  # noqa: S311
    users = [*officials, *(t.user for t in teachers), pastor]
    User.objects.bulk_create(users)
    pairs = zip(officials, roster.OFFICIALS, strict=True)
    held = [OfficeHolding(user=one, office=row.office, starts_on=HELD_SINCE) for one, row in pairs]
    bulk_create_with_history(held, OfficeHolding)
    return Staff({user.username: user for user in users}, teachers)


def _official(rng: random.Random, row: roster.Official, hashed: str) -> User:
    return User(
        username=row.username,
        title_before=row.before,
        name=row.name,
        title_after=row.after,
        honorific=row.honorific,
        nip=row.nip,
        grade_rank=row.rank,
        position=row.position,
        phone=phone(rng),
        password=hashed,
    )


def _teachers(rng: random.Random, hashed: str) -> Iterator[Teacher]:
    posts = [subjects for subjects, count in roster.POSTS for _n in range(count)]
    fixed = {
        username: next(post for post in posts if post[0] == known.subject)
        for username, known in roster.FIXED_TEACHERS.items()
    }
    for post in fixed.values():
        posts.remove(post)
    rng.shuffle(posts)
    names = _staff_names(rng)
    walis = [f"wali{n + 1}" for n in range(len(roster.HOMEROOMS))]
    gurus = [f"guru{n + 1}" for n in range(len(posts) + len(fixed) - len(walis))]
    for username in (*walis, *gurus):
        subjects = fixed.get(username) or posts.pop()
        known = roster.FIXED_TEACHERS.get(username)
        name, honorific = (known.name, known.honorific) if known else next(names)
        born = rng.randint(1962, 1992)
        if known and known.before.startswith("Dr"):
            born = 1962 + born % (OLD_DEGREE - 1962)
        before, after = _titles(rng, subjects[0], honorific, born)
        user = User(
            username=username,
            title_before=known.before if known else before,
            name=name,
            title_after=known.after if known else after,
            honorific=honorific,
            position=f"Guru {subjects[0]}",
            phone=phone(rng),
            password=hashed,
            **_rank(rng, honorific, born),
        )
        yield Teacher(user, subjects)


def _titles(rng: random.Random, subject: str, honorific: str, born: int) -> tuple[str, str]:
    """Return a teacher's titles before and after the name, as people of that age have them."""
    is_man = honorific == "BAPAK"
    before = []
    degrees = [roster.DEGREES.get(subject, "S.Pd.")]
    if born < OLD_DEGREE:
        before, degrees = ["Drs." if is_man else "Dra."], []
    if born < OLDER and rng.random() < PILGRIMS:
        before.append("H." if is_man else "Hj.")
    if rng.random() < MASTERS:
        degrees.append("M.Pd.")
    return " ".join(before), ", ".join(degrees)


def _staff_names(rng: random.Random) -> Iterator[tuple[str, str]]:
    given = {known.name for known in roster.FIXED_TEACHERS.values()}
    names = [(name, "BAPAK") for name in STAFF_BOYS] + [(name, "IBU") for name in STAFF_GIRLS]
    names = [row for row in names if row[0] not in given]
    rng.shuffle(names)
    return iter(names)


def _rank(rng: random.Random, honorific: str, born: int) -> dict[str, str]:
    """NIP and rank; a third are honorary and have neither."""
    if rng.random() < HONORARY:
        return {"nip": "", "grade_rank": ""}
    years = rng.randint(24, 27)
    gender = 1 if honorific == "BAPAK" else 2
    nip = f"{born}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    nip += f"{born + years}{rng.choice((1, 2, 3, 4)):02d}{gender}{rng.randint(1, 25):03d}"
    rank = RANKS[min(len(RANKS) - 1, (1994 - born) // 6)]
    return {"nip": nip, "grade_rank": rank}


def enrol_cohort(rng: random.Random, names: Names, entry_year: int) -> dict[str, list[Student]]:
    """Make the students who came in `entry_year`, with guardians; return them by stream ("MIPA 1").

    Their first state is written into their history too, so that later corrections show.
    """
    cohort: dict[str, list[Student]] = {}
    number = 0
    for stream, size in zip(roster.STREAMS, roster.COHORTS[entry_year], strict=True):
        fixed = roster.FIXED_STUDENTS.get((entry_year, stream), "")
        drawn = [row.rsplit(" ", 1) for row in fixed.split("|") if row]
        while len(drawn) < size:
            gender = "L" if rng.random() < 0.45 else "P"  # noqa: PLR2004
            drawn.append([names.student(gender), gender])
        cohort[stream] = []
        for name, gender in sorted(drawn):
            number += 1
            cohort[stream].append(_student(rng, name, gender, entry_year, number))
    students = [student for group in cohort.values() for student in group]
    Student.objects.bulk_create(students)
    guardians = [g for student in students for g in _guardians(rng, names, student)]
    Guardian.objects.bulk_create(guardians)
    joined = at(date(entry_year, 7, 6), 8)
    Student.history.bulk_history_create(students, default_date=joined)
    Guardian.history.bulk_history_create(guardians, default_date=joined)
    return cohort


def _student(rng: random.Random, name: str, gender: str, entry_year: int, number: int) -> Student:
    born = date(entry_year - 16, 7, 1) + timedelta(days=rng.randrange(480))
    house = home(rng, roster.FIXED_HOMES.get(name))
    nisn = f"{born.year % 1000:03d}{rng.randrange(1000, 10_000)}{number:03d}"
    return Student(
        name=name,
        nis=f"{entry_year % 100}{number:03d}",
        nisn=None if rng.random() < 0.03 else nisn,  # noqa: PLR2004
        gender=gender,
        birth_date=born,
        phone="" if rng.random() < 0.08 else phone(rng),  # noqa: PLR2004
        **vars(house),
    )


def _guardians(rng: random.Random, names: Names, student: Student) -> Iterator[Guardian]:
    """Yield a student's guardians: mostly mother and father, for some another relative."""
    if fixed := roster.FIXED_PARENTS.get(student.name):
        yield from (_guardian(rng, student, name, relation) for name, relation in fixed)
        return
    if rng.random() < 0.07:  # noqa: PLR2004
        yield _relative(rng, names, student)
        return
    if rng.random() < 0.97:  # noqa: PLR2004
        yield _guardian(rng, student, names.mother(student.name), "MOTHER")
    if rng.random() < 0.93:  # noqa: PLR2004
        yield _guardian(rng, student, names.father(student.name), "FATHER")


def _relative(rng: random.Random, names: Names, student: Student) -> Guardian:
    """Return another relative as guardian: most often a grandmother."""
    weights = [weight for _relative, weight in RELATIVES]
    (kinship, form, is_woman), _weight = rng.choices(RELATIVES, weights)[0]
    if form == "Mbah":
        name = names.grandparent(is_woman=is_woman)
    else:
        name = names.mother(student.name) if is_woman else names.father(student.name)
    guardian = _guardian(rng, student, name, "GUARDIAN")
    guardian.kinship, guardian.form_of_address = kinship, form
    if form == "Mbah":
        guardian.occupation = rng.choice(("Petani", "Pedagang", ""))
    return guardian


def _guardian(rng: random.Random, student: Student, name: str, relation: str) -> Guardian:
    words, weights = zip(*OCCUPATIONS, strict=True)
    occupation = rng.choices(words, weights)[0]
    if relation == "MOTHER" and rng.random() < 0.5:  # noqa: PLR2004
        occupation = "Ibu rumah tangga"
    if relation == "MOTHER" and occupation in OF_MEN:
        occupation = "Buruh tani"
    has_phone = rng.random() < 0.8  # noqa: PLR2004
    return Guardian(
        student=student,
        name=name,
        relation=relation,
        phone=phone(rng) if has_phone else "",
        occupation=occupation,
    )

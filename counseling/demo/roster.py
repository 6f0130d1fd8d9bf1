"""Facts about the demo school's people: names, subjects, homerooms. `people` makes the rows."""

from dataclasses import dataclass

from school.names import with_titles

PASSWORD = "sambang-demo-2021"  # noqa: S105  (printed and in the README: the demo has no secrets)


@dataclass(frozen=True)
class Official:
    username: str
    name: str
    honorific: str
    office: str
    position: str
    nip: str
    rank: str
    before: str = ""
    after: str = ""

    @property
    def full_name(self) -> str:
        return with_titles(self.before, self.name, self.after)


@dataclass(frozen=True)
class KnownTeacher:
    """A teacher named in the drawings and in the first steps of the README."""

    name: str
    honorific: str
    subject: str
    before: str = ""
    after: str = "S.Pd."

    @property
    def full_name(self) -> str:
        return with_titles(self.before, self.name, self.after)


OFFICIALS = (
    Official(
        "kepsek",
        "Sri Wahyuni",
        "IBU",
        "PRINCIPAL",
        "Kepala Sekolah",
        "196804121992032004",
        "Pembina Tingkat I, IV/b",
        before="Dra. Hj.",
        after="M.Pd.",
    ),
    Official(
        "waka",
        "Joko Purnomo",
        "BAPAK",
        "STUDENT_AFFAIRS",
        "Waka Kesiswaan",
        "197102231998021002",
        "Pembina, IV/a",
        after="S.Pd., M.M.",
    ),
    Official("operator", "Tri Hartono", "BAPAK", "OPERATOR", "Operator", "", "", after="A.Md."),
    Official(
        "koordinator",
        "Endang Rahayu",
        "IBU",
        "COORDINATOR",
        "Koordinator BK",
        "197007081997032003",
        "Pembina, IV/a",
        after="S.Pd., M.Pd.",
    ),
    Official(
        "bk1",
        "Retno Wulandari",
        "IBU",
        "COUNSELOR",
        "Guru BK",
        "198609262015052001",
        "Penata Muda Tingkat I, III/b",
        after="S.Pd.",
    ),
    Official(
        "bk2",
        "Bambang Irawan",
        "BAPAK",
        "COUNSELOR",
        "Guru BK",
        "197905142008011007",
        "Penata, III/c",
        before="H.",
        after="S.Pd., M.Pd.",
    ),
    Official(
        "bk3",
        "Tri Hastuti",
        "IBU",
        "COUNSELOR",
        "Guru BK",
        "198311022010012019",
        "Penata, III/c",
        after="S.Psi.",
    ),
    Official("bk4", "Yudi Prasetyo", "BAPAK", "COUNSELOR", "Guru BK", "", "", after="S.Pd."),
    Official(
        "bk5",
        "Nur Fadilah",
        "IBU",
        "COUNSELOR",
        "Guru BK",
        "199103172019032012",
        "Penata Muda, III/a",
        after="S.Pd., Kons.",
    ),
    Official("bk6", "Anton Wibisono", "BAPAK", "COUNSELOR", "Guru BK", "", "", after="S.Sos."),
)

PASTOR = Official(
    "guru21",
    "Yohanes Kristanto",
    "BAPAK",
    "",
    "Guru Pendidikan Agama Kristen",
    "",
    "",
    after="S.Th.",
)
"""Comes to the school for one group (`demo.groups`)."""

COMMON = (
    "Pendidikan Agama dan Budi Pekerti",
    "PPKn",
    "Bahasa Indonesia",
    "Matematika",
    "Sejarah Indonesia",
    "Bahasa Inggris",
    "Seni Budaya",
    "PJOK",
    "Prakarya dan Kewirausahaan",
    "Bahasa Jawa",
)
SCIENCE = ("Matematika Peminatan", "Biologi", "Fisika", "Kimia")
SOCIAL = ("Geografi", "Sejarah Peminatan", "Sosiologi", "Ekonomi")

POSTS = (
    # subjects that a teacher gives, number of such teachers
    (("Pendidikan Agama dan Budi Pekerti",), 3),
    (("PPKn",), 2),
    (("Bahasa Indonesia",), 4),
    (("Matematika", "Matematika Peminatan"), 6),
    (("Sejarah Indonesia", "Sejarah Peminatan"), 4),
    (("Bahasa Inggris",), 4),
    (("Seni Budaya",), 2),
    (("PJOK",), 3),
    (("Prakarya dan Kewirausahaan",), 2),
    (("Bahasa Jawa",), 2),
    (("Biologi",), 2),
    (("Fisika",), 2),
    (("Kimia",), 2),
    (("Geografi",), 2),
    (("Sosiologi",), 2),
    (("Ekonomi",), 2),
)
"""44 teachers; 24 of them are homeroom teachers."""

HOURS = {
    # lessons a week in X, and in XI and XII
    **dict.fromkeys(("Bahasa Indonesia", "Matematika", "Bahasa Inggris"), (4, 4)),
    **dict.fromkeys(("Pendidikan Agama dan Budi Pekerti", "PJOK"), (3, 3)),
    **dict.fromkeys((*SCIENCE, *SOCIAL), (3, 4)),
}
OTHER_HOURS = (2, 2)


def hours(subject: str, grade: str) -> int:
    """Return how many lessons a week a class of `grade` has in `subject`."""
    in_x, later = HOURS.get(subject, OTHER_HOURS)
    return in_x if grade == "X" else later


DEGREES = {
    # the degree that teachers of a subject have; of others S.Pd.
    "Pendidikan Agama dan Budi Pekerti": "S.Pd.I.",
    "Seni Budaya": "S.Sn.",
    "PJOK": "S.Pd.Jas.",
    "Prakarya dan Kewirausahaan": "S.Kom.",
    "Ekonomi": "S.E.",
    "Sosiologi": "S.Sos.",
    "Kimia": "S.Si.",
}
FIXED_TEACHERS = {
    "guru1": KnownTeacher("Hadi Susanto", "BAPAK", "Matematika"),
    "guru2": KnownTeacher("Sri Lestari", "IBU", "Kimia", after="S.Si."),
    "wali1": KnownTeacher("Agus Santoso", "BAPAK", "Bahasa Inggris", after="S.Pd., M.Hum."),
    "wali4": KnownTeacher("Sugeng Riyadi", "BAPAK", "Bahasa Indonesia", "Drs.", ""),
}
FIXED_LESSONS = {
    ("X MIPA 3", "Matematika"): "guru1",
    ("X MIPA 3", "Matematika Peminatan"): "guru1",
    ("X MIPA 3", "Kimia"): "guru2",
    ("X MIPA 3", "Bahasa Inggris"): "wali1",
}

STREAMS = tuple(f"{stream} {n}" for stream in ("MIPA", "IPS") for n in range(1, 5))
CLASS_NAMES = tuple(f"{grade} {stream}" for grade in ("X", "XI", "XII") for stream in STREAMS)
FIRST_HOMEROOMS = ("X MIPA 3", "XI IPS 1", "XI MIPA 2", "XII IPS 2")
HOMEROOMS = FIRST_HOMEROOMS + tuple(n for n in CLASS_NAMES if n not in FIRST_HOMEROOMS)
"""The classes of the homeroom teachers wali1, wali2, …, in both years."""

COUNSELED = {
    # in 2021/2022; X IPS 4 has no counselor yet, so its cases wait with the coordinator
    "bk1": ("X MIPA 3", "XI IPS 1", "XI MIPA 2", "XII IPS 2"),
    "bk2": ("X MIPA 4", "XI MIPA 4", "XII MIPA 1", "XII IPS 1"),
    "bk3": ("X MIPA 1", "X IPS 1", "XI MIPA 1", "XII MIPA 2"),
    "bk4": ("X MIPA 2", "X IPS 2", "XI MIPA 3", "XII MIPA 3"),
    "bk5": ("X IPS 3", "XI IPS 2", "XI IPS 3", "XII MIPA 4"),
    "bk6": ("XI IPS 4", "XII IPS 3", "XII IPS 4"),
}

COHORTS = {
    # entry year → sizes of the eight classes, MIPA 1–4 and IPS 1–4
    2018: (34, 34, 33, 33, 33, 33, 33, 32),
    2019: (36, 35, 34, 34, 34, 32, 35, 34),
    2020: (34, 34, 34, 34, 33, 34, 34, 34),
    2021: (40, 36, 34, 32, 32, 32, 31, 31),
}
"""265, 274 and 271 students in 2020/2021, as in the paper; 268 join a year later."""

FIXED_STUDENTS = {
    (2021, "MIPA 3"): (
        "Aditya Putra Pratama L|Anisa Rahmawati P|Bagas Setiawan L|Citra Ayu Lestari P|"
        "Danang Wicaksono L|Dewi Kusumawati P|Galih Ramadhan L|Lestari P|Nur Hidayah P|"
        "Rizky Maulana L"
    ),
    (2021, "MIPA 4"): "Dwi Lestari P|Dwi Lestari P",
    (2021, "MIPA 1"): "Ahmad Fauzi L|Isna'ul Khoiriyah P",
    (2020, "IPS 1"): "Dimas Prasetyo L|Rina Marlina P",
    (2020, "IPS 3"): "Ahmad Fauzi L|Muhammad Syafi'ul Anam L",
    (2020, "MIPA 4"): "Joko Susilo L",
    (2019, "IPS 2"): "Siti Aminah P|Wahyu Nugroho L",
}

FIXED_HOMES = {
    # student: hamlet, RT, RW, village
    "Bagas Setiawan": ("Dsn. Krajan", "02", "03", "Muntung"),
    "Siti Aminah": ("Dsn. Gemawang", "01", "02", "Muntung"),
}
FIXED_PARENTS = {"Bagas Setiawan": (("Suminah", "MOTHER"), ("Sutrisno", "FATHER"))}

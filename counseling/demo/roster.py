"""Facts about the demo school's people: names, subjects, homerooms. `people` makes the rows."""

from dataclasses import dataclass

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


OFFICIALS = (
    Official(
        "kepsek",
        "Sri Wahyuni",
        "IBU",
        "PRINCIPAL",
        "Kepala Sekolah",
        "196804121992032004",
        "Pembina Tingkat I, IV/b",
    ),
    Official(
        "waka",
        "Joko Purnomo",
        "BAPAK",
        "STUDENT_AFFAIRS",
        "Waka Kesiswaan",
        "197102231998021002",
        "Pembina, IV/a",
    ),
    Official("operator", "Tri Hartono", "BAPAK", "OPERATOR", "Operator", "", ""),
    Official(
        "koordinator",
        "Endang Rahayu",
        "IBU",
        "COORDINATOR",
        "Koordinator BK",
        "197007081997032003",
        "Pembina, IV/a",
    ),
    Official(
        "bk1",
        "Retno Wulandari",
        "IBU",
        "COUNSELOR",
        "Guru BK",
        "198609262015052001",
        "Penata Muda Tingkat I, III/b",
    ),
    Official(
        "bk2",
        "Bambang Irawan",
        "BAPAK",
        "COUNSELOR",
        "Guru BK",
        "197905142008011007",
        "Penata, III/c",
    ),
    Official(
        "bk3", "Tri Hastuti", "IBU", "COUNSELOR", "Guru BK", "198311022010012019", "Penata, III/c"
    ),
    Official("bk4", "Yudi Prasetyo", "BAPAK", "COUNSELOR", "Guru BK", "", ""),
    Official(
        "bk5",
        "Nur Fadilah",
        "IBU",
        "COUNSELOR",
        "Guru BK",
        "199103172019032012",
        "Penata Muda, III/a",
    ),
    Official("bk6", "Anton Wibisono", "BAPAK", "COUNSELOR", "Guru BK", "", ""),
)

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
    (("Fisika",), 3),
    (("Kimia",), 2),
    (("Geografi",), 2),
    (("Sosiologi",), 2),
    (("Ekonomi",), 2),
)
"""45 teachers; 24 of them are homeroom teachers."""

FIXED_TEACHERS = {
    # teachers named in the drawings and in the first steps of the README
    "guru1": ("Hadi Susanto", "BAPAK", "Matematika"),
    "guru2": ("Sri Lestari", "IBU", "Kimia"),
    "wali1": ("Agus Santoso", "BAPAK", "Bahasa Inggris"),
    "wali4": ("Sugeng Riyadi", "BAPAK", "Bahasa Indonesia"),
}
FIXED_LESSONS = {
    ("X MIPA 3", "Matematika"): "guru1",
    ("X MIPA 3", "Fisika"): "guru1",
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

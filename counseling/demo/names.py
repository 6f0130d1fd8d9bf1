"""Plausible names of Central Java. They refer to no real person."""

import random
from dataclasses import dataclass, field


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


BOYS = _words(
    "Aditya Agung Agus Ahmad Aji Akbar Aldi Alfian Ananda Andika Angga Anton Ardi Arif Arya Bagas "
    "Bagus Bayu Bima Budi Danang Daffa Dani Deni Dimas Doni Dwi Eko Fadli Faisal Fajar Farhan "
    "Fauzan Febri Ferdi Galang Galih Gilang Hafidz Haris Hendra Heru Ibnu Ihsan Ilham "
    "Imam Indra Irfan Iqbal Johan Kevin Khoirul Krisna Lukman Luthfi Mahendra Maulana Miftah "
    "Muhammad Mukhlis Nanda Naufal Nurrohman Panji Pandu "
    "Pradipta Puji Putra Rafli Raka Rama Rangga "
    "Rendi Restu Reza Rian Ridho Rifqi Rizal Rizki Rohmat Ryan Sandi Satria Sidiq Surya "
    "Syahrul Taufik Teguh Tri Umar Vino Wahyu Wisnu Yanuar Yoga Yudha Yusuf Zaenal Zidan"
)
GIRLS = _words(
    "Adinda Afifah Aisyah Alfiana Alya Amalia Ana Anggun "
    "Anisa Annisa Aprilia Arini Arum Asih Aulia "
    "Ayu Bunga Cahya Citra Desi Devi Dewi Diah Diana Dina Dinda Dita Dwi Eka Elsa Endah Erna Esti "
    "Fadhila Farida Fatimah Febriana Fitri Hana Hanifah Hesti Ika Indah Intan Isna Istiqomah Jihan "
    "Kartika Khoirunnisa Kinanti Kurnia Laila Laras Latifah Lia Lina Lutfiana Maya Meilani Mega "
    "Melati Mila Mutiara Nabila Nadia Naila Novi Nur Nurul Okta Putri Rahma Ratna Reni Retno Rika "
    "Rina Risma Rizka Safira Salma Salsabila Sekar Septi Shinta Silvia Siska Siti Sri Suci Syifa "
    "Tiara Tri Umi Uswatun Vina Wahyuni Widya Winda Wulan Yuliana Yuni Zahra Zulaikha"
)
BOYS_LAST = _names(
    "Adi Nugroho|Ardiansyah|Arifin|Aziz|Budiman|Cahyono|Darmawan|Efendi|Fauzi|Febrianto|Firmansyah|"
    "Gunawan|Hakim|Haryanto|Hermawan|Hidayat|Irawan|Ismail|Kurniawan|Kusuma|Maulana|"
    "Mubarok|Mustofa|Nugroho|Nurhadi|Pambudi|Pangestu|Prabowo|Pradana|Pramono|Prasetya|Prasetyo|"
    "Pratama|Priyanto|Purnomo|Putra|Putra Pratama|Rahman|Rahmawan|Ramadhan|Riyanto|Romadhon|"
    "Saputra|Saputro|Santosa|Setiawan|Setyawan|Setyo Budi|Sulistyo|Susanto|"
    "Syaputra|Syafi'i|Ma'ruf|Utomo|Wibowo|Wicaksono|Widodo|Wijaya|Yulianto|Zulkarnain"
)
GIRLS_LAST = _names(
    "Agustina|Amalia|Amelia|Andriani|Anggraini|Aprilia|Astuti|Aulia|Ayu Lestari|Azizah|Cahyani|"
    "Damayanti|Fadilah|Fatmawati|Fauziah|Fitriani|Handayani|Hapsari|Hasanah|Hidayah|Indriani|"
    "Khasanah|Kholifah|Kurniasih|Kusumawati|Lestari|Maharani|Mahmudah|Marlina|Maulida|Maysaroh|"
    "Mufidah|Munawaroh|Nisa'|Novitasari|Nurjanah|Nur'aini|Oktaviani|Permatasari|Pertiwi|Puspita|"
    "Puspitasari|Putri|Rahayu|Rahmawati|Ramadhani|Rohmah|Safitri|Salsabila|Sari|Septiana|"
    "Setyaningrum|Setyowati|Solikhah|Sulistyowati|Susanti|Utami|Wahyuningsih|Wardani|Wati|"
    "Widiastuti|Wulandari|Wulansari|Yuliani|Zahro'"
)
BOYS_ALONE = _words(
    "Saifudin Nurkholis Muhlisin Ardiansyah Fathurrohman Alfarizi Khoirudin Firmansyah Iskandar "
    "Hidayatullah Fahrurrozi Andrianto Kurniawan Ramadhan Setiawan Syaifullah"
)
GIRLS_ALONE = _words(
    "Lestari Rahmawati Mutmainah Fitriyani Nurjanah Wahyuningsih Novitasari Oktaviani Maharani "
    "Istiqomah Musyarofah Aprilia Kusumawati Zulfatunnisa Nurhaliza Khotimah"
)
CHRISTIAN_BOYS = _words("Yohanes Yosua Gabriel Kristian Samuel Stefanus Petrus Yonatan Mikael")
CHRISTIAN_GIRLS = _words("Maria Theresia Natalia Kristina Grace Veronika Agnes Debora Yohana")
CHRISTIAN_BOYS_LAST = _names(
    "Adi Nugroho|Kristianto|Prasetyo|Wicaksono|Dwi Kurniawan|Setiawan|Wibowo|Krisna Pratama"
)
CHRISTIAN_GIRLS_LAST = _names(
    "Kristiani|Puspitasari|Wulandari|Anggraini|Permatasari|Kusumawati|Setyaningrum|Dewi Lestari"
)
FATHERS = _words(
    "Sutrisno Suparman Sugeng Slamet Suwarno Mulyono Haryono Subagyo Nurohman Zaenuri Muhsin "
    "Rohman Khaerudin Supardi Sumarno Waluyo Sodikin Mustakim Saryanto Wahono Romadi Maryanto "
    "Budiyono Harjanto Widarto Supriyadi Triyono Sugiyanto Purwanto Suyanto Widodo Sutopo "
    "Teguh Heriyanto Mujiyono Triyanto Suyatno Nurhadi Ahmadi Sukarno Susanto Riyadi Hartono"
)
MOTHERS = _names(
    "Suminah|Sumarni|Sulastri|Siti Aisyah|Siti Rohmah|Suparti|Rumiyati|Mujiati|Mutiah|"
    "Nur Khasanah|Sri Rejeki|Tri Astuti|Supriyati|Maryati|Titik Haryati|Muslimah|Juwariyah|"
    "Purwanti|Endang Susilowati|Rusmini|Istianah|Romlah|Suharti|Siti Zulaikah|Umi Hanik|"
    "Sri Mulyani|Eni Kusrini|Nur Hayati|Tri Wahyuni|Winarsih|Kustini|Yuliati|Ratnawati|"
    "Siti Maryam|Rohmiyati|Sumiyati|Ismiyati|Munjiyati|Wiwik Haryati|Lilis Setyowati"
)
CHRISTIAN_FATHERS = _names(
    "Antonius Suharto|Yosep Widodo|Petrus Sumardi|Paulus Triyono|Yohanes Sugiyanto|"
    "Markus Haryanto|Andreas Purwanto"
)
CHRISTIAN_MOTHERS = _names(
    "Maria Sumarni|Theresia Sri Rejeki|Kristiana Purwanti|Lidia Susilowati|Yuliana Rusmini|"
    "Elisabet Tri Astuti|Anastasia Winarsih"
)
GRANDFATHERS = _words("Wagiyo Ngatiman Tukiman Ngadiyo Wagimin Paryadi Jumadi Parjo Ponidi Sarjono")
GRANDMOTHERS = _words(
    "Ngatini Wagiyem Tumini Parsini Kasiyah Ponirah Ngadinem Yatinah Turiyah Sarinah Tumiyati"
)
STAFF_BOYS = _names(
    "Hadi Susanto|Agus Santoso|Sugeng Riyadi|Budi Utomo|Tri Wibowo|Joko Supriyanto|Anang Setiadi|"
    "Eko Purwanto|Muh. Syafi'i|Nurcholis|Widodo|Slamet Raharjo|Teguh Pribadi|Heri Kiswanto|"
    "Sigit Prasetya|Yulianto|Dwi Atmoko|Fajar Nugraha|Bambang Sutejo|Wahyu Adi Kurnia|Suroso|"
    "Imam Ghozali|Priyo Sambodo|Rochmad Basuki"
)
STAFF_GIRLS = _names(
    "Sri Lestari|Nining Setyawati|Dyah Ayu Kartika|Umi Kulsum|"
    "Ratna Dewi|Siti Nur'aini|Endah Palupi|"
    "Yuni Astuti|Tutik Handayani|Wiwik Sulistyani|Maryam|"
    "Anik Kusrini|Fitri Hidayati|Isti Qomariyah|"
    "Lilis Suryani|Puji Rahayu|Nur Azizah|Erna Widiastuti|"
    "Sulasmi|Indah Purnamasari|Rini Susilowati|"
    "Kartini|Dewi Anggraeni|Hesti Wahyuningrum"
)

ALONE_IN = 14
LONG_IN = 7
CHRISTIAN_IN = 16


def is_christian(student: str) -> bool:
    """Return whether the student's first name says it, so that the parents' names may too."""
    return student.split(maxsplit=1)[0] in {*CHRISTIAN_BOYS, *CHRISTIAN_GIRLS}


@dataclass
class Names:
    """Draws names. A name can occur twice; such students differ by their NIS."""

    rng: random.Random
    taken: set[str] = field(default_factory=set)
    """Names to avoid for a student: those of the staff and of other students."""

    def student(self, gender: str) -> str:
        """Draw a name, if possible one that nobody has yet; one in fourteen is a single word."""
        for _try in range(3):
            name = self._student(gender)
            if name not in self.taken:
                break
        self.taken.add(name)
        return name

    def father(self, student: str = "") -> str:
        if student and is_christian(student):
            return self.rng.choice(CHRISTIAN_FATHERS)
        first = self.rng.choice(FATHERS)
        return first if self.rng.random() < 0.6 else _once(f"{first} {self.rng.choice(FATHERS)}")  # noqa: PLR2004

    def mother(self, student: str = "") -> str:
        christian = student and is_christian(student)
        return self.rng.choice(CHRISTIAN_MOTHERS if christian else MOTHERS)

    def grandparent(self, *, is_woman: bool) -> str:
        return self.rng.choice(GRANDMOTHERS if is_woman else GRANDFATHERS)

    def _student(self, gender: str) -> str:
        rng = self.rng
        is_boy = gender == "L"
        if rng.randrange(ALONE_IN) == 0:
            return rng.choice(BOYS_ALONE if is_boy else GIRLS_ALONE)
        if rng.randrange(CHRISTIAN_IN) == 0:
            given = CHRISTIAN_BOYS if is_boy else CHRISTIAN_GIRLS
            family = CHRISTIAN_BOYS_LAST if is_boy else CHRISTIAN_GIRLS_LAST
            return f"{rng.choice(given)} {rng.choice(family)}"
        firsts, lasts = (BOYS, BOYS_LAST) if is_boy else (GIRLS, GIRLS_LAST)
        first, last = rng.choice(firsts), rng.choice(lasts)
        if rng.randrange(LONG_IN) == 0:
            middle = rng.choice(firsts)
            first = f"{first} {middle}" if middle != first else first
        return _once(f"{first} {last}")


def _once(name: str) -> str:
    """Return the name with each of its words once: "Widodo" for "Widodo Widodo"."""
    return " ".join(dict.fromkeys(name.split()))

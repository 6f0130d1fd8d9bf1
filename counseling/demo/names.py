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
    "Fauzan Febri Ferdi Galang Galih Gilang Hafidz Handoko Haris Hendra Heru Ibnu Ihsan Ilham "
    "Imam Indra Irfan Iqbal Joko Johan Kevin Khoirul Krisna Lukman Luthfi Mahendra Maulana Miftah "
    "Muhammad Mukhlis Nanda Naufal Nurrohman Panji Pandu "
    "Pradipta Puji Putra Rafli Raka Rama Rangga "
    "Rendi Restu Reza Rian Ridho Rifqi Rizal Rizki Rohmat Ryan Sandi Satria Sidiq Slamet Surya "
    "Syahrul Taufik Teguh Tri Umar Vino Wahyu Wawan Wisnu Yanuar Yoga Yudha Yusuf Zaenal Zidan"
)
GIRLS = _words(
    "Adinda Afifah Aisyah Alfiana Alya Amalia Ana Anggun "
    "Anisa Annisa Aprilia Arini Arum Asih Aulia "
    "Ayu Bunga Cahya Citra Desi Devi Dewi Diah Diana Dina Dinda Dita Dwi Eka Elsa Endah Erna Esti "
    "Fadhila Farida Fatimah Febriana Fitri Hana Hanifah Hesti Ika Indah Intan Isna Istiqomah Jihan "
    "Kartika Khoirunnisa Kinanti Kurnia Laila Laras Latifah Lia Lina Lutfiana Maya Meilani Mega "
    "Melati Mila Mutiara Nabila Nadia Naila Novi Nur Nurul Okta Putri Rahma Ratna Reni Retno Rika "
    "Rina Risma Rizka Safira Salma Salsabila Sekar Septi Shinta Silvia Siska Siti Sri Suci Syifa "
    "Tiara Titik Tri Umi Uswatun Vina Wahyuni Widya Winda Wulan Yuliana Yuni Zahra Zulaikha"
)
BOYS_LAST = _names(
    "Adi Nugroho|Ardiansyah|Arifin|Aziz|Budiman|Cahyono|Darmawan|Efendi|Fauzi|Febrianto|Firmansyah|"
    "Gunawan|Hakim|Hartono|Haryanto|Hermawan|Hidayat|Irawan|Ismail|Kurniawan|Kusuma|Maulana|"
    "Mubarok|Mustofa|Nugroho|Nurhadi|Pambudi|Pangestu|Prabowo|Pradana|Pramono|Prasetya|Prasetyo|"
    "Pratama|Priyanto|Purnomo|Putra|Putra Pratama|Rahman|Rahmawan|Ramadhan|Riyanto|Romadhon|"
    "Saputra|Saputro|Santosa|Setiawan|Setyawan|Setyo Budi|Sugiarto|Sulistyo|Susanto|Susilo|Sutopo|"
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
    "Suyatno Ngatiman Sutrisno Wagiyo Paryadi Slamet Jumadi Muhlisin Nurkholis Sugiyono "
    "Rohmadi Saifudin Mujiyono Triyanto Supriyadi Ngadiyo"
)
GIRLS_ALONE = _words(
    "Lestari Sumiyati Rohmiyati Mutmainah Nurhayati Suprihatin Ngatini Wahyuningsih Khotijah "
    "Tumiyati Rubiyah Ismiyati Munjiyati Sunarti Musyarofah Istiqomah"
)
FATHERS = _words(
    "Sutrisno Suparman Sugeng Sukardi Slamet Wagimin Ngadiman Tukiman Suwarno Mulyono Sarjono "
    "Haryono Subagyo Nurohman Zaenuri Muhsin Rohman Khaerudin Supardi Suroto Sumarno Tarmuji "
    "Waluyo Jumari Parjo Rebiyanto Sodikin Mustakim Ponidi Saryanto Wahono Yatiman Romadi Maryanto "
    "Budiyono Kusnan Bejo Trimo Harjanto Widarto"
)
MOTHERS = _names(
    "Suminah|Sumarni|Sulastri|Ngatinah|Tumini|Sarinah|Wagiyem|Parsini|Siti Aisyah|Siti Rohmah|"
    "Suparti|Rumiyati|Kasiyah|Mujiati|Mutiah|Nur Khasanah|Sri Wahyuni|Sri Rejeki|Tri Astuti|"
    "Ponirah|Jumiyati|Supriyati|Maryati|Titik Haryati|Muslimah|Khomsatun|Juwariyah|Ngadinem|"
    "Yatinah|Purwanti|Endang Susilowati|Rusmini|Surati|Turiyah|Wartini|Istianah|Romlah|Suharti"
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

    def father(self) -> str:
        first = self.rng.choice(FATHERS)
        return first if self.rng.random() < 0.6 else f"{first} {self.rng.choice(FATHERS)}"  # noqa: PLR2004

    def mother(self) -> str:
        return self.rng.choice(MOTHERS)

    def _student(self, gender: str) -> str:
        rng = self.rng
        is_boy = gender == "L"
        if rng.randrange(ALONE_IN) == 0:
            return rng.choice(BOYS_ALONE if is_boy else GIRLS_ALONE)
        firsts, lasts = (BOYS, BOYS_LAST) if is_boy else (GIRLS, GIRLS_LAST)
        first, last = rng.choice(firsts), rng.choice(lasts)
        if rng.randrange(LONG_IN) == 0:
            middle = rng.choice(firsts)
            first = f"{first} {middle}" if middle != first else first
        return first if first == last else f"{first} {last}"

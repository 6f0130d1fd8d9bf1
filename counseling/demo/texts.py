"""Texts that the people of the demo write: short, neutral, in the school's own language."""

from typing import Any

from cases.models import Rung

KNOWLEDGE: tuple[dict[str, Any], ...] = (
    {"economy": True, "note": "Ayah merantau, HP dipakai bergantian"},
    {"economy": True, "note": "Membantu orang tua di ladang pada pagi hari"},
    {"family": True, "note": "Tinggal dengan nenek, orang tua bekerja di luar kota"},
    {"family": True, "note": ""},
    {"other": True, "note": "Sinyal di dusunnya lemah"},
    {"other": True, "note": "Mulai sulit dihubungi sejak pertengahan bulan"},
    {"other": True, "note": "Teman sebangkunya juga tidak aktif"},
)
AWAY = {
    "Ayah merantau, HP dipakai bergantian": frozenset({"FATHER"}),
    "Tinggal dengan nenek, orang tua bekerja di luar kota": frozenset({"FATHER", "MOTHER"}),
}
"""What is known of a family → who of it is never met at home or at school."""
WORK_ELSEWHERE = ("Buruh harian lepas", "Karyawan swasta", "Tukang bangunan", "Sopir")
"""The occupations of who works far from home; the first is that of all who had another one."""
NOT_REACHED = {
    # outcome and channel of an attempt → its notes
    ("NO_ANSWER", "PHONE"): (
        "Akan dicoba lagi besok pagi",
        "Ditelepon dua kali berturut-turut",
        "Nada sambung panjang",
    ),
    ("NO_ANSWER", "WHATSAPP"): ("Centang satu sejak kemarin", "Centang dua, belum dibaca"),
    ("READ", "WHATSAPP"): ("Centang biru sejak kemarin", "Akan ditelepon besok"),
    ("INACTIVE", "PHONE"): ("Dicoba dua kali", "Operator menjawab: nomor tidak terdaftar"),
    ("INACTIVE", "WHATSAPP"): ("Nomor tidak terdaftar di WhatsApp", "Pesan hanya centang satu"),
    ("NO_NETWORK", "PHONE"): ("Akan dicoba lagi malam hari", "Sinyal di dusunnya lemah"),
    ("NO_NETWORK", "WHATSAPP"): ("Sinyal di dusunnya lemah", "Pesan belum masuk sejak kemarin"),
    ("WRONG", "PHONE"): ("Yang mengangkat orang lain", "Bukan nomor keluarga siswa"),
    ("WRONG", "WHATSAPP"): ("Yang membalas orang lain", "Bukan nomor keluarga siswa"),
}
AT_SCHOOL = {
    # outcome by number → channel, outcome and notes of an attempt at school in its place
    "REACHED": (
        *("FACE", "REACHED"),
        (
            "Siswa datang ke ruang BK saat mengambil buku",
            "Bertemu saat pengumpulan tugas di sekolah",
        ),
    ),
    "NO_ANSWER": (
        *("MESSAGE", "NO_REPLY"),
        ("Lewat teman sekelas", "Lewat ketua kelas"),
    ),
}
REACHED = {
    # who was reached → the notes
    "STUDENT": (
        "Siswa mengira tugas dikumpulkan akhir bulan",
        "Kuota habis, akan memakai Wi-Fi balai desa",
        "Siswa berjanji menyusulkan tugas pekan ini",
        "Siswa merasa jenuh; bersama-sama menyusun jadwal belajar",
    ),
    "MOTHER": ("Ibu akan mengingatkan setiap pagi", "Ibu baru tahu dan akan mendampingi"),
    "FATHER": ("Ayah akan memeriksa tugas setiap malam", "Ayah baru tahu dan akan mendampingi"),
    "GUARDIAN": ("Wali akan mengingatkan setiap pagi", "Wali baru tahu dan akan mendampingi"),
}
REACHED_IN_VAIN = (
    "Bersedia, tetapi pekan ini belum tampak berubah",
    "Minta waktu, belum ada perubahan",
    "Hanya sebentar, belum sempat membahas tugas",
)
PURPOSE = "Membicarakan perkembangan belajar putra/putri Bapak/Ibu"
PLACE = "Ruang BK"
RELATIONS = {"MOTHER": "ibu", "FATHER": "ayah", "GUARDIAN": "wali"}
MINUTES = (
    "Dibahas kehadiran dan tugas yang belum masuk. Disepakati jadwal belajar dan tugas susulan "
    "sampai akhir bulan.",
    "Keluarga menyampaikan kendala kuota. Siswa boleh mengerjakan di sekolah dua kali sepekan.",
    "Siswa menyampaikan bahwa ia jenuh. Disepakati target mingguan yang dipantau wali kelas.",
    "Keluarga akan memeriksa tugas setiap Jumat dan memberi tahu wali kelas.",
)
NOT_ATTENDED = ("", "Tidak ada kabar", "Surat sudah diterima keluarga")
VISIT_REASONS = {
    "ECONOMY": "Orang tua kehilangan pekerjaan, siswa membantu mencari nafkah",
    "FAMILY": "Siswa berpindah-pindah tempat tinggal sejak bulan lalu",
    "NEVER": "Belum pernah ikut pembelajaran sama sekali",
    "LOW": "Keaktifan tetap di bawah batas setelah dihubungi",
    "MISSING": "Tugas hampir semua mata pelajaran kosong",
}
APPROVAL = (
    "Setuju. Jaga protokol kesehatan.",
    "Setuju, sertakan wali kelas.",
    "",
)
DISMISSALS = (
    "Sakit, surat dokter sudah diserahkan",
    "Salah catat kelas pada daftar hadir, sudah dicek dengan guru",
    "Izin mengikuti lomba, sudah diketahui wali kelas",
    "Tugas ternyata dikumpulkan lewat email",
)
REOPENED = "Dua pekan kemudian kembali tidak mengumpulkan tugas"
STILL_RESOLVED = "Kembali aktif menurut rekap guru tanpa sempat dihubungi"
SUMMARIES = {
    Rung.CONTACT: (
        "Sudah dihubungi. Mohon wali kelas terus memantau tugas.",
        "Keluarga mendampingi belajar di rumah.",
        "Kendala jaringan sudah dicarikan jalan keluar.",
    ),
    Rung.SUMMONS: (
        "Keluarga sudah bertemu guru BK. Ada kesepakatan jadwal belajar.",
        "Sudah ada pertemuan di sekolah; tugas susulan sampai akhir bulan.",
    ),
    Rung.HOME_VISIT: (
        "Sudah dikunjungi. Ada kesepakatan dengan keluarga; mohon didukung di kelas.",
        "Kunjungan rumah sudah dilakukan; siswa kembali mengikuti pelajaran bertahap.",
    ),
}
CAUSES: dict[Rung, tuple[tuple[str, int], ...]] = {
    # rung → causes with their weights: minor causes on lower rungs, complex ones for a home visit
    Rung.CONTACT: (("FORGOT", 5), ("NETWORK", 5), ("BOREDOM", 4), ("DEVICE", 2), ("HEALTH", 1)),
    Rung.SUMMONS: (("BOREDOM", 5), ("NETWORK", 3), ("FORGOT", 2), ("DEVICE", 2), ("MOTIVATION", 3)),
    Rung.HOME_VISIT: (
        ("MOTIVATION", 5),
        ("FAMILY", 4),
        ("ECONOMY", 5),
        ("PEERS", 3),
        ("DEVICE", 2),
    ),
}
BESIDE = {"commitment", "tells_of", "promised_by", "without_parents"}
"""What `REPORTS` say beside the values of a report."""
REPORTS: tuple[dict[str, Any], ...] = (
    # `tells_of`: who is at home; `promised_by`: who promises, else one of those met
    {
        "causes": ["ECONOMY", "DEVICE"],
        "topic": "Tidak mengikuti pembelajaran karena tidak ada perangkat",
        "direct_intervention": "HP rusak sejak bulan lalu; siswa membantu ayah di ladang pada pagi "
        "hari. Dijelaskan kehadiran dan tugas yang belum masuk, dan hasil yang diharapkan.",
        "informal_interaction": "Belajar di ruang depan bersama adik. Disepakati mengerjakan tugas "
        "di sekolah Senin dan Kamis.",
        "family_support": "Orang tua mendukung dan meminta keterangan tentang bantuan perangkat.",
        "problem": "Siswa ingin belajar tetapi tidak mempunyai perangkat sendiri.",
        "follow_up": "Mengusulkan bantuan HP dan paket data ke sekolah.",
        "commitment": "Datang ke sekolah setiap Senin dan Kamis",
        "tells_of": {"FATHER"},
        "promised_by": "STUDENT",
    },
    {
        "causes": ["FAMILY"],
        "topic": "Kehadiran menurun karena keadaan keluarga",
        "direct_intervention": "Ditinjau perkembangan belajar tiga bulan terakhir "
        "bersama keluarga.",
        "informal_interaction": "Siswa tinggal bersama nenek; ada tempat belajar, tanpa "
        "pendamping.",
        "family_support": "Keadaan keluarga didengarkan; dijelaskan cara menghubungi BK.",
        "problem": "Orang tua bekerja di luar kota, siswa mengurus rumah.",
        "follow_up": "Bibi menjadi penghubung keluarga dengan wali kelas.",
        "commitment": "Bibi mengingatkan jadwal pelajaran setiap pagi",
        "without_parents": "Nenek dan bibi siswa",
        "promised_by": "Bibi siswa",
    },
    {
        "causes": ["MOTIVATION", "PEERS"],
        "topic": "Keaktifan rendah",
        "direct_intervention": "Siswa dan orang tua melihat bersama rekap kehadiran dan tugas.",
        "informal_interaction": "Siswa sering berkumpul di luar rumah pada jam pelajaran.",
        "family_support": "Orang tua diajak menyusun jadwal harian bersama siswa.",
        "problem": "Semangat belajar menurun; waktu lebih banyak dihabiskan bersama teman.",
        "follow_up": "Konseling perorangan dua kali dalam sebulan.",
        "commitment": "Pada jam pelajaran HP hanya dipakai untuk belajar",
    },
    {
        "causes": ["ECONOMY", "MOTIVATION"],
        "topic": "Tugas tidak dikerjakan karena bekerja",
        "direct_intervention": "Dijelaskan tugas yang belum masuk dan batas akhir semester.",
        "informal_interaction": "Siswa bekerja di pasar sampai siang. Dibuat rencana belajar sore.",
        "family_support": "Orang tua bersedia mengurangi jam kerja siswa.",
        "problem": "Siswa ikut mencari nafkah sejak ayah berhenti bekerja.",
        "follow_up": "Tugas susulan dengan batas waktu yang disepakati guru.",
        "commitment": "Siswa belajar di rumah setiap sore",
        "tells_of": {"FATHER"},
        "promised_by": "STUDENT",
    },
)
EVALUATION_PLAN = "Memantau rekap bulan berikutnya dan menghubungi orang tua dua pekan lagi."
SPECIAL_NOTES = ("Tidak ada", "Rumah di ujung jalan makadam, perlu sepeda motor", "Tidak ada")

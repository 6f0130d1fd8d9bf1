"""The report of the paper's first semester: frozen, unfrozen for its conclusion, frozen again."""

from datetime import date, datetime
from functools import partial

from counseling.demo.moments import Diary, at
from reports import workflow
from school.models import Semester, User

TEXTS = {
    "introduction": (
        "Pembelajaran berlangsung dari rumah. Kehadiran dicatat guru mata pelajaran dari Google "
        "Classroom dan Google Meet, lalu direkap wali kelas tiap bulan."
    ),
    "conclusion": (
        "Sebagian besar siswa dapat dibimbing lewat WhatsApp dan telepon. Kunjungan rumah "
        "diperlukan untuk siswa yang tidak dapat dihubungi."
    ),
    "plans": (
        "Rekap bulan pertama lebih awal, supaya siswa yang tidak aktif dihubungi sebelum tugasnya "
        "menumpuk. Siswa yang belum punya HP dibantu lebih dulu."
    ),
}
CONCLUSION = (
    " Dua kasus kelas XII dipantau sampai lulus; dengan kelulusan siswanya kasus itu ditutup."
)


def freeze_first(semester: Semester, coordinator: User, principal: User) -> None:
    """Freeze the first semester in the holidays after the year, when nobody's case continues.

    Nothing is drawn here, so that no figure of what comes after it moves.
    """
    diary = Diary()
    diary.plan(_on(1, 9), partial(_write, semester, coordinator, TEXTS))
    diary.plan(_on(5, 10), partial(workflow.freeze, semester, by=principal))
    reason = "Simpulan belum menyebut kasus kelas XII yang dipantau sampai lulus"
    diary.plan(_on(6, 8), partial(workflow.unfreeze, semester, by=principal, reason=reason))
    again = {**TEXTS, "conclusion": TEXTS["conclusion"] + CONCLUSION}
    diary.plan(_on(6, 11), partial(_write, semester, coordinator, again))
    diary.plan(_on(7, 9), partial(workflow.freeze, semester, by=principal))
    diary.live()


def _on(day: int, hour: int) -> datetime:
    return at(date(2021, 7, day), hour)


def _write(semester: Semester, coordinator: User, texts: dict[str, str]) -> None:
    read_at = workflow.report_of(semester).version
    workflow.write_texts(semester, by=coordinator, values=texts, read_at=read_at)

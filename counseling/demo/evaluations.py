"""What families said of the past semesters, and what counseling made of these."""

import random
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

from cases.models import Case, Rung
from counseling.demo.holidays import CALENDAR
from counseling.demo.moments import Diary, at
from counseling.demo.today import TODAY
from reports import workflow as reports
from reports.evaluations import counselors_of
from reports.models import Aspect, FeedbackLink, Judgement, Question, Respondent
from reports.models.feedback import hashed
from reports.served import Served, served_in
from school.models import Semester, User

ASKED = 40
"""Cases of a past semester of which somebody is asked."""
STEPS = (2, 3, 3, 3, 4, 4, 4)
"""What they answer, some more often than others; now and then it is 1."""
WRITTEN = (date(2020, 12, 16), date(2021, 6, 16))
"""When the evaluations of the two past semesters are written: in their last week."""
EARLY = date(2021, 9, 30)
SATURDAY = 5

WORDS = {
    Aspect.CONTACTS: (
        Judgement.FAIR,
        "Kontak pertama sering lewat batas dua hari karena nomor orang tua sudah tidak aktif.",
    ),
    Aspect.SUMMONSES: (Judgement.GOOD, "Sebagian besar orang tua datang pada panggilan pertama."),
    Aspect.VISITS: (
        Judgement.FAIR,
        "Kunjungan menumpuk di akhir semester; rute per desa baru dipakai belakangan.",
    ),
    Aspect.EFFICIENCY: (Judgement.FAIR, "Panggilan lebih hemat waktu daripada kunjungan."),
}
SOBER = {3}
"""Numbers of the counselors who call fair what others call good."""
IMPROVEMENTS = (
    "Nomor HP orang tua dicek bersama wali kelas pada pekan pertama.",
    "Jadwal kunjungan dibagi per desa sejak bulan kedua.",
    "Tindak lanjut dibahas singkat tiap Senin pagi bersama wali kelas.",
)
SUMMARIES = (
    "Rekap mapel masuk tepat waktu, sehingga tinjauan cepat. Sebagian besar masalah selesai "
    "dengan kontak dan panggilan; yang perlu kunjungan umumnya karena ekonomi keluarga dan "
    "perangkat belajar.",
    "Kerja sama dengan wali kelas berjalan baik. Siswa yang jarang hadir kembali aktif setelah "
    "orang tua tahu jadwalnya. Masih ada yang kambuh setelah libur.",
    "Layanan sudah tepat untuk masalah ringan. Untuk masalah keluarga perlu waktu lebih panjang "
    "dan konferensi kasus lebih awal.",
)
JOINT = {
    1: "Semester pertama belajar dari rumah: 99 siswa ditangani. Kontak dan panggilan "
    "menyelesaikan tiga perempatnya. Nomor yang tidak aktif menjadi hambatan terbesar.",
    2: "Siswa yang ditangani turun menjadi 36 dan kunjungan menjadi 5. Data nomor HP yang "
    "diperbarui dan bantuan perangkat paling terasa. Semester depan tindak lanjut setelah tuntas "
    "diperketat.",
}


def of_the_past(semesters: list[Semester], coordinator: User, seed: int) -> None:
    """Let families answer and counselors evaluate; each semester by itself, in order of time."""
    rng = random.Random(seed)  # noqa: S311  (nothing secret)
    for semester, written in zip(semesters, WRITTEN, strict=True):
        diary = Diary()
        for case in _handled(semester)[:ASKED]:
            _ask(diary, rng, case, is_answered=True)
        _evaluate(diary, semester, written, coordinator)
        diary.live()


def of_now(running: Semester, coordinator: User, seed: int) -> None:
    """Let some families be asked, and some counselors begin early."""
    rng = random.Random(seed)  # noqa: S311  (nothing secret)
    diary = Diary()
    for case in _handled(running)[:4]:
        _ask(diary, rng, case, is_answered=False)
    _begin_early(diary, running, coordinator)
    diary.live()


def _handled(semester: Semester) -> list[Case]:
    """Return cases in which somebody took part in something, the farthest first."""
    found = Case.objects.counted().filter(semester=semester, rung__gt=Rung.REVIEW)
    known = found.exclude(counselor=None).select_related("counselor", "semester")
    return [case for case in known.order_by("-rung", "pk") if served_in(case)]


def _ask(diary: Diary, rng: random.Random, case: Case, *, is_answered: bool) -> None:
    """Ask about the newest service: parents mostly, students of every third case too."""
    service = served_in(case)[0]
    moment = at(_weekday(service.on + timedelta(days=1)), 10)
    if moment.date() > case.semester.ends_on or moment > TODAY:
        return
    asked = [Respondent.PARENT, *([Respondent.STUDENT] if rng.randrange(3) else [])]
    for respondent in asked:
        diary.plan(moment, partial(_asked, rng, case, service, respondent, is_answered))


def _weekday(day: date) -> date:
    """Return the day, or the next one on which there is school, which is no Saturday."""
    return CALENDAR.on_or_after(day + timedelta(days=2) if day.weekday() == SATURDAY else day)


def _asked(
    rng: random.Random, case: Case, service: Served, respondent: str, is_answered: bool
) -> None:
    assert case.counselor
    key = reports.ask_feedback(case, service, respondent, by=case.counselor)
    if is_answered:
        link = FeedbackLink.objects.get(key_hash=hashed(key))
        steps = {
            question: rng.choice(STEPS) - (not rng.randrange(12)) for question in Question.values
        }
        reports.answer_feedback(link, uuid4(), steps)


def _evaluate(diary: Diary, semester: Semester, on: date, coordinator: User) -> None:
    """Let each counselor hand over, then the coordinator the joint one."""
    for number, counselor in enumerate(counselors_of(semester)):
        diary.plan(at(on, 9, 10 * number), partial(_write, semester, counselor, number))
    joint = partial(_write, semester, coordinator, 0, joint=JOINT[semester.term])
    diary.plan(at(on + timedelta(days=2), 10), joint)


def _begin_early(diary: Diary, semester: Semester, coordinator: User) -> None:
    """Let one begin in the middle of the running semester, and two hand over too early."""
    first, second, third = counselors_of(semester)[:3]
    diary.plan(at(EARLY, 13), lambda: reports.begin_evaluation(semester, by=first))
    diary.plan(at(EARLY, 13, 20), partial(_write, semester, second, 1))

    def give_back() -> None:
        made = reports.begin_evaluation(semester, by=second)
        reason = "Semester masih berjalan. Lengkapi pada bulan Desember."
        reports.return_evaluation(made, by=coordinator, reason=reason)

    diary.plan(at(EARLY, 13, 40), give_back)
    diary.plan(at(EARLY, 14), partial(_write, semester, third, 2))


def _write(semester: Semester, by: User, number: int, joint: str = "") -> None:
    made = reports.begin_evaluation(semester, by=by, is_joint=bool(joint))
    judgements = {
        aspect.value: dict(
            zip(("judgement", "words"), WORDS.get(aspect, _usual(number)), strict=True)
        )
        for aspect in Aspect
    }
    values = {
        "judgements": judgements,
        "improvements": IMPROVEMENTS[number % len(IMPROVEMENTS)],
        "summary": joint or SUMMARIES[number % len(SUMMARIES)],
    }
    made = reports.write_evaluation(made, by=by, values=values, read_at=made.version)
    reports.hand_over_evaluation(made, by=by)


def _usual(number: int) -> tuple[Judgement, str]:
    return (Judgement.FAIR if number in SOBER else Judgement.GOOD, "")

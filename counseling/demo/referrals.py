"""Referrals out of the running semester: one in each state, and a case that ended as referred."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models.lookups import Exact

from cases.models import Case, Contact, ContactOutcome, Rung
from cases.workflow import refer_out
from counseling.demo.moments import Diary
from counseling.demo.scripts import on
from school.models import Guardian, LetterNumber, Semester, User, last_class
from school.names import on_paper
from support import workflow as support
from support.models import Referral

SUMMARY = "Ringkasan kasus\nCatatan kehadiran Juli sampai September"


class Referring:
    """Plans the acts of one referral in the diary."""

    def __init__(self, diary: Diary, case: Case, **given: Any) -> None:
        assert case.counselor
        self.diary, self.case, self.by, self.given = diary, case, case.counselor, given
        self.referral: Referral

    def prepared(self, at: datetime) -> "Referring":
        def act() -> None:
            self.referral = support.prepare_referral(self.case, by=self.by, **self.given)

        self.diary.plan(at, act)
        return self

    def edited(self, at: datetime, **changed: Any) -> "Referring":
        def act() -> None:
            words = {**self.given, **changed}
            support.edit_referral(self.referral, by=self.by, read_at=self.referral.version, **words)

        self.diary.plan(at, act)
        return self

    def agreed(self, at: datetime, how: str) -> "Referring":
        guardian = Guardian.objects.filter(student=self.case.student_id).first()
        who = on_paper(guardian.called) if guardian else "Wali siswa"
        relation = guardian.relation_said if guardian else "wali"
        return self.then(
            at,
            support.record_consent,
            consent_on=at.date(),
            consent_by=who,
            relation=relation,
            how=how,
        )

    def sent(self, at: datetime, *, reason: str = "", numbered: bool = True) -> "Referring":
        def act() -> None:
            number = _number(at.date()) if numbered else ""
            support.send_referral(
                self.referral,
                by=self.by,
                sent_on=at.date(),
                number=number,
                reason=reason,
                read_at=self.referral.version,
            )

        self.diary.plan(at, act)
        return self

    def numbered(self, at: datetime) -> "Referring":
        self.diary.plan(
            at,
            lambda: support.fill_referral_number(
                self.referral, by=self.by, number=_number(at.date())
            ),
        )
        return self

    def answered(self, at: datetime, answer: str, by: str = "") -> "Referring":
        """Record an answer, or without `by` that they did not take the case on."""
        return self.then(
            at,
            support.record_answer,
            taken_on=bool(by),
            answered_on=at.date(),
            answered_by=by,
            answer=answer,
        )

    def then(self, at: datetime, act: Callable[..., Any], **given: Any) -> "Referring":
        self.diary.plan(at, lambda: act(self.referral, by=self.by, **given))
        return self


def refer(semester: Semester) -> None:
    """Refer cases of the running semester out, by its own diary: no other figure changes."""
    diary, case_of = Diary(), partial(_case, semester)
    Referring(
        diary,
        case_of("XII MIPA 4", rung=Rung.HOME_VISIT),
        kind="SOCIAL",
        recipient="Dinas Sosial Kabupaten Temanggung",
        reason="Keluarga kehilangan penghasilan; siswa bekerja untuk membantu orang tua.",
        handed_over="Ringkasan kasus",
    ).prepared(on(10, 1, 13, 20)).edited(on(10, 1, 13, 40), handed_over=SUMMARY)
    Referring(
        diary,
        case_of("XI MIPA 3", rung=Rung.HOME_VISIT),
        kind="POLICE",
        recipient="Unit PPA Polres Temanggung",
        reason="Siswa bercerita mengalami kekerasan di rumah dan takut pulang.",
        handed_over="Berita acara kunjungan rumah",
    ).prepared(on(9, 20, 10)).sent(
        on(9, 20, 11), reason="Menunggu persetujuan dapat membahayakan anak", numbered=False
    ).numbered(on(9, 21, 8))
    reached = case_of("XI MIPA 2", rung=Rung.CONTACT)
    Referring(
        diary,
        reached,
        kind="PSYCHOLOG",
        recipient="Biro Psikologi Harapan, Temanggung",
        reason="Siswa sulit tidur dan menarik diri sejak kakeknya meninggal.",
        handed_over=SUMMARY,
    ).prepared(on(9, 21, 9)).agreed(on(9, 22, 10), "WRITTEN").sent(on(9, 22, 11)).answered(
        on(9, 30, 9),
        "Berduka; disarankan pendampingan guru BK tiap pekan dan kontrol sebulan lagi.",
        "Dra. Endang Lestari, psikolog",
    )
    Referring(
        diary,
        _tried(case_of, "X MIPA 4", ContactOutcome.WRONG),
        kind="HEALTH",
        recipient="Puskesmas Candiroto",
        reason="Siswa sering pusing dan pingsan saat upacara.",
    ).prepared(on(10, 1, 11)).agreed(on(10, 1, 11, 30), "PHONE").sent(on(10, 1, 12)).answered(
        on(10, 4, 8), "Diminta datang langsung dengan orang tua, tidak melalui surat sekolah."
    )
    Referring(
        diary,
        case_of("XII IPS 3", rung=Rung.CONTACT),
        kind="OTHER",
        recipient="Lembaga Bimbingan Karang Taruna Candiroto",
        reason="Siswa perlu teman belajar di dusunnya.",
    ).prepared(on(9, 27, 9)).agreed(on(9, 27, 10), "SPOKEN").sent(on(9, 27, 11)).then(
        on(9, 29, 9), support.withdraw_referral, reason="Orang tua berubah pikiran"
    )
    _ends(diary, _tried(case_of, "XI IPS 4", ContactOutcome.READ))
    diary.live()


def _ends(diary: Diary, case: Case) -> None:
    """Refer a case out, and end it with that."""
    Referring(
        diary,
        case,
        kind="PSYCHOLOG",
        recipient="Poli Jiwa RSUD Temanggung",
        reason="Cemas berat sehingga tidak sanggup mengikuti pelajaran apa pun.",
        handed_over=SUMMARY,
    ).prepared(on(9, 20, 9)).agreed(on(9, 21, 8), "WRITTEN").sent(on(9, 21, 9)).answered(
        on(10, 4, 7, 30),
        "Rawat jalan tiap pekan; sekolah dikabari bila sudah siap kembali.",
        "dr. Bayu Nugroho, Sp.KJ",
    )
    by: User | None = case.counselor
    assert by
    diary.plan(on(10, 4, 8), lambda: refer_out(case, by=by, note="Ditangani rumah sakit"))


def _case(semester: Semester, class_name: str, **of: Any) -> Case:
    """Return the first open, confirmed case of a class."""
    found = Case.objects.filter(semester=semester, status="OPEN", confirmed_at__isnull=False, **of)
    named = Exact(last_class.of_semester("class_name", "student", "semester"), class_name)
    of_class = found.filter(named).select_related("counselor", "semester__policy")
    case = of_class.order_by("pk").first()
    assert case
    return case


def _tried(case_of: Callable[..., Case], class_name: str, outcome: str) -> Case:
    tried = Contact.objects.filter(outcome=outcome).values("case")
    return case_of(class_name, rung=Rung.CONTACT, pk__in=tried)


def _number(day: date) -> str:
    return LetterNumber.objects.proposed("REFERRAL", day)

"""Confidential notes of the demo, and a counselor who helped out in September and left.

They come last and draw nothing from what came before, so that no other figure moves.
"""

from datetime import date

from cases import workflow as cases
from cases.models import Case, ConfidentialNote
from counseling.demo.moments import at
from school.models import OfficeHolding, User
from school.roles import COUNSELOR
from workflow import clock
from workflow.models import ActionEntry

CAME, LEFT = date(2021, 9, 20), date(2021, 9, 30)
KEPT = "Takut pulang jika ayahnya ada di rumah. Minta agar tidak disampaikan ke siapa pun."
PASSED = (
    "Sering bekerja di pasar sampai malam untuk membantu ibunya; belum mau hal ini diketahui teman."
)
OF_BAGAS = (
    "Malu ikut kelas daring karena rumahnya terlihat di kamera. Belum berani bilang ke wali kelas.",
    "Pernah memikirkan berhenti sekolah. Sudah dibicarakan dua kali, sekarang lebih tenang.",
)


def write(coordinator: User, retno: User) -> None:
    """Let a counselor keep notes, and another one hand her case over and leave."""
    bagas = Case.objects.filter(
        student__name="Bagas Setiawan", semester__year__label="2021/2022", counselor=retno
    )
    _of_retno(bagas.get(), retno)
    _of_a_helper(coordinator)


def _of_retno(case: Case, retno: User) -> None:
    """Write three notes: one as it was, one corrected, one deleted."""
    with clock.still_at(at(date(2021, 9, 28), 10, 20)):
        cases.write_note(case, by=retno, text=OF_BAGAS[0])
        longer = cases.write_note(case, by=retno, text="Pernah memikirkan berhenti sekolah.")
    with clock.still_at(at(date(2021, 9, 29), 13, 40)):
        cases.correct_note(longer, by=retno, text=OF_BAGAS[1], read_at=1)
        wrong = cases.write_note(case, by=retno, text="Sudah mau bercerita soal kakaknya.")
    with clock.still_at(at(date(2021, 9, 29), 13, 50)):
        cases.delete_note(wrong, by=retno, reason="Tentang siswa lain")


def _of_a_helper(coordinator: User) -> None:
    """Let a helper have a case for ten days, pass on one of two notes, and leave the school."""
    case = _quiet_case()
    owner = case.counselor
    assert owner
    helper = User.objects.create(
        username="bk.wening",
        name="Wening Astuti",
        honorific="IBU",
        position="Guru BK",
        password=coordinator.password,
    )
    OfficeHolding.objects.create(user=helper, office=COUNSELOR.code, starts_on=CAME, ends_on=LEFT)
    with clock.still_at(at(CAME, 8)):
        cases.hand_over(case, helper, by=coordinator, reason="Guru BK-nya sedang diklat")
    with clock.still_at(at(date(2021, 9, 22), 11)):
        cases.write_note(case, by=helper, text=KEPT)
        passed = cases.write_note(case, by=helper, text=PASSED)
    with clock.still_at(at(LEFT, 9)):
        back = "Masa tugas saya selesai"
        cases.hand_over(case, owner, by=helper, reason=back, notes=[passed.pk])
    with clock.still_at(at(date(2021, 10, 1), 14)):
        User.objects.filter(pk=helper.pk).update(is_active=False)
        kept = ConfidentialNote.objects.get(author=helper, passed=None)
        cases.read_left(kept, by=coordinator, reason="Siswa dua hari tidak pulang")


def _quiet_case() -> Case:
    """Return an open case in which nothing has happened since the helper came."""
    since = ActionEntry.objects.filter(root_kind="cases.case", logged_at__gte=at(CAME, 0))
    quiet = Case.objects.filter(
        status="OPEN", confirmed_at__lt=at(CAME, 0), semester__year__label="2021/2022"
    )
    found = quiet.exclude(pk__in=since.values("root_id")).order_by("pk").first()
    assert found
    return found

"""What families get: the phones and data packages of the paper, and each state of the running
semester. Nothing here draws at random, so that all else in the demo stays as it is.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Q

from cases.models import Case, Cause
from counseling.demo import scripts, visit_scripts
from counseling.demo.agenda import Agenda
from counseling.demo.holidays import CALENDAR
from counseling.demo.moments import Diary, at
from counseling.demo.scripts import Script, on
from counseling.demo.story import Story
from homevisits.models import VisitReport
from school.fields import has
from school.forms.signature import Signed
from school.models import Guardian, Semester, User
from school.models.signature import SignedWay
from school.names import on_paper
from support import workflow as support
from support.models import Assistance
from workflow import clock

PHONES = ("Samsung Galaxy A02", "Xiaomi Redmi 9A", "Oppo A15", "Vivo Y12s")
REASONS = {
    "PHONE": "Satu HP dipakai bertiga, dan sering dibawa ayah bekerja",
    "DATA": "Penghasilan orang tua berkurang, kuota habis sebelum akhir bulan",
}
PACKAGE = "10 GB sebulan"
LENT_UNTIL = date(2021, 6, 18)
"""The end of the paper's year, when the lent phones come back to be lent anew."""
CONDITIONS = ("Baik", "Baik, kabel pengisi diganti", "Baterai cepat habis", "Layar tergores")
LEFT_TO_THEM = "Siswa lulus dan kuliah; dihibahkan dengan persetujuan kepala sekolah"
RELATIONS = {"FATHER": "ayah", "MOTHER": "ibu", "GUARDIAN": "wali"}


def plan_past(diary: Diary, semester: Semester, agenda: Agenda, principal: User) -> None:
    """Plan what the visits of a past semester lead to: asked for, approved, handed over.

    Each morning BK asks for those who were visited since, the principal decides, and what was
    approved is handed over two days later.
    """
    first, last = agenda.visit
    for day in CALENDAR.between(first, last + timedelta(days=12)):
        diary.plan(at(day, 7, 25), partial(_ask_after_visits, semester))
        diary.plan(at(day, 10, 50), partial(_hand_over_approved, semester))
        diary.plan(at(day, 13, 10), partial(_approve_all, semester, principal))
    if last < LENT_UNTIL and semester.ends_on >= LENT_UNTIL:
        diary.plan(at(CALENDAR.on_or_after(LENT_UNTIL), 9), _take_back)


def _ask_after_visits(semester: Semester) -> None:
    """Ask for a phone and data where no device was found, for data where the family is poor."""
    found = VisitReport.objects.filter(
        has("causes", Cause.DEVICE) | has("causes", Cause.ECONOMY),
        visit__status="RECORDED",
        visit__case__semester=semester,
        visit__case__status="OPEN",
    ).exclude(visit__case__in=Assistance.objects.values("case"))
    for report in found.order_by("pk"):
        kinds = ("PHONE", "DATA") if Cause.DEVICE in report.causes else ("DATA",)
        for kind in kinds:
            _ask(report.visit.case, kind)


def _ask(case: Case, kind: str, **given: Any) -> Assistance:
    return support.ask_for(
        Case.objects.get(pk=case.pk),
        by=given.pop("by", None) or _counselor(case),
        kind=kind,
        is_lent=kind == "PHONE",
        what=given.pop("what", PACKAGE if kind == "DATA" else ""),
        reason=given.pop("reason", REASONS.get(kind, "")),
    )


def _counselor(case: Case) -> User:
    found = case.counselor
    assert found, "a past case has its counselor"
    return found


def _approve_all(semester: Semester, principal: User) -> None:
    waiting = list(Assistance.objects.filter(status="ASKED", case__semester=semester))
    support.approve_assistance(waiting, by=principal, note="")


def _hand_over_approved(semester: Semester) -> None:
    since = clock.now() - timedelta(days=1, hours=12)
    approved = Q(status="APPROVED", case__semester=semester, decided_at__lt=since)
    for one in Assistance.objects.filter(approved).order_by("pk"):
        _hand_over(one, due_on=LENT_UNTIL if one.is_lent else None)


def _hand_over(one: Assistance, *, due_on: date | None = None) -> None:
    given = f"Paket data {PACKAGE}, nomor siswa"
    if one.kind == "PHONE":
        given = f"{PHONES[one.pk % len(PHONES)]}, nomor inventaris HP-{one.pk:03d}"
    guardian = Guardian.objects.filter(student=one.case.student_id).order_by("pk").first()
    receiver = on_paper(guardian.called) if guardian else one.case.student.name
    relation = guardian.kinship or RELATIONS.get(guardian.relation, "") if guardian else "siswa"
    support.hand_over_assistance(
        one,
        by=_counselor(one.case),
        given=one.what if one.kind == "OTHER" else given,
        receiver=receiver,
        relation=relation,
        due_on=due_on,
    )
    if one.pk % 5:
        signed: Signed = {
            "signer": receiver,
            "signer_relation": relation,
            "signed_way": SignedWay.PAPER,
            "path": "",
        }
        support.sign_receipt(one, by=_counselor(one.case), signed=signed)


def _take_back() -> None:
    """Take the year's phones back; one family has left theirs unreturned."""
    *lent, late = Assistance.objects.lent_out().order_by("pk")
    assert late.due_on == LENT_UNTIL
    for one in lent:
        by, grade = _counselor(one.case), one.case.student.nis[:2]
        if grade == "18":  # they leave the school this summer
            support.keep_assistance(one, by=by, reason=LEFT_TO_THEM)
        else:
            condition = CONDITIONS[one.pk % len(CONDITIONS)]
            support.return_assistance(one, by=by, condition=condition)


class _Running:
    """The assistance of one case of the running semester, act by act."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.made: Assistance | None = None

    def asked(self, moment: datetime, kind: str, **given: Any) -> "_Running":
        def act() -> None:
            self.made = _ask(self.story.case, kind, by=self.story.by, **given)

        self.story.diary.plan(moment, act)
        return self

    def then(self, moment: datetime, act: Callable[..., None], **given: Any) -> "_Running":
        def do() -> None:
            act(self._now, by=self.story.by, **given)

        self.story.diary.plan(moment, do)
        return self

    def approved(self, moment: datetime, note: str = "") -> "_Running":
        return self._decided(moment, support.approve_assistance, note)

    def declined(self, moment: datetime, note: str) -> "_Running":
        return self._decided(moment, support.decline_assistance, note)

    def _decided(self, moment: datetime, act: Callable[..., None], note: str) -> "_Running":
        principal = self.story.principal
        self.story.diary.plan(moment, lambda: act([self._now], by=principal, note=note))
        return self

    def handed_over(self, moment: datetime, due_on: date | None = None) -> "_Running":
        self.story.diary.plan(moment, lambda: _hand_over(self._now, due_on=due_on))
        return self

    @property
    def _now(self) -> Assistance:
        assert self.made
        return Assistance.objects.get(pk=self.made.pk)


def plan_running(stories: dict[Script, Story]) -> None:
    """Plan what families of the running semester ask for, so that each state occurs."""
    _that_wait({script: _Running(story) for script, story in stories.items()})
    _that_went({script: _Running(story) for script, story in stories.items()})


def _that_wait(of: dict[Script, _Running]) -> None:
    """Plan what waits for the principal or BK, and what the family does not get."""
    broken = "HP rusak sejak Agustus, siswa membantu ayah di ladang"
    of[visit_scripts.visit_to_record].asked(on(10, 2, 8, 10), "PHONE", reason=broken)
    of[visit_scripts.proposed_for_economy].asked(on(9, 29, 11), "DATA").approved(on(10, 1, 10, 30))
    refused = of[scripts.summons_attended].asked(on(9, 27, 9), "DATA")
    refused.declined(on(9, 28, 10), "Sudah mendapat kuota belajar dari Kemdikbud")
    bought = of[scripts.summons_in_vain].asked(on(9, 15, 9), "PHONE")
    bought.then(on(9, 20, 8), support.withdraw_assistance, reason="Keluarga membeli HP bekas")
    desk = {
        "what": "Meja belajar",
        "reason": "Belajar di lantai bersama dua adik, mata sering sakit",
    }
    doubted = of[visit_scripts.declined].asked(on(9, 27, 8), "OTHER", **desk)
    doubted.approved(on(9, 28, 10, 10))
    principal, wait = doubted.story.principal, "Tunggu data dari wali kelas"
    doubted.story.diary.plan(
        on(9, 29, 8),
        lambda: support.withdraw_assistance_approval(doubted._now, by=principal, reason=wait),
    )


def _that_went(of: dict[Script, _Running]) -> None:
    """Plan what was handed over, and what of it came back."""
    at_home = of[visit_scripts.visited_and_met].asked(on(10, 1, 7, 30), "PHONE")
    at_home.approved(on(10, 1, 10, 35)).handed_over(on(10, 2, 11), date(2021, 12, 17))
    resolved = of[visit_scripts.visited_and_resolved].asked(on(9, 29, 8), "PHONE")
    resolved.approved(on(9, 30, 10)).handed_over(on(10, 1, 12), date(2021, 12, 17))
    given = of[visit_scripts.urgent_acknowledged].asked(on(9, 23, 8), "DATA")
    given.approved(on(9, 24, 10)).handed_over(on(9, 27, 11))
    overdue = of[scripts.reached].asked(on(9, 13, 10), "PHONE")
    overdue.approved(on(9, 14, 10)).handed_over(on(9, 15, 11), date(2021, 9, 27))
    overdue.then(on(9, 27, 13), support.put_off_return, due_on=date(2021, 10, 1))
    back = of[scripts.resolved_by_contact].asked(on(9, 10, 11), "PHONE")
    back.approved(on(9, 13, 10, 5)).handed_over(on(9, 14, 11), date(2021, 9, 30))
    back.then(on(9, 30, 12), support.return_assistance, condition=CONDITIONS[0])
    lost = of[scripts.resolved_early].asked(on(8, 13, 9), "PHONE")
    lost.approved(on(8, 16, 10)).handed_over(on(8, 18, 11), date(2021, 9, 18))
    lost.then(
        on(9, 20, 9), support.keep_assistance, reason="Hilang di pasar; dilaporkan ke sekolah"
    )

"""Scripts of the running semester's cases at the home visit: how each came to be on 4 October."""

from datetime import date

from cases.models import Rung
from counseling.demo import texts
from counseling.demo.moments import AN_HOUR
from counseling.demo.scripts import Script, in_vain, on
from counseling.demo.story import Story
from homevisits import workflow as visits

WISHED = (date(2021, 10, 6), date(2021, 10, 8))


def _twice_in_vain(s: Story) -> None:
    in_vain(s)
    s.summoned(on(9, 14, 9), on(9, 17, 9))
    s.delivered(on(9, 15, 12))
    s.did_not_come(on(9, 17, 14))
    s.summoned(on(9, 20, 9), on(9, 23, 9))
    s.delivered(on(9, 21, 12))
    s.did_not_come(on(9, 23, 14))


def proposed_after_summonses(s: Story) -> None:
    _twice_in_vain(s)
    s.proposed(on(10, 1, 9), "SUMMONS", WISHED)


def proposed_after_contacts(s: Story) -> None:
    in_vain(s)
    s.contact(on(9, 27, 9), "INACTIVE")
    s.proposed(on(10, 1, 10), "CONTACT", WISHED)


def proposed_for_economy(s: Story) -> None:
    s.confirmed(on(9, 28, 9))
    s.contact(on(9, 29, 10), "REACHED", texts.REACHED_IN_VAIN[0])
    s.proposed(on(10, 1, 9), "ECONOMY", WISHED)


def _approved(s: Story) -> None:
    """Propose a visit, after summonses in vain or unanswered calls, and have it approved."""
    basis = s.rng.choice(("SUMMONS", "CONTACT"))
    if basis == "SUMMONS":
        _twice_in_vain(s)
    else:
        in_vain(s)
        s.contact(on(9, 20, 10, 30), "NO_ANSWER")
    s.proposed(on(9, 24, 13), basis, (date(2021, 9, 29), date(2021, 10, 6)))
    s.approved(on(9, 27, 10), s.rng.choice(texts.APPROVAL))


def visit_approved(s: Story) -> None:
    _approved(s)


def approval_withdrawn(s: Story) -> None:
    _approved(s)
    s.on_visit(
        on(9, 30, 8),
        visits.withdraw_approval,
        by=s.principal,
        reason="Bicarakan dulu dengan wali kelas",
    )


def visit_today(s: Story) -> None:
    in_vain(s)
    s.contact(on(9, 22, 9), "NO_ANSWER")
    s.proposed(on(9, 24, 10), "CONTACT", (date(2021, 10, 4), date(2021, 10, 6)))
    s.approved(on(9, 27, 10, 5))
    s.scheduled(on(9, 30, 9), on(10, 4, 13, 30))


def visit_to_record(s: Story) -> None:
    _approved(s)
    visit_at = s.scheduled(on(9, 30, 9, 30), on(10, 1, 14))
    values = {
        "outcome": "MET",
        "met": ["STUDENT", "MOTHER"],
        "causes": ["ECONOMY", "DEVICE"],
        "direct_intervention": "HP rusak sejak Agustus, siswa membantu ayah di ladang pada pagi "
        "hari.",
        "topic": "Tidak mengikuti pembelajaran karena tidak ada perangkat",
    }
    s.on_visit(visit_at + 2 * AN_HOUR, visits.save_report, values=values, read_at=0)


def visit_moved_to_tomorrow(s: Story) -> None:
    _approved(s)
    s.scheduled(on(9, 28, 9), on(10, 1, 9), number=False)
    visitors = [s.by, s.c.homeroom]
    moved_to = s.diary.book(visitors, on(10, 5, 9), 2)
    s.on_visit(on(9, 30, 12), visits.reschedule, scheduled_for=moved_to, visitors=visitors)


def visited_and_met(s: Story) -> None:
    _approved(s)
    visit_at = s.scheduled(on(9, 28, 9), on(9, 30, 13))
    s.visited(visit_at + 2 * AN_HOUR)


def visited_and_resolved(s: Story) -> None:
    _approved(s)
    visit_at = s.scheduled(on(9, 27, 12), on(9, 28, 13), number=False)
    s.assignment_numbered(on(9, 28, 7, 30))
    s.visited(visit_at + 2 * AN_HOUR)
    s.summarised(on(10, 4, 7, 30), texts.SUMMARIES[Rung.HOME_VISIT][0])
    s.resolved(on(10, 4, 7, 35), Rung.HOME_VISIT, "IMPROVED")


def visited(outcome: str, note: str) -> Script:
    def script(s: Story) -> None:
        _approved(s)
        visit_at = s.scheduled(on(9, 28, 9), on(10, 1, 14))
        s.nobody_met(visit_at + AN_HOUR, outcome, note)

    return script


def nobody_home_then_again(s: Story) -> None:
    visited("NOBODY", "Rumah terkunci, tetangga akan menyampaikan pesan")(s)
    s.visit_again(on(10, 4, 8, 30))


def urgent(s: Story) -> None:
    """Schedule an urgent visit without approval; the principal has not acknowledged it yet."""
    s.confirmed(on(10, 1, 9))
    s.proposed(
        on(10, 2, 8), "FAMILY", urgent_reason="Siswa akan diajak bekerja ke luar kota hari Rabu"
    )
    s.scheduled(on(10, 2, 8, 30), on(10, 5, 8))


def urgent_acknowledged(s: Story) -> None:
    s.confirmed(on(9, 20, 9))
    s.proposed(on(9, 21, 8), "FAMILY", urgent_reason="Keluarga akan pindah lusa")
    visit_at = s.scheduled(on(9, 21, 8, 20), on(9, 22, 8))
    s.on_visit(on(9, 21, 12), visits.acknowledge, by=s.principal)
    s.visited(visit_at + 2 * AN_HOUR)


def declined(s: Story) -> None:
    in_vain(s)
    s.proposed(on(9, 24, 11), "CONTACT")
    s.declined(on(9, 27, 10, 20), "Hubungi dulu lewat perangkat desa")
    s.contact(on(10, 2, 9), "READ")


def withdrawn(s: Story) -> None:
    in_vain(s)
    s.proposed(on(9, 24, 11, 30), "CONTACT")
    s.on_visit(on(9, 27, 9), visits.withdraw, reason="Keluarga menelepon kembali")
    s.contact(on(9, 27, 9, 10), "REACHED")


def cancelled(s: Story) -> None:
    _approved(s)
    s.scheduled(on(9, 28, 9, 20), on(10, 4, 9))
    s.on_visit(on(10, 1, 13), visits.cancel, reason="Jalan ke dusun longsor")

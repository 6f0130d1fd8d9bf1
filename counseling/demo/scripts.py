"""How the cases of the running semester stand on 4 October 2021: a script for each state."""

from collections.abc import Callable
from datetime import date, datetime

from cases import workflow as cases
from counseling.demo import texts
from counseling.demo.moments import at
from counseling.demo.story import Story
from homevisits import workflow as visits

WISHED = (date(2021, 10, 6), date(2021, 10, 8))
Script = Callable[[Story], None]


def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return at(date(2021, month, day), hour, minute)


# Review


def waits_for_review(s: Story) -> None:
    """Referred, not looked at yet."""


def waits_with_notes(s: Story) -> None:
    text = "Ibunya baru pindah kerja; saya coba hubungi pamannya dulu."
    s.diary.plan(
        on(10, 3, 18, 10), lambda: cases.write_review_note(s.case, by=s.c.homeroom, text=text)
    )
    s.then(on(10, 4, 7, 40), cases.write_review_note, text="Baik, saya tunggu kabarnya hari ini.")


def dismissed(s: Story) -> None:
    s.then(on(9, 9, 10), cases.dismiss, reason=texts.DISMISSALS[0])


def dismissed_then_reopened(s: Story) -> None:
    s.then(on(9, 9, 10, 20), cases.dismiss, reason=texts.DISMISSALS[1])
    s.then(on(9, 30, 9), cases.reopen, reason="Wali kelas membawa keterangan baru")


def confirmed(s: Story) -> None:
    s.confirmed(on(9, 30, 11))


# Contact


def _reviewed(s: Story, hour: int = 9) -> None:
    s.confirmed(on(9, 9, hour, 5 * s.rng.randrange(12)))


def tried_twice(s: Story) -> None:
    _reviewed(s)
    s.contact(on(9, 30, 10, 15), "NO_ANSWER")
    s.contact(on(10, 3, 16, 5), "READ")


def called(outcome: str, month: int, day: int) -> Script:
    def script(s: Story) -> None:
        _reviewed(s, 10)
        s.contact(on(month, day, 9, 35), outcome)

    return script


def reached(s: Story) -> None:
    _reviewed(s)
    s.contact(on(9, 20, 9), "NO_ANSWER")
    s.contact(on(10, 1, 13), "REACHED")
    s.summarised(on(10, 1, 13, 10), texts.SUMMARIES[1][1])


def contact_void(s: Story) -> None:
    _reviewed(s)
    s.contact(on(9, 28, 10), "REACHED")
    s.diary.plan(
        on(9, 28, 10, 20),
        lambda: cases.void_contact(s.contacted, by=s.by, reason="Tercatat pada siswa yang salah"),
    )
    s.contact(on(9, 28, 10, 30), "NO_ANSWER")


def resolved_by_contact(s: Story) -> None:
    _reviewed(s)
    s.contact(on(9, 11, 9), "NO_ANSWER")
    s.contact(on(9, 13, 10), "REACHED")
    s.summarised(on(9, 24, 9), texts.SUMMARIES[1][0])
    s.resolved(on(9, 24, 9, 20), 1, "SOLVED")


def resolved_early(s: Story) -> None:
    """Brought by the list of July, over in August."""
    s.confirmed(on(8, 11, 9))
    s.contact(on(8, 12, 10), "REACHED")
    s.resolved(on(8, 26, 9), 1, "SOLVED")


def resolved_then_reopened(s: Story) -> None:
    s.confirmed(on(8, 11, 9, 30))
    s.contact(on(8, 12, 10), "REACHED")
    s.resolved(on(8, 25, 9), 1, "IMPROVED")
    s.then(on(9, 27, 9), cases.reopen, reason=texts.REOPENED)
    s.contact(on(9, 29, 9), "NO_ANSWER")


def resolved_without_a_word(s: Story) -> None:
    """Nobody was reached; a written reason stands for it."""
    _reviewed(s)
    s.contact(on(9, 13, 9), "NO_ANSWER")
    s.resolved(on(9, 28, 9), 1, "SOLVED", texts.STILL_RESOLVED)


# Summons


def _in_vain(s: Story) -> None:
    _reviewed(s)
    s.contact(on(9, 10, 9, 10), "NO_ANSWER")
    s.contact(on(9, 13, 13), s.rng.choice(("READ", "INACTIVE")))


def summons_today(s: Story) -> None:
    _in_vain(s)
    s.summoned(on(9, 28, 9), on(10, 4, 10))
    s.delivered(on(9, 30, 14))


def summons_overdue(s: Story) -> None:
    _in_vain(s)
    s.summoned(on(9, 15, 9), on(9, 21, 9))
    s.delivered(on(9, 17, 13))
    s.did_not_come(on(9, 21, 14))
    s.summoned(on(9, 24, 9), on(10, 1, 9))
    s.delivered(on(9, 27, 13))


def summons_without_number(s: Story) -> None:
    _in_vain(s)
    s.summoned(on(10, 1, 11), on(10, 5, 9), number=False)


def summons_numbered_later(s: Story) -> None:
    _in_vain(s)
    s.summoned(on(9, 20, 10), on(9, 24, 9))
    s.on_letter(on(9, 21, 8), cases.withdraw_summons, reason="Alamat pada surat keliru")
    s.summoned(on(9, 29, 10), on(10, 6, 9), number=False)
    s.on_letter(on(9, 30, 8), cases.fill_number, number="422/099/BK/IX/2021")


def summons_rescheduled(s: Story) -> None:
    _in_vain(s)
    s.summoned(on(9, 27, 10), on(10, 1, 9))
    s.delivered(on(9, 28, 12))
    s.on_letter(
        on(9, 30, 15),
        cases.reschedule,
        issued_on=date(2021, 9, 30),
        meets_at=on(10, 7, 9),
        place=texts.PLACE,
    )


def summons_attended(s: Story) -> None:
    _in_vain(s)
    s.summoned(on(9, 22, 9), on(9, 30, 9))
    s.delivered(on(9, 24, 12))
    s.came(on(9, 30, 10))
    s.summarised(on(9, 30, 10, 30), texts.SUMMARIES[2][0])


def resolved_by_summons(s: Story) -> None:
    _in_vain(s)
    s.summoned(on(9, 15, 10), on(9, 20, 9))
    s.delivered(on(9, 16, 12))
    s.came(on(9, 20, 10))
    s.resolved(on(10, 1, 9), 2, "IMPROVED")


def summons_in_vain(s: Story) -> None:
    _in_vain(s)
    s.summoned(on(9, 20, 9), on(9, 30, 10))
    s.delivered(on(9, 23, 12))
    s.did_not_come(on(9, 30, 15))


# Home visits


def _twice_in_vain(s: Story) -> None:
    _in_vain(s)
    s.summoned(on(9, 14, 9), on(9, 17, 9))
    s.delivered(on(9, 15, 12))
    s.did_not_come(on(9, 17, 14))
    s.summoned(on(9, 18, 9), on(9, 23, 9))
    s.delivered(on(9, 20, 12))
    s.did_not_come(on(9, 23, 14))


def proposed_after_summonses(s: Story) -> None:
    _twice_in_vain(s)
    s.proposed(on(10, 1, 9), "SUMMONS", WISHED)


def proposed_after_contacts(s: Story) -> None:
    _in_vain(s)
    s.contact(on(9, 27, 9), "INACTIVE")
    s.proposed(on(10, 1, 10), "CONTACT", WISHED)


def proposed_for_economy(s: Story) -> None:
    s.confirmed(on(9, 28, 9))
    s.contact(on(9, 29, 10), "REACHED", texts.REACHED_IN_VAIN[0])
    s.proposed(on(10, 2, 9), "ECONOMY", WISHED)


def _approved(s: Story, day: int = 27) -> None:
    _twice_in_vain(s)
    s.proposed(on(9, 24, 13), "SUMMONS", (date(2021, 9, 29), date(2021, 10, 6)))
    s.approved(on(9, day, 10), s.rng.choice(texts.APPROVAL))


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
    _in_vain(s)
    s.contact(on(9, 22, 9), "NO_ANSWER")
    s.proposed(on(9, 24, 10), "CONTACT", (date(2021, 10, 4), date(2021, 10, 6)))
    s.approved(on(9, 27, 10, 5))
    s.scheduled(on(9, 30, 9), on(10, 4, 13, 30))


def visit_to_record(s: Story) -> None:
    _approved(s)
    s.scheduled(on(9, 30, 9, 30), on(10, 3, 14))
    values = {
        "outcome": "MET",
        "met": ["STUDENT", "MOTHER"],
        "causes": ["ECONOMY", "DEVICE"],
        "direct_intervention": "HP rusak sejak Agustus, siswa membantu ayah di ladang pada pagi "
        "hari.",
        "topic": "Tidak mengikuti pembelajaran karena tidak ada perangkat",
    }
    s.on_visit(on(10, 3, 15, 20), visits.save_report, values=values, read_at=0)


def visit_moved_to_tomorrow(s: Story) -> None:
    _approved(s)
    s.scheduled(on(9, 28, 9), on(10, 1, 9))
    s.diary.plan(
        on(9, 30, 12),
        lambda: visits.reschedule(
            s.visit, by=s.by, scheduled_for=on(10, 5, 9), visitors=[s.by, s.c.homeroom]
        ),
    )


def visited_and_met(s: Story) -> None:
    _approved(s)
    s.scheduled(on(9, 28, 9), on(9, 30, 13))
    s.visited(on(9, 30, 16))


def visited_and_resolved(s: Story) -> None:
    _approved(s)
    s.scheduled(on(9, 27, 12), on(9, 28, 13))
    s.visited(on(9, 28, 16))
    s.summarised(on(10, 4, 7, 30), texts.SUMMARIES[3][0])
    s.resolved(on(10, 4, 7, 35), 3, "IMPROVED")


def visited(outcome: str, note: str) -> Script:
    def script(s: Story) -> None:
        _approved(s)
        s.scheduled(on(9, 28, 9), on(10, 1, 14))
        s.nobody_met(on(10, 1, 15), outcome, note)

    return script


def nobody_home_then_again(s: Story) -> None:
    visited("NOBODY", "Rumah terkunci, tetangga akan menyampaikan pesan")(s)
    s.visit_again(on(10, 1, 15, 30))


def urgent(s: Story) -> None:
    """Scheduled without waiting; the principal has not acknowledged it yet."""
    s.confirmed(on(10, 1, 9))
    s.proposed(on(10, 2, 8), "FAMILY", urgent_reason="Siswa tidak pulang sejak Jumat")
    s.scheduled(on(10, 2, 8, 30), on(10, 5, 8))


def urgent_acknowledged(s: Story) -> None:
    s.confirmed(on(9, 20, 9))
    s.proposed(on(9, 21, 8), "FAMILY", urgent_reason="Keluarga akan pindah lusa")
    s.scheduled(on(9, 21, 8, 20), on(9, 22, 8))
    s.on_visit(on(9, 21, 12), visits.acknowledge, by=s.principal)
    s.visited(on(9, 22, 10))


def declined(s: Story) -> None:
    _in_vain(s)
    s.proposed(on(9, 24, 11), "CONTACT")
    s.declined(on(9, 27, 10, 20), "Hubungi dulu lewat perangkat desa")


def withdrawn(s: Story) -> None:
    _in_vain(s)
    s.proposed(on(9, 24, 11, 30), "CONTACT")
    s.on_visit(on(9, 25, 9), visits.withdraw, reason="Ibu menelepon kembali")
    s.contact(on(9, 25, 9, 10), "REACHED")


def cancelled(s: Story) -> None:
    _approved(s)
    s.scheduled(on(9, 28, 9, 20), on(10, 2, 9))
    s.on_visit(on(10, 1, 13), visits.cancel, reason="Jalan ke dusun longsor")


# Going away


def moved_class(s: Story) -> None:
    _reviewed(s)
    s.contact(on(9, 29, 9), "NO_ANSWER")


def left(s: Story) -> None:
    _reviewed(s)
    s.contact(on(9, 15, 9), "REACHED", "Keluarga akan pindah ke luar kota")


def left_and_closed(s: Story) -> None:
    left(s)
    s.then(on(9, 20, 9), cases.close, note="Pindah sekolah ke Wonosobo")

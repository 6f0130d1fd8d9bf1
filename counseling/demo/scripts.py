"""Scripts of the running semester's cases up to the summons: how each came to be on 4 October."""

from collections.abc import Callable
from datetime import date, datetime

from cases import workflow as cases
from cases.models import Rung
from counseling.demo import texts
from counseling.demo.moments import AN_HOUR, at
from counseling.demo.story import Story
from school.permissions import possible_counselors

Script = Callable[[Story], None]


def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return at(date(2021, month, day), hour, minute)


# Review


def waits_for_review(s: Story) -> None:
    """Leave a referred case to be reviewed."""


def waits_with_notes(s: Story) -> None:
    s.diary.plan(
        on(10, 4, 7, 15),
        lambda: cases.log_contact(
            s.case,
            by=s.c.homeroom,
            channel="MESSAGE",
            party="STUDENT",
            outcome="PASSED_ON",
            note="Lewat teman sekelas yang tinggal di dusun yang sama",
        ),
    )
    text = "Ibunya baru pindah kerja; saya coba hubungi pamannya dulu."
    s.diary.plan(
        on(10, 1, 18, 10), lambda: cases.write_review_note(s.case, by=s.c.homeroom, text=text)
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


def _stood_in_for(s: Story) -> None:
    """Hand the case over to another counselor while its own is away, and back."""
    other = possible_counselors().exclude(pk=s.by.pk).order_by("pk").first()
    assert other
    s.then(on(9, 13, 8), cases.hand_over, counselor=other, reason="Cuti dua pekan")
    s.diary.plan(
        on(9, 27, 8),
        lambda: cases.hand_over(s.case, s.by, by=other, reason="Sudah masuk kembali"),
    )


def tried_twice(s: Story) -> None:
    _reviewed(s)
    _stood_in_for(s)
    s.contact(on(9, 30, 10, 15), "NO_ANSWER")
    s.contact(on(10, 1, 16, 5), "READ")


def called(outcome: str, month: int, day: int) -> Script:
    def script(s: Story) -> None:
        _reviewed(s, 10)
        s.contact(on(month, day, 9, 35), outcome)

    return script


def reached(s: Story) -> None:
    _reviewed(s)
    s.contact(on(9, 20, 9), "NO_NETWORK")
    s.contact(on(10, 1, 13), "REACHED")
    s.summarised(on(10, 1, 13, 10), texts.SUMMARIES[Rung.CONTACT][1])


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
    s.contact(on(9, 10, 9), "NO_ANSWER")
    s.contact(on(9, 13, 10), "REACHED")
    s.summarised(on(9, 24, 9), texts.SUMMARIES[Rung.CONTACT][0])
    s.resolved(on(9, 24, 9, 20), Rung.CONTACT, "SOLVED", look_again_in=14)


def resolved_early(s: Story) -> None:
    """Resolve in August a case that July's list began."""
    s.confirmed(on(8, 10, 9))
    s.contact(on(8, 12, 10), "REACHED")
    s.resolved(on(8, 26, 9), Rung.CONTACT, "SOLVED")


def resolved_then_reopened(s: Story) -> None:
    s.confirmed(on(8, 10, 9, 30))
    s.contact(on(8, 12, 10), "REACHED")
    s.resolved(on(8, 25, 9), Rung.CONTACT, "IMPROVED")
    s.then(on(9, 27, 9), cases.reopen, reason=texts.REOPENED)
    s.contact(on(9, 29, 9), "NO_ANSWER")


def resolved_without_a_word(s: Story) -> None:
    """Resolve a case in which nobody was reached, with a written reason."""
    _reviewed(s)
    s.contact(on(9, 13, 9), "NO_ANSWER")
    s.resolved(on(9, 28, 9), Rung.CONTACT, "SOLVED", reason=texts.STILL_RESOLVED)


# Summons


def in_vain(s: Story) -> None:
    _reviewed(s)
    s.contact(on(9, 10, 9, 10), "NO_ANSWER")
    s.contact(on(9, 13, 13), s.rng.choice(("READ", "INACTIVE")))


def summons_today(s: Story) -> None:
    in_vain(s)
    s.summoned(on(9, 28, 9), on(10, 4, 10))
    s.delivered(on(9, 30, 14))


def summons_overdue(s: Story) -> None:
    in_vain(s)
    s.summoned(on(9, 15, 9), on(9, 21, 9))
    s.delivered(on(9, 17, 13))
    s.did_not_come(on(9, 21, 14))
    s.summoned(on(9, 24, 9), on(10, 1, 9))
    s.delivered(on(9, 27, 13))


def summons_without_number(s: Story) -> None:
    in_vain(s)
    s.summoned(on(10, 1, 11), on(10, 5, 9), number=False)


def summons_numbered_later(s: Story) -> None:
    in_vain(s)
    s.summoned(on(9, 20, 10), on(9, 24, 9))
    s.on_letter(on(9, 21, 8), cases.withdraw_summons, reason="Alamat pada surat keliru")
    s.summoned(on(9, 29, 10), on(10, 6, 9), number=False)
    s.numbered(on(9, 30, 8))


def summons_rescheduled(s: Story) -> None:
    in_vain(s)
    s.summoned(on(9, 27, 10), on(10, 1, 9))
    s.delivered(on(9, 28, 12))
    s.on_letter(
        on(9, 30, 15),
        cases.reschedule,
        issued_on=date(2021, 9, 30),
        meets_at=s.diary.book([s.by], on(10, 7, 9), 1),
        place=texts.PLACE,
    )


def summons_attended(s: Story) -> None:
    in_vain(s)
    meets_at = s.summoned(on(9, 22, 9), on(9, 30, 9))
    s.delivered(on(9, 24, 12))
    s.came(meets_at + AN_HOUR)
    s.summarised(meets_at + 2 * AN_HOUR, texts.SUMMARIES[Rung.SUMMONS][0])


def resolved_by_summons(s: Story) -> None:
    in_vain(s)
    meets_at = s.summoned(on(9, 15, 10), on(9, 20, 9))
    s.delivered(on(9, 16, 12))
    s.came(meets_at + AN_HOUR)
    s.resolved(on(10, 1, 9), Rung.SUMMONS, "IMPROVED")


def summons_in_vain(s: Story) -> None:
    in_vain(s)
    s.summoned(on(9, 20, 9), on(9, 30, 10))
    s.delivered(on(9, 23, 12))
    s.did_not_come(on(9, 30, 15))


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

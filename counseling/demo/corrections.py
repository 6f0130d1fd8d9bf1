"""Recaps and lists of the running semester that were late, returned, corrected or withdrawn."""

from typing import Any

from counseling.demo.classes import Class, Year
from counseling.demo.moments import Diary
from counseling.demo.scripts import on
from recaps import workflow as recaps
from recaps.models import Recap
from recaps.workflow import class_list_of, decide, save_entry, save_header, write_knowledge
from school.models import RecapPeriod
from workflow.run import undo

KNOWN: dict[str, dict[str, Any]] = {
    "Bagas Setiawan": {"economy": True, "note": "Ayah merantau, HP dipakai bergantian"},
    "Galih Ramadhan": {"other": True, "note": "Mulai membaik sejak diajak bicara"},
}


def plan_corrections(diary: Diary, year: Year) -> None:
    _july, august, september, *_later = year.periods[year.semesters[0].pk]
    classes = year.classes
    _late(diary, classes["XII MIPA 2"], "Kimia", august)
    _corrected(diary, classes["XI MIPA 2"], "Biologi", august)
    _corrected(diary, classes["X MIPA 3"], "Matematika", august)
    _being_corrected(diary, classes["XI IPS 2"], "Ekonomi", august)
    _correction_dropped(diary, classes["XII MIPA 3"], "Fisika", august)
    _returned(diary, classes["X MIPA 3"], "Bahasa Indonesia", september)
    _first_draft(diary, classes["X MIPA 3"], "Matematika", september)
    _decisions(diary, classes["X MIPA 3"], september)
    diary.plan(on(10, 1, 17), lambda: _withdraw_some(classes["XI MIPA 4"], september))


def _recap(c: Class, subject: str, period: RecapPeriod) -> Recap:
    return Recap.objects.get(group=c.lesson(subject).group, period=period)


def _late(diary: Diary, c: Class, subject: str, period: RecapPeriod) -> None:
    """Hand over a recap after its list has gone to BK, then the supplement of the list."""
    lesson = c.lesson(subject)

    def hand_over() -> None:
        by = lesson.teacher
        sheet = save_header(lesson, period, by=by, meetings=4, assignments=2, read_at=1)
        save_entry(
            lesson,
            period,
            c.pupils[3].pk,
            by=lesson.teacher,
            values={"missing_work": 2},
            read_at=0,
        )
        recaps.hand_over(sheet.recap, by=lesson.teacher)

    def hand_over_list() -> None:
        class_list = class_list_of(c.row, period, by=c.homeroom)
        decide(class_list, [c.pupils[3]], "WATCH", by=c.homeroom)
        recaps.hand_over_list(class_list, by=c.homeroom)

    diary.plan(on(9, 20, 19), hand_over)
    diary.plan(on(9, 22, 10), hand_over_list)


def _corrected(diary: Diary, c: Class, subject: str, period: RecapPeriod) -> None:
    """Hand over a corrected recap with a new fact; the homeroom teacher must decide again."""
    lesson = c.lesson(subject)

    def act() -> None:
        recap = _recap(c, subject, period)
        recaps.begin_correction(recap, by=lesson.teacher, reason="Salah hitung tugas pekan ketiga")
        sheet = recap.open_sheet
        assert sheet is not None
        values = {"missing_work": sheet.assignments}
        student = c.pupils[4]
        there = sheet.entries.filter(student=student).first()
        read_at = there.version if there else 0
        save_entry(lesson, period, student.pk, by=lesson.teacher, values=values, read_at=read_at)
        recaps.hand_over(recap, by=lesson.teacher)

    diary.plan(on(10, 1, 20), act)


def _being_corrected(diary: Diary, c: Class, subject: str, period: RecapPeriod) -> None:
    _on_recap(
        diary,
        c,
        subject,
        period,
        on(10, 1, 19),
        recaps.begin_correction,
        reason="Satu siswa tertukar",
    )


def _correction_dropped(diary: Diary, c: Class, subject: str, period: RecapPeriod) -> None:
    begun, dropped = on(9, 28, 19), on(9, 28, 19, 10)
    _on_recap(diary, c, subject, period, begun, recaps.begin_correction, reason="Periksa ulang")
    _on_recap(diary, c, subject, period, dropped, recaps.drop_correction)


def _on_recap(
    diary: Diary, c: Class, subject: str, period: RecapPeriod, moment: Any, act: Any, **given: Any
) -> None:
    by = c.lesson(subject).teacher
    diary.plan(moment, lambda: act(_recap(c, subject, period), by=by, **given))


def _returned(diary: Diary, c: Class, subject: str, period: RecapPeriod) -> None:
    diary.plan(
        on(10, 1, 19, 30),
        lambda: recaps.return_recap(
            _recap(c, subject, period),
            by=c.homeroom,
            reason="Danang sakit dua kali menurut suratnya, mohon diperiksa",
        ),
    )


def _first_draft(diary: Diary, c: Class, subject: str, period: RecapPeriod) -> None:
    """Save entries for four students in a draft that is not handed over yet."""
    lesson = c.lesson(subject)
    noted = (
        ("Bagas Setiawan", {"absent": 4, "missing_work": 3}),
        ("Danang Wicaksono", {"permitted": 1, "absent": 2}),
        ("Dewi Kusumawati", {"sick": 2}),
        ("Galih Ramadhan", {"missing_work": 2}),
    )

    def act() -> None:
        by = lesson.teacher
        save_header(lesson, period, by=by, meetings=4, assignments=3, read_at=1)
        for name, values in noted:
            save_entry(lesson, period, c.pupil(name).pk, by=by, values=values, read_at=0)

    diary.plan(on(10, 4, 7, 12), act)


def _decisions(diary: Diary, c: Class, period: RecapPeriod) -> None:
    """Change Nur's decision, undo Danang's, restore Galih's first one, leave Bagas undecided."""

    def act() -> None:
        by = c.homeroom
        class_list = class_list_of(c.row, period, by=by)
        galih, nur, danang = map(c.pupil, ("Galih Ramadhan", "Nur Hidayah", "Danang Wicaksono"))
        for name, known in KNOWN.items():
            write_knowledge(class_list, c.pupil(name), by=by, values=known, read_at=0)
        decide(class_list, [nur], "WATCH", by=by)
        decide(class_list, [nur], "NO_CONCERN", by=by)
        decide(class_list, [galih], "WATCH", by=by)
        for student in (galih, danang):
            undo(decide(class_list, [student], "REFER", by=by)[0], "decide", by=by)

    diary.plan(on(10, 4, 7, 41), act)


def _withdraw_some(c: Class, period: RecapPeriod) -> None:
    """Withdraw the first recap of the class that was handed over."""
    recap = Recap.objects.filter(group__school_class=c.row, period=period, status="HANDED_OVER")
    found = recap.order_by("pk")[0]
    lesson = next(x for x in c.lessons if x.group_id == found.group_id)
    recaps.withdraw(found, by=lesson.teacher)

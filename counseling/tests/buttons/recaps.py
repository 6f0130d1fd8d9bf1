"""The buttons of recaps, of class lists, and of students and guardians."""

from collections.abc import Callable
from typing import Any

from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from recaps.models import Absence, ClassList, Entry, Recap
from recaps.queries.attendance import month_at
from recaps.queries.attendance_file import plan_of
from recaps.queries.attendance_rows import LAYOUT
from recaps.tests import factories as recaps
from recaps.workflow import begin_correction, class_list_of, decide, hand_over_list
from school.models import Guardian, User
from school.sheets.table import rows_of
from workflow.models import ActionEntry


def of_recaps(students: Students) -> dict[str, Button]:
    """Return the buttons of the recaps of two periods and their lists, in the order of a month."""
    cast = students.cast
    guru, wali, student = cast.guru, cast.wali, cast.students[0]
    sheet = (cast.maths.pk, cast.period.pk)
    row = url("recaps:recap_entry", *sheet, student.pk)
    back = recaps.handed_over_recap(cast.english, cast.period, {student: recaps.ABSENT})
    taken = recaps.handed_over_recap(cast.foreign_english, cast.period, {})
    earlier = recaps.handed_over_recap(cast.physics, cast.earlier_period, {student: recaps.ABSENT})
    dropped = recaps.handed_over_recap(cast.maths, cast.earlier_period, {})
    old = class_list_of(cast.own, cast.earlier_period, by=wali)
    decide(old, [student], "WATCH", by=wali)
    hand_over_list(old, by=wali)
    begin_correction(dropped, by=guru, reason="Salah hitung")
    this = (cast.own.pk, cast.period.pk)
    now = ClassList.objects.get(school_class=cast.own, period=cast.period)
    decided = {"student": [cast.students[1].pk], "choice": "WATCH"}
    known = url("recaps:class_list_knowledge", *this, student.pk)
    recap = Recap.objects.filter(group=cast.maths.group, period=cast.period)
    day = cast.period.ends_on
    there = {f"s{each.pk}": "H" for each in cast.students}
    of_file = f"Nama;Tanggal;Kode\n{cast.students[1].name};{day};I"
    return {
        "recaps:attendance_file": Button(
            wali,
            url("recaps:attendance_file", *this),
            {"text": of_file, "seal": _seal(this, of_file)},
            rows(Absence, student=cast.students[1], day=day),
        ),
        "recaps:attendance_day": Button(
            wali,
            f"{url('recaps:attendance_day', *this)}?day={day}",
            {**there, f"s{student.pk}": "S", "read": ""},
            rows(Absence, student=student, day=day),
        ),
        "recaps:recap_header": Button(
            guru,
            url("recaps:recap_header", *sheet),
            {"meetings": 5, "assignments": 3, "read_at": 1},
            lambda: recap.get().open_sheet.version - 1,
        ),
        "recaps:recap_entry": Button(
            guru,
            row,
            {"absent": 2, "read_at": 0},
            rows(Entry, sheet__recap__in=recap, student=student, version=1),
        ),
        "recaps:hand_over_recap": Button(
            guru,
            url("recaps:hand_over_recap", *sheet),
            {},
            rows(
                ActionEntry,
                kind="recaps.recap",
                object_id__in=recap.values("pk"),
                action="hand_over",
            ),
        ),
        "recaps:return_recap": Button(
            wali, url("recaps:return_recap", back.pk), {"reason": "x"}, acts(back, "return")
        ),
        "recaps:withdraw_recap": Button(
            cast.guru2, url("recaps:withdraw_recap", taken.pk), {}, acts(taken, "withdraw")
        ),
        "recaps:correct_recap": Button(
            guru,
            url("recaps:correct_recap", earlier.pk),
            {"reason": "x"},
            acts(earlier, "correct"),
        ),
        "recaps:drop_correction": Button(
            guru,
            url("recaps:drop_correction", dropped.pk),
            {},
            acts(dropped, "drop_correction"),
        ),
        "recaps:class_list_knowledge": Button(
            wali, known, {"economy": "on", "read_at": 1}, _known(now, student)
        ),
        "recaps:class_list_decide": Button(
            wali,
            url("recaps:class_list_decide", *this),
            decided,
            lambda: now.decisions.standing().filter(student=cast.students[1]).count(),
        ),
        "recaps:class_list_hand_over": Button(
            wali, url("recaps:class_list_hand_over", *this), {}, acts(now, "hand_over")
        ),
    }


def _seal(class_and_period: tuple[int, int], text: str) -> str:
    """Return the seal of what the homeroom teacher sees of a file before saving it."""
    month = month_at(*class_and_period)
    assert month
    return plan_of(month, rows_of(text, LAYOUT)).seal


def _known(of_list: ClassList, student: Any) -> Callable[[], int]:
    return lambda: of_list.knowledge.filter(student=student, economy=True).count()


def of_students(students: Students) -> dict[str, Button]:
    student = students.take()
    guardian = student.guardians.get()
    bk = students.cast.bk
    phone = {"phone": "081234567891", "read_at": 1, "street": "Dsn. Krajan"}
    person = {"name": "Sutrisno", "relation": "FATHER", "phone": "081234567892", "read_at": 1}
    return {
        "school:correct_student": Button(
            bk,
            url("school:correct_student", student.pk),
            phone,
            lambda: student.__class__.objects.get(pk=student.pk).version - 1,
        ),
        "school:form_of_address": Button(
            bk,
            url("school:form_of_address"),
            {"goes_by": "Bu Wulan"},
            rows(User, goes_by="Bu Wulan"),
        ),
        "school:correct_guardian": Button(
            bk,
            url("school:correct_guardian", guardian.pk),
            person,
            lambda: Guardian.objects.get(pk=guardian.pk).version - 1,
        ),
        "school:add_guardian": Button(
            bk,
            url("school:add_guardian", student.pk),
            {**person, "name": "Paman"},
            rows(Guardian, student=student, name="Paman"),
            each=True,
        ),
    }

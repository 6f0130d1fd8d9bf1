"""The buttons of cases, contacts and summonses."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cases.models import Case, ConfidentialNote, Contact, Evidence, ReviewNote, Summons
from cases.tests import factories as cases
from cases.workflow import dismiss
from counseling.tests.buttons.button import Button, acts, rows, url
from counseling.tests.scenarios.students import Students
from school.models import Enrolment, OfficeHolding
from school.roles import COUNSELOR
from school.tests.factories import SchoolClassFactory
from school.tests.factories import person as make_person
from workflow import clock


def of_cases(students: Students) -> dict[str, Button]:
    bk = students.cast.bk
    new, fresh, noted = (
        students.take(),
        students.case(confirmed=False),
        students.case(confirmed=False),
    )
    dismissed, resolved, reopened = students.case(), students.tried("REACHED"), students.case()
    dismiss(reopened, by=bk, reason="Sakit")
    closed, read, summed = students.case(), students.case(confirmed=False), students.case()
    Enrolment.objects.filter(student=closed.student).update(
        ends_on=clock.today() - timedelta(days=1), end_reason="LEFT"
    )
    called, voided = students.case(), cases.attempt(students.case(), bk)
    undone = students.case()
    together = students.case(confirmed=False)
    both = students.case(), students.case()

    def button(name: str, case: Any, data: dict[str, Any], effects: Any, **more: Any) -> Button:
        return Button(bk, url(f"cases:{name}", case.pk), data, effects, **more)

    contact = {"channel": "PHONE", "whom": "student", "outcome": "NO_ANSWER"}
    resolve = {"outcome": "SOLVED", "causes": ["FORGOT"]}
    unread = Evidence.objects.filter(case=read, noticed_at=None)
    return {
        "cases:open": button("open", new, {"reasons": ["ECONOMY"]}, rows(Case, student=new)),
        "cases:confirm": button("confirm", fresh, {}, acts(fresh, "confirm")),
        "cases:dismiss": button("dismiss", dismissed, {"reason": "x"}, acts(dismissed, "dismiss")),
        "cases:resolve": button("resolve", resolved, resolve, acts(resolved, "resolve")),
        "cases:reopen": button("reopen", reopened, {"reason": "x"}, acts(reopened, "reopen")),
        "cases:close": button("close", closed, {}, acts(closed, "close")),
        "cases:notice_evidence": button("notice_evidence", read, {}, lambda: not unread.exists()),
        "cases:review_note": button(
            "review_note", noted, {"text": "x"}, rows(ReviewNote, case=noted), each=True
        ),
        "cases:summary": button(
            "summary",
            summed,
            {"summary": "Didampingi", "read_at": 1},
            lambda: Case.objects.get(pk=summed.pk).version - 1,
        ),
        "cases:log_contact": button(
            "log_contact", called, contact, rows(Contact, case=called), each=True
        ),
        "cases:log_contacts": Button(
            bk,
            url("cases:log_contacts") + f"?case={both[0].pk}&case={both[1].pk}",
            contact,
            rows(Contact, case=both[1]),
            each=True,
        ),
        "cases:new": Button(
            bk, url("cases:new"), {"case": together.pk, "sure": "1"}, acts(together, "confirm")
        ),
        "cases:void_contact": button("void_contact", voided, {}, acts(voided, "void")),
        "undo": Button(
            bk, url("undo", "cases.case", undone.pk, "confirm"), {}, acts(undone, "undo_confirm")
        ),
    }


def of_counselors(students: Students) -> dict[str, Button]:
    """Return the buttons by which cases and classes get another counselor."""
    cast = students.cast
    given, moved = students.case(), students.case()
    Case.objects.filter(pk=moved.pk).update(counselor=cast.bk2)
    free = SchoolClassFactory(year=cast.own.year, name="X Bahasa")
    leaving, left = make_person(COUNSELOR), students.case()
    Case.objects.filter(pk=left.pk).update(counselor=leaving)
    chosen = {"counselor": cast.bk2.pk}
    return {
        "cases:hand_over_class": Button(
            cast.coordinator,
            url("cases:hand_over_class", cast.own.pk),
            {},
            acts(moved, "hand_over"),
        ),
        "cases:hand_over": Button(
            cast.bk,
            url("cases:hand_over", given.pk),
            {**chosen, "reason": "x"},
            acts(given, "hand_over"),
        ),
        "cases:hand_over_all": Button(
            cast.coordinator,
            url("cases:hand_over_all", leaving.pk),
            {**chosen, "reason": "x"},
            acts(left, "hand_over"),
        ),
        "cases:give_class": Button(
            cast.coordinator,
            url("cases:give_class", free.pk),
            chosen,
            acts(free, "counselor"),
            each=True,
        ),
    }


def of_notes(students: Students) -> dict[str, Button]:
    """Return the buttons of confidential notes."""
    cast = students.cast
    noted = students.case()
    corrected, deleted, passed, left = (cases.note(students.case(), cast.bk) for _ in range(4))
    Case.objects.filter(pk=passed.case_id).update(counselor=cast.bk2)
    former = make_person(COUNSELOR)
    OfficeHolding.objects.filter(user=former).delete()
    ConfidentialNote.objects.filter(pk=left.pk).update(author=former)

    def button(name: str, note: ConfidentialNote, data: Any, act: str, **more: Any) -> Button:
        by = more.pop("by", cast.bk)
        return Button(by, url(f"cases:{name}", note.key), data, acts(note, act), **more)

    return {
        "cases:write_note": Button(
            cast.bk,
            url("cases:write_note", noted.pk),
            {"text": "x"},
            rows(ConfidentialNote, case=noted),
            each=True,
        ),
        "cases:correct_note": button(
            "correct_note", corrected, {"text": "y", "read_at": 1}, "correct"
        ),
        "cases:delete_note": button("delete_note", deleted, {"reason": "x"}, "delete"),
        "cases:pass_on": button("pass_on", passed, {"to": cast.bk2.pk}, "pass_on"),
        "cases:read_left": button(
            "read_left", left, {"reason": "x"}, "read_left", by=cast.coordinator, each=True
        ),
    }


def of_summonses(students: Students) -> dict[str, Button]:
    bk, today = students.cast.bk, clock.today().isoformat()
    issued = students.tried()
    numbered, moved, delivered, held, withdrawn = (
        cases.summons(students.tried(), bk) for _ in range(5)
    )
    meeting = timezone.localtime(clock.now() + timedelta(days=2))
    when = {"issued_on": today, "meets_at": f"{meeting:%Y-%m-%dT%H:%M}", "place": "Ruang BK"}
    when["anyway"] = "on"
    letter = {**when, "number": "", "to_meet": "Guru BK", "purpose": "Perkembangan belajar"}
    receipt = {"delivered_on": today, "receiver": "Suminah", "relation": "ibu"}

    def button(name: str, summons: Summons, data: dict[str, Any], act: str, **more: Any) -> Button:
        return Button(bk, url(f"cases:{name}", summons.pk), data, acts(summons, act), **more)

    return {
        "cases:issue_summons": Button(
            bk, url("cases:issue_summons", issued.pk), letter, rows(Summons, case=issued)
        ),
        "cases:fill_number": button("fill_number", numbered, {"number": "422/9/BK"}, "number"),
        "cases:reschedule": button("reschedule", moved, when, "reschedule", each=True),
        "cases:summons_delivery": button(
            "summons_delivery", delivered, receipt, "deliver", each=True
        ),
        "cases:summons_outcome": button("summons_outcome", held, {"came": "no"}, "not_attended"),
        "cases:withdraw_summons": button("withdraw_summons", withdrawn, {}, "withdraw"),
    }

"""The changing URLs, each with what it is pressed on, and how its effects are counted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cases import workflow as verbs
from cases.models import Case, Contact, Evidence, ReviewNote, Summons
from cases.tests import factories as cases
from homevisits.models import Commitment, Visit, VisitReport
from homevisits.tests import factories as visits
from homevisits.workflow import add_commitment, save_report, schedule
from recaps import workflow as recaps
from recaps.models import ClassList, Entry, Recap
from school.models import Enrolment, Guardian, User
from school.tests.cast import Cast
from workflow import clock
from workflow.models import ActionEntry


@dataclass(frozen=True)
class Button:
    """`effects()` counts what pressing does; `each` where different submits are different acts."""

    by: User
    url: str
    data: dict[str, Any]
    effects: Callable[[], int]
    each: bool = False


@dataclass
class Bench:
    """Hands out one student after the other, so that no two buttons meet."""

    cast: Cast
    used: int = 0
    buttons: dict[str, Button] = field(default_factory=dict)

    def student(self) -> Any:
        self.used += 1
        return self.cast.students[self.used - 1]

    def case(self, **fields: Any) -> Case:
        return cases.direct_case(self.cast, self.student(), **fields)

    def tried(self, outcome: str = "NO_ANSWER") -> Case:
        case = self.case()
        cases.attempt(case, self.cast.bk, outcome)
        return case


def _acts(obj: Any, *names: str) -> Callable[[], int]:
    """Counts the entries of these acts in the log of `obj`."""
    mine = {"kind": obj._meta.label_lower, "object_id": obj.pk, "action__in": names}
    return lambda: ActionEntry.objects.filter(**mine).count()


def _rows(model: Any, **of: Any) -> Callable[[], int]:
    return lambda: model.objects.filter(**of).count()


def _url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def buttons_of(cast: Cast) -> dict[str, Button]:
    """URL name → button; every URL that changes something is among them."""
    bench = Bench(cast)
    return {
        **_of_cases(bench),
        **_of_summonses(bench),
        **_of_visits(bench),
        **_of_reports(bench),
        **_of_recaps(bench),
        **_of_students(bench),
    }


def _of_cases(bench: Bench) -> dict[str, Button]:
    bk = bench.cast.bk
    new, fresh, noted = bench.student(), bench.case(confirmed=False), bench.case(confirmed=False)
    dismissed, resolved, reopened = bench.case(), bench.tried("REACHED"), bench.case()
    verbs.dismiss(reopened, by=bk, reason="Sakit")
    closed, read, summed = bench.case(), bench.case(confirmed=False), bench.case()
    Enrolment.objects.filter(student=closed.student).update(
        ends_on=clock.today() - timedelta(days=1), end_reason="LEFT"
    )
    called, voided = bench.case(), cases.attempt(bench.case(), bk)
    undone = bench.case()

    def button(name: str, case: Any, data: dict[str, Any], effects: Any, **more: Any) -> Button:
        return Button(bk, _url(f"cases:{name}", case.pk), data, effects, **more)

    contact = {"channel": "PHONE", "whom": "student", "outcome": "NO_ANSWER"}
    resolve = {"outcome": "SOLVED", "causes": ["FORGOT"]}
    unread = Evidence.objects.filter(case=read, noticed_at=None)
    return {
        "cases:open": button("open", new, {"reasons": ["ECONOMY"]}, _rows(Case, student=new)),
        "cases:confirm": button("confirm", fresh, {}, _acts(fresh, "confirm")),
        "cases:dismiss": button("dismiss", dismissed, {"reason": "x"}, _acts(dismissed, "dismiss")),
        "cases:resolve": button("resolve", resolved, resolve, _acts(resolved, "resolve")),
        "cases:reopen": button("reopen", reopened, {"reason": "x"}, _acts(reopened, "reopen")),
        "cases:close": button("close", closed, {}, _acts(closed, "close")),
        "cases:notice_evidence": button("notice_evidence", read, {}, lambda: not unread.exists()),
        "cases:review_note": button(
            "review_note", noted, {"text": "x"}, _rows(ReviewNote, case=noted), each=True
        ),
        "cases:summary": button(
            "summary",
            summed,
            {"text": "Didampingi", "read_at": 1},
            lambda: Case.objects.get(pk=summed.pk).version - 1,
        ),
        "cases:log_contact": button(
            "log_contact", called, contact, _rows(Contact, case=called), each=True
        ),
        "cases:void_contact": button("void_contact", voided, {}, _acts(voided, "void")),
        "undo": Button(
            bk, _url("undo", "cases.case", undone.pk, "confirm"), {}, _acts(undone, "undo_confirm")
        ),
    }


def _of_summonses(bench: Bench) -> dict[str, Button]:
    bk, today = bench.cast.bk, clock.today().isoformat()
    issued = bench.tried()
    numbered, moved, delivered, held, withdrawn = (
        cases.summons(bench.tried(), bk) for _ in range(5)
    )
    meeting = timezone.localtime(clock.now() + timedelta(days=2))
    when = {"issued_on": today, "meets_at": f"{meeting:%Y-%m-%dT%H:%M}", "place": "Ruang BK"}
    letter = {**when, "number": "", "to_meet": "Guru BK", "purpose": "Perkembangan belajar"}
    receipt = {"delivered_on": today, "receiver": "Suminah", "relation": "ibu"}

    def button(name: str, summons: Summons, data: dict[str, Any], act: str, **more: Any) -> Button:
        return Button(bk, _url(f"cases:{name}", summons.pk), data, _acts(summons, act), **more)

    return {
        "cases:issue_summons": Button(
            bk, _url("cases:issue_summons", issued.pk), letter, _rows(Summons, case=issued)
        ),
        "cases:fill_number": button("fill_number", numbered, {"number": "422/9/BK"}, "number"),
        "cases:reschedule": button("reschedule", moved, when, "reschedule", each=True),
        "cases:summons_delivery": button(
            "summons_delivery", delivered, receipt, "deliver", each=True
        ),
        "cases:summons_outcome": button("summons_outcome", held, {"came": "no"}, "not_attended"),
        "cases:withdraw_summons": button("withdraw_summons", withdrawn, {}, "withdraw"),
    }


def _of_visits(bench: Bench) -> dict[str, Button]:
    cast, bk, principal = bench.cast, bench.cast.bk, bench.cast.principal
    today = clock.today().isoformat()
    wished, approved, declined = bench.case(), *(_proposed(bench) for _ in range(2))
    withdrawn = _proposed(bench)
    planned, revoked = (visits.approved_visit(bench.case(), bk, principal) for _ in range(2))
    moved, cancelled, numbered = (
        visits.scheduled_visit(bench.case(), bk, principal) for _ in range(3)
    )
    missed = visits.recorded_visit(bench.case(), bk, principal, outcome="NOBODY")
    urgent = _urgent(bench)
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    plan = {"day": tomorrow, "at": "09:00", "visitors": [bk.pk]}
    whole = {**plan, "purposes": ["DATA"], "functions": ["UNDERSTANDING"], "number": ""}
    proposal = {"special": "ECONOMY", "reason": "Ayah merantau", "proposed_on": today}

    def button(name: str, visit: Visit, data: dict[str, Any], *acts: str, **more: Any) -> Button:
        by = more.pop("by", bk)
        return Button(by, _url(f"homevisits:{name}", visit.pk), data, _acts(visit, *acts), **more)

    decide = _url("homevisits:proposals")
    return {
        "homevisits:propose": Button(
            bk, _url("homevisits:propose", wished.pk), proposal, _rows(Visit, case=wished)
        ),
        "homevisits:proposals": Button(
            principal, decide, {"visit": approved.pk, "act": "approve"}, _acts(approved, "approve")
        ),
        "homevisits:proposals (decline)": Button(
            principal,
            decide,
            {"visit": declined.pk, "act": "decline", "note": "x", "confirmed": "1"},
            _acts(declined, "decline"),
        ),
        "homevisits:schedule": button("schedule", planned, whole, "schedule"),
        "homevisits:reschedule": button("reschedule", moved, plan, "reschedule", each=True),
        "homevisits:withdraw": button("withdraw", withdrawn, {}, "withdraw"),
        "homevisits:withdraw_approval": button(
            "withdraw_approval", revoked, {}, "withdraw_approval", by=principal
        ),
        "homevisits:cancel": button("cancel", cancelled, {}, "cancel"),
        "homevisits:number": button("number", numbered, {"number": "421.3/9"}, "number"),
        "homevisits:propose_next": Button(
            bk, _url("homevisits:propose_next", missed.pk), {}, _rows(Visit, follows=missed)
        ),
        "homevisits:acknowledge": button(
            "acknowledge", urgent, {}, "acknowledge", by=cast.principal
        ),
    }


def _proposed(bench: Bench) -> Visit:
    return visits.proposed_visit(bench.case(), bench.cast.bk)


def _urgent(bench: Bench) -> Visit:
    urgent = visits.proposed_visit(bench.case(), bench.cast.bk, urgent_reason="Ayah sakit")
    schedule(
        urgent,
        by=bench.cast.bk,
        scheduled_for=clock.now() + timedelta(days=1),
        visitors=[bench.cast.bk],
        purposes=["DATA"],
        functions=[],
    )
    return urgent


def _of_reports(bench: Bench) -> dict[str, Button]:
    bk, principal = bench.cast.bk, bench.cast.principal
    drafted, made, promised, kept = (
        visits.scheduled_visit(bench.case(), bk, principal) for _ in range(4)
    )
    met = {"outcome": "MET", "met": ["MOTHER"]}
    save_report(made, by=bk, values=met, read_at=0)
    dropped = add_commitment(kept, by=bk, text="Mendampingi belajar")
    was = timezone.localtime(made.scheduled_for)
    key = "7d3f2c1e-0000-4000-8000-000000000001"
    return {
        "homevisits:report_draft": Button(
            bk,
            _url("homevisits:report_draft", drafted.pk),
            {**met, "topic": "Belajar", "read_at": 0},
            _rows(VisitReport, visit=drafted, topic="Belajar"),
        ),
        "homevisits:record": Button(
            bk,
            _url("homevisits:record", made.pk),
            {"day": was.date().isoformat(), "at": f"{was:%H:%M}"},
            _acts(made, "record"),
        ),
        "homevisits:commitment": Button(
            bk,
            _url("homevisits:commitment", promised.pk, key),
            {"text": "Mendampingi belajar"},
            _rows(Commitment, report__visit=promised),
            each=True,
        ),
        "homevisits:remove_commitment": Button(
            bk,
            _url("homevisits:remove_commitment", dropped.pk),
            {},
            lambda: int(not Commitment.objects.filter(pk=dropped.pk).exists()),
        ),
    }


def _of_recaps(bench: Bench) -> dict[str, Button]:
    """Two periods of two subjects, and the list of each: in the order of a school's month."""
    cast = bench.cast
    guru, wali, student = cast.guru, cast.wali, cast.students[0]
    sheet = (cast.maths.pk, cast.period.pk)
    row = _url("recaps:recap_entry", *sheet, student.pk)
    back = cases.handed_over_recap(cast.english, cast.period, {student: cases.ABSENT})
    taken = cases.handed_over_recap(cast.foreign_english, cast.period, {})
    earlier = cases.handed_over_recap(cast.physics, cast.earlier_period, {student: cases.ABSENT})
    dropped = cases.handed_over_recap(cast.maths, cast.earlier_period, {})
    old = recaps.class_list_of(cast.own, cast.earlier_period, by=wali)
    recaps.decide(old, [student], "WATCH", by=wali)
    recaps.hand_over_list(old, by=wali)
    recaps.begin_correction(dropped, by=guru, reason="Salah hitung")
    this = (cast.own.pk, cast.period.pk)
    now = ClassList.objects.get(school_class=cast.own, period=cast.period)
    decided = {"student": [cast.students[1].pk], "choice": "WATCH"}
    known = _url("recaps:class_list_knowledge", *this, student.pk)
    recap = Recap.objects.filter(subject=cast.maths.subject, period=cast.period)
    return {
        "recaps:recap_header": Button(
            guru,
            _url("recaps:recap_header", *sheet),
            {"meetings": 5, "assignments": 3, "read_at": 1},
            lambda: recap.get().open_sheet.version - 1,
        ),
        "recaps:recap_entry": Button(
            guru,
            row,
            {"absent": 2, "read_at": 0},
            _rows(Entry, sheet__recap__in=recap, student=student, version=1),
        ),
        "recaps:hand_over_recap": Button(
            guru,
            _url("recaps:hand_over_recap", *sheet),
            {},
            _rows(
                ActionEntry,
                kind="recaps.recap",
                object_id__in=recap.values("pk"),
                action="hand_over",
            ),
        ),
        "recaps:return_recap": Button(
            wali, _url("recaps:return_recap", back.pk), {"reason": "x"}, _acts(back, "return")
        ),
        "recaps:withdraw_recap": Button(
            cast.guru2, _url("recaps:withdraw_recap", taken.pk), {}, _acts(taken, "withdraw")
        ),
        "recaps:correct_recap": Button(
            guru,
            _url("recaps:correct_recap", earlier.pk),
            {"reason": "x"},
            _acts(earlier, "correct"),
        ),
        "recaps:drop_correction": Button(
            guru,
            _url("recaps:drop_correction", dropped.pk),
            {},
            _acts(dropped, "drop_correction"),
        ),
        "recaps:class_list_knowledge": Button(
            wali, known, {"economy": "on", "version": 1}, _rows_known(now, student)
        ),
        "recaps:class_list_decide": Button(
            wali,
            _url("recaps:class_list_decide", *this),
            decided,
            lambda: now.decisions.standing().filter(student=cast.students[1]).count(),
        ),
        "recaps:class_list_hand_over": Button(
            wali, _url("recaps:class_list_hand_over", *this), {}, _acts(now, "hand_over")
        ),
    }


def _rows_known(of_list: ClassList, student: Any) -> Callable[[], int]:
    return lambda: of_list.knowledge.filter(student=student, economy=True).count()


def _of_students(bench: Bench) -> dict[str, Button]:
    student = bench.student()
    guardian = student.guardians.get()
    bk = bench.cast.bk
    phone = {"phone": "081234567891", "version": 1, "street": "Dsn. Krajan"}
    person = {"name": "Sutrisno", "relation": "FATHER", "phone": "081234567892", "version": 1}
    return {
        "school:correct_student": Button(
            bk,
            _url("school:correct_student", student.pk),
            phone,
            lambda: student.__class__.objects.get(pk=student.pk).version - 1,
        ),
        "school:correct_guardian": Button(
            bk,
            _url("school:correct_guardian", guardian.pk),
            person,
            lambda: Guardian.objects.get(pk=guardian.pk).version - 1,
        ),
        "school:add_guardian": Button(
            bk,
            _url("school:add_guardian", student.pk),
            {**person, "name": "Paman"},
            _rows(Guardian, student=student, name="Paman"),
            each=True,
        ),
    }

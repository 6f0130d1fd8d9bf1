"""The acts of `acts.md`, each done by the project's own verb."""

import re
from collections.abc import Callable
from datetime import date, datetime

from cases.models import Case, Contact, Summons
from cases.workflow import (
    close,
    confirm,
    dismiss,
    hand_over,
    issue_summons,
    log_contact,
    open_directly,
    record_outcome,
    reopen,
    reschedule,
    resolve,
    void_contact,
    withdraw_summons,
)
from counseling.tests.year.recapping import correct_recap, hand_over_class_list, recap, return_it
from counseling.tests.year.school import School, add_semester, moment
from counseling.tests.year.tables import Row
from homevisits import workflow as visiting
from homevisits.models import Visit
from reports.workflow import freeze
from school.models import User
from support import workflow as helping
from support.models import Assistance
from workflow import clock

CHANNELS = {"whatsapp": "WHATSAPP", "phone": "PHONE", "face": "FACE", "message": "MESSAGE"}
OUTCOMES = {
    "reached": "REACHED",
    "no answer": "NO_ANSWER",
    "inactive": "INACTIVE",
    "wrong number": "WRONG",
}
REASONS = {"never": "NEVER", "activity": "LOW", "work": "MISSING"}
ENDS = {"not solved": "NOT_SOLVED", "improved": "IMPROVED", "solved": "SOLVED"}
DOORS = {"nobody home": "NOBODY", "moved": "MOVED", "refused": "REFUSED"}
ASSISTANCE = {"phone": "PHONE", "data package": "DATA"}
NOTE = "Sesuai catatan"
DAY = re.compile(r"\b(?:on|for) (\d{4}-\d\d-\d\d)")


def do(school: School, row: Row) -> None:
    """Do the act of a row now. Raises what the verb raises."""
    by = school.person(row["who"])
    if row["act"] in OF_SCHOOL:
        OF_SCHOOL[row["act"]](school, by, row["whom"], row["with"])
        return
    case = _case(school, row["whom"])
    OF_CASE[row["act"]](case, by, row["with"])


def _case(school: School, student: str) -> Case:
    """Return the student's newest case."""
    found = Case.objects.filter(student=school.students[student]).order_by("-semester__starts_on")
    return found.select_related("semester__policy", "student").get(
        semester=found.values_list("semester", flat=True)[0]
    )


def _typed(words: str, hour: int = 12) -> datetime | None:
    """Return the time that the words name; None without one."""
    found = DAY.search(words)
    return moment(found[1], hour) if found else None


def _planned(words: str) -> datetime:
    """Return the hour of a meeting or visit."""
    found = _typed(words, 9)
    assert found is not None, words
    return found


def _open(school: School, by: User, student: str, words: str) -> None:
    reason = REASONS.get(words, words.upper())
    semester = school.semester_of(clock.today())
    open_directly(school.students[student], semester, by=by, reasons=[reason])


def _contact(case: Case, by: User, words: str) -> None:
    channel = CHANNELS[words.split(maxsplit=1)[0]]
    outcome = next(code for word, code in OUTCOMES.items() if word in words)
    if channel == "MESSAGE" and outcome == "NO_ANSWER":
        outcome = "NO_REPLY"
    log_contact(
        case, by=by, channel=channel, party="MOTHER", outcome=outcome, happened_at=_typed(words)
    )


def _void(case: Case, by: User, _words: str) -> None:
    void_contact(Contact.objects.filter(case=case).latest("pk"), by=by, reason=NOTE)


def _summons(case: Case) -> Summons:
    return Summons.objects.filter(case=case).latest("pk")


def _issue(case: Case, by: User, words: str) -> None:
    issue_summons(
        case,
        by=by,
        issued_on=clock.today(),
        meets_at=_planned(words),
        place="Ruang BK",
        to_meet="Guru BK",
        purpose="Perkembangan belajar",
        number=f"{Summons.objects.count() + 1}/BK/{clock.today().year}",
    )


def _came(case: Case, by: User, words: str) -> None:
    who = next((one for one in ("father", "mother") if one in words), "")
    record_outcome(
        _summons(case),
        by=by,
        attended=words.startswith("came"),
        came_with=who.upper(),
        happened_at=_typed(words),
    )


def _resolve(case: Case, by: User, words: str) -> None:
    causes, end = words.split(", ")[:2]
    resolve(
        case,
        by=by,
        causes=causes.upper().split("+"),
        outcome=ENDS[end],
        reason=NOTE,
        happened_at=_typed(words),
    )


def _visit(case: Case) -> Visit:
    return Visit.objects.filter(case=case).latest("pk")


def _propose(case: Case, by: User, _words: str, **fields: str) -> None:
    visiting.propose(case, by=by, basis=visiting.found_basis(case), reason=NOTE, **fields)


def _propose_urgently(case: Case, by: User, words: str) -> None:
    _propose(case, by, words, urgent_reason="Ayah sakit keras")


def _schedule(case: Case, by: User, words: str) -> None:
    visiting.schedule(
        _visit(case),
        by=by,
        scheduled_for=_planned(words),
        visitors=[by],
        purposes=["DATA"],
        functions=["UNDERSTANDING"],
    )


def _next_visit(case: Case, by: User, words: str) -> None:
    visiting.propose_next(_recorded(case), by=by)
    _schedule(case, by, words)


def _recorded(case: Case) -> Visit:
    return Visit.objects.filter(case=case, status="RECORDED").latest("pk")


def _record(case: Case, by: User, words: str) -> None:
    outcome = DOORS.get(words, "MET")
    met = ["STUDENT", "MOTHER"] if outcome == "MET" else []
    values = {"outcome": outcome, "met": met}
    visiting.save_report(_visit(case), by=by, values=values, read_at=0)
    visiting.record(_visit(case), by=by)


def _assistance(case: Case) -> Assistance:
    return Assistance.objects.filter(case=case).latest("pk")


def _ask_for(case: Case, by: User, words: str) -> None:
    kind = ASSISTANCE[words]
    helping.ask_for(case, by=by, kind=kind, is_lent=kind == "PHONE", reason=NOTE)


def _give(case: Case, by: User, words: str) -> None:
    helping.hand_over_assistance(
        _assistance(case), by=by, given=words, receiver="Ibu", relation="Ibu"
    )


def _hand_over(school: School, by: User, student: str, words: str) -> None:
    hand_over(_case(school, student), school.person(words), by=by, reason=NOTE)


def _freeze(school: School, by: User, code: str, _words: str) -> None:
    semester = school.semesters[code]
    freeze(semester, by=by)


def _next_semester(school: School, _by: User, code: str, words: str) -> None:
    first, last = words.split(" to ")
    add_semester(school, code, first, last)


def _close(case: Case, by: User, _words: str) -> None:
    close(case, by=by)


OF_SCHOOL: dict[str, Callable[[School, User, str, str], None]] = {
    "recap": recap,
    "return recap": return_it,
    "correct recap": correct_recap,
    "hand over list": hand_over_class_list,
    "open case": _open,
    "hand over case": _hand_over,
    "freeze": _freeze,
    "next semester": _next_semester,
}
OF_CASE: dict[str, Callable[[Case, User, str], None]] = {
    "confirm": lambda case, by, _words: confirm(case, by=by),
    "dismiss": lambda case, by, _words: dismiss(case, by=by, reason=NOTE),
    "contact": _contact,
    "void contact": _void,
    "summons": _issue,
    "withdraw summons": lambda case, by, _w: withdraw_summons(_summons(case), by=by, reason=NOTE),
    "reschedule summons": lambda case, by, words: reschedule(
        _summons(case),
        by=by,
        issued_on=clock.today(),
        meets_at=_planned(words),
        place="Ruang BK",
    ),
    "outcome": _came,
    "resolve": _resolve,
    "close": _close,
    "reopen": lambda case, by, _words: reopen(case, by=by, reason=NOTE),
    "propose visit": _propose,
    "propose visit urgently": _propose_urgently,
    "approve visit": lambda case, by, _words: visiting.approve([_visit(case)], by=by),
    "decline visit": lambda case, by, _w: visiting.decline([_visit(case)], by=by, note=NOTE),
    "withdraw approval": lambda case, by, _w: visiting.withdraw_approval(
        _visit(case), by=by, reason=NOTE
    ),
    "withdraw visit": lambda case, by, _w: visiting.withdraw(_visit(case), by=by, reason=NOTE),
    "acknowledge visit": lambda case, by, _w: visiting.acknowledge(_visit(case), by=by),
    "schedule visit": _schedule,
    "next visit": _next_visit,
    "cancel visit": lambda case, by, _words: visiting.cancel(_visit(case), by=by, reason=NOTE),
    "record visit": _record,
    "ask for": _ask_for,
    "approve assistance": lambda case, by, _w: helping.approve_assistance(
        [_assistance(case)], by=by
    ),
    "decline assistance": lambda case, by, _w: helping.decline_assistance(
        [_assistance(case)], by=by, note=NOTE
    ),
    "give": _give,
}


def day_of(row: Row) -> date:
    return date.fromisoformat(row["day"])

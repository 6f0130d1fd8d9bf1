"""One object of each lifecycle, in the state that a test asks for."""

from typing import Any

from cases.models import Case, ConfidentialNote, Contact, Summons
from cases.tests import factories as cases
from homevisits.models import Photo, Visit
from homevisits.tests import factories as visits
from homevisits.tests.pictures import photo_of
from recaps.models import ClassList, Decision, Recap
from recaps.workflow import class_list_of, decide
from reports.models import Evaluation, SemesterReport
from reports.tests import factories as reports
from school.models import OfficeRequest
from school.roles import COUNSELOR
from school.tests.cast import Cast
from school.workflow.office_request import Wish, ask
from support.models import Assistance, Conference, FollowUp, Referral
from support.tests import factories as support
from workflow import clock


def case(cast: Cast) -> Case:
    return cases.referred_case(cast)


def new_case(cast: Cast) -> Case:
    return cases.direct_case(cast, confirmed=False)


def note(cast: Cast) -> ConfidentialNote:
    return cases.note(new_case(cast), cast.bk)


def contact(cast: Cast) -> Contact:
    return cases.attempt(new_case(cast), cast.wali)


def summons(cast: Cast) -> Summons:
    of_case = cases.direct_case(cast)
    cases.attempt(of_case, cast.bk)
    return cases.summons(of_case, cast.bk)


def visit(cast: Cast) -> Visit:
    return visits.proposed_visit(cases.direct_case(cast), cast.bk)


def follow_up(cast: Cast) -> FollowUp:
    return support.follow_up(cases.direct_case(cast), cast.bk)


def assistance(cast: Cast) -> Assistance:
    return support.asked(cases.direct_case(cast), cast.bk)


def photo(cast: Cast) -> Photo:
    case = cases.direct_case(cast)
    return photo_of(visits.scheduled_visit(case, cast.bk, cast.principal), cast.bk)


def conference(cast: Cast) -> Conference:
    of_case = cases.direct_case(cast)
    return support.conference(of_case, cast.bk, invited=[cast.guru], is_over=True)


def referral(cast: Cast) -> Referral:
    return support.consented_referral(cases.direct_case(cast), cast.bk)


def recap(cast: Cast) -> Recap:
    return cases.handed_over_recap(cast.maths, cast.period, {cast.students[0]: cases.ABSENT})


def class_list(cast: Cast) -> ClassList:
    recap(cast)
    return class_list_of(cast.own, cast.period, by=cast.wali)


def decision(cast: Cast) -> Decision:
    return decide(class_list(cast), [cast.students[0]], "REFER", by=cast.wali)[0]


def office_request(cast: Cast) -> OfficeRequest:
    wish = Wish("OFFICE", COUNSELOR.code, starts_on=clock.today())
    return ask(cast.guru, wish, by=cast.operator, reason="Bu Retno cuti")


def semester_report(cast: Cast) -> SemesterReport:
    return SemesterReport.objects.create(semester=cast.semester)


def evaluation(cast: Cast) -> Evaluation:
    return reports.evaluation(cast.semester, cast.bk)


MAKERS = {
    "cases.case": case,
    "cases.confidentialnote": note,
    "cases.contact": contact,
    "cases.summons": summons,
    "homevisits.photo": photo,
    "homevisits.visit": visit,
    "support.assistance": assistance,
    "support.referral": referral,
    "recaps.recap": recap,
    "recaps.classlist": class_list,
    "recaps.decision": decision,
    "reports.evaluation": evaluation,
    "reports.semesterreport": semester_report,
    "school.officerequest": office_request,
    "support.conference": conference,
    "support.followup": follow_up,
}


def hangs_on(kind: str, name: str, cast: Cast) -> Any:
    """Return the object from which the act `name` makes a new object of `kind`."""
    return {
        ("cases.case", "refer"): decision,
        ("cases.case", "open"): lambda cast: cast.students[0],
        ("cases.case", "go_on"): cases.direct_case,
        ("cases.confidentialnote", "write"): new_case,
        ("cases.contact", "log"): new_case,
        ("cases.summons", "issue"): cases.direct_case,
        ("support.referral", "prepare"): cases.direct_case,
        ("recaps.recap", "begin"): recap,
        ("recaps.classlist", "begin"): class_list,
        ("recaps.decision", "decide"): class_list,
        ("reports.semesterreport", "begin"): lambda cast: cast.semester,
        ("reports.evaluation", "begin"): lambda cast: cast.semester,
        ("reports.evaluation", "begin_joint"): lambda cast: cast.semester,
        ("school.officerequest", "ask"): lambda cast: cast.guru,
        ("homevisits.visit", "propose"): cases.direct_case,
        ("homevisits.visit", "propose_next"): visit,
        ("support.conference", "plan"): cases.direct_case,
        ("support.followup", "agree"): cases.direct_case,
        ("support.followup", "take_over"): cases.direct_case,
        ("support.assistance", "ask"): cases.direct_case,
        ("homevisits.photo", "add"): visit,
    }[kind, name](cast)


def in_state(kind: str, status: str, cast: Cast) -> Any:
    """Return an object with `status`, and with the fields that the database then requires."""
    found = MAKERS[kind](cast)
    values: dict[str, Any] = {"status": status}
    if kind == "cases.case":
        values["ended_at"] = None if status == "OPEN" else clock.now()
    if kind == "cases.confidentialnote" and status == "DELETED":
        values["sealed"] = ""
    if kind == "cases.summons" and status in {"ATTENDED", "NOT_ATTENDED"}:
        values["outcome_at"] = clock.now()
    if kind == "support.conference" and status in {"HELD", "CLOSED"}:
        values["held_at"] = clock.now()
    if kind == "support.followup" and status != "OPEN":
        values["ended_at"] = clock.now()
    if kind == "homevisits.visit":
        values |= {"scheduled_for": clock.now(), "happened_at": clock.now(), "outcome": "MET"}
    if kind == "support.assistance":
        is_back = status in {"RETURNED", "KEPT"}
        values["handed_on"] = clock.today() if is_back or status == "HANDED_OVER" else None
        values["ended_on"] = clock.today() if is_back else None
    if kind == "support.referral":
        values["sent_on"] = clock.today()
    if kind == "support.referral" and status in {"ANSWERED", "REFUSED"}:
        values["answered_on"] = clock.today()
    if kind == "reports.semesterreport" and status != "DRAFT":
        values |= {"content": {}, "frozen_at": clock.now(), "frozen_by": cast.principal}
    if kind == "recaps.recap" and status == "CORRECTING":
        found.sheets.create(number=2, author=cast.guru)
    type(found).objects.filter(pk=found.pk).update(**values)
    found.refresh_from_db()
    return found

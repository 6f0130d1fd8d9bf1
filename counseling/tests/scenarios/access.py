"""The school of the access matrix: own, foreign and ended objects, and all kinds of people."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from cases import workflow as cases
from cases.models import Case, ConfidentialNote, PassedNote
from cases.tests import factories as make_case
from counseling.tests.scenarios import account, files
from counseling.tests.scenarios import support as beside
from counseling.tests.scenarios.reports import frozen_reports
from homevisits import workflow as visits
from homevisits.models import Commitment
from homevisits.tests import factories as make_visit
from homevisits.tests import pictures as photos
from recaps import workflow as recaps
from recaps.models import ClassList, Recap
from reports.tests.factories import evaluation, handed_over_evaluation
from school.models import Enrolment, HomeroomAssignment, TeachingAssignment, TeachingGroup, User
from school.models.change import ChangeKind
from school.roles import COORDINATOR, COUNSELOR
from school.tests import factories as make
from school.tests.cast import Cast, small_school
from school.workflow.changes import recording
from school.workflow.office_request import Wish, ask
from support.tests import factories as support
from workflow import clock

ANONYMOUS, DISABLED = "anonymous", "disabled"
FROM_THE_CAST = (
    *("guru", "guru2", "wali", "wali2", "bk", "bk2"),
    *("coordinator", "principal", "student_affairs", "operator"),
)
PEOPLE = (
    *FROM_THE_CAST,
    *("visitor", "former_wali", "former_guru", "nobody", DISABLED, ANONYMOUS),
)

Ids = dict[str, Any]
LoggedIds = tuple[int, int | None]
"""Id of the object, and of the student if it concerns one student only."""


@dataclass
class AccessScenario:
    """A school with kind → variant → ids in a URL (`ids`) or in the access log (`logged`)."""

    cast: Cast
    people: dict[str, User]
    ids: dict[str, dict[str, Ids]] = field(default_factory=dict)
    logged: dict[str, dict[str, LoggedIds]] = field(default_factory=dict)

    def put(
        self, kind: str, variant: str, ids: Ids, logged: int = 0, student: int | None = None
    ) -> None:
        self.ids.setdefault(kind, {})[variant] = ids
        self.logged.setdefault(kind, {})[variant] = (logged or ids.get("pk", 0), student)


def access_scenario() -> AccessScenario:
    """Make the school by its acts; assignments end only after their holders have acted."""
    cast = small_school(6)
    people: dict[str, User] = {name: getattr(cast, name) for name in FROM_THE_CAST}
    people["visitor"] = _visitor()
    people["nobody"] = make.person(username="nobody", name="Wahyu Nugroho")
    people[DISABLED] = make.person(COORDINATOR, username=DISABLED, name="Rina Marlina")
    people["former_wali"] = _former(HomeroomAssignment, "former_wali", school_class=cast.own)
    chemistry = make.SubjectFactory(name="Kimia")
    people["former_guru"] = _former(
        TeachingAssignment, "former_guru", group=make.group_of(cast.own, chemistry)
    )
    made = AccessScenario(cast, people)
    _earlier_list(made)
    _current_recaps(made)
    _group_of_two_classes(made)
    _cases(made)
    _notes(made, people)
    _students(made)
    _files(made)
    _evaluations(made)
    _end_what_was(made)
    frozen_reports(made)
    made.put("passkey", "own", {"pk": account.second_factor(cast.bk).pk})
    made.put("session", "own", {"pk": account.other_device(cast.bk).pk})
    return made


def _visitor() -> User:
    """Return a teacher of another class who is to go along on visits."""
    person = make.person(username="visitor", name="Sugeng Riyadi", honorific="BAPAK")
    of_class = make.SchoolClassFactory(name="X MIPA 5")
    make.TeachingAssignmentFactory(teacher=person, school_class=of_class)
    return person


def _former(model: Any, username: str, **of: Any) -> User:
    person = make.person(username=username, name="Slamet Widodo", honorific="BAPAK")
    model.objects.create(teacher=person, starts_on=make.days_ago(90), **of)
    return person


def _earlier_list(made: AccessScenario) -> None:
    """Hand over a list that refers three students from the recaps of three teachers."""
    cast, first = made.cast, made.cast.students
    chemistry = TeachingAssignment.objects.get(teacher=made.people["former_guru"])
    reported = (
        (cast.maths, (first[0], first[2]), "earlier_maths"),
        (cast.english, (first[1],), "ended"),
        (chemistry, (first[0], first[2]), "former"),
    )
    for assignment, students, variant in reported:
        recap = make_case.handed_over_recap(
            assignment, cast.earlier_period, dict.fromkeys(students, make_case.ABSENT)
        )
        made.put("recap", variant, {"pk": recap.pk})
    wali = made.people["former_wali"]
    class_list = recaps.class_list_of(cast.own, cast.earlier_period, by=wali)
    recaps.decide(class_list, list(first[:3]), "REFER", by=wali)
    recaps.hand_over_list(class_list, by=wali)
    del made.ids["recap"]["earlier_maths"]
    _put_sheet(made, "ended", chemistry, cast.earlier_period, first[0])
    _put_list(made, "ended", cast.own, cast.earlier_period, first[0])


def _current_recaps(made: AccessScenario) -> None:
    cast = made.cast
    for variant, assignment, student in (
        ("own", cast.maths, cast.students[3]),
        ("foreign", cast.foreign_english, cast.foreign_students[0]),
    ):
        recap = make_case.handed_over_recap(assignment, cast.period, {student: make_case.ABSENT})
        made.put("recap", variant, {"pk": recap.pk})
        _put_sheet(made, variant, assignment, cast.period, student)
        _put_list(made, variant, assignment.group.school_class, cast.period, student)


def _group_of_two_classes(made: AccessScenario) -> None:
    """Let guru teach a group with a student of each class, and note the one of the own class."""
    cast = made.cast
    own, foreign = cast.students[3], cast.foreign_students[1]
    assignment = make.mixed_group(cast.guru, [own, foreign], cast.own.year)
    recap = make_case.handed_over_recap(assignment, cast.period, {own: make_case.ABSENT})
    made.put("recap", "mixed", {"pk": recap.pk})
    _put_sheet(made, "mixed", assignment, cast.period, foreign)
    made.put("student", "mixed", {"pk": foreign.pk}, student=foreign.pk)
    guardian = foreign.guardians.get()
    made.put("guardian", "mixed", {"pk": guardian.pk}, student=foreign.pk)


def _put_sheet(
    made: AccessScenario, variant: str, assignment: Any, period: Any, student: Any
) -> None:
    logged = Recap.objects.get(group=assignment.group, period=period).pk
    ids = {"assignment": assignment.pk, "period": period.pk}
    made.put("sheet", variant, ids, logged)
    made.put("sheet_row", variant, {**ids, "student_id": student.pk}, logged, student.pk)


def _put_list(
    made: AccessScenario, variant: str, school_class: Any, period: Any, student: Any
) -> None:
    logged = ClassList.objects.get(school_class=school_class, period=period).pk
    ids = {"class_id": school_class.pk, "period_id": period.pk}
    made.put("class_list", variant, ids, logged)
    made.put("attendance", variant, ids, school_class.pk)
    made.put("class_list_row", variant, {**ids, "student_id": student.pk}, logged, student.pk)


def _cases(made: AccessScenario) -> None:
    cast, visitor = made.cast, made.people["visitor"]
    own, ended, fresh = (Case.objects.get(student=student) for student in (*cast.students[:3],))
    foreign = cases.open_directly(
        cast.foreign_students[0], cast.semester, by=cast.bk2, reasons=["FAMILY"]
    )
    for variant, case in (("own", own), ("ended", ended), ("foreign", foreign), ("fresh", fresh)):
        made.put("case", variant, {"pk": case.pk}, student=case.student_id)
        made.put("evidence", variant, {"pk": case.evidence.get().pk}, student=case.student_id)
        confirm = {"kind": "cases.case", "pks": case.pk, "action": "confirm"}
        made.put("undo", variant, confirm)
    _handle(made, "own", own, cast.bk, [cast.bk, visitor])
    _handle(made, "foreign", foreign, cast.bk2, [cast.bk2])
    _handle(made, "ended", ended, cast.bk, [cast.bk, visitor])
    beside.follow_ups(made, {"own": own, "ended": ended, "foreign": foreign})
    beside.conferences(made, {"own": own, "ended": ended, "foreign": foreign})
    cases.resolve(ended, by=cast.bk, outcome="SOLVED", causes=["FAMILY"])


def _handle(made: AccessScenario, variant: str, case: Case, by: User, visitors: list[User]) -> None:
    """Log a contact, issue a summons and schedule a visit; complete them if the case is to end."""
    is_over = variant == "ended"
    cases.confirm(case, by=by)
    contact = make_case.attempt(case, by, "REACHED" if is_over else "NO_ANSWER")
    summons = make_case.summons(case, by)
    if is_over:
        cases.record_outcome(summons, by=by, attended=True, came_with="Ibu")
    visit = make_visit.scheduled_visit(case, by, made.cast.principal, visitors=visitors)
    values = {"outcome": "MET", "met": ["MOTHER"]}
    visits.save_report(visit, by=by, values=values, read_at=0)
    visits.add_commitment(visit, by=by, text="Mendampingi belajar")
    photo = photos.photo_of(visit, by)
    visits.tick_photo(photo, by=by, is_ticked=True)
    if is_over:
        visits.record(visit, by=by)
    referral = support.sent_referral(case, by)
    made.put("referral", variant, {"pk": referral.pk}, student=case.student_id)
    promised = Commitment.objects.get(report__visit=visit)
    lent = support.handed_over(case, by, made.cast.principal)
    made.put("assistance", variant, {"pk": lent.pk}, student=case.student_id)
    made.put("contact", variant, {"pk": contact.pk}, student=case.student_id)
    made.put("summons", variant, {"pk": summons.pk}, student=case.student_id)
    made.put("visit", variant, {"pk": visit.pk}, student=case.student_id)
    made.put("promise", variant, {"pk": visit.pk, "key": str(uuid4())}, student=case.student_id)
    made.put("new_photo", variant, {"pk": visit.pk, "key": str(uuid4())}, student=case.student_id)
    made.put("photo", variant, {"pk": photo.pk}, student=case.student_id)
    made.put("commitment", variant, {"pk": promised.pk}, student=case.student_id)


def _notes(made: AccessScenario, people: dict[str, User]) -> None:
    """Let counselors write confidential notes, and a coordinator who is disabled afterwards."""
    for variant, of_case, author in (
        ("own", "own", "bk"),
        ("ended", "ended", "bk"),
        ("foreign", "foreign", "bk2"),
        ("passed", "own", "bk"),
        ("left", "own", DISABLED),
    ):
        case = Case.objects.get(pk=made.ids["case"][of_case]["pk"])
        note = cases.write_note(case, by=people[author], text="Rahasia")
        made.put("note", variant, {"key": note.key}, note.pk, case.student_id)
    PassedNote.objects.create(note=note_of(made, "passed"), to=people["bk2"], passed_at=clock.now())


def note_of(made: AccessScenario, variant: str) -> ConfidentialNote:
    return ConfidentialNote.objects.get(key=made.ids["note"][variant]["key"])


def _students(made: AccessScenario) -> None:
    cast = made.cast
    made.put("counselor", "own", {"pk": cast.bk.pk})
    made.put("counselor", "foreign", {"pk": cast.bk2.pk})
    made.put("class", "own", {"pk": cast.own.pk})
    made.put("homeroom", "own", {"pk": cast.own.homerooms.get(teacher=cast.wali).pk})
    _people(made)
    mixed = TeachingGroup.objects.get(school_class=None)
    made.put("group", "own", {"pk": mixed.pk})
    made.put("subject", "own", {"pk": cast.maths.group.subject_id})
    with recording(ChangeKind.STUDENTS, by=cast.operator) as change:
        pass
    made.put("new_class", "own", {"number": 1})
    made.put("change", "own", {"pk": change.made.pk})
    made.put("semester", "own", {"pk": cast.semester.pk})
    made.put("logo", "own", {"pk": make.logo().pk})
    made.put("recap_period", "own", {"pk": cast.period.pk})
    for variant, student in (
        ("own", cast.students[0]),
        ("foreign", cast.foreign_students[0]),
        ("ended", cast.students[5]),
    ):
        made.put("student", variant, {"pk": student.pk}, student=student.pk)
        made.put("guardian", variant, {"pk": student.guardians.get().pk}, student=student.pk)


def _people(made: AccessScenario) -> None:
    cast, nobody = made.cast, made.people["nobody"]
    made.put("person", "own", {"pk": cast.guru.pk})
    made.put("holding", "own", {"pk": cast.bk.office_holdings.get().pk})
    for variant, person, wish in (
        ("own", nobody, Wish("OFFICE", COUNSELOR.code, starts_on=clock.today())),
        ("foreign", cast.coordinator, Wish("PASSWORD")),
    ):
        request = ask(person, wish, by=cast.operator, reason="Bu Retno cuti")
        made.put("request", variant, {"pk": request.pk})


def _evaluations(made: AccessScenario) -> None:
    cast = made.cast
    for variant, one in (
        ("own", evaluation(cast.semester, cast.bk)),
        ("handed", handed_over_evaluation(cast.semester, cast.bk2)),
        ("joint", evaluation(cast.semester, cast.coordinator, is_joint=True)),
    ):
        made.put("evaluation", variant, {"pk": one.pk})


def _files(made: AccessScenario) -> None:
    """Let the operator choose a file."""
    made.put("upload", "own", {"pk": files.waiting(made.cast).pk})


def _end_what_was(made: AccessScenario) -> None:
    yesterday = clock.today() - timedelta(days=1)
    for model, person in (
        (HomeroomAssignment, "former_wali"),
        (TeachingAssignment, "former_guru"),
    ):
        model.objects.filter(teacher=made.people[person]).update(ends_on=yesterday)
    Enrolment.objects.filter(student=made.cast.students[5]).update(
        ends_on=yesterday, end_reason="LEFT"
    )
    User.objects.filter(username=DISABLED).update(is_active=False)

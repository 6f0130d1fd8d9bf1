"""The demo school: the paper's tables, every state, and tasks for each office."""

import json
from collections import Counter, defaultdict
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Count, Model, Q

from cases import steps
from cases.models import (
    Case,
    CaseStatus,
    ConfidentialNote,
    Contact,
    ContactOutcome,
    Evidence,
    ReviewNote,
    Rung,
    Summons,
    SummonsVersion,
)
from cases.next_steps import next_steps
from cases.read_steps import Read, next_step
from cases.steps import OpenCase
from counseling.demo import names, roster
from counseling.demo.today import TODAY, set_today
from counseling.tasks import tasks_of
from counseling.tests.conftest import DemoSchool
from homevisits.models import Photo, Visit, VisitReport
from homevisits.report_form import empty_rows
from recaps.google.matching import name_key
from recaps.google.reading import read
from recaps.models import ClassList, Decision, Recap
from reports.models import Evaluation
from school.models import (
    Enrolment,
    Guardian,
    HomeroomAssignment,
    OfficeHolding,
    SchoolClass,
    SchoolProfile,
    Semester,
    Student,
    TeachingAssignment,
    User,
)
from support.models import Assistance, Conference, FollowUp, Referral
from workflow import clock
from workflow.lifecycle import LIFECYCLES
from workflow.models import ActionEntry

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo"), pytest.mark.once]

PAPER = {
    # grade: students, then cases, contact, summons, home visit of semester 1 and of semester 2
    "X": (271, (37, 17, 13, 7), (9, 6, 2, 1)),
    "XI": (274, (23, 12, 6, 5), (13, 10, 2, 1)),
    "XII": (265, (39, 18, 9, 12), (14, 7, 4, 3)),
}
RATES = {1: ("13.65", "8.39", "14.72", "12.22"), 2: ("3.32", "4.74", "5.28", "4.44")}


@pytest.fixture(autouse=True)
def lives_in_the_demo(demo_school: DemoSchool) -> None:
    """Run every test of this module in the demo school."""


def report(code: str, by: str) -> Any:
    out = StringIO()
    call_command("semester_report", code, "--format", "json", "--by", by, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("term", [1, 2])
def test_the_past_semesters_give_the_papers_tables(term: int) -> None:
    found = report(f"2020/2021-{term}", "grade")
    figures = {
        row["label"]: (row["students"], row["cases"]) for row in found["problem_rate"]["rows"]
    }
    assert figures == {grade: (row[0], row[term][0]) for grade, row in PAPER.items()}
    lines = [*found["problem_rate"]["rows"], found["problem_rate"]["total"]]
    assert tuple(line["rate"] for line in lines) == RATES[term]
    handled = {
        row["label"]: (row["cases"], row["contact"], row["summons"], row["home_visit"])
        for row in found["handling"]["rows"]
    }
    assert handled == {grade: row[term] for grade, row in PAPER.items()}
    assert found["handling"]["total"]["unhandled"] == 0


@pytest.mark.parametrize("term", [1, 2])
def test_the_classes_add_up_to_the_grades(term: int) -> None:
    sums: dict[str, list[int]] = {}
    for row in report(f"2020/2021-{term}", "class")["handling"]["rows"]:
        grade = row["label"].split()[0]
        figures = [row[name] for name in ("cases", "contact", "summons", "home_visit")]
        before = sums.get(grade, [0] * 4)
        sums[grade] = [a + b for a, b in zip(before, figures, strict=True)]
    assert {grade: tuple(row) for grade, row in sums.items()} == {
        grade: row[term] for grade, row in PAPER.items()
    }


@pytest.mark.parametrize("term", [1, 2])
def test_most_cases_of_the_past_are_resolved(term: int) -> None:
    counted = Case.objects.counted().filter(semester=Semester.objects.by_code(f"2020/2021-{term}"))
    resolved = counted.filter(status=CaseStatus.RESOLVED).count()
    assert (resolved, counted.count()) == {1: (97, 99), 2: (34, 36)}[term]


def test_nobody_joins_or_leaves_in_the_papers_year() -> None:
    for semester in Semester.objects.filter(year__label="2020/2021"):
        there = Enrolment.objects.between(semester.starts_on, semester.ends_on)
        assert there.count() == there.values("student").distinct().count() == 810
        assert not there.filter(starts_on__gt="2020-07-13").exists()
        assert not there.filter(ends_on__lte=semester.ends_on).exists()


def test_every_recap_and_list_of_the_past_was_handed_over() -> None:
    past = Recap.objects.filter(period__semester__year__label="2020/2021")
    assert past.count() == past.filter(status="HANDED_OVER").count() == (24 * 14 + 2) * 6
    lists = ClassList.objects.filter(period__semester__year__label="2020/2021")
    assert lists.count() == lists.filter(status="HANDED_OVER").count() == 24 * 6


def test_the_sample_files_of_google_are_of_the_class_whose_recap_waits() -> None:
    said = read((settings.BASE_DIR / "docs/samples/google/nilai_x_mipa_3.csv").read_bytes(), "")
    of_class = Enrolment.objects.today().filter(school_class__name="X MIPA 3")
    names = set(of_class.values_list("student__name", flat=True))
    known = {name_key(each.name) for each in said.people} & set(map(name_key, names))
    # One name is misspelled, to be asked about.
    assert (len(said.people), len(known)) == (34, 33)


def test_the_school_has_the_people_that_it_should() -> None:
    assert SchoolClass.objects.filter(year__label="2020/2021").count() == 24
    teaching = TeachingAssignment.objects.today()
    assert teaching.values("teacher").distinct().count() == 45
    assert HomeroomAssignment.objects.today().values("teacher").distinct().count() == 24
    offices = OfficeHolding.objects.today().values_list("office").annotate(n=Count("pk"))
    assert dict(offices) == {
        "PRINCIPAL": 1,
        "STUDENT_AFFAIRS": 1,
        "OPERATOR": 1,
        "COORDINATOR": 1,
        "COUNSELOR": 6,
    }
    assert SchoolProfile.current().is_demo


def test_people_are_as_various_as_in_life() -> None:
    students, teachers = Student.objects.all(), User.objects.filter(teaching__isnull=False)
    namesakes = students.values("name").annotate(n=Count("pk")).filter(n__gt=1)
    without_phone = Guardian.objects.values("student").annotate(n=Count("pk", filter=~Q(phone="")))
    sizes = Enrolment.objects.today().values("school_class").annotate(n=Count("pk"))
    for found in (
        students.exclude(name__contains=" "),
        students.filter(name__contains="'"),
        students.filter(nisn=None),
        namesakes,
        without_phone.filter(n=0),
        sizes.filter(n=40),
        teachers.filter(nip=""),
        teachers.exclude(nip=""),
    ):
        assert found.exists()
    assert not Guardian.objects.exclude(phone="").exclude(phone__startswith="62840").exists()
    assert not students.exclude(phone="").exclude(phone__startswith="62840").exists()


def test_most_of_the_staff_bear_titles_and_are_not_called_by_them() -> None:
    staff = list(User.objects.all())
    titled = [one for one in staff if one.title_before or one.title_after]
    assert len(titled) > len(staff) * 0.9
    assert {"Dra. Hj.", "H.", "Drs."} <= {one.title_before for one in staff}
    assert User.objects.get(username="kepsek").full_name == "Dra. Hj. Sri Wahyuni, M.Pd."
    assert not any("." in one.called for one in staff)
    assert User.objects.get(username="bk1").called == "Bu Retno"


def test_only_who_was_born_by_1968_bears_the_old_degrees() -> None:
    bearers = User.objects.filter(title_before__startswith="Dr").exclude(nip="")
    born = {int(user.nip[:4]) for user in bearers}
    assert born
    assert max(born) <= 1968


@pytest.mark.parametrize("label", ["2020/2021", "2021/2022"])
def test_teachers_have_full_loads_and_none_teaches_mathematics_and_physics(label: str) -> None:
    lessons = TeachingAssignment.objects.filter(group__year__label=label).exclude(
        teacher__username=roster.PASTOR.username  # comes to the school for one group
    )
    load: Counter[str] = Counter()
    subjects: dict[str, set[str]] = defaultdict(set)
    rows = lessons.values_list(
        "teacher__username", "group__subject__name", "group__school_class__grade"
    )
    for username, subject, grade in rows:
        load[username] += roster.hours(subject, grade)
        subjects[username].add(subject)
    assert all(20 <= hours <= 28 for hours in load.values()), load
    assert not any({"Matematika", "Fisika"} <= taught for taught in subjects.values())


def test_classes_have_at_most_36_students_but_for_one_of_40() -> None:
    found = []
    for day in ("2020-10-04", "2021-10-04"):
        seats = Enrolment.objects.on(date.fromisoformat(day)).values("school_class")
        sizes = seats.annotate(n=Count("pk")).values_list("n", flat=True)
        found.append([size for size in sizes if size > 36])
    assert found == [[], [40]]


def test_names_are_those_of_their_age_and_some_are_christian() -> None:
    students = set(Student.objects.values_list("name", flat=True))
    grandparents = {*names.GRANDFATHERS, *names.GRANDMOTHERS}
    assert not students & grandparents
    parents = Guardian.objects.filter(relation__in=("FATHER", "MOTHER"))
    assert not set(parents.values_list("name", flat=True)) & grandparents
    assert 20 < sum(map(names.is_christian, students)) < len(students) // 10
    grandmothers = Guardian.objects.filter(kinship="nenek", form_of_address="Mbah")
    assert set(grandmothers.values_list("name", flat=True)) <= set(names.GRANDMOTHERS)
    assert grandmothers.exists()


def test_nobody_bears_a_name_twice() -> None:
    for model in (Student, Guardian, User):
        words = [name.split() for name in model._base_manager.values_list("name", flat=True)]
        assert [name for name in words if len(set(name)) < len(name)] == []


def test_the_letterhead_is_complete() -> None:
    school = SchoolProfile.current()
    assert len(school.npsn) == 8
    assert "56257" in school.address
    assert "(0293)" in school.contact_line
    assert "rekaan" in school.contact_line


def test_everybody_signs_in_with_the_one_password() -> None:
    assert len(roster.PASSWORD) >= 12
    assert User.objects.values("password").distinct().count() == 1
    assert User.objects.get(username="bk1").check_password(roster.PASSWORD)


SHOWN = [one for kind, one in LIFECYCLES.items() if kind != "school.officerequest"]
"""What the demo shows. Its operator asks for nothing that would change who may sign in as whom."""

NEEDS_TWO_SEMESTERS = {"carry", "go_on", "link"}
"""Acts on a case that continues: then the paper's second semester would have a case more than its
Table 2, so the first one is frozen only when the students of its open cases have left."""


def acts() -> list[tuple[str, str]]:
    return [
        (lifecycle.kind, row.name)
        for lifecycle in SHOWN
        for row in lifecycle.transitions
        if not row.reverses and row.name not in NEEDS_TWO_SEMESTERS
    ]


@pytest.mark.parametrize(("kind", "action"), acts())
def test_every_act_was_used(kind: str, action: str) -> None:
    assert ActionEntry.objects.filter(kind=kind, action=action).exists()


OF_A_RUNNING_SEMESTER = [one for one in SHOWN if one.kind != "reports.semesterreport"]


@pytest.mark.parametrize("lifecycle", OF_A_RUNNING_SEMESTER, ids=lambda lifecycle: lifecycle.kind)
def test_every_state_that_an_act_reaches_occurs_now(lifecycle: Any) -> None:
    model: type[Model] = MODELS[lifecycle.kind]
    acts = [row for row in lifecycle.transitions if row.name not in NEEDS_TWO_SEMESTERS]
    reached = {row.target for row in acts if row.target != "="}
    there = set(of_now(model).values_list("status", flat=True))
    assert there == reached


MODELS: dict[str, Any] = {
    "recaps.recap": Recap,
    "recaps.classlist": ClassList,
    "recaps.decision": Decision,
    "cases.case": Case,
    "cases.confidentialnote": ConfidentialNote,
    "cases.contact": Contact,
    "cases.summons": Summons,
    "homevisits.visit": Visit,
    "homevisits.photo": Photo,
    "reports.evaluation": Evaluation,
    "support.conference": Conference,
    "support.followup": FollowUp,
    "support.assistance": Assistance,
    "support.referral": Referral,
}
SEMESTER_OF = {
    Photo: "visit__case__semester",
    Recap: "period__semester",
    ClassList: "period__semester",
    Decision: "class_list__period__semester",
    Case: "semester",
    ConfidentialNote: "case__semester",
    Contact: "case__semester",
    Summons: "case__semester",
    Visit: "case__semester",
    Conference: "case__semester",
    FollowUp: "case__semester",
    Assistance: "case__semester",
    Referral: "case__semester",
    Evaluation: "semester",
}


def of_now(model: Any) -> Any:
    """Return the rows of the running semester."""
    return model.objects.filter(**{SEMESTER_OF[model]: Semester.objects.current()})


SITUATIONS = {
    "each decision": (Decision, [Q(choice=c) for c in ("REFER", "WATCH", "NO_CONCERN")]),
    "each contact outcome": (
        Contact,
        [Q(outcome=outcome) for outcome in ContactOutcome],
    ),
    "each rung": (Case, [Q(status="OPEN", rung=rung) for rung in Rung.values]),
    "cases reviewed and not": (
        Case,
        [Q(status="OPEN", rung=10, confirmed_at=None), Q(rung=10, confirmed_at__isnull=False)],
    ),
    "each visit outcome": (Visit, [Q(outcome=o) for o in ("MET", "NOBODY", "MOVED", "REFUSED")]),
    "a visit that follows another": (Visit, [Q(follows__isnull=False)]),
    "urgent visits": (
        Visit,
        [
            Q(is_urgent=True, acknowledged_at=None, approved_at=None),
            Q(is_urgent=True, acknowledged_at__isnull=False),
        ],
    ),
    "summonses delivered and not": (
        Summons,
        [Q(status="ISSUED", delivered_on=None), Q(status="ISSUED", delivered_on__isnull=False)],
    ),
    "a letter without its number": (Summons, [Q(number=None)]),
    "follow-ups of each source, late and put off, by each kind of person": (
        FollowUp,
        [
            *(Q(source=source) for source in ("HAND", "VISIT", "RESOLUTION", "CONFERENCE")),
            Q(status="OPEN", due_on__lt=TODAY.date()),
            ~Q(later_because=""),
            *(Q(doer__isnull=False), ~Q(doer_name=""), Q(doer=None, doer_name="")),
        ],
    ),
    "a case without a counselor": (Case, [Q(counselor=None)]),
    "lists with subjects missing": (ClassList, [Q(status="HANDED_OVER", missing_subjects__gt=0)]),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_situation_occurs_now(name: str) -> None:
    model, situations = SITUATIONS[name]
    for situation in situations:
        assert of_now(model).filter(situation).exists(), situation


def test_one_attempt_was_made_for_several_cases() -> None:
    unreached = of_now(Contact).filter(outcome=ContactOutcome.NO_NETWORK)
    at_once = unreached.values("by", "happened_at").annotate(n=Count("case", distinct=True))
    assert 3 in {each["n"] for each in at_once}


def test_what_comes_and_what_is_over_waits_on_the_demos_day() -> None:
    now, day = clock.now(), clock.today()
    issued = Summons.objects.filter(status="ISSUED")
    assert issued.filter(meets_at__gt=now).exists()
    assert issued.filter(meets_at__lt=now).exists()
    scheduled = Visit.objects.filter(status="SCHEDULED")
    assert scheduled.filter(scheduled_for__date=day, scheduled_for__gt=now).exists()
    assert scheduled.filter(scheduled_for__gt=now).exclude(scheduled_for__date=day).exists()
    assert scheduled.filter(scheduled_for__lt=now).exists()
    assert SummonsVersion.objects.filter(version=2).exists()
    assert ReviewNote.objects.exists()


def test_recaps_of_the_running_month_are_missing_late_and_due() -> None:
    lessons = TeachingAssignment.objects.today().count()
    for month in ("2021-08-01", "2021-09-01"):
        assert Recap.objects.filter(period__starts_on=month).count() < lessons


def test_one_moved_class_and_one_left_with_an_open_case() -> None:
    opened = Case.objects.filter(status="OPEN", semester=Semester.objects.current())
    moved = Enrolment.objects.filter(end_reason="MOVED_CLASS").values("student")
    left = Enrolment.objects.filter(end_reason="LEFT", ends_on__gt="2021-07-12").values("student")
    assert opened.filter(student__in=moved).count() == 1
    gone = opened.get(student__in=left)
    assert not Enrolment.objects.today().filter(student=gone.student).exists()
    assert Read([gone]).still_open(gone) is None


def test_a_resolved_case_got_new_evidence() -> None:
    unread = Evidence.objects.filter(noticed_at=None, case__status=CaseStatus.RESOLVED)
    assert unread.exists()
    assert Evidence.objects.filter(
        noticed_at=None, case__status="OPEN", case__confirmed_at__isnull=False
    ).exists()


def test_every_rung_is_what_its_steps_show() -> None:
    shown = steps.rungs(Case.objects.all())
    for pk, rung in Case.objects.values_list("pk", "rung"):
        assert rung == shown.get(pk, Rung.REVIEW)


def test_each_report_of_a_met_family_is_complete() -> None:
    met = VisitReport.objects.filter(visit__outcome="MET")
    of = {visit.pk: visit for visit in Visit.objects.with_case()}
    assert [report for report in met if empty_rows(of[report.visit_id], report)] == []
    assert not met.filter(commitments=None).exists()


OFFICES = ("kepsek", "koordinator", *(f"bk{n}" for n in range(1, 7)))
TEACHERS = (*(f"wali{n}" for n in range(1, 25)), *(f"guru{n}" for n in range(1, 21)))


@pytest.mark.parametrize("username", [*OFFICES, *TEACHERS])
def test_work_waits(username: str, demo_school: DemoSchool) -> None:
    waiting = tasks_of(demo_school.user(username))
    assert waiting.today + waiting.later


@pytest.mark.parametrize("username", ["wali1", "wali5"])
def test_a_class_list_waits(username: str, demo_school: DemoSchool) -> None:
    waiting = tasks_of(demo_school.user(username))
    assert [work for work in waiting.today + waiting.later if work.place == "class_lists"]


@pytest.mark.parametrize("username", ["waka"])
def test_no_work_waits(username: str, demo_school: DemoSchool) -> None:
    waiting = tasks_of(demo_school.user(username))
    assert waiting.today + waiting.later == []


def test_the_command_on_a_loaded_demo_sets_the_day_and_prints_the_logins() -> None:
    out = StringIO()
    students = Student.objects.count()
    call_command("demo", stdout=out)
    assert Student.objects.count() == students
    assert roster.PASSWORD in out.getvalue()
    assert "Monday, 04 October 2021" in out.getvalue()
    for username in ("kepsek", "koordinator", "bk1", "wali1", "guru1", "waka", "operator"):
        assert username in out.getvalue()
        assert User.objects.filter(username=username).exists()


def test_after_a_later_act_the_demo_lives_on_from_there() -> None:
    newest = ActionEntry.objects.order_by("-logged_at")[0]
    later = newest.logged_at.replace(day=7)
    newest.pk, newest.logged_at = None, later
    newest.save(force_insert=True)
    assert set_today() == later.date()
    assert clock.now() >= later


def test_no_act_lies_after_the_demos_day() -> None:
    assert not ActionEntry.objects.filter(logged_at__gt=clock.now()).exists()


def test_each_open_case_waits_for_the_same_on_its_page_as_in_lists() -> None:
    opened = Case.objects.filter(status="OPEN").select_related("semester__policy", "student")
    in_lists = next_steps([OpenCase.of(case) for case in opened])
    assert len(opened) > 20
    assert {case.pk: next_step(case) for case in opened} == {
        case.pk: in_lists.get(case.pk) for case in opened
    }

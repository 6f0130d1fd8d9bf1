"""The buttons of the operator's pages for classes and their lessons."""

from datetime import date
from typing import Any

from counseling.tests.buttons.button import Button, rows, shown, url
from counseling.tests.scenarios.students import Students
from school.forms.classes import HomeroomsForm
from school.lookups import Lookup
from school.models import (
    GroupMember,
    HomeroomAssignment,
    SchoolClass,
    TeachingAssignment,
    TeachingGroup,
    Upload,
)
from school.tests import factories as make
from workflow import clock


def of_groups(students: Students) -> dict[str, Button]:
    """Return the buttons of groups that are no class, and of the counselors of classes."""
    cast, today = students.cast, clock.today()
    operator, year = cast.operator, cast.semester.year
    religion = make.SubjectFactory(name="Agama")
    edited, dropped, taught = (
        TeachingGroup.objects.create(year=year, subject=religion, name=name)
        for name in ("Hindu XI", "Buddha XI", "Katolik XI")
    )
    comer, goer, teacher = students.take(), students.take(), make.person(name="Yosef Mardi")
    member = GroupMember.objects.create(group=taught, student=goer, starts_on=make.days_ago(9))
    free = make.SchoolClassFactory(name="XI IPS 5", grade="XI")
    return {
        "school:add_group": Button(
            operator,
            url("school:add_group"),
            {"name": "Hindu X", "subject": religion.pk, "year": year.pk, "read_at": 0},
            rows(TeachingGroup, name="Hindu X"),
        ),
        "school:group": Button(
            operator,
            url("school:group", edited.pk),
            {"name": "Hindu XI-XII", "read_at": 1},
            lambda: edited.history.filter(name="Hindu XI-XII").count(),
        ),
        "school:groups": Button(
            operator,
            url("school:groups"),
            {"row": [dropped.pk], "act": "delete", "sure": "1"},
            lambda: dropped.history.filter(history_type="-").count(),
        ),
        "school:join_group": Button(
            operator,
            url("school:join_group", taught.pk),
            {"on": today, "students": [comer.pk]},
            rows(GroupMember, student=comer),
        ),
        "school:leave_group": Button(
            operator,
            url("school:leave_group", taught.pk),
            {"on": today, "students": [goer.pk]},
            rows(GroupMember, pk=member.pk, ends_on=today),
        ),
        "school:group_teachers": Button(
            operator,
            url("school:group_teachers", taught.pk),
            {"on": today, "teachers": "Yosef Mardi", "initial-teachers": ""},
            rows(TeachingAssignment, teacher=teacher),
        ),
        "school:counselors": Button(
            operator,
            url("school:counselors"),
            {f"c{free.pk}": cast.bk2.pk, f"initial-c{free.pk}": ""},
            lambda: free.history.filter(counselor=cast.bk2).count(),
        ),
    }


def of_teaching(students: Students) -> dict[str, Button]:
    """Return the buttons that give lessons to teachers."""
    operator, today = students.cast.operator, clock.today()
    of_class = make.SchoolClassFactory(name="XI IPS 4", grade="XI")
    typed = make.SubjectFactory(name="Sosiologi")
    teacher = make.person(name="Endah Palupi")
    return {
        "school:subject_teachers": Button(
            operator,
            url("school:subject_teachers", typed.pk),
            {"on": today, f"c{of_class.pk}": "Endah Palupi", f"initial-c{of_class.pk}": ""},
            rows(TeachingAssignment, teacher=teacher, group__subject=typed),
        ),
        "school:paste_teaching": Button(
            operator,
            url("school:paste_teaching"),
            {"text": "Guru\tMapel\tKelas\nEndah Palupi\tSosiologi\tXI IPS 4"},
            rows(Upload, name=""),
            each=True,
        ),
    }


def homerooms_shown(of_class: SchoolClass, name: str, on: date) -> dict[str, Any]:
    """Return what the form of all homeroom teachers sends for one class, its effects shown."""
    field = f"c{of_class.pk}"
    options = {"classes": [of_class], "standing": {}, "teachers": Lookup({}, {})}
    sent = shown(HomeroomsForm, {"on": on, field: name}, start=on, day=on, **options)
    return {**sent, f"initial-{field}": ""}


def of_classes(students: Students) -> dict[str, Button]:
    """Return the buttons of lists and forms of classes, their order and their homeroom teachers."""
    operator, today = students.cast.operator, clock.today()
    year = students.cast.semester.year
    edited, dropped, last = (
        make.SchoolClassFactory(name=name, grade="XI", order=9)
        for name in ("XI IPS 1", "XI IPS 2", "XI IPS 3")
    )
    held = make.HomeroomAssignmentFactory(school_class=last)
    new, led = make.person(name="Yuni Astuti"), make.person(name="Murni Asih")
    many = make.SchoolClassFactory(name="XI IPS 6", grade="XI", order=9)
    return {
        "school:add_class": Button(
            operator,
            url("school:add_class"),
            {"name": "XI IPS 7", "year": year.pk, "grade": "", "read_at": 0},
            rows(SchoolClass, name="XI IPS 7"),
        ),
        "school:class": Button(
            operator,
            url("school:class", edited.pk),
            {"name": "XI IPS 11", "grade": "XI", "read_at": 1},
            lambda: edited.history.filter(name="XI IPS 11").count(),
        ),
        "school:classes": Button(
            operator,
            url("school:classes"),
            {"row": [dropped.pk], "act": "delete", "sure": "1"},
            lambda: dropped.history.filter(history_type="-").count(),
        ),
        "school:add_classes": Button(
            operator,
            url("school:add_classes"),
            {"year": year.pk, "lines": "XII IPS 1..3"},
            rows(SchoolClass, name="XII IPS 2"),
        ),
        "school:class_order": Button(
            operator,
            url("school:class_order"),
            {"grade": "XI"},
            lambda: last.history.filter(order=0).count(),
        ),
        "school:homerooms": Button(
            operator,
            url("school:homerooms"),
            homerooms_shown(many, "Murni Asih", today),
            rows(HomeroomAssignment, teacher=led, school_class=many),
        ),
        "school:homeroom": Button(
            operator,
            url("school:homeroom", edited.pk),
            {"teacher": new.pk, "on": today},
            rows(HomeroomAssignment, teacher=new),
        ),
        "school:end_homeroom": Button(
            operator,
            url("school:end_homeroom", held.pk),
            {"on": today},
            rows(HomeroomAssignment, pk=held.pk, ends_on=today),
        ),
    }

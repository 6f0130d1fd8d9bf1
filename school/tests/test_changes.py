"""A change of many rows is written whole, and undone whole while nothing follows from it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from school import follows
from school.models import (
    Change,
    ChangedRow,
    Enrolment,
    Guardian,
    SchoolClass,
    Semester,
    Student,
    User,
)
from school.models.change import ChangeKind
from school.roles import OPERATOR
from school.tests import factories as make
from school.workflow import changes
from workflow import clock
from workflow.errors import NotAllowed, NotNow
from workflow.models import ActionEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return make.person(OPERATOR)


def recording(by, **given):
    return changes.recording(ChangeKind.STUDENTS, by=by, **given)


def table(model):
    return list(model.objects.order_by("pk").values())


def without_version(rows):
    return [{key: value for key, value in row.items() if key != "version"} for row in rows]


def test_undo_brings_back_every_row_as_it_was(operator):
    stays, goes, moves = (make.StudentFactory(phone="62811111111") for _ in range(3))
    seat = make.EnrolmentFactory(student=moves)
    tables = (Student, Enrolment, SchoolClass)
    before = [without_version(table(model)) for model in tables]
    with recording(operator) as change:
        new = change.create([make.StudentFactory.build(name="Baru", nis="99001")])
        stays.phone = "62822222222"
        change.update([stays], ["phone"])
        seat.ends_on = clock.today()
        change.update([seat], ["ends_on"])
        change.create([make.EnrolmentFactory.build(student=new[0], school_class=seat.school_class)])
        change.delete([goes])
        change.counts = {"new": 1}
    assert [without_version(table(model)) for model in tables] != before
    assert Student.objects.get(nis="99001").history.get().history_user == operator
    changes.undo(change.made, by=operator)
    assert [without_version(table(model)) for model in tables] == before
    assert Student.history.filter(nis="99001").values_list("history_type", flat=True)[0] == "-"
    assert list(ActionEntry.objects.values_list("action", "actor")) == [
        ("students", operator.pk),
        ("undo", operator.pk),
    ]


def test_a_change_that_fails_half_way_writes_nothing(operator):
    with pytest.raises(IntegrityError):
        add_twice(operator, "99001")
    assert not Student.objects.exists()
    assert not Change.objects.exists()


def test_a_row_that_is_changed_twice_goes_back_to_the_first_values(operator):
    student = make.StudentFactory(phone="62811111111", street="Krajan")
    with recording(operator) as change:
        student.phone = "62822222222"
        change.update([student], ["phone"])
        student.phone, student.street = "62833333333", "Gendu"
        change.update([student], ["phone", "street"])
    assert ChangedRow.objects.count() == 1
    changes.undo(change.made, by=operator)
    student.refresh_from_db()
    assert (student.phone, student.street) == ("62811111111", "Krajan")


def test_the_version_grows_so_that_who_edits_sees_a_conflict(operator):
    student = make.StudentFactory()
    with recording(operator) as change:
        student.phone = "62822222222"
        change.update([student], ["phone"])
    student.refresh_from_db()
    assert student.version == 2
    changes.undo(change.made, by=operator)
    student.refresh_from_db()
    assert student.version == 3


def test_a_row_that_has_the_values_already_is_left_alone(operator):
    student = make.StudentFactory(phone="62811111111")
    with recording(operator) as change:
        change.update([student], ["phone"])
    assert not change.made.rows.exists()
    student.refresh_from_db()
    assert student.version == 1


def add_twice(operator, nis):
    with recording(operator) as change:
        for _time in range(2):
            change.create([make.StudentFactory.build(nis=nis)])


def edited(new):
    Student.objects.filter(pk=new.pk).update(phone="62899999999")


def given_a_guardian(new):
    Guardian.objects.create(student=new, name="Suminah", relation="MOTHER")


def worked_with(_new):
    follows.register(something_follows)


def something_follows(_change):
    return "A recap was written."


@pytest.mark.parametrize("happens", [edited, given_a_guardian, worked_with])
def test_what_follows_keeps_a_change_from_being_undone(operator, happens, monkeypatch):
    monkeypatch.setattr(follows, "QUESTIONS", [])
    with recording(operator) as change:
        (new,) = change.create([make.StudentFactory.build(nis="99001")])
    happens(new)
    with pytest.raises(NotNow):
        changes.undo(change.made, by=operator)
    assert Student.objects.filter(nis="99001").exists()


def test_an_import_is_undone_within_a_day_and_then_forgets_its_rows(operator, monkeypatch):
    with recording(operator) as change:
        change.create([make.StudentFactory.build(nis="99001")])
    Change.objects.update(made_at=clock.now() - timedelta(hours=25))
    change.made.refresh_from_db()
    with pytest.raises(NotNow, match="lewat sehari"):
        changes.undo(change.made, by=operator)
    changes.forget_old()
    assert not ChangedRow.objects.exists()
    assert Change.objects.count() == 1


@pytest.mark.parametrize(("is_frozen", "days", "kept"), [(True, 0, 0), (True, 1, 1), (False, 0, 1)])
def test_an_arrival_forgets_its_rows_once_its_semester_is_frozen(operator, is_frozen, days, kept):
    semester = make.SemesterFactory(frozen_at=clock.now() if is_frozen else None)
    on = semester.ends_on + timedelta(days=days)
    with changes.recording(ChangeKind.ARRIVAL, by=operator, on=on) as change:
        change.create([make.StudentFactory.build(nis="99001")])
    changes.forget_old()
    assert ChangedRow.objects.count() == kept


def test_a_change_that_was_undone_forgets_its_rows(operator):
    with recording(operator) as change:
        change.create([make.StudentFactory.build(nis="99001")])
    changes.undo(change.made, by=operator)
    assert not ChangedRow.objects.exists()


def test_a_change_is_undone_once(operator):
    with recording(operator) as change:
        change.create([make.StudentFactory.build(nis="99001")])
    changes.undo(change.made, by=operator)
    with pytest.raises(NotNow, match="sudah diurungkan"):
        changes.undo(change.made, by=operator)


def test_nobody_but_an_operator_changes_many_rows(operator):
    other = make.UserFactory()
    with pytest.raises(NotAllowed), recording(other):
        pass
    with recording(operator) as change:
        pass
    with pytest.raises(NotAllowed):
        changes.undo(change.made, by=other)


def test_what_something_refers_to_is_not_deleted(operator):
    student = make.EnrolmentFactory().student
    with pytest.raises(NotNow), recording(operator) as change:
        change.delete([student])
    assert Student.objects.filter(pk=student.pk).exists()


def test_an_old_copy_writes_its_named_fields_alone(operator):
    student = make.StudentFactory(phone="62811111111", street="Krajan")
    Student.objects.filter(pk=student.pk).update(street="Gendu")
    student.phone = "62822222222"
    with recording(operator) as change:
        change.update([student], ["phone"])
    entry = Student.history.filter(id=student.pk).latest("history_id")
    assert (entry.phone, entry.street) == ("62822222222", "Gendu")


def test_an_old_copy_of_a_deleted_row_comes_back_as_the_row_was(operator):
    student = make.StudentFactory(phone="62811111111")
    Student.objects.filter(pk=student.pk).update(phone="62822222222", version=4)
    with recording(operator) as change:
        change.delete([student])
    changes.undo(change.made, by=operator)
    back = Student.objects.get(pk=student.pk)
    assert (back.phone, back.version) == ("62822222222", 4)
    entries = back.history.values_list("history_type", "history_user")[:2]
    assert list(entries) == [("+", operator.pk), ("-", operator.pk)]


def test_what_somebody_has_just_deleted_is_not_changed(operator):
    student = make.StudentFactory()
    Student.objects.filter(pk=student.pk).delete()
    student.phone = "62822222222"
    with pytest.raises(NotNow), recording(operator) as change:
        change.update([student], ["phone"])


@pytest.mark.parametrize("is_dated", [True, False])
def test_what_counts_in_a_frozen_semester_is_not_undone(operator, is_dated):
    student, seat = make.StudentFactory(), make.EnrolmentFactory()
    with recording(operator, on=clock.today() if is_dated else None) as change:
        new = make.EnrolmentFactory.build(student=student, school_class=seat.school_class)
        change.create([new])
    make.SemesterFactory()
    Semester.objects.update(frozen_at=clock.now())
    with pytest.raises(NotNow, match="dibekukan"):
        changes.undo(change.made, by=operator)
    Semester.objects.update(starts_on=make.days_ago(300), ends_on=make.days_ago(200))
    changes.undo(change.made, by=operator)
    assert not student.enrolments.exists()


@pytest.mark.sqlite
def test_a_change_and_its_undo_ask_as_many_queries_for_30_rows_as_for_1(operator):
    asked = []
    for size in (1, 30):
        students = make.StudentFactory.create_batch(size)
        fresh = User.objects.get(pk=operator.pk)
        with CaptureQueriesContext(connection) as made, recording(fresh) as change:
            for student in students:
                student.phone = "62844444444"
            change.update(students, ["phone"])
            change.create([make.StudentFactory.build(nis=f"{size}-{n}") for n in range(size)])
        with CaptureQueriesContext(connection) as undone:
            changes.undo(change.made, by=fresh)
        asked.append((len(made), len(undone)))
    assert asked[0] == asked[1]


def test_signing_in_and_choosing_a_language_are_no_edits_of_a_person():
    person = make.UserFactory()
    known = person.history.count()
    person.last_login, person.language = clock.now(), "en"
    person.save(update_fields=["last_login", "language"])
    assert person.history.count() == known
    person.phone = "62855555555"
    person.save(update_fields=["phone"])
    assert person.history.count() == known + 1

"""Who teaches what in which class, and who is homeroom teacher, from a file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school import lookups
from school.days import A_DAY
from school.imports import fields
from school.imports.class_names import Classes, listed
from school.imports.plan import Asked, Field, Line, Plan, Question, Refused, Waiting
from school.imports.rows import note_hidden
from school.imports.student_rows import CLASSES
from school.models import (
    AcademicYear,
    HomeroomAssignment,
    SchoolClass,
    Subject,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.pasted import BESIDES
from school.permissions import possible_teachers
from school.sheets.cells import folded
from school.sheets.heads import Layout
from school.sheets.table import Row
from school.workflow.assignments import Assigned, still_to_hold
from workflow.errors import Text

TEACHER, NIP, SUBJECT, CLASS = "teacher", "nip", "subject", "class"
LAYOUT = Layout(
    names={
        TEACHER: (
            *("guru", "namaguru", "gurumapel", "pengajar", "namapengajar", "gurupengampu"),
            *("namagurupengampu", "pengampu", "guruyangmengajar", "teacher", "nama", "namalengkap"),
        ),
        NIP: ("nip", "nipguru"),
        SUBJECT: (
            *("mapel", "matapelajaran", "namamapel", "pelajaran", "mapelyangdiampu", "bidangstudi"),
            *("tugas", "tugasmengajar", "subject"),
        ),
        CLASS: (*CLASSES, "kelasyangdiajar", "kelasyangdiampu", "mengajardikelas"),
    },
    needed=((TEACHER, NIP), (SUBJECT,), (CLASS,)),
    otherwise=gettext_lazy("No row of the file names its columns."),
)
LABELS: Mapping[str, Text] = {
    TEACHER: gettext_lazy("Teacher"),
    NIP: "NIP",
    SUBJECT: gettext_lazy("Subject"),
    CLASS: gettext_lazy("Class"),
}
HOMEROOM = ("walikelas", "homeroom", "wali")
A_NIP = re.compile(r"\(?\bnip\b.*", re.IGNORECASE)
"""What may stand below a name in its cell."""
LEAVE_OUT, NEW = "-", "new"
LONGEST_SUBJECT = 80


@dataclass
class Place:
    """What a teacher is to have: a class and a subject, a group, or a homeroom."""

    name: str
    row: int
    teachers: dict[int, User]
    group: TeachingGroup | None = None
    school_class: SchoolClass | None = None
    """Of a homeroom."""

    @property
    def of(self) -> TeachingGroup | SchoolClass | None:
        return self.group or self.school_class


def plan_of(asked: Asked) -> Plan:
    plan = Plan(asked.answers)
    semester, on = asked.answers.semester, asked.answers.on
    if semester is None or on is None:
        return plan
    work = _Lessons(plan, semester.year)
    above: dict[str, str] = {}
    for row in asked.rows:
        try:
            work.take(row, _completed(row, above, plan))
        except Refused as why:
            plan.refuse(row, " · ".join(filter(None, row.cells.values())), why)
        except Waiting:
            continue
    if not plan.refusals:
        work.compare()
    return plan


def _completed(row: Row, above: dict[str, str], plan: Plan) -> dict[str, str]:
    """Return the cells of a row; what joined cells leave empty stands in the row above."""
    note_hidden(row, LABELS, plan)
    said = {name: fields.said(row, name) for name in LABELS}
    if not (said[TEACHER] or said[NIP]) and (above.get(TEACHER) or above.get(NIP)):
        said |= {name: above.get(name, "") for name in (TEACHER, NIP)}
        if not said[SUBJECT]:
            said[SUBJECT] = above.get(SUBJECT, "")
        plan.remark(_("Teacher as in the row above, as in joined cells."), row.number)
    above.clear()
    above.update(said)
    return said


class _Lessons:
    def __init__(self, plan: Plan, year: AcademicYear) -> None:
        self.plan = plan
        self.year = year
        self.classes = Classes(year, plan)
        self.people = {each.pk: each for each in possible_teachers().order_by("name", "pk")}
        labels = {pk: each.full_name for pk, each in self.people.items()}
        self.teachers = lookups.teachers(self.people.values(), labels)
        self.subjects = {folded(each.name): each for each in Subject.objects.order_by("name")}
        groups = TeachingGroup.objects.filter(year=year)
        self.groups = {(g.school_class_id, g.subject_id): g for g in groups if g.school_class_id}
        self.named = {(folded(g.name), g.subject_id): g for g in groups if not g.school_class_id}
        self.new_subjects: dict[str, Subject] = {}
        self.places: dict[tuple[object, ...], Place] = {}

    def take(self, row: Row, said: Mapping[str, str]) -> None:
        """Note what a row says. Raises Refused, or Waiting while something is asked."""
        if not said[SUBJECT]:
            raise Refused(_("The subject is missing."))
        teachers = list(self._teachers(said))
        if folded(said[SUBJECT]).startswith(HOMEROOM):
            for name in self._class_names(said[CLASS]):
                _note(self._homeroom(name, row), teachers)
            return
        subject = self._subject(said[SUBJECT])
        for name in self._class_names(said[CLASS]):
            _note(self._lesson(subject, name, row), teachers)

    def _teachers(self, said: Mapping[str, str]) -> Iterable[User]:
        nip = fields.nip(said[NIP]) if said[NIP] else ""
        if nip and (pk := self.teachers.find(nip)):
            yield self.people[pk]
            return
        if not said[TEACHER]:
            raise Refused(_("The teacher is missing."))
        for text in filter(None, BESIDES.split(said[TEACHER])):
            name = fields.unnumbered(A_NIP.sub("", text).strip()) or text
            if (pk := self.teachers.find(name) or self._who(name)) is not None:
                yield self.people[pk]

    def _who(self, name: str) -> int | None:
        """Ask who is meant by a name; None to leave it out. Raises Waiting."""
        near = self.teachers.near(name)
        others = [pk for pk in self.people if pk not in near]
        choices = (
            *((str(pk), self.teachers.labels[pk]) for pk in near),
            (LEAVE_OUT, _("Leave out")),
            *((str(pk), self.teachers.labels[pk]) for pk in others),
        )
        text = _("No teacher is called “%(name)s”. Who is it?") % {"name": name}
        answer = self.plan.ask(Question(f"teacher-{folded(name)}", text, choices))
        if not answer:
            raise Waiting
        return None if answer == LEAVE_OUT else int(answer)

    def _subject(self, name: str) -> Subject:
        key = folded(name)
        if known := self.subjects.get(key) or self.new_subjects.get(key):
            return known
        fields.at_most(LONGEST_SUBJECT, name, LABELS[SUBJECT])
        others = [(str(each.pk), each.name) for each in self.subjects.values()]
        text = _("There is no subject “%(name)s” yet.") % {"name": name}
        choices = ((NEW, _("New subject")), *others)
        answer = self.plan.ask(Question(f"subject-{key}", text, choices, NEW))
        if answer == NEW:
            self.new_subjects[key] = Subject(name=name)
            return self.new_subjects[key]
        return next(each for each in self.subjects.values() if str(each.pk) == answer)

    def _class_names(self, text: str) -> list[str]:
        """Return the names in a cell: one class, several, or a group."""
        if not text or self.classes.find(text) or folded(text) in {key for key, _s in self.named}:
            return [text]
        return listed(text)

    def _lesson(self, subject: Subject, name: str, row: Row) -> Place | None:
        if group := self.named.get((folded(name), subject.pk)):
            return self._place(("group", group.pk), group.label, row, group=group)
        of_class = self.classes.meant(name)
        if of_class is None:
            return None
        group = self.groups.get((of_class.pk, subject.pk)) if of_class.pk and subject.pk else None
        key = ("lesson", folded(of_class.name), folded(subject.name))
        if group is None and key not in self.places:
            group = TeachingGroup(year=self.year, subject=subject, school_class=of_class)
        return self._place(key, f"{of_class.name} · {subject.name}", row, group=group)

    def _homeroom(self, name: str, row: Row) -> Place | None:
        of_class = self.classes.meant(name)
        if of_class is None:
            return None
        named = _("%(class)s · homeroom teacher") % {"class": of_class.name}
        return self._place(("homeroom", folded(of_class.name)), named, row, of_class=of_class)

    def _place(
        self,
        key: tuple[object, ...],
        name: str,
        row: Row,
        *,
        group: TeachingGroup | None = None,
        of_class: SchoolClass | None = None,
    ) -> Place:
        return self.places.setdefault(key, Place(name, row.number, {}, group, of_class))

    def compare(self) -> None:
        """Compare what the file says with who has the places from the day on."""
        self.plan.create(*self.classes.new.values())
        self.plan.create(*self.new_subjects.values())
        lessons = [each for each in self.places.values() if each.group and each.teachers]
        homerooms = [each for each in self.places.values() if each.school_class and each.teachers]
        self.plan.create(*(each.group for each in lessons if each.group and not each.group.pk))
        self._succeed(lessons, TeachingAssignment, "group")
        self._succeed(homerooms, HomeroomAssignment, "school_class")

    def _succeed(self, places: list[Place], model: type[Assigned], field: str) -> None:
        """Let the teachers of each place have it from the day on. One query."""
        on = self.plan.answers.on
        assert on
        known = [of.pk for place in places if (of := place.of) and of.pk]
        standing: dict[int, list[Assigned]] = {}
        rows = model._default_manager.filter(still_to_hold(on), **{f"{field}__in": known})
        for row in rows.order_by("starts_on", "pk"):
            standing.setdefault(getattr(row, f"{field}_id"), []).append(row)
        for place in places:
            of = place.of
            held: list[Assigned] = standing.get(of.pk, []) if of and of.pk else []
            was = self._leaving(place, held, on) + _here(held, on)
            for person in place.teachers.values():
                self._begin(held, model(**{field: of}, teacher=person, starts_on=on))
            self._line(place, [row.teacher_id for row in was])

    def _leaving(self, place: Place, held: list[Assigned], on: date) -> list[Assigned]:
        """End the rows of others on the eve of the day, and drop those that would follow them.

        Returns the dropped ones. Whoever stays keeps their days, and so does who comes after them.
        """
        others = [row for row in held if row.teacher_id not in place.teachers]
        ended = _here(others, on)
        for row in ended:
            if row.starts_on < on:
                row.ends_on = on - A_DAY
                self.plan.update(row, "ends_on")
            else:
                self.plan.delete(row)
        dropped = [row for row in others if row.starts_on > on and ended]
        self.plan.delete(*dropped)
        return dropped

    def _begin(self, held: list[Assigned], new: Assigned) -> None:
        """Let a person begin unless they have begun; who was to begin later does so now."""
        own = [row for row in held if row.teacher_id == new.teacher_id]
        if not own:
            self.plan.create(new)
        elif own[0].starts_on > new.starts_on:
            own[0].starts_on = new.starts_on
            self.plan.update(own[0], "starts_on")

    def _line(self, place: Place, was: list[int]) -> None:
        before, after = self._said(was), self._said(place.teachers)
        same = set(was) == set(place.teachers)
        named = () if same else (Field(TEACHER, LABELS[TEACHER], before, after),)
        line = Line(place.row, place.name, "", named, f"{sorted(was)} {sorted(place.teachers)}")
        self.plan.note(line, is_new=not was)

    def _said(self, people: Iterable[int]) -> str:
        gone = _("somebody who is not there any more")
        return "; ".join(self.teachers.labels.get(pk, gone) for pk in sorted(people))


def _here(rows: Iterable[Assigned], on: date) -> list[Assigned]:
    return [row for row in rows if row.starts_on <= on]


def _note(place: Place | None, teachers: Iterable[User]) -> None:
    if place:
        place.teachers.update({each.pk: each for each in teachers})

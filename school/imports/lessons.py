"""Who teaches what in which class, and who is homeroom teacher, from a file."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from school import lookups
from school.imports import fields
from school.imports.class_names import Classes, listed
from school.imports.lesson_heads import BESIDES, CLASS, LABELS, NIP, SUBJECT, TEACHER
from school.imports.lesson_places import Place, Places
from school.imports.plan import Asked, Plan, Question, Refused, Waiting
from school.imports.rows import note_hidden
from school.models import (
    AcademicYear,
    SchoolClass,
    Subject,
    TeachingGroup,
    User,
)
from school.permissions import possible_teachers
from school.sheets.cells import folded
from school.sheets.table import Row

HOMEROOM = ("walikelas", "homeroom", "wali")
A_NIP = re.compile(r"\(?\bnip\b.*", re.IGNORECASE)
"""What may stand below a name in its cell."""
LEAVE_OUT, NEW = "-", "new"
WHO = "teacher-"
"""How the keys of questions begin that ask which teacher is meant."""
LONGEST_SUBJECT = 80
Choices = list[tuple[str, str]]


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
        plan.create(*work.classes.new.values())
        plan.create(*work.new_subjects.values())
        names = work.teachers.labels
        Places(plan, semester.year, names).compare(work.places.values())
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
        self.likely = lookups.subjects(self.subjects.values())
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
        answer = self.plan.ask(Question(f"{WHO}{folded(name)}", text, choices))
        if not answer:
            raise Waiting
        return None if answer == LEAVE_OUT else int(answer)

    def _subject(self, name: str) -> Subject:
        key = folded(name)
        if known := self.subjects.get(key) or self.new_subjects.get(key):
            return known
        fields.at_most(LONGEST_SUBJECT, name, LABELS[SUBJECT])
        text = _("There is no subject “%(name)s” yet.") % {"name": name}
        likely, others = self._subjects_like(name)
        choices = (*likely, (NEW, _("New subject")), *others)
        answer = self.plan.ask(Question(f"subject-{key}", text, choices, "" if likely else NEW))
        if not answer:
            raise Waiting
        if answer == NEW:
            self.new_subjects[key] = Subject(name=name)
            return self.new_subjects[key]
        return next(each for each in self.subjects.values() if str(each.pk) == answer)

    def _subjects_like(self, name: str) -> tuple[Choices, Choices]:
        """Return the subject that a name may be short for, first, and all others."""
        by_id = {each.pk: (str(each.pk), each.name) for each in self.subjects.values()}
        short_for = self.likely.find(name)
        return (
            [by_id[short_for]] if short_for else [],
            [said for pk, said in by_id.items() if pk != short_for],
        )

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


def _note(place: Place | None, teachers: Iterable[User]) -> None:
    if place:
        place.teachers.update({each.pk: each for each in teachers})

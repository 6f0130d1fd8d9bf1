"""What a file of assignments changes: who has a lesson or a homeroom from a day on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from school.days import A_DAY
from school.imports.lesson_heads import LABELS, TEACHER
from school.imports.plan import EVERY_ROW, Field, Line, Plan, Question
from school.models import (
    AcademicYear,
    HomeroomAssignment,
    SchoolClass,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.wording import full_day
from school.workflow.assignments import Assigned, still_to_hold

STAY, END = "stay", "end"


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


class Places:
    """The places of a year, each with those who are to have it; `names` are those of people."""

    def __init__(self, plan: Plan, year: AcademicYear, names: Mapping[int, str]) -> None:
        self.plan = plan
        self.year = year
        self.names = names

    def compare(self, places: Iterable[Place]) -> None:
        """Compare the teachers of the places with who has them from the day on."""
        wanted = [each for each in places if each.teachers]
        lessons = [each for each in wanted if each.group]
        homerooms = [each for each in wanted if each.school_class]
        self.plan.create(*(each.group for each in lessons if each.group and not each.group.pk))
        self._succeed(lessons, TeachingAssignment, "group")
        self._succeed(homerooms, HomeroomAssignment, "school_class")
        self._end_others(lessons)

    def _succeed(self, places: list[Place], model: type[Assigned], field: str) -> None:
        """Let the teachers of each place have it from the day on. One query.

        Where nobody had it in the semester before, that is the first day for such places.
        """
        answers = self.plan.answers
        assert answers.on
        assert answers.semester
        since = min(answers.on, answers.semester.starts_on)
        known = [of.pk for place in places if (of := place.of) and of.pk]
        standing: dict[int, list[Assigned]] = {}
        rows = model._default_manager.filter(still_to_hold(since), **{f"{field}__in": known})
        for row in rows.order_by("starts_on", "pk"):
            standing.setdefault(getattr(row, f"{field}_id"), []).append(row)
        for place in places:
            of = place.of
            rows_of: list[Assigned] = standing.get(of.pk, []) if of and of.pk else []
            on = answers.begins(is_first=not _here(rows_of, answers.on))
            held = [row for row in rows_of if row.ends_on is None or row.ends_on >= on]
            was = self._leaving(place, held, on) + _here(held, on)
            for person in place.teachers.values():
                self._begin(held, model(**{field: of}, teacher=person, starts_on=on))
            self._line(place, [row.teacher_id for row in was], on)

    def _end_others(self, lessons: list[Place]) -> None:
        """Ask what becomes of lessons of these subjects that the file does not have. One query."""
        on, groups = self.plan.answers.on, [each.group for each in lessons if each.group]
        assert on
        rows = TeachingAssignment.objects.filter(
            still_to_hold(on),
            group__year=self.year,
            group__school_class__gt=0,
            group__subject__in={each.subject_id for each in groups if each.subject_id},
        ).exclude(group__in=[each.pk for each in groups if each.pk])
        others: dict[TeachingGroup, list[TeachingAssignment]] = {}
        for row in rows.select_related("group__subject", "group__school_class").order_by("pk"):
            others.setdefault(row.group, []).append(row)
        if not others or self._asked_to_stay(len(others), on):
            return
        for group, held in others.items():
            place = Place(f"{group.school_class} · {group.subject}", EVERY_ROW, {}, group)
            was = self._leaving(place, held, on) + _here(held, on)
            self._line(place, [row.teacher_id for row in was], on)

    def _asked_to_stay(self, count: int, on: date) -> bool:
        said = ngettext(
            "%(n)s lesson of these subjects is not in it.",
            "%(n)s lessons of these subjects are not in it.",
            count,
        )
        choices = (
            (STAY, _("They stay as they are")),
            (END, _("They end; the last day is %(day)s") % {"day": full_day(on - A_DAY)}),
        )
        return self.plan.ask(Question("others", said % {"n": count}, choices, STAY)) == STAY

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

    def _line(self, place: Place, was: list[int], on: date) -> None:
        before, after = self._said(was), self._said(place.teachers)
        same = set(was) == set(place.teachers)
        named = () if same else (Field(TEACHER, LABELS[TEACHER], before, after),)
        key = f"{sorted(was)} {sorted(place.teachers)}"
        line = Line(place.row, place.name, "", named, key, None if same else on)
        self.plan.note(line, is_new=not was)

    def _said(self, people: Iterable[int]) -> str:
        gone = _("somebody who is not there any more")
        return "; ".join(self.names.get(pk, gone) for pk in sorted(people))


def _here(rows: Iterable[Assigned], on: date) -> list[Assigned]:
    return [row for row in rows if row.starts_on <= on]

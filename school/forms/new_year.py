"""Forms of the steps in which a new school year is prepared."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from school.forms.choices import one_of
from school.forms.imports import ACCEPTED
from school.forms.inputs import DayField
from school.forms.layout import Data, LaidOut, side_by_side
from school.forms.people import PersonIdField
from school.grades import grade_of, next_grade
from school.imports.new_year_lists import Lists, lists_of
from school.imports.reading import LONGEST_FILE, read
from school.models import AcademicYear, SchoolClass, Semester, Student
from school.models.change import ChangeKind
from school.models.semesters import Term
from school.permissions import possible_counselors, possible_teachers
from school.school_years import Days
from school.sheets.errors import NotReadable
from school.workflow.new_year import Fate, Going, NextClass, Plan, plan_from

READ_AT = "read_at"
LONGEST = SchoolClass._meta.get_field("name").max_length or 0
DAYS = ("odd_first", "odd_last", "even_first", "even_last")


class PlanForm(LaidOut, forms.Form):
    """A step: it changes the plan that was read at a version."""

    def __init__(self, data: Data, plan: Plan, version: int, **given: Any) -> None:
        super().__init__(data, **given)
        self.plan = plan
        self.fields[READ_AT] = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
        self.initial[READ_AT] = version

    @property
    def read_at(self) -> int:
        version: int = self.cleaned_data[READ_AT]
        return version

    def write(self) -> Plan:
        """Return the plan with what the form changes in it."""
        return self.plan


class YearForm(PlanForm):
    """The days of the two semesters, and what goes on from the old year."""

    odd_first = DayField(label=_("First semester: first day"))
    odd_last = DayField(label=_("Last day"))
    even_first = DayField(label=_("Second semester: first day"))
    even_last = DayField(label=_("Last day"))
    with_lessons = forms.BooleanField(
        label=_("Teachers stay with their classes and subjects"), required=False
    )
    with_groups = forms.BooleanField(
        label=_("Groups of several classes keep their members"), required=False
    )
    layout = (
        side_by_side("odd_first", "odd_last"),
        side_by_side("even_first", "even_last"),
        "with_lessons",
        "with_groups",
    )

    def __init__(self, data: Data, plan: Plan, version: int) -> None:
        super().__init__(data, plan, version)
        days = dict(zip(DAYS, (*plan.odd, *plan.even), strict=True))
        self.initial = {
            **self.initial,
            **days,
            "with_lessons": plan.with_lessons,
            "with_groups": plan.with_groups,
        }
        known = Semester.objects.filter(year__label=plan.label).values_list("term", flat=True)
        for term, names in ((Term.ODD, DAYS[:2]), (Term.EVEN, DAYS[2:])):
            for name in names:
                self.fields[name].disabled = term in known

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        days = [day for name in DAYS if (day := given.get(name))]
        if len(days) == len(DAYS) and sorted(set(days)) != days:
            raise forms.ValidationError(_("These days are not in their order. Check the dates."))
        return given

    def write(self) -> Plan:
        given = self.cleaned_data
        self.plan.odd = Days(given["odd_first"], given["odd_last"])
        self.plan.even = Days(given["even_first"], given["even_last"])
        self.plan.with_lessons = given["with_lessons"]
        self.plan.with_groups = given["with_groups"]
        return self.plan


class NamesForm(PlanForm):
    """The name of the class in which each class goes on, and of the classes for new students."""

    def __init__(
        self, data: Data, plan: Plan, version: int, *, before: Mapping[SchoolClass, str]
    ) -> None:
        super().__init__(data, plan, version)
        self.before = list(before)
        for one, label in before.items():
            self.fields[f"after{one.pk}"] = _name(label, plan.after.get(one.pk, ""))
        entries = [name for name, one in plan.classes.items() if one.is_entry]
        self.fields["entries"] = forms.CharField(
            label=_("Classes for new students"),
            required=False,
            max_length=4000,
            initial="\n".join(entries),
            widget=forms.Textarea(attrs={"rows": max(4, len(entries) + 1)}),
            help_text=_("A class a line."),
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self.entries = [" ".join(line.split()) for line in given.get("entries", "").splitlines()]
        self.entries = list(dict.fromkeys(filter(None, self.entries)))
        for name in self.entries:
            if len(name) > LONGEST:
                self.add_error("entries", _("This name is too long: %(name)s") % {"name": name})
            elif not grade_of(name) and name not in self.plan.classes:
                words = _("The grade of %(class)s can't be read. Choose it.")
                self.add_error("entries", words % {"class": name})
        return given

    def write(self) -> Plan:
        plan = self.plan
        for one in self.before:
            name = " ".join(self.cleaned_data[f"after{one.pk}"].split())
            grade = grade_of(name) or next_grade(one.grade) or one.grade
            if name != plan.after.get(one.pk, ""):
                plan.let_follow(one.pk, name, grade)
        for planned in plan.classes.values():
            planned.is_entry = planned.name in self.entries
        for name in self.entries:
            usual = NextClass(name, grade_of(name) or "", is_entry=True)
            plan.classes.setdefault(name, usual)
        plan.drop_unused()
        return plan


class StaffForm(PlanForm):
    """Homeroom teachers and counselor of a class of the new year."""

    homeroom = PersonIdField(label=_("Homeroom teacher"))
    second = PersonIdField(label=_("Second homeroom teacher"))
    counselor = PersonIdField(label=_("Counselor"))
    layout = ("homeroom", "second", "counselor")

    def __init__(self, data: Data, plan: Plan, version: int, *, one: NextClass) -> None:
        super().__init__(data, plan, version)
        self.one = one
        teachers = list(possible_teachers())
        for name, people in (
            ("homeroom", teachers),
            ("second", teachers),
            ("counselor", list(possible_counselors())),
        ):
            field = self.fields[name]
            assert isinstance(field, PersonIdField)
            field.offer(people)
        first, second = (*one.homerooms, None, None)[:2]
        self.initial = {
            **self.initial,
            "homeroom": first,
            "second": second,
            "counselor": one.counselor,
        }

    def write(self) -> Plan:
        chosen = [self.cleaned_data[name] for name in ("homeroom", "second")]
        self.one.homerooms = list(dict.fromkeys(filter(None, chosen)))
        self.one.counselor = self.cleaned_data["counselor"]
        return self.plan


USUAL = ""
WAYS = [
    (USUAL, _("As the class")),
    *((fate.value, fate.label) for fate in (Fate.REPEATS, Fate.ELSEWHERE)),
    *((fate.value, fate.label) for fate in (Fate.GRADUATES, Fate.LEAVES)),
]


class GoingForm(PlanForm):
    """What becomes of one student."""

    fate = one_of(WAYS, label=_("In the new year"), required=False)
    to = forms.ChoiceField(label=_("Class"), required=False)
    layout = ("fate", "to")

    def __init__(
        self,
        data: Data,
        plan: Plan,
        version: int,
        *,
        student: Student,
        now_in: SchoolClass | None,
    ) -> None:
        super().__init__(data, plan, version)
        self.student = student
        going = plan.goings.get(student.pk)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        to.choices = [("", _("Choose")), *((name, name) for name in plan.classes)]
        to.help_text = _("For who repeats the year or goes to another class.")
        same = now_in.name if now_in and now_in.name in plan.classes else ""
        self.initial = {
            **self.initial,
            "fate": going.fate if going else USUAL,
            "to": going.to if going else same,
        }

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("fate") in {Fate.REPEATS, Fate.ELSEWHERE} and not given.get("to"):
            self.add_error("to", _("Choose a class."))
        return given

    def write(self) -> Plan:
        fate = self.cleaned_data["fate"]
        self.plan.goings.pop(self.student.pk, None)
        if fate != USUAL:
            is_there = fate in {Fate.REPEATS, Fate.ELSEWHERE}
            self.plan.goings[self.student.pk] = Going(
                fate, self.cleaned_data["to"] if is_there else ""
            )
        self.plan.drop_unused()
        return self.plan


def _name(label: str, initial: str) -> forms.CharField:
    return forms.CharField(label=label, initial=initial, required=False, max_length=LONGEST)


class ListsForm(PlanForm):
    """A file with the class of each student in the new year."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("Excel (.xlsx) or CSV, with NISN, NIS or name, and the new class."),
    )
    layout = ("file",)

    def __init__(
        self, data: Data, plan: Plan, version: int, *, files: Any, year: AcademicYear
    ) -> None:
        super().__init__(data, plan, version, files=files)
        self.year = year
        self.lists = Lists()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file = given.get("file")
        if file is None:
            return given
        try:
            rows = read(file.read(LONGEST_FILE + 1), ChangeKind.CLASS_LISTS).rows
        except NotReadable as why:
            self.add_error("file", str(why))
            return given
        self.lists = lists_of(rows, self.plan.classes)
        if count := len(self.lists.refusals):
            words = ngettext(
                "%(n)s row cannot be taken. Correct it in the file, then send it again.",
                "%(n)s rows cannot be taken. Correct them in the file, then send it again.",
                count,
            )
            self.add_error("file", words % {"n": count})
        return given

    def write(self) -> Plan:
        return plan_from(self.plan, self.year, self.lists.seats, {})

"""The form by which a teacher is replaced: by whom, from when, in which lessons and classes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from school.forms.choices import Lines
from school.forms.foreseen import ForeseenForm
from school.forms.inputs import DayField
from school.forms.layout import Data
from school.forms.people import PersonField
from school.models import HomeroomAssignment, TeachingAssignment, User
from school.permissions import possible_teachers
from school.workflow.assignments import still_to_hold
from workflow import clock

LESSON, CLASS = "lesson", "class"


class ReplaceForm(ForeseenForm):
    """All lessons and classes that go on are chosen; who keeps some of them leaves these out."""

    successor = PersonField(label=_("Successor"))
    on = DayField(label=_("First day of the successor"))
    what = forms.MultipleChoiceField(label=_("Lessons and classes that pass on"), widget=Lines)
    layout = ("successor", "on", "what")

    def __init__(self, data: Data = None, *, teacher: User) -> None:
        self.held = _held(teacher)
        initial = {"on": clock.today(), "what": list(self.held)}
        super().__init__(data, initial=initial)
        field = self.fields["successor"]
        assert isinstance(field, PersonField)
        field.offer(possible_teachers().exclude(pk=teacher.pk))
        what = self.fields["what"]
        assert isinstance(what, forms.MultipleChoiceField)
        what.choices = [(key, _said(one)) for key, one in self.held.items()]

    @property
    def lessons(self) -> list[TeachingAssignment]:
        chosen = (self.held[key] for key in self.cleaned_data["what"])
        return [one for one in chosen if isinstance(one, TeachingAssignment)]

    @property
    def homerooms(self) -> list[HomeroomAssignment]:
        chosen = (self.held[key] for key in self.cleaned_data["what"])
        return [one for one in chosen if isinstance(one, HomeroomAssignment)]


def _held(teacher: User) -> dict[str, TeachingAssignment | HomeroomAssignment]:
    """Return key → what a teacher holds today or later, classes first, then lessons by group."""
    still = still_to_hold(clock.today())
    classes = HomeroomAssignment.objects.filter(still, teacher=teacher)
    lessons = TeachingAssignment.objects.filter(still, teacher=teacher)
    lessons = lessons.select_related("group__subject", "group__school_class")
    found: dict[str, TeachingAssignment | HomeroomAssignment] = {}
    for one in classes.select_related("school_class").order_by("school_class__place"):
        found[f"{CLASS}{one.pk}"] = one
    for lesson in sorted(lessons, key=lambda row: (row.subject.name, str(row.group))):
        found[f"{LESSON}{lesson.pk}"] = lesson
    return found


def _said(one: TeachingAssignment | HomeroomAssignment) -> str:
    if isinstance(one, HomeroomAssignment):
        return _("Homeroom teacher of %(classes)s") % {"classes": one.school_class.name}
    return f"{one.subject}, {one.group}"

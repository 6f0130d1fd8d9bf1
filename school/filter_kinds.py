"""Kinds of filters that a list may have: a choice, a grade, a class, a semester, words."""

from collections.abc import Callable, Iterable
from copy import copy
from functools import reduce
from operator import or_
from typing import Any, Self, TypeVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from school.forms.choices import Choices
from school.forms.filter_fields import ClassField, SearchField
from school.grades import GRADES
from school.models import SchoolClass, User
from workflow.errors import Text

Rows = TypeVar("Rows", bound=QuerySet)
EVERY = 99
"""As `chips`: all choices are links, none is in a menu."""
LONGEST_MENU = 60
"""With more classes than this, the menu offers only those of a chosen grade."""


def to_all(_user: User) -> bool:
    return True


def to_nobody(_user: User) -> bool:
    return False


class Choice(django_filters.ChoiceFilter):
    """One of several values; a switch is on or off.

    Its links keep the rest of the address, except the filters in `resets`. Several that are
    `rare` share a menu while none of their values is chosen.
    """

    def __init__(
        self,
        label: Text,
        *args: object,
        chips: int = 0,
        is_switch: bool = False,
        rare: bool = False,
        resets: Iterable[str] = (),
        shown_to: Callable[[User], bool] = to_all,
        **kwargs: Any,
    ) -> None:
        self.chips = EVERY if is_switch else chips
        self.is_switch = is_switch
        self.rare = rare
        self.resets = resets
        self.shown_to = shown_to
        kwargs.setdefault("empty_label", None if is_switch or "initial" in kwargs else _("All"))
        super().__init__(*args, label=label, **kwargs)

    def __deepcopy__(self, _memo: object) -> Self:
        """Return the copy that each FilterSet makes for itself, of which it changes these two."""
        copied = copy(self)
        copied.extra, copied.method = self.extra.copy(), self.method
        return copied

    @property
    def usual(self) -> str:
        """Return the value that an address without this filter means."""
        return self.extra.get("initial", "")

    def offered(self) -> Iterable[tuple[object, object]]:
        """Return (value, label) of the choices to draw: all valid ones, or fewer."""
        return self.field.choices  # type: ignore[no-any-return]


class GradeChoice(Choice):
    """The grade of a row, as `grade`."""

    def __init__(self, **kwargs: Any) -> None:
        grades = [(grade, grade) for grade in GRADES]
        super().__init__(_("Grade"), "grade", choices=grades, resets=["class"], **kwargs)

    def offered(self) -> Iterable[tuple[object, object]]:
        taught = {grade for _pk, _name, grade in self.parent.classes}
        return [(value, label) for value, label in self.field.choices if value in {"", *taught}]


class RowChoice(Choice):
    """A row of `queryset`, by its id."""

    field_class = django_filters.fields.ModelChoiceField

    def filter(self, qs: Rows, value: object) -> Rows:
        return super().filter(qs, getattr(value, "pk", value))


class ClassChoice(RowChoice):
    """The class of a row, as `class_id`; it offers those of the year in view."""

    field_class = ClassField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_("Class"), "class_id", queryset=SchoolClass.objects.all(), **kwargs)

    @property
    def field(self) -> Any:
        field = super().field
        field.offered = self.parent.classes
        return field

    def offered(self) -> Iterable[tuple[object, object]]:
        grade = self.parent.data.get("grade")
        classes = [(pk, name) for pk, name, of in self.parent.classes if grade in {None, "", of}]
        return [("", self.field.empty_label), *classes] if len(classes) <= LONGEST_MENU else []


class SemesterChoice(Choice):
    """A semester by its code, e.g. 2020/2021-1; `before` and `after` are other choices."""

    def __init__(
        self, *args: object, before: Choices = (), after: Choices = (), **kwargs: Any
    ) -> None:
        self.before, self.after = before, after
        super().__init__(_("Semester"), *args, choices=(), **kwargs)

    @property
    def field(self) -> forms.Field:
        semesters = [(code, str(semester)) for code, semester in self.parent.semesters.items()]
        self.extra["choices"] = [*self.before, *semesters, *self.after]
        return super().field


class Search(django_filters.CharFilter):
    """Words that one of `lookups` finds."""

    field_class = SearchField
    may_be_empty = True

    def __init__(self, *lookups: str, **kwargs: Any) -> None:
        self.lookups = lookups
        super().__init__(label=_("Search"), **kwargs)

    def filter(self, qs: Rows, value: str) -> Rows:
        return qs.filter(reduce(or_, (Q(**{at: value}) for at in self.lookups))) if value else qs

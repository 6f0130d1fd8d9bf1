"""A teacher is replaced in the middle of a year."""

from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from school import wording
from school.effects import Scope
from school.forms.replacement import ReplaceForm
from school.models import Change, User
from school.models.change import ChangeKind
from school.permissions import runs_the_school
from school.views.foreseen import Page, foreseen
from school.workflow.replacement import replace
from workflow.errors import Text
from workflow.submits import Answer
from workflow.views import acts_on


def _people(_user: User) -> QuerySet[User]:
    return User.objects.all()


@acts_on(User, may=runs_the_school, seen=_people)
def replace_teacher(request: HttpRequest, teacher: User) -> Answer:
    """Let somebody else teach what a teacher teaches, from a day on."""
    form = ReplaceForm(request.POST or None, teacher=teacher)
    off = "" if form.held else _("This person teaches nothing and has no class.")
    back = reverse("school:person", args=[teacher.pk])
    page = Page(_("Replace a teacher"), _("Replace"), teacher.full_name, back, off)

    def act() -> Change:
        return replace(
            teacher,
            form.cleaned_data["successor"],
            on=form.cleaned_data["on"],
            teaching=form.lessons,
            homerooms=form.homerooms,
            by=request.user,
        )

    said = partial(_said, form)
    return foreseen(request, page, form, act, scope=partial(_scope, form), said=said)


def _scope(form: ReplaceForm) -> Scope:
    """Return what the replacement reaches."""
    return Scope(
        ChangeKind.REPLACEMENT,
        form.cleaned_data["on"],
        groups=frozenset(one.group_id for one in form.lessons),
        classes=frozenset(one.school_class_id for one in form.homerooms),
    )


def _said(form: ReplaceForm) -> Text:
    day = wording.full_day(form.cleaned_data["on"])
    words = {"name": form.cleaned_data["successor"].called, "day": day}
    return _("%(name)s takes over from %(day)s.") % words

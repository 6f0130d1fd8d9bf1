"""A class becomes part of another one."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from school import wording
from school.effects import Scope
from school.forms.merge import MergeForm
from school.models import Change, SchoolClass, TeachingGroup, User
from school.models.change import ChangeKind
from school.permissions import runs_the_school
from school.views.foreseen import Page, foreseen
from school.workflow.merge import merge
from school.workflow.stays import students_from
from workflow import clock
from workflow.errors import Text
from workflow.submits import Answer
from workflow.views import acts_on


def _classes(_user: User) -> QuerySet[SchoolClass]:
    return SchoolClass.objects.select_related("year")


@acts_on(SchoolClass, may=runs_the_school, seen=_classes)
def merge_class(request: HttpRequest, school_class: SchoolClass) -> Answer:
    """Let the students of a class go to another one from a day on."""
    form = MergeForm(request.POST or None, school_class=school_class)
    about = f"{school_class.name} · {school_class.year}"
    back = reverse("school:class", args=[school_class.pk])
    page = Page(_("Merge into another class"), _("Merge"), about, back, _off(school_class, form))

    def act() -> Change:
        data = form.cleaned_data
        return merge(school_class, data["into"], on=data["on"], by=request.user)

    def scope() -> Scope:
        on = form.cleaned_data["on"]
        groups = TeachingGroup.objects.filter(school_class=school_class)
        return Scope(
            ChangeKind.MERGE,
            on,
            students=frozenset(students_from(school_class, on)),
            classes=frozenset([school_class.pk]),
            groups=frozenset(groups.values_list("pk", flat=True)),
        )

    def said() -> Text:
        data = form.cleaned_data
        words = {"class": school_class.name, "into": data["into"].name}
        words["day"] = wording.full_day(data["on"])
        return _("%(class)s is part of %(into)s from %(day)s.") % words

    return foreseen(request, page, form, act, scope=scope, said=said)


def _off(school_class: SchoolClass, form: MergeForm) -> Text:
    """Return why the class cannot be merged; "" if it can."""
    if not students_from(school_class, clock.today()):
        return _("Nobody is in this class now or later, so there is nobody to merge.")
    if not form.has_others:
        words = _("There is no other class of grade %(grade)s in %(year)s. Add it first.")
        return words % {"grade": school_class.grade, "year": school_class.year}
    return ""

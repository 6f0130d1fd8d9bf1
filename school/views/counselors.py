"""A counselor falls away: the classes go to another one, or to nobody for now."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from school.effects import Scope
from school.forms.counselors import PassClassesForm, classes_of
from school.models import Change, User
from school.models.change import ChangeKind
from school.permissions import runs_the_school
from school.views.foreseen import Page, foreseen
from school.workflow.counselors import give_classes
from workflow import clock
from workflow.errors import Text
from workflow.submits import Answer
from workflow.views import acts_on


def _people(_user: User) -> QuerySet[User]:
    return User.objects.all()


@acts_on(User, may=runs_the_school, seen=_people)
def pass_classes(request: HttpRequest, counselor: User) -> Answer:
    """Give the classes of a counselor to another one, or to nobody for now."""
    form = PassClassesForm(request.POST or None, counselor=counselor)
    off = "" if classes_of(counselor) else _("This person is counselor of no class.")
    back = reverse("school:person", args=[counselor.pk])
    title = _("Pass on a counselor's classes")
    page = Page(title, _("Pass on"), counselor.full_name, back, off)

    def act() -> Change:
        data = form.cleaned_data
        return give_classes(list(data["classes"]), data["to"], by=request.user)

    def scope() -> Scope:
        return Scope(ChangeKind.COUNSELORS, clock.today())

    def said() -> Text:
        names = ", ".join(one.name for one in form.cleaned_data["classes"])
        if to := form.cleaned_data["to"]:
            return _("%(classes)s: now with %(name)s.") % {"classes": names, "name": to.called}
        return _("%(classes)s: no counselor.") % {"classes": names}

    return foreseen(request, page, form, act, scope=scope, said=said)

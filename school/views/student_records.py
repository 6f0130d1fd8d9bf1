"""What the operator keeps of a student: identity, guardians, and the history of both."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school.edits import Edit, edits_among, edits_of
from school.forms.student_identity import IdentityForm, NewStudentForm
from school.models import Guardian, Student
from school.moves import moves_of
from school.permissions import runs_the_school
from school.versioned import save
from school.views.act_page import act_page
from school.views.for_operator import for_operator
from school.views.saving import ANOTHER, saved_once
from school.workflow.students import add_student, remove_guardian
from workflow.addresses import address
from workflow.errors import Text
from workflow.submits import Answer, done
from workflow.versions import held, save_versioned
from workflow.views import acts_on, say_done

LABELS: Mapping[str, Text] = {
    "birth_date": gettext_lazy("Date of birth"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
}


@for_operator("GET", "POST")
def new_student(request: HttpRequest) -> Answer:
    """Add a student, mostly with a class."""
    form = NewStudentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        student = saved_once(form, lambda: _added(form, request))
        if student and ANOTHER in request.POST:
            say_done(request, _("%(name)s was saved.") % {"name": form.cleaned_data["name"]})
            return done("school:add_student")
        if student:
            say_done(request, _("Saved. Add a guardian with a phone number now."))
            return done(student)
    return act_page(request, form, _("Add a student"), address("school:students"), adds=True)


def _added(form: NewStudentForm, request: HttpRequest) -> Student:
    days = {"to": form.cleaned_data["to"], "on": form.cleaned_data["on"]}
    return add_student(form.values, by=request.user, **days)


@acts_on(Student, may=runs_the_school)
def edit_student(request: HttpRequest, student: Student) -> Answer:
    """Correct a student's name, numbers, gender, birth and email."""
    form = IdentityForm(request.POST or None, instance=student)
    title, back = _("Name and numbers"), student.get_absolute_url()
    about = f"{student.name} · NIS {student.nis}"
    if request.method != "POST":
        return act_page(request, form, title, back, about)
    answer = save(
        request,
        form,
        lambda: save_versioned(held(student), form.values, read_at=form.read_at),
        page=lambda: act_page(request, form, title, back, about).response,
        then=lambda: back,
    )
    if answer.is_done:
        say_done(request, _("Saved."))
    return answer


@acts_on(Guardian, may=lambda user, _guardian: runs_the_school(user))
def delete_guardian(request: HttpRequest, guardian: Guardian) -> Answer | HttpResponse:
    """Ask whether one is sure, then remove a guardian."""
    student = guardian.student
    if request.method == "POST":
        remove_guardian(guardian, by=request.user)
        said = _("%(name)s is no longer a guardian of %(student)s.")
        say_done(request, said % {"name": guardian.name, "student": student.name})
        return done(student)
    return render(request, "school/guardian_delete.html", {"guardian": guardian})


@acts_on(Student, may=runs_the_school, methods=("GET",))
def student_history(request: HttpRequest, student: Student) -> HttpResponse:
    """Show a student's classes, and who changed what of them and of all their guardians."""
    history = Guardian.history.filter(student=student)
    guardians: dict[str, list[Edit]] = {}
    for name, edits in edits_among(history, {}):
        guardians.setdefault(name, []).extend(edits)
    context = {
        "student": student,
        "moves": moves_of(student),
        "edits": edits_of(student, LABELS),
        "guardians": guardians,
    }
    return render(request, "school/student_history.html", context)

"""Students: found by name or NIS; phones, guardians and address corrected on the spot."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from school.forms.student import GuardianForm, StudentForm, WithStrangePhones
from school.forms.versioned import saved
from school.models import Guardian, SchoolClass, Semester, Student
from school.models.classes import GRADES
from school.permissions import may_correct, may_correct_guardian
from workflow.access_log import logs_access
from workflow.submits import Answer, done, refused
from workflow.versions import save_versioned
from workflow.views import acts_on, back

PAGE = 50
LONGEST_SEARCH = 80
LONGEST_ID = 19
FILTERS = ("grade", "class", "status")


@logs_access("school.student", many=True)
@require_safe
def students(request: HttpRequest) -> HttpResponse:
    """Whom the person may know of, by name; searched, by class and by grade."""
    known = Student.objects.visible_to(request.user).with_class()
    classes = _classes()
    found = _filtered(known, request).order_by("name", "nis")
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "q": request.GET.get("q", ""),
        "kept": [(n, v) for n in FILTERS if (v := request.GET.get(n))],
        "grades": [g for g in GRADES if any(c.grade == g for c in classes)],
        "classes": classes,
        "class_name": next(
            (c.name for c in classes if str(c.pk) == request.GET.get("class", "")), ""
        ),
    }
    template = "students_found" if "HX-Request" in request.headers else "students"
    return render(request, f"school/{template}.html", context)


@logs_access("school.student")
@acts_on(Student, may=may_correct)
def correct_student(request: HttpRequest, student: Student) -> Answer:
    """Phone and address; back to the page that one came from."""
    form = StudentForm(request.POST or None, instance=student)
    if request.method == "POST" and form.is_valid():
        read_at = form.cleaned_data["version"]
        if saved(form, lambda: save_versioned(student, form.values(), read_at=read_at)):
            return _done(request, form)
    return _page(request, form, student, _("Phone and address"))


@logs_access("school.guardian")
@acts_on(Guardian, may=may_correct_guardian)
def correct_guardian(request: HttpRequest, guardian: Guardian) -> Answer:
    """A guardian's name, relation and number."""
    form = GuardianForm(request.POST or None, instance=guardian)
    if request.method == "POST" and form.is_valid():
        read_at = form.cleaned_data["version"]
        if saved(form, lambda: save_versioned(guardian, form.values(), read_at=read_at)):
            return _done(request, form)
    return _page(request, form, guardian.student, _("Correct a guardian"))


@logs_access("school.student")
@acts_on(Student, may=may_correct)
def add_guardian(request: HttpRequest, student: Student) -> Answer:
    """One more parent or guardian of a student."""
    form = GuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        Guardian.objects.create(student=student, **form.values())
        return _done(request, form)
    return _page(request, form, student, _("Add a guardian"))


def _filtered(known: Any, request: HttpRequest) -> QuerySet[Student]:
    """By search, class, grade; without the left, unless asked for."""
    found = known.found_by(request.GET.get("q", "")[:LONGEST_SEARCH])
    if class_id := _class_id(request):
        found = found.filter(class_id=class_id)
    if (grade := request.GET.get("grade", "")) in GRADES:
        found = found.filter(grade=grade)
    has_left = request.GET.get("status") == "left"
    return found.filter(left_on__isnull=not has_left)


def _class_id(request: HttpRequest) -> int:
    """The class asked for; 0 where that is no number that a class could have."""
    asked = request.GET.get("class", "")
    return int(asked) if asked.isdecimal() and len(asked) < LONGEST_ID else 0


def _classes() -> list[SchoolClass]:
    """The classes of this year, to choose from."""
    semester = Semester.objects.current()
    of_year = SchoolClass.objects.filter(year=semester.year_id if semester else None)
    order = {grade: place for place, grade in enumerate(GRADES)}
    return sorted(of_year, key=lambda c: (order.get(c.grade, len(order)), c.name))


def _done(request: HttpRequest, form: WithStrangePhones) -> Answer:
    messages.success(request, _("Saved."))
    for number in form.strange_phones():
        messages.warning(
            request,
            _("%(number)s does not look like a phone number. It was saved; check it.")
            % {"number": number},
        )
    return done(back(request))


def _page(request: HttpRequest, form: Any, student: Student, title: str) -> Answer:
    context = {"form": form, "student": student, "title": title, "came_from": back(request)}
    return refused(render(request, "school/student_correct.html", context))

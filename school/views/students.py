"""Students: the list with its search, and forms to correct phones, guardians and addresses."""

from collections.abc import Mapping
from operator import attrgetter
from typing import ClassVar

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from school.filter_kinds import EVERY, Choice, ClassChoice, GradeChoice, Search, SemesterChoice
from school.filters import ListFilter, Rows
from school.forms.student import GuardianForm, StudentForm, WithStrangePhones
from school.list_files import Column, list_file
from school.models import Guardian, Student
from school.models.change import ChangeKind
from school.models.students import StudentQuerySet, letter_of
from school.permissions import may_correct, may_correct_guardian, runs_the_school
from school.reach import NAME
from school.sheets.export import Kind
from school.versioned import save
from school.views.imports import template_url
from workflow.submits import Answer, done, refused
from workflow.versions import held, save_versioned
from workflow.views import acts_on, back, logs_access


class LeftChoice(Choice):
    """Students who have left the school; by default the list has those who are there.

    The students of a semester are all of them, also who left in it.
    """

    def filter(self, qs: Rows, value: str) -> Rows:
        if self.parent.value("semester") and not value:
            return qs
        return qs.filter(left_on__isnull=not value)


class OfSemesterChoice(SemesterChoice):
    """Today's students, or those of a semester, which `StudentFilter` fetches."""

    def filter(self, qs: Rows, value: str) -> Rows:
        return qs


class LacksChoice(Choice):
    """Students of whom something is missing that the operator enters; for operators alone."""

    LACKS: ClassVar[dict[str, Q]] = {
        "class": Q(class_id=None),
        "phone": ~Q(pk__in=Guardian.objects.exclude(phone="").values("student")),
        "nisn": Q(nisn=None),
    }

    def filter(self, qs: Rows, value: str) -> Rows:
        if not value:
            return qs
        is_theirs = runs_the_school(self.parent.request.user)
        return qs.filter(self.LACKS[value]) if is_theirs else qs.none()


class StudentFilter(ListFilter):
    """Today's students, or those whom Table 2 counts in a semester, in the class of then."""

    head = gettext_lazy("Students")
    q = Search(method="found")
    grade = GradeChoice(chips=EVERY)
    class_ = ClassChoice(empty_label=gettext_lazy("All classes"))
    status = LeftChoice(
        gettext_lazy("Status"),
        choices=[("left", gettext_lazy("Left the school"))],
        is_switch=True,
    )
    lacks = LacksChoice(
        gettext_lazy("Missing"),
        choices=[
            ("class", gettext_lazy("Without a class")),
            ("phone", gettext_lazy("Without a guardian's phone")),
            ("nisn", gettext_lazy("Without NISN")),
        ],
        shown_to=runs_the_school,
    )
    semester = OfSemesterChoice(
        empty_label=gettext_lazy("Today"), resets=["class"], shown_to=NAME.shows_all
    )

    def __init__(self, request: HttpRequest, students: StudentQuerySet) -> None:
        super().__init__(request, students)
        semester = self.semesters.get(self.value("semester") or "")
        self.queryset = students.in_semester(semester) if semester else students.with_class()

    def title_words(self, said: Mapping[str, str]) -> list[str]:
        """Return the words of the title, which says where today's students are meant."""
        is_today = not {"semester", "status"} & set(said)
        head = _("Students today") if is_today else str(self.head)
        return [head, *said.values()]

    def found(self, students: StudentQuerySet, _name: str, words: str) -> StudentQuerySet:
        return students.found_by(words)


COLUMNS = (
    Column(gettext_lazy("Student"), attrgetter("name")),
    Column("NIS", attrgetter("nis")),
    Column(gettext_lazy("Gender"), lambda student: letter_of(student.gender)),
    Column(gettext_lazy("Class"), attrgetter("class_name")),
    Column(gettext_lazy("Left on"), attrgetter("left_on"), Kind.DAY),
)


def _listed(request: HttpRequest) -> tuple[StudentFilter, StudentQuerySet]:
    """Return the filters and the students they leave, of those whom the person may know of."""
    asked = StudentFilter(request, Student.objects.visible_to(request.user))
    return asked, asked.qs.order_by("name", "nis").only("name", "nis", "gender")


@logs_access("school.student")
@require_safe
def students_file(request: HttpRequest) -> HttpResponse:
    """Send the list of students as a file."""
    asked, found = _listed(request)
    return list_file(request, asked, COLUMNS, found)


@logs_access("school.student")
@require_safe
def students(request: HttpRequest) -> HttpResponse:
    """List the students whom the person may know of, with a search and filters."""
    asked, found = _listed(request)
    is_operator = runs_the_school(request.user)
    context = {"page": asked.page(found), "asked": asked, "runs_the_school": is_operator}
    if is_operator and asked.value("lacks") == "phone":
        context["phones_file"] = template_url(ChangeKind.PHONES)
    template = "students_found" if "HX-Request" in request.headers else "students"
    return render(request, f"school/{template}.html", context)


@acts_on(Student, may=may_correct)
def correct_student(request: HttpRequest, student: Student) -> Answer:
    """Correct phone and address, then lead back to the previous page."""
    form = StudentForm(request.POST or None, instance=student)
    return _corrected(request, form, student, student, _("Phone and address"))


@acts_on(Guardian, may=may_correct_guardian)
def correct_guardian(request: HttpRequest, guardian: Guardian) -> Answer:
    """Correct a guardian's name, relation and number."""
    form = GuardianForm(request.POST or None, instance=guardian)
    return _corrected(request, form, guardian, guardian.student, _("Correct a guardian"))


@acts_on(Student, may=may_correct)
def add_guardian(request: HttpRequest, student: Student) -> Answer:
    """Add a parent or guardian of a student."""
    form = GuardianForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        Guardian.objects.create(student=student, **form.values)
        _say_saved(request, form)
        return done(back(request))
    return _page(request, form, student, _("Add a guardian"))


def _corrected(
    request: HttpRequest,
    form: WithStrangePhones,
    record: Student | Guardian,
    student: Student,
    title: str,
) -> Answer:
    if request.method != "POST":
        return _page(request, form, student, title)
    answer = save(
        request,
        form,
        lambda: save_versioned(held(record), form.values, read_at=form.read_at),
        page=lambda: _page(request, form, student, title).response,
        then=lambda: back(request),
    )
    if answer.is_done:
        _say_saved(request, form)
    return answer


def _say_saved(request: HttpRequest, form: WithStrangePhones) -> None:
    messages.success(request, _("Saved."))
    for number in form.strange_phones():
        messages.warning(
            request,
            _("Saved, but %(number)s does not look like a phone number. Check it.")
            % {"number": number},
        )


def _page(request: HttpRequest, form: WithStrangePhones, student: Student, title: str) -> Answer:
    context = {"form": form, "student": student, "title": title, "came_from": back(request)}
    if isinstance(form, GuardianForm) and form.instance.pk and runs_the_school(request.user):
        context["removes"] = form.instance.pk
    return refused(render(request, "school/student_correct.html", context))

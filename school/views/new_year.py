"""A new school year in four steps: its days, its classes, single students, and what comes of it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from school import wording
from school.forms.new_year import (
    GoingForm,
    ListsForm,
    NamesForm,
    PlanForm,
    StaffForm,
    YearForm,
)
from school.models import AcademicYear, Enrolment, NewYear, SchoolClass, Student, User
from school.models.change import ChangeKind
from school.models.students import StudentQuerySet
from school.models.users import CALLED
from school.permissions import runs_the_school
from school.tasks import joined
from school.views.for_operator import for_operator
from school.views.imports import template_url
from school.workflow.new_year import (
    NextClass,
    Plan,
    Seat,
    begin,
    keep,
    keep_days,
    plan_after,
    seats_of,
)
from school.workflow.new_year.summary import summary_of
from school.years import running_year
from workflow.bodies import takes_files
from workflow.errors import NotNow, Text
from workflow.ids import read_id
from workflow.submits import Answer, done, refused
from workflow.views import acts_on, logs_access, say_done, tried

STEPS: tuple[tuple[str, Text], ...] = (
    ("new_year", gettext_lazy("Year")),
    ("new_year_classes", gettext_lazy("Classes")),
    ("new_year_students", gettext_lazy("Students")),
    ("new_year_check", gettext_lazy("Check")),
)
IN_STEP = {"new_year_file": "new_year_students"}
"""Page → the step that it belongs to."""
SEEN: tuple[tuple[str, Text, str], ...] = (
    ("classes", gettext_lazy("Classes"), "people"),
    ("teaching", gettext_lazy("Teaching assignments"), "journal-text"),
    ("homerooms", gettext_lazy("Homeroom teachers"), "clipboard-check"),
    ("counselors", gettext_lazy("Counselors of the classes"), "person"),
)
"""Pages that show the classes of a year: their name, label and icon."""
FOUND = 20
"""Students whom a search shows."""


@dataclass
class Prepared:
    """The plan for the end of the running year, and its version."""

    ends: AcademicYear
    plan: Plan
    kept: NewYear | None

    @property
    def version(self) -> int:
        return self.kept.version if self.kept else 0

    @property
    def is_begun(self) -> bool:
        return self.kept is not None and self.kept.is_begun


Keep = Callable[..., NewYear]
View = Callable[..., Answer | HttpResponse]


def prepared(view: View) -> View:
    """Make a step of the view: it gets the plan; a year that is begun, or none, has only a page."""

    @wraps(view)
    def inner(request: HttpRequest, **address: Any) -> Answer | HttpResponse:
        ends = running_year()
        try:
            if ends is None:
                raise NotNow(_("There is no semester yet. Make one first."))
            now = Prepared(ends, *plan_after(ends))
        except NotNow as why:
            return refused(render(request, "school/new_year_off.html", {"off": why}))
        if now.is_begun:
            context = {"now": now, "pages": _pages_of(now.plan.label)}
            return refused(render(request, "school/new_year_begun.html", context))
        return view(request, now, **address)

    return inner


def _pages_of(year: str) -> list[tuple[Text, str, str]]:
    """Return label, address and icon of the pages that show a year which is begun."""
    return [(label, f"{reverse(f'school:{name}')}?year={year}", icon) for name, label, icon in SEEN]


@for_operator("GET", "POST")
@prepared
def new_year(request: HttpRequest, now: Prepared) -> Answer:
    """Ask for the days of the new year, and what goes on from the old one."""
    form = YearForm(request.POST or None, now.plan, now.version)
    return _step(request, now, form, "new_year", then="new_year_classes", by=keep_days)


@for_operator("GET", "POST")
@prepared
def new_year_classes(request: HttpRequest, now: Prepared) -> Answer:
    """Ask for the name of each class, and show who leads and counsels it."""
    classes = SchoolClass.objects.filter(year=now.ends)
    sizes = Counter(seat.stay.school_class_id for seat in _seats(now) if seat.stay)
    before = {one: f"{one.name} ({wording.students(sizes[one.pk])})" for one in classes}
    form = NamesForm(request.POST or None, now.plan, now.version, before=before)
    people = User.objects.only(*CALLED).in_bulk()
    lines = [
        {"number": number, "one": one, "staff": _staff(one, people)}
        for number, one in enumerate(now.plan.classes.values(), 1)
    ]
    return _step(
        request, now, form, "new_year_classes", then="new_year_students", more={"lines": lines}
    )


@for_operator("GET", "POST")
@prepared
def new_year_class(request: HttpRequest, now: Prepared, number: int) -> Answer:
    """Ask who leads and counsels a class of the new year."""
    classes = list(now.plan.classes.values())
    if not 0 < number <= len(classes):
        raise Http404
    form = StaffForm(request.POST or None, now.plan, now.version, one=classes[number - 1])
    return _page_of_one(
        request, now, form, "new_year_classes", title=classes[number - 1].name, lead=""
    )


@logs_access("school.student")
@for_operator("GET")
@prepared
def new_year_students(request: HttpRequest, now: Prepared) -> Answer:
    """Show the students who do not go the way of their class, and find others."""
    words = request.GET.get("q", "").strip()
    seats = {seat.student: seat for seat in _seats(now)}
    others = [pk for pk, seat in seats.items() if pk in now.plan.goings or seat.needs_a_class]
    students = Student.objects.with_class()
    of_class = read_id(request.GET.get("class", ""))
    asked = _asked(seats, of_class) if words or of_class else []
    found = students.filter(pk__in=asked).found_by(words)
    context = {
        "others": _with_seats(students.filter(pk__in=others), seats),
        "found": _with_seats(found if of_class else found[:FOUND], seats),
        "words": words or of_class,
        "classes": SchoolClass.objects.filter(year=now.ends),
    }
    return refused(_drawn(request, now, "new_year_students", context))


@takes_files
@logs_access("school.student")
@for_operator("GET", "POST")
@prepared
def new_year_file(request: HttpRequest, now: Prepared) -> Answer:
    """Take the class lists of the new year from a file, in place of what was said of students."""
    form = ListsForm(
        request.POST or None, now.plan, now.version, files=request.FILES or None, year=now.ends
    )
    if request.method == "POST" and form.is_valid() and _kept(request, now, form):
        said = _("%(students)s have their class.")
        say_done(request, said % {"students": wording.students(len(form.lists.seats))})
        return done("school:new_year_check")
    context = {"form": form, "template": template_url(ChangeKind.CLASS_LISTS)}
    return refused(_drawn(request, now, "new_year_file", context))


@acts_on(Student, may=runs_the_school)
def new_year_student(request: HttpRequest, student: Student) -> Answer | HttpResponse:
    """Ask what becomes of one student."""

    @prepared
    def ask(request: HttpRequest, now: Prepared) -> Answer:
        stays = Enrolment.objects.filter(student=student, school_class__year=now.ends)
        stay = stays.select_related("school_class").order_by("starts_on").last()
        of_class = stay.school_class if stay else None
        form = GoingForm(
            request.POST or None, now.plan, now.version, student=student, now_in=of_class
        )
        lead = joined(f"NIS {student.nis}", of_class.name if of_class else "")
        return _page_of_one(request, now, form, "new_year_students", title=student.name, lead=lead)

    return ask(request)


@for_operator("GET", "POST")
@prepared
def new_year_check(request: HttpRequest, now: Prepared) -> Answer:
    """Show what comes of the plan, and begin the new year."""
    form = PlanForm(request.POST or None, now.plan, now.version)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and tried(form, lambda: _begin(request, now, form)):
        say_done(request, _("%(year)s is begun.") % {"year": now.plan.label})
        return done("school:new_year")
    context = {"form": form, "summary": summary_of(now.ends, now.plan, _seats(now))}
    return refused(_drawn(request, now, "new_year_check", context))


def _begin(request: HttpRequest, now: Prepared, form: PlanForm) -> None:
    """Begin the year if the plan is the one that the page showed. Raises NotNow."""
    if form.read_at != now.version:
        raise NotNow(_("The plan has changed in the meantime. Read again what it does."))
    begin(keep(now.ends, now.plan, by=request.user, read_at=form.read_at), by=request.user)


def _step(
    request: HttpRequest,
    now: Prepared,
    form: PlanForm,
    at: str,
    *,
    then: str,
    by: Keep = keep,
    more: dict[str, object] | None = None,
) -> Answer:
    """Keep what the form of a step changes, and lead on; else show its page."""
    if request.method == "POST" and form.is_valid() and _kept(request, now, form, by):
        return done(f"school:{then}")
    return refused(_drawn(request, now, at, {"form": form, **(more or {})}))


def _page_of_one(
    request: HttpRequest, now: Prepared, form: PlanForm, back: str, *, title: str, lead: str
) -> Answer:
    """Keep what is asked of one class or student, and lead back to their list."""
    if request.method == "POST" and form.is_valid() and _kept(request, now, form):
        say_done(request, _("Saved."))
        return done(f"school:{back}")
    context = {"form": form, "title": title, "lead": lead, "back": reverse(f"school:{back}")}
    return refused(render(request, "school/record_act.html", context))


def _kept(request: HttpRequest, now: Prepared, form: PlanForm, by: Keep = keep) -> bool:
    return tried(form, lambda: by(now.ends, form.write(), by=request.user, read_at=form.read_at))


def _drawn(
    request: HttpRequest, now: Prepared, at: str, context: Mapping[str, object]
) -> HttpResponse:
    steps = [
        (reverse(f"school:{name}"), label, name == IN_STEP.get(at, at)) for name, label in STEPS
    ]
    return render(request, f"school/{at}.html", {"now": now, "steps": steps, **context})


def _with_seats(students: StudentQuerySet, seats: dict[int, Seat]) -> list[tuple[Student, Seat]]:
    return [(one, seats[one.pk]) for one in students]


def _asked(seats: dict[int, Seat], of_class: int | None) -> list[int]:
    """Return the students of a class of the old year, or all of them."""
    return [
        pk
        for pk, seat in seats.items()
        if of_class is None or (seat.stay and seat.stay.school_class_id == of_class)
    ]


def _seats(now: Prepared) -> list[Seat]:
    return seats_of(now.ends, now.plan)


def _staff(one: NextClass, people: dict[int, User]) -> str:
    """Return "Bu Anik · BK: Bu Retno"."""
    led = ", ".join(people[pk].called for pk in one.homerooms if pk in people)
    counselor = people[one.counselor].called if one.counselor in people else ""
    return joined(
        led or _("no homeroom teacher"),
        _("BK: %(name)s") % {"name": counselor} if counselor else _("no counselor"),
    )

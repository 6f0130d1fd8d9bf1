"""Who teaches what in which class: by subject, as a table, and pasted from a spreadsheet."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from school import lookups
from school.changes_said import said
from school.filter_kinds import EVERY, GradeChoice
from school.filters import ListFilter
from school.forms.teaching import PastedForm, SubjectTeachersForm
from school.models import (
    AcademicYear,
    SchoolClass,
    Subject,
    TeachingAssignment,
    TeachingGroup,
    User,
)
from school.pasted import Known
from school.views.assigned import Difference, proposed, teachers_besides, with_days
from school.views.for_operator import for_operator
from school.views.years import YearChoice, classes_of, year_in_view
from school.workflow.assignments import (
    Held,
    Taught,
    assign_teaching,
    lessons_from,
    lessons_that_change,
    taught_on,
)
from school.years import day_in, first_day, running_year
from workflow.submits import Answer, done, refused
from workflow.views import say_done, tried


@dataclass(frozen=True)
class SubjectLine:
    subject: Subject
    classes: int
    teachers: int
    missing: int
    """Classes that have the subject and nobody who teaches it."""


@for_operator("GET")
def teaching(request: HttpRequest) -> HttpResponse:
    """List the subjects with the classes and teachers that they have."""
    year = year_in_view(request)
    if year is None:
        return render(request, "school/teaching.html", {})
    taught = taught_on(year, day_in(year))
    has = TeachingGroup.objects.filter(year=year, school_class__gt=0)
    groups = set(has.values_list("school_class", "subject")) - set(taught)
    missing = Counter(subject for _class, subject in groups)
    people: dict[int, set[int]] = defaultdict(set)
    for (_class, subject), teachers in taught.items():
        people[subject] |= teachers
    counts = Counter(subject for _class, subject in taught)
    lines = [
        SubjectLine(one, counts[one.pk], len(people[one.pk]), missing[one.pk])
        for one in Subject.objects.filter(is_active=True)
    ]
    return render(request, "school/teaching.html", {"lines": lines, "year": year})


@for_operator("GET", "POST")
def subject_teachers(request: HttpRequest, pk: int) -> Answer:
    """Choose who teaches a subject in each class, from a day on."""
    subject, year = get_object_or_404(Subject, pk=pk), _year(request)
    taught = taught_on(year, day_in(year))
    standing = {of_class: who for (of_class, of), who in taught.items() if of == pk}
    form = SubjectTeachersForm(
        request.POST or None,
        classes=SchoolClass.objects.filter(year=year),
        standing=standing,
        teachers=_teachers(taught),
        on=day_in(year) if standing else first_day(year),
    )
    later = Subject.objects.filter(is_active=True, name__gt=subject.name).first()
    if request.method == "POST" and form.is_valid():
        on, wanted = form.cleaned_data["on"], form.wanted
        by_group = {(of_class, pk): who for of_class, who in wanted.items()}
        if not wanted or tried(
            form, lambda: assign_teaching(year, by_group, by=request.user, on=on)
        ):
            say_done(request, _("Saved."))
            if later and "later" in request.POST:
                return done(_address("subject_teachers", year, later.pk))
            return done(_address("teaching", year))
    context = {"form": form, "subject": subject, "year": year, "later": later}
    return refused(render(request, "school/subject_teachers.html", context | proposed(form)))


class MatrixFilter(ListFilter):
    """The classes of the table: those of one grade and year."""

    grade = GradeChoice(chips=EVERY)
    year = YearChoice()

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, SchoolClass.objects.all())
        self.years = list(AcademicYear.objects.order_by("-label"))
        running = running_year()
        self.set_usual("year", running.label if running else "")

    def classes_in_view(self) -> QuerySet[SchoolClass]:
        return classes_of(self.years, self.data.get("year"))


@for_operator("GET")
def teaching_matrix(request: HttpRequest) -> HttpResponse:
    """Show a table of teachers and classes, with the subjects in its cells."""
    asked = MatrixFilter(request)
    classes = list(asked.qs.select_related("year"))
    taught = taught_on(classes[0].year, day_in(classes[0].year)) if classes else {}
    subjects = dict(Subject.objects.values_list("pk", "name"))
    cells: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (of_class, subject), who in taught.items():
        for person in who:
            cells[person][of_class].append(subjects[subject])
    in_view = {one.pk for one in classes}
    people = User.objects.filter(pk__in=[pk for pk, of in cells.items() if in_view & set(of)])
    rows = [
        (one.name, [", ".join(sorted(cells[one.pk][of.pk])) for of in classes]) for one in people
    ]
    context = {"asked": asked, "classes": classes, "rows": rows}
    return render(request, "school/teaching_matrix.html", context)


@for_operator("GET", "POST")
def paste_teaching(request: HttpRequest) -> Answer:
    """Read assignments from a spreadsheet, show what would change, and save it after a yes."""
    year = _year(request)
    taught = taught_on(year, day_in(year))
    known = Known(
        teachers=_teachers(taught),
        subjects=lookups.subjects(Subject.objects.all()),
        classes=lookups.classes(SchoolClass.objects.filter(year=year)),
    )
    form = PastedForm(request.POST or None, known=known, on=_first(year, taught))
    context: dict[str, object] = {"form": form, "year": year}
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        wanted = _wanted(form, lessons_from(year, on))
        changed = lessons_that_change(wanted, on)
        to_save = {key: wanted[key] for key in changed}

        def save() -> None:
            change = assign_teaching(year, to_save, by=request.user, on=on)
            say_done(request, said([change])[0].done)

        if "sure" in request.POST and tried(form, save):
            return done(_address("teaching", year))
        changes = _differences(changed, known, on)
        context |= {"changes": changes, "same": len(wanted) - len(changes), "is_read": True}
    return refused(render(request, "school/teaching_paste.html", context))


def _wanted(form: PastedForm, standing: Collection[tuple[int, int]]) -> Taught:
    """Return what the text says, and nobody for lessons that are to end."""
    wanted: dict[tuple[int, int], Collection[int]] = dict(form.wanted)
    if form.cleaned_data["ends_others"]:
        subjects = {subject for _class, subject in wanted}
        wanted |= {key: () for key in standing if key[1] in subjects and key not in wanted}
    return wanted


def _differences(
    changed: Mapping[tuple[int, int], Held[TeachingAssignment]], known: Known, on: date
) -> list[Difference]:
    """Return what would change, in the order of the classes."""

    def listed(rows: Iterable[TeachingAssignment]) -> str:
        return "; ".join(with_days(row, known.teachers, on) for row in rows)

    place = {pk: at for at, pk in enumerate(known.classes.labels)}
    return [
        Difference(
            known.classes.labels[key[0]],
            listed(changed[key].now),
            listed(changed[key].then),
            known.subjects.labels[key[1]],
        )
        for key in sorted(changed, key=lambda key: (place[key[0]], known.subjects.labels[key[1]]))
    ]


def _year(request: HttpRequest) -> AcademicYear:
    year = year_in_view(request)
    if year is None:
        raise Http404
    return year


def _first(year: AcademicYear, taught: Taught) -> date:
    return day_in(year) if taught else first_day(year)


def _teachers(taught: Taught) -> lookups.Lookup:
    """Return who can be chosen, and who teaches now."""
    return teachers_besides({person for people in taught.values() for person in people})


def _address(name: str, year: AcademicYear, *args: int) -> str:
    return f"{reverse(f'school:{name}', args=args)}?year={year}"

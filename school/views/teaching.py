"""Who teaches what in which class: by subject, as a table, and pasted from a spreadsheet."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from school import lookups
from school.effects import Scope
from school.filter_kinds import EVERY, GradeChoice
from school.forms.teaching import PastedForm, SubjectTeachersForm, as_text
from school.in_use import is_in_use
from school.models import (
    AcademicYear,
    Change,
    SchoolClass,
    Semester,
    Subject,
    TeachingGroup,
    Upload,
    User,
)
from school.models.change import ChangeKind
from school.views.assigned import proposed, teachers_besides
from school.views.for_operator import for_operator
from school.views.foreseen import what_it_does
from school.views.years import OfYear, OneYear, YearChoice, year_in_view
from school.workflow.assignments import Taught, assign_teaching, taught_on
from school.workflow.imports import keep
from school.years import day_in, first_day
from workflow.errors import Text
from workflow.ids import read_id
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
    asked = OneYear(request)
    year = asked.chosen
    if year is None:
        return render(request, "school/teaching.html", {})
    taught = taught_on(year, day_in(year))
    classes = SchoolClass.objects.filter(is_in_use(day_in(year)), year=year)
    has = TeachingGroup.objects.filter(school_class__in=classes)
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
    return render(request, "school/teaching.html", {"lines": lines, "year": year, "asked": asked})


@for_operator("GET", "POST")
def subject_teachers(request: HttpRequest, pk: int) -> Answer:
    """Choose who teaches a subject in each class, from a day on."""
    subject, year = get_object_or_404(Subject, pk=pk), _year(request)
    taught = taught_on(year, day_in(year))
    standing = {of_class: who for (of_class, of), who in taught.items() if of == pk}
    form = SubjectTeachersForm(
        request.POST or None,
        classes=SchoolClass.objects.filter(is_in_use(day_in(year)), year=year),
        standing=standing,
        teachers=_teachers(taught),
        start=first_day(year),
        day=day_in(year),
    )
    later = Subject.objects.filter(is_active=True, name__gt=subject.name).first()
    effects: Sequence[Text] = ()
    if request.method == "POST" and form.is_valid():
        by_group = {(of_class, pk): who for of_class, who in form.wanted.items()}
        days = {"on": form.cleaned_data["on"], "first_on": form.first_on}

        def act() -> Change:
            return assign_teaching(year, by_group, by=request.user, **days)

        effects = _effects(form, pk, act)
        if not (effects or form.errors) and (not by_group or tried(form, act)):
            say_done(request, _("Saved."))
            if later and "later" in request.POST:
                return done(_address("subject_teachers", year, later.pk))
            return done(_address("teaching", year))
    context = {"form": form, "subject": subject, "year": year, "later": later, "effects": effects}
    return refused(render(request, "school/subject_teachers.html", context | proposed(form)))


def _effects(form: SubjectTeachersForm, subject: int, act: Callable[[], Change]) -> Sequence[Text]:
    """Return what is to be shown before somebody is replaced; nothing once it was."""
    if form.was_shown or not form.replaced:
        return ()
    groups = TeachingGroup.objects.filter(subject=subject, school_class__in=form.replaced)
    of_groups = frozenset(groups.values_list("pk", flat=True))
    return what_it_does(
        form, Scope(ChangeKind.TEACHING, form.cleaned_data["on"], groups=of_groups), act
    )


class MatrixFilter(OfYear):
    """The classes of the table: those of one grade and year."""

    grade = GradeChoice(chips=EVERY)
    year = YearChoice()

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, SchoolClass.objects.all())


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


def _read(request: HttpRequest) -> PastedForm:
    """Return the form with the text read, before anything is locked."""
    form = PastedForm(request.POST or None, initial={"text": as_text(_earlier(request))})
    form.is_valid()
    return form


@for_operator("GET", "POST", first=_read)
def paste_teaching(request: HttpRequest, form: PastedForm) -> Answer:
    """Take cells of a spreadsheet, as a file of assignments is taken."""
    if request.method == "POST" and form.is_valid():
        if earlier := _earlier(request):
            earlier.delete()
        return done("school:import_plan", keep(form.found, "", by=request.user).pk)
    context = {"form": form, "has_semester": Semester.objects.exists()}
    return refused(render(request, "school/teaching_paste.html", context))


def _earlier(request: HttpRequest) -> Upload | None:
    """Return the text of the person that the address names, which is corrected."""
    pk = read_id(request.GET.get("again", ""))
    mine = Upload.objects.visible_to(request.user).waiting().filter(name="")
    return mine.filter(pk=pk).first() if pk else None


def _year(request: HttpRequest) -> AcademicYear:
    year = year_in_view(request)
    if year is None:
        raise Http404
    return year


def _teachers(taught: Taught) -> lookups.Lookup:
    """Return who can be chosen, and who teaches now."""
    return teachers_besides({person for people in taught.values() for person in people})


def _address(name: str, year: AcademicYear, *args: int) -> str:
    return f"{reverse(f'school:{name}', args=args)}?year={year}"
